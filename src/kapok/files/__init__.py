"""Files: what people upload, kept under names of our own, checked before it is kept, and given out as downloads.

The room knows nobody's records: whoever shows a file asks `serve` for it after its own door was passed.
"""
