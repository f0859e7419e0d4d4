"""Every change of the room; those of the synthesis stand in its own folder."""

from kapok.surveys.synthesis.verbs import (
    forget_view,
    freeze,
    keep_view,
    reconstruct,
    remove_reconstruction,
    reword,
    sign,
)
from kapok.surveys.verbs.agree import change_indicator, freeze_indicators
from kapok.surveys.verbs.answer import Conflict, discard, prefill, save, settle, start, write
from kapok.surveys.verbs.bring_in import bring_in
from kapok.surveys.verbs.entrust import end_entrusting, entrust
from kapok.surveys.verbs.questionnaires import add_questionnaire, open_questionnaire
from kapok.surveys.verbs.submit import Hindered, reopen, send_back, submit

__all__ = [
    "Conflict",
    "Hindered",
    "add_questionnaire",
    "bring_in",
    "change_indicator",
    "discard",
    "end_entrusting",
    "entrust",
    "forget_view",
    "freeze",
    "freeze_indicators",
    "keep_view",
    "open_questionnaire",
    "prefill",
    "reconstruct",
    "remove_reconstruction",
    "reopen",
    "reword",
    "save",
    "send_back",
    "settle",
    "sign",
    "start",
    "submit",
    "write",
]
