"""The tables of insight. Those of allocations, sketches and overlaps are derived: the registers are the truth."""

from kapok.insight.models.allocations import Allocation, Change, Commitment, Place, Spell
from kapok.insight.models.needs import Circulation, Clock, Feedback, Offer
from kapok.insight.models.overlaps import Overlap, OverlapAnswer, Sketch
from kapok.insight.models.rules import MatrixRules

__all__ = [
    "Allocation",
    "Change",
    "Circulation",
    "Clock",
    "Commitment",
    "Feedback",
    "MatrixRules",
    "Offer",
    "Overlap",
    "OverlapAnswer",
    "Place",
    "Sketch",
    "Spell",
]
