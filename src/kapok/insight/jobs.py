"""The jobs of the room."""

from kapok.insight.counting.shelf import gather, gather_nightly
from kapok.insight.matches.clock import keep_clocks, write_needs
from kapok.insight.overlaps.jobs import find_all_overlaps, find_overlaps

__all__ = ["find_all_overlaps", "find_overlaps", "gather", "gather_nightly", "keep_clocks", "write_needs"]
