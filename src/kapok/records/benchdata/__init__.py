"""Synthetic records to measure with: as many as wanted, the same ones for the same number.

Every record is marked illustrative and names its source as synthetic. `fill` writes past the verbs, in bulk,
into an installation that holds no records yet.
"""

from kapok.records.benchdata.filling import fill

__all__ = ["fill"]
