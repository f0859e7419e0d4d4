"""A small world of records that pages can show: countries, bodies, needs, initiatives and offers."""

from datetime import date, timedelta
from typing import Any

from kapok.records.models import Record
from kapok.search import index
from tests import make


def ahead(days: int) -> str:
    """A day to come."""
    return (date.today() + timedelta(days=days)).isoformat()


def world() -> dict[str, Record]:
    """Two countries and what is registered for them, in the index."""
    make.government("KEN")
    make.government("PER")
    lead, funder = make.record(name={"en": "Alpha Institute"}), make.record(name={"en": "Beta Fund"}, country="PER")
    made = {"lead": lead, "funder": funder}
    parts = [
        {"key": "a", "organisation": lead.identifier, "role": "lead"},
        {"key": "b", "organisation": funder.identifier, "role": "funder"},
    ]
    known: dict[str, Any] = {"lead": lead.identifier, "organisations": parts}
    made["ongoing"] = make.record("initiative", **known, title={"en": "Ongoing in Kenya"})
    past: dict[str, Any] = {"starts": "2010-01", "ends": "2012-12"}
    made["past"] = make.record("initiative", **known, **past, title={"en": "Past in Peru"}, countries=[{"id": "PER"}])
    told = [{"key": "r", "kind": "end-of-cycle", "accomplishments": {"en": "Two laboratories work."}}]
    made["told"] = make.record("initiative", **known, **past, title={"en": "Past and told"}, reports=told)
    for rank, title in ((3, "Third"), (1, "First"), (2, "Second")):
        made[title] = make.record("need", rank=rank, title={"en": f"{title} need"})
    made["peru"] = make.record("need", government="PER", theme="c", title={"en": "Need of Peru"})
    organiser = lead.identifier
    made["for all"] = make.record("opportunity", organiser=organiser, title={"en": "Open to all"}, closes=ahead(20))
    made["for kenya"] = make.record("opportunity", organiser=organiser, eligible=["KEN"], closes=ahead(60))
    made["for peru"] = make.record("opportunity", organiser=organiser, eligible=["PER"], title={"en": "Only Peru"})
    made["resource"] = make.record("resource", countries=["KEN"])
    made["expert"] = make.record("expert")
    made["news"] = make.record("news", event_on=ahead(5))
    index.drain()
    return made
