"""Taking records along: every list and record in the shapes that other programs read.

`rows` brings records through the door, a stretch at a time, so that memory stays flat however many there are.
A `Shape` turns them into pieces of a file that are sent as they are made; `shapes` lists them all.
"""
