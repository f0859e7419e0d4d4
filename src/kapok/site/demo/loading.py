"""Filling a fresh installation with the demo, in one transaction: all of it, or nothing."""

import time
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from kapok import vocab
from kapok.core.rules import SYSTEM
from kapok.formats.format import format_of
from kapok.insight import keeping
from kapok.insight.overlaps import keeping as overlaps
from kapok.people import governments
from kapok.people.models import Body
from kapok.records import verbs
from kapok.search import index
from kapok.site.demo import (
    accounts,
    illustrative,
    initiatives,
    needs,
    organisations,
    resources,
    sources,
    tables,
    waiting,
)
from kapok.site.demo.accounts import ACCOUNTS, Account
from kapok.surveys import demo as responses
from kapok.surveys import verbs as surveys
from kapok.surveys.queries import questionnaire
from kapok.surveys.questionnaires import loading as questionnaires

# What is real stands as if registered a while ago, so that lists of the newest show what goes on.
REGISTERED_BEFORE = timedelta(days=120)
Echo = Callable[[str], None]
Known = dict[str, str]


def load(echo: Echo) -> list[Account]:
    """Load the demo where it is not loaded yet, and answer with the accounts to sign in with."""
    if not accounts.are_there():
        begun = time.monotonic()
        echo("Loading the demo data…")
        with transaction.atomic():
            known = fill()
        index.drain()
        keeping.drain()
        overlaps.look_at_all()
        needs.answer_overlaps(known)
        echo(f"The demo data is loaded ({time.monotonic() - begun:.0f} seconds).")
    return list(ACCOUNTS)


def fill() -> Known:
    """Everything, in an order in which each record finds those it points to; answers with what each key became."""
    today = timezone.now().date()
    governments.ensure((country.id, country.labels) for country in vocab.vocabulary("country").terms)
    known = load_organisations()
    made = load_initiatives(known, today)
    load_resources(known, made, today)
    illustrative.load(known, today)
    people = accounts.make(known)
    needs.load(known, today)
    waiting.leave(people, known)
    sources.load(people, known)
    load_reports()
    responses.load()
    return known


def load_organisations() -> Known:
    """The organisations of the real initiatives; answers with their identifiers by key."""
    known: Known = {}
    for row in tables.rows("organisations"):
        owner = government(organisations.country_of(row["key"]))
        known[row["key"]] = adopt("organisation", organisations.values(row, known), owner=owner)
    return known


def load_initiatives(known: Known, today: date) -> Known:
    """The real initiatives; answers with their identifiers by row."""
    read = {row["id"]: row for row in tables.rows("initiatives-read")}
    made: Known = {}
    # A part comes after the whole it belongs to.
    for fact in sorted(tables.rows("initiatives"), key=lambda fact: bool(read[fact["id"]]["part_of"])):
        how = read[fact["id"]]
        values = initiatives.values(fact, how, known, made)
        sources = initiatives.sources(fact, today.isoformat())
        made[fact["id"]] = adopt("initiative", values, owner=owner_of(how, known), sources=sources)
    return made


def load_resources(known: Known, made: Known, today: date) -> None:
    """The documents that the mission text cites."""
    for entry in tables.entries("resources"):
        values = resources.values(entry, known, made)
        owner = Body.objects.get(code=known[entry["organisations"][0]])
        adopt("resource", values, owner=owner, sources=resources.sources(entry, today.isoformat()))


def load_reports() -> None:
    """Synthetic second national reports with the totals of 2012, so that the analyzer has something to count."""
    questionnaires.ensure()
    nr2 = questionnaire("nr2")
    assert nr2 is not None
    surveys.reconstruct(nr2, by=SYSTEM)


def owner_of(read: Mapping[str, str], known: Known) -> Body:
    """The body that leads it owns the record; where no lead is known, the first funder."""
    key = next(key for key in (*tables.parts(read["lead"]), *tables.parts(read["funder"])))
    return government(organisations.country_of(key)) or Body.objects.get(code=known[key])


def government(country: str) -> Body | None:
    """The government of a country."""
    return Body.objects.get(code=country) if country else None


def adopt(form: str, values: Mapping[str, Any], **envelope: Any) -> str:
    """Publish one record in Kapok's own name; answers with its identifier."""
    moment = timezone.now() - REGISTERED_BEFORE
    return verbs.adopt(format_of(form), by=SYSTEM, raw=values, published_at=moment, **envelope).identifier
