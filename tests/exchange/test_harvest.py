"""Sources are fetched by the clock: what is new goes in, what would lose too much waits, nothing is ever deleted."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kapok.core.jobs import run_pending
from kapok.core.rules import Refused
from kapok.exchange.harvest import asking, fetching, verbs
from kapok.exchange.harvest.client import Fetched
from kapok.exchange.harvest.jobs import fetch_due
from kapok.exchange.models import Harvest, Source, Telling
from kapok.exchange.models.harvests import Kind, Result, Rhythm, Standing
from kapok.records.models import Record
from tests import make

FACTS = {"kind": Kind.FILE, "format": "initiative", "rhythm": Rhythm.DAILY, "whole": True}


def table(*numbers: int, title: str = "Biosafety training number") -> bytes:
    """A ministry's list of projects."""
    words = ("seeds", "customs", "laboratory", "law", "maize", "fish", "trees", "labels", "borders", "courts")
    lines = [f"P-{n},{title} {n} on {words[n % 10]},KEN,2020,Risk assessment,project" for n in numbers]
    return "\n".join(["Project number,Title,Country,Starts on,Themes,Kind", *lines]).encode()


@pytest.fixture
def answers(monkeypatch):
    """What the source answers, one after another."""
    waiting: list[Fetched | Refused] = []

    def fetch(address, **asked):
        answer = waiting.pop(0)
        if isinstance(answer, Refused):
            raise answer
        return answer

    monkeypatch.setattr(asking.client, "fetch", fetch)
    return waiting


@pytest.fixture
def harvest(db):
    """A source of Kenya that the Secretariat registered."""
    made = Harvest(source=Source(body=make.government("KEN")))
    return verbs.register(made, by=make.secretariat(), name="Ministry", address="https://data.example/p.csv", **FACTS)


def test_what_a_source_publishes_goes_in_and_the_same_again_changes_nothing(harvest, answers):
    answers += [Fetched(table(1, 2, 3), '"a"'), Fetched(None), Fetched(table(1, 2, 3), '"b"')]

    first, second, third = (fetching.fetch(harvest) for _time in range(3))

    assert (first.result, second.result, third.result) == (Result.TAKEN, Result.UNCHANGED, Result.UNCHANGED)
    assert first.imported.counts["new"] == 3
    assert Record.objects.filter(format="initiative").count() == 3
    assert {record.owner for record in Record.objects.filter(format="initiative")} == {harvest.source.body}
    assert harvest.etag == '"b"'


def test_one_changed_row_changes_one_record(harvest, answers):
    changed = table(1, 2, 3).replace(b"number 2 on", b"number 2 about")
    answers += [Fetched(table(1, 2, 3)), Fetched(changed)]
    fetching.fetch(harvest)

    second = fetching.fetch(harvest)

    assert {name: second.imported.counts[name] for name in ("new", "changed", "same")} == {
        "new": 0,
        "changed": 1,
        "same": 2,
    }
    assert [one.number for one in Record.objects.order_by("pk")] == [1, 2, 1]


def test_a_record_that_is_no_longer_listed_is_marked_and_stays(harvest, answers):
    answers += [Fetched(table(*range(1, 11))), Fetched(table(*range(1, 10)))]
    fetching.fetch(harvest)

    second = fetching.fetch(harvest)

    assert (second.result, second.gone) == (Result.TAKEN, 1)
    assert Telling.objects.exclude(gone_at=None).count() == 1
    assert Record.objects.filter(format="initiative", stage="published").count() == 10


def test_a_fetch_that_would_lose_more_than_a_fifth_is_held_until_a_person_looked(harvest, answers):
    answers += [Fetched(table(*range(1, 11))), Fetched(table(1, 2, 3, 11))]
    fetching.fetch(harvest)

    held = fetching.fetch(harvest)

    assert (held.result, held.gone, harvest.standing) == (Result.HELD, 7, Standing.HELD)
    assert held.said["en"].startswith("7 of 10 records would vanish")
    assert set(held.said) == {"ar", "en", "es", "fr", "ru", "zh"}
    assert Record.objects.filter(format="initiative").count() == 10
    with pytest.raises(Refused, match="do this"):
        verbs.release(harvest, by=make.person())

    verbs.release(harvest, by=make.secretariat())

    harvest.refresh_from_db()
    assert harvest.standing == Standing.ACTIVE
    assert Record.objects.filter(format="initiative").count() == 11
    assert Telling.objects.exclude(gone_at=None).count() == 7


def test_a_failure_is_written_down_and_tried_less_and_less_often(harvest, answers):
    answers += [Refused("data.example could not be reached.")] * 2 + [Fetched(table(1))]

    first, second = fetching.fetch(harvest), fetching.fetch(harvest)

    assert (first.result, first.said["en"]) == (Result.FAILED, "data.example could not be reached.")
    assert harvest.next_at - second.at == timedelta(days=2)
    assert fetching.fetch(harvest).result == Result.TAKEN
    assert harvest.failures == 0


def test_a_file_that_cannot_be_read_fails_in_words_and_is_asked_for_again(harvest, answers):
    answers += [Fetched(b"\x89PNG\r\n\x1a\n picture"), Fetched(b"\x89PNG\r\n\x1a\n picture")]

    first, second = fetching.fetch(harvest), fetching.fetch(harvest)

    assert (first.result, second.result) == (Result.FAILED, Result.FAILED)
    assert "could not be read" in first.said["en"]


def test_the_clock_asks_those_whose_time_has_come(harvest, answers):
    answers += [Fetched(table(1))]
    harvest.next_at = timezone.now() - timedelta(hours=1)
    harvest.save()
    paused = Harvest.objects.create(
        source=Source.objects.create(name="Other", address="https://other.example/x"),
        standing=Standing.PAUSED,
        next_at=harvest.next_at,
    )
    fetch_due()
    run_pending()

    assert (harvest.fetches.count(), paused.fetches.count()) == (1, 0)


def test_an_editor_proposes_for_their_own_body_and_the_secretariat_lets_in(db):
    body = make.body()
    editor = make.editor(body)

    made = verbs.register(
        Harvest(source=Source(body=body)), by=editor, name="Ours", address="https://own.example/x", **FACTS
    )

    assert (made.standing, asking.hosts()) == (Standing.PROPOSED, set())
    with pytest.raises(Refused, match="Only those who act for this body"):
        verbs.register(
            Harvest(source=Source(body=make.government())), by=editor, name="X", address="https://x.example/", **FACTS
        )
    with pytest.raises(Refused, match="Secretariat"):
        verbs.let_source_in(made, by=editor)
    assert verbs.let_source_in(made, by=make.secretariat()).standing == Standing.ACTIVE
    assert asking.hosts() == {"own.example"}


@pytest.mark.parametrize("address", ["ftp://a.example/x", "https://me:pw@a.example/x", "no address"])
def test_a_wrong_address_is_refused(db, address):
    with pytest.raises(Refused, match=r"address"):
        verbs.register(Harvest(source=Source()), by=make.secretariat(), name="Wrong", address=address, **FACTS)

    assert not Source.objects.exists()


OAI_PAGE = """<?xml version="1.0" encoding="UTF-8"?>
<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><responseDate>2026-11-25T00:00:00Z</responseDate>
<request verb="ListRecords">https://library.example/oai</request><ListRecords>%s%s</ListRecords></OAI-PMH>"""
OAI_RECORD = """<record><header><identifier>oai:library.example:%(n)s</identifier><datestamp>2026-01-01</datestamp>
</header><metadata><oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title xml:lang="en">Guide number %(n)s</dc:title>
<dc:title xml:lang="fr">Guide numéro %(n)s</dc:title><dc:creator>Office of Biosafety</dc:creator>
<dc:subject>Risk management</dc:subject><dc:subject>Nothing known</dc:subject><dc:date>2019-05-01</dc:date>
<dc:type>Guidance</dc:type><dc:language>eng</dc:language>
<dc:identifier>https://library.example/%(n)s.pdf</dc:identifier>
<dc:identifier>doi:10.1234/abc.%(n)s</dc:identifier></oai_dc:dc></metadata></record>"""
ERROR = """<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><error code="%s">No.</error></OAI-PMH>"""


def library(answers, **facts):
    made = Harvest(source=Source())
    return verbs.register(
        made, by=make.secretariat(), name="Library", address="https://library.example/oai", **FACTS | facts
    )


def test_a_repository_is_read_page_after_page(db, answers):
    harvest = library(answers, kind=Kind.OAI, format="resource")
    token = "<resumptionToken>next</resumptionToken>"
    answers += [Fetched((ERROR % "cannotDisseminateFormat").encode())]
    answers += [Fetched((OAI_PAGE % (OAI_RECORD % {"n": 1}, token)).encode())]
    answers += [Fetched((OAI_PAGE % (OAI_RECORD % {"n": 2}, "<resumptionToken/>")).encode())]

    made = fetching.fetch(harvest)

    assert made.result == Result.TAKEN, made.said
    records = Record.objects.filter(format="resource").order_by("pk")
    assert [record.values["title"] for record in records] == [
        {"en": "Guide number 1", "fr": "Guide numéro 1"},
        {"en": "Guide number 2", "fr": "Guide numéro 2"},
    ]
    first = records[0].values
    assert (first["authors"], first["year"], first["languages"]) == (["Office of Biosafety"], 2019, ["en"])
    assert (first["link"], first["themes"]) == ("https://library.example/1.pdf", ["d"])
    assert {(one["scheme"], one["identifier"]) for one in first["identifiers"]} == {
        ("OAI", "oai:library.example:1"),
        ("DOI", "10.1234/abc.1"),
    }


def test_a_repository_that_refuses_is_quoted(db, answers):
    harvest = library(answers, kind=Kind.OAI, format="resource")
    answers += [Fetched((ERROR % "badArgument").encode())]

    made = fetching.fetch(harvest)

    assert (made.result, made.said["en"]) == (Result.FAILED, "The repository answered: No.")


FEED = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="es"><title>Noticias</title>
<entry><id>tag:news.example,2026:1</id><title>Curso de detección</title><updated>2026-10-01T00:00:00Z</updated>
<link href="https://news.example/1"/><summary type="html">&lt;p&gt;Dos &lt;b&gt;semanas&lt;/b&gt;.&lt;/p&gt;</summary>
<category term="Research"/></entry></feed>"""


def test_a_feed_brings_news(db, answers):
    harvest = library(answers, kind=Kind.ATOM, format="news", whole=False)
    answers += [Fetched(FEED.encode(), kind="application/atom+xml")]

    made = fetching.fetch(harvest)

    assert made.result == Result.TAKEN, made.said
    values = Record.objects.get(format="news").values
    assert (values["title"], values["text"]) == ({"es": "Curso de detección"}, {"es": "Dos semanas ."})
    assert values["link"] == "https://news.example/1"
