"""Workflow: clocks that registers share: working days, confirmation, lapse. It knows no record."""
