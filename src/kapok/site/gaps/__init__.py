"""Gaps and overlaps as pages: the matrix, one of its rows in full, its rules, its files, and a frame for other sites.

`kapok.insight` counts; here stand addresses, words and shapes. Each figure knows the search that opens what it counts.
"""
