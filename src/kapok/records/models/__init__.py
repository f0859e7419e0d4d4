"""The tables of the registers."""

from kapok.records.models.draft import Aside, Draft, Share
from kapok.records.models.record import Alias, Freshness, Record, Reference, Sequence, Stage, Version, Working

__all__ = [
    "Alias",
    "Aside",
    "Draft",
    "Freshness",
    "Record",
    "Reference",
    "Sequence",
    "Share",
    "Stage",
    "Version",
    "Working",
]
