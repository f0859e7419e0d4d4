"""Where gaps and overlaps are, and who fits whom: the matrix, overlaps, matches, money, briefs.

Everything is counted from allocations: rows of record, country, theme, year, share and money that are derived from
what is published. It shows; it never scores or ranks anybody.
"""
