"""Bringing files in: read, understand, compare, show what would happen, then take the good rows in; undo whole.

`reading` opens a file of any kind and gives rows; `matching` says which column is which field; `understanding` makes
values of what people write; `comparing` finds the record a row speaks of and what differs; `examining` is the dry run,
`applying` and `undoing` the rest of an import's life. Nothing but the verbs of `records` changes a record.
"""
