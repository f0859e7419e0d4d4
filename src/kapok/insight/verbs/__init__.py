"""Every change in the room."""

from kapok.insight.matches.verbs import answer_offer, offer, say, say_met, take_back
from kapok.insight.overlaps.verbs import act_jointly, answer_overlap
from kapok.insight.verbs.matrix import set_rules

__all__ = ["act_jointly", "answer_offer", "answer_overlap", "offer", "say", "say_met", "set_rules", "take_back"]
