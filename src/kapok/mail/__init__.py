"""Mail: letters to persons in their own language, written into a queue and sent by a job.

`letters.send` is the one way out. A letter has a key, so that whatever runs twice writes once; it belongs to the
transaction that wrote it; and a mail server that is away only makes it wait.
"""
