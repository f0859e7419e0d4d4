"""Money over time as pages: commitments by year, funder, kind of source, region, country, theme or GEF period.

Kinds of money stand apart, and every figure opens the records that make it up.
"""
