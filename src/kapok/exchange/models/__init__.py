"""The tables of what goes in and out."""

from kapok.exchange.models.harvests import Fetch, Harvest
from kapok.exchange.models.imports import Import, Outcome, Remembered, Row, State
from kapok.exchange.models.sources import Source, Telling

__all__ = ["Fetch", "Harvest", "Import", "Outcome", "Remembered", "Row", "Source", "State", "Telling"]
