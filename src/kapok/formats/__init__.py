"""Formats: a record type declared once, and all that follows from it.

A format is a class whose attributes are fields, each of a *kind*. The kind answers how to ask, accept,
describe, index, write in a cell and show; so one line adds a field to the form, the page, the checks, the
search, the API and the spreadsheet. The formats themselves live in the rooms that own the records.
"""
