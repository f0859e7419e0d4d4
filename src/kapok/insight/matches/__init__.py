"""Matches: what fits a need, and which needs fit what somebody offers; and the clock of a need.

Each match shows its reasons and stands in the order of their number. There is no hidden score: what a reader says about
a match is shown beside it and changes nothing else.
"""
