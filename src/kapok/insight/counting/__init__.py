"""Counting in memory: columns of numbers on disk, one copy for all processes, patched with what changed since.

    shelf().matrix(question)      # every cell, row and column of a matrix
    shelf().numbers(question)     # the records behind a figure

The columns are made of the spells of `insight.models`. They are a copy that can be thrown away at any time.
"""

from kapok.insight.counting.money import Money
from kapok.insight.counting.questions import Matrix, Question, Tally
from kapok.insight.counting.shelf import Shelf, gather, shelf

__all__ = ["Matrix", "Money", "Question", "Shelf", "Tally", "gather", "shelf"]
