"""Harvest: what registered sources publish is fetched by the clock and goes in as an import."""
