"""Search: one derived index over everything that the rooms choose to describe.

It knows nothing of records. Rooms register how their things are described as `Document`s (`index.register`);
verbs note what changed in the outbox; `index.drain` carries the notes into the index; `ask`, `suggest` and
`similar` answer readers, and show nobody what the documents do not say they may see.
"""
