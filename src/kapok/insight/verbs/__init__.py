"""Every change in the room."""

from kapok.insight.overlaps.verbs import act_jointly, answer_overlap

__all__ = ["act_jointly", "answer_overlap"]
