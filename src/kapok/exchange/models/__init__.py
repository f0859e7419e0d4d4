"""The tables of the room."""

from kapok.exchange.models.tokens import Answered, Scope, Token

__all__ = ["Answered", "Scope", "Token"]
