"""In and out: imports with a dry run, exports in the shapes of the field, harvests, and tokens of the write API.

Files come in through readers and go out through writers; both speak of records by way of `kapok.formats.cells`,
and every change is one of the verbs of `records`.
"""
