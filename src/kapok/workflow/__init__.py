"""Workflow: clocks that registers share: working days, confirmation, lapse, and what is asked of whom on which day.

It knows no record: a thing is a reference such as `record:INI-000123`.
"""
