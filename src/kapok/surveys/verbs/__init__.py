"""Every change to a questionnaire, a response and a set of indicators."""

from kapok.surveys.verbs.answer import Conflict, discard, prefill, save, settle, start, write
from kapok.surveys.verbs.entrust import end_entrusting, entrust
from kapok.surveys.verbs.submit import Hindered, reopen, send_back, submit

__all__ = [
    "Conflict",
    "Hindered",
    "discard",
    "end_entrusting",
    "entrust",
    "prefill",
    "reopen",
    "save",
    "send_back",
    "settle",
    "start",
    "submit",
    "write",
]
