"""The jobs of the room."""

from kapok.insight.matches.clock import keep_clocks, write_needs
from kapok.insight.overlaps.jobs import find_all_overlaps, find_overlaps

__all__ = ["find_all_overlaps", "find_overlaps", "keep_clocks", "write_needs"]
