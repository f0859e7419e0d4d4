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

__all__ = ["forget_view", "freeze", "keep_view", "reconstruct", "remove_reconstruction", "reword", "sign"]
