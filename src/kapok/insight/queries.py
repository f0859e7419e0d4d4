"""Readings that several places need."""

from kapok.insight.models import MatrixRules
from kapok.insight.thresholds import Thresholds


def rules() -> MatrixRules:
    """The numbers in force, saved or the usual ones."""
    return MatrixRules.objects.first() or MatrixRules()


def thresholds() -> Thresholds:
    """The same as plain values."""
    held = rules()
    return Thresholds(held.crowd, held.ending_months, held.stale_months)
