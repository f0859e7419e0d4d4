"""The tables of the room."""

from kapok.exchange.models.harvests import Fetch, Harvest
from kapok.exchange.models.imports import Import, Outcome, Remembered, Row, State
from kapok.exchange.models.sources import Source, Telling
from kapok.exchange.models.tokens import Answered, Scope, Token

__all__ = [
    "Answered",
    "Fetch",
    "Harvest",
    "Import",
    "Outcome",
    "Remembered",
    "Row",
    "Scope",
    "Source",
    "State",
    "Telling",
    "Token",
]
