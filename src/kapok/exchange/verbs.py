"""Every change to what goes in and out."""

from kapok.exchange.importing.verbs import apply, bring, decide, discard, rematch, stop, undo

__all__ = ["apply", "bring", "decide", "discard", "rematch", "stop", "undo"]
