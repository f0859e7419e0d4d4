"""Every change in the room."""

from kapok.insight.matches.verbs import answer_offer, offer, say, say_met, take_back
from kapok.insight.overlaps.verbs import act_jointly, answer_overlap

__all__ = ["act_jointly", "answer_offer", "answer_overlap", "offer", "say", "say_met", "take_back"]
