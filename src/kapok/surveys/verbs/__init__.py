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
from kapok.surveys.verbs.answer import Conflict, discard, prefill, save, settle, start, write
from kapok.surveys.verbs.entrust import end_entrusting, entrust
from kapok.surveys.verbs.submit import Hindered, reopen, send_back, submit

__all__ = [
    "Conflict",
    "Hindered",
    "discard",
    "end_entrusting",
    "entrust",
    "forget_view",
    "freeze",
    "keep_view",
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
