"""The pages people come for: home, registers, countries, organisations, calendar, help."""
