"""The tables of the room."""

from kapok.insight.models.overlaps import Overlap, OverlapAnswer, Sketch

__all__ = ["Overlap", "OverlapAnswer", "Sketch"]
