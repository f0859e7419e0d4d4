"""The forced order of a country's needs: two of them can't share a rank."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kapok.formats.problems import Problems
from kapok.records.models import Record, Stage


def refuse_shared_rank(record: Record, values: dict[str, Any], problems: Problems) -> None:
    """Tell when another need of the same country already has this rank (paragraph 30)."""
    if record.format != "need" or not values.get("rank"):
        return
    others = Record.objects.filter(format="need", stage=Stage.PUBLISHED, owner=record.owner).exclude(pk=record.pk)
    for other in others.filter(values__rank=values["rank"]):
        said = _("%(id)s has rank %(rank)s already: choose another, or change that one first.")
        problems.add("rank", said % {"id": other.identifier, "rank": values["rank"]})
