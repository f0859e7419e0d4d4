"""The tables of what goes in and out."""

from kapok.exchange.models.imports import Import, Outcome, Remembered, Row, State
from kapok.exchange.models.sources import Source, Telling

__all__ = ["Import", "Outcome", "Remembered", "Row", "Source", "State", "Telling"]
