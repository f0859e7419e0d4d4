"""The illustrative records: content that shows what the registers can hold, and that nobody stated.

In the data files `@key` stands for the identifier of another record, and `day+20`, `month-3` and `year`
for days counted from the day of loading.
"""

import re
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from kapok.core.rules import SYSTEM
from kapok.formats.format import format_of
from kapok.people.models import Body
from kapok.records import verbs
from kapok.site.demo import tables
from kapok.workflow.clock import months_after

ORDER = ("organisations", "needs", "initiatives", "opportunities", "courses", "experts", "news")
RELATIVE = re.compile(r"(day|month|year)([+-]\d+)?")
ENVELOPE = frozenset({"key", "owner", "confirmed", "published"})
CONTACT = [{"office": "Illustrative biosafety office", "mail": "office@demo.example"}]
SOURCE = {"words": "Illustrative; made for the demo of Kapok"}
Known = dict[str, str]


def load(known: Known, today: date) -> None:
    """Publish them all; `known` tells the identifiers of organisations and learns those of what is made."""
    for name in ORDER:
        form = format_of(name if name == "news" else name.removesuffix("s").replace("opportunitie", "opportunity"))
        for entry in tables.entries(f"illustrative/{name}"):
            values = meant({key: value for key, value in entry.items() if key not in ENVELOPE}, known, today)
            if form.code == "expert":
                values |= {"mail": "expert@demo.example", "consent": True}
            elif "contact" in form.fields:
                values["contact"] = CONTACT
            record = verbs.adopt(
                form,
                by=SYSTEM,
                raw=values,
                owner=body(entry.get("owner", ""), known),
                sources=[SOURCE],
                confirmed_on=today - timedelta(days=entry.get("confirmed", 0)),
                published_at=moment(entry, today),
                illustrative=True,
            )
            known[entry.get("key", record.identifier)] = record.identifier


def moment(entry: dict[str, Any], today: date) -> datetime:
    """When it was published: on the day given, else when it was last confirmed."""
    days = entry.get("published", entry.get("confirmed", 0))
    return timezone.now() - timedelta(days=days)


def body(key: str, known: Known) -> Body | None:
    """The owner: an organisation by its key, or a government by its country."""
    return Body.objects.get(code=known.get(key, key)) if key else None


def meant(value: Any, known: Known, today: date) -> Any:
    """A value with identifiers in place of keys, and days in place of what is counted from today."""
    if isinstance(value, dict):
        return {name: meant(inner, known, today) for name, inner in value.items()}
    if isinstance(value, list):
        return [meant(inner, known, today) for inner in value]
    if isinstance(value, str):
        if value.startswith("@"):
            return known[value[1:]]
        if match := RELATIVE.fullmatch(value):
            return counted(match[1], int(match[2] or 0), today)
    return value


def counted(unit: str, number: int, today: date) -> str:
    """The day, month or year that lies so far from today."""
    if unit == "day":
        return (today + timedelta(days=number)).isoformat()
    if unit == "month":
        return months_after(today, number).isoformat()[:7]
    return str(today.year + number)
