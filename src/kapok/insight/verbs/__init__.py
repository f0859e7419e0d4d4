"""Every change in the room."""

from kapok.insight.overlaps.verbs import act_jointly, answer_overlap
from kapok.insight.verbs.matrix import set_rules

__all__ = ["act_jointly", "answer_overlap", "set_rules"]
