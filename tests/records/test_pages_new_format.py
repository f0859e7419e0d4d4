"""A new type is one class: it is declared here, and every place that shows, checks or finds records knows it."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.test import Client

from kapok.formats.cells import from_row, to_row
from kapok.formats.format import Format, Section, formats
from kapok.formats.kinds import (
    Amount,
    Choice,
    Day,
    Files,
    Line,
    Lines,
    Link,
    Mail,
    Number,
    Part,
    Parts,
    Ref,
    Refs,
    Shares,
    Terms,
    Text,
    Words,
    YesNo,
)
from kapok.formats.schema import schema
from kapok.records.models import Record
from kapok.search import index
from kapok.search.questions import Question
from tests import make
from tests.records.forms import Page, get, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def visit() -> Iterator[type[Format]]:
    """A format with every kind of field there is; it goes when the test ends."""

    class Step(Part):
        """A part of a part."""

        name = Line("Step name", required=True)
        minutes = Number("Minutes")

    class Stay(Part):
        """A part."""

        about = Text("About the day", line=True, required=True)
        steps = Parts("Steps", Step, one="Step")

    class Visit(Format):
        """A visit, for the tests."""

        code = "visit"
        prefix = "VIS"
        label = "Visit"
        plural = "Visits"
        purpose = "To see whether a new type needs one class only."
        basics = Section("Basics")
        title = Text("Title", line=True, required=True)
        report = Text("Report")
        room = Line("Room")
        wishes = Lines("Wishes")
        private_note = Words("Private note", private=True)
        level = Choice("Level", "level", facet="visit-level")
        themes = Terms("Themes", "theme", facet="theme")
        countries_ = Shares("Countries", "country")
        on = Day("On", required=True)
        guests = Number("Guests", most=50)
        cost = Amount("Cost")
        again = YesNo("Again?")
        web = Link("Web")
        mail = Mail("Mail")
        host = Ref("Host", "organisation", facet="organisation")
        others = Refs("Others", "organisation")
        papers = Files("Papers")
        more = Section("More")
        days_ = Parts("Days", Stay, one="Day")

    # Nothing of an earlier test looks alike.
    index.forget()
    yield Visit
    del formats["visit"]


ANSWERS = {
    "report-fr": "Le laboratoire est bien équipé.",
    "room": "Room 7",
    "wishes": "a fridge\na second door",
    "private_note": "keep quiet",
    "level": "advanced",
    "themes": ["i"],
    "countries": ["KEN", "PER"],
    "on": "2026-05-30",
    "guests": "12",
    "cost": "99.50",
    "again": "yes",
    "web": "https://example.org/visit",
    "mail": "host@example.org",
    "days-0-about-en": "Arrival",
    "days-0-steps-0-name": "Look around",
    "days-0-steps-0-minutes": "90",
}


def begun(visit: type[Format]) -> Page:
    """The form of a new draft, with a part open within a part."""
    person = make.editor()
    body = person.designations_now()[0].body
    assert body
    client = signed_in(person)
    assert str(visit.purpose) in get(client, "/records/new").text
    edit = get(client, f"/records/new/{visit.code}").press(
        "title-en", owner=body.code, **{"title-en": "Seeing a laboratory"}
    )
    assert edit.response.request["PATH_INFO"] == "/records/VIS-000001/edit"
    return edit.press(button="_add", value="days").press(button="_add", value="days-0-steps")


def published(visit: type[Format]) -> Record:
    """A record of the new type, filled in and published by its form."""
    host = make.record("organisation")
    filled = begun(visit).press(button="do", value="preview", host=host.identifier, others=[host.identifier], **ANSWERS)
    assert "Nothing is missing" in filled.text
    read = filled.press("hand-in", button="do", value="publish")
    assert read.response.request["PATH_INFO"] == "/records/VIS-000001"
    return Record.objects.get(format="visit")


def test_its_form_asks_for_every_kind_and_tells_what_is_wrong(visit: type[Format]):
    edit = begun(visit)
    assert all(edit.tree.xpath(f"//*[@id='{name}']") for name in visit.fields)

    wrong = edit.press(button="do", value="save", on="32 May", guests="many", web="nowhere", mail="x@")

    assert wrong.status == 422
    assert {place for place, _sentence in wrong.summary()} == {"on", "guests", "web", "mail"}
    assert "year, month and day" in wrong.error_at("on")
    assert wrong.tree.xpath("//input[@id='on']/@value") == ["32 May"]


def test_its_page_shows_every_kind_and_hides_what_is_private(visit: type[Format]):
    record = published(visit)

    page = get(Client(), f"/records/{record.identifier}")

    assert record.values["days"][0]["steps"][0]["minutes"] == 90
    for words in ("Seeing a laboratory", "Room 7", "a second door", "99.50", "Look around", "bien équipé", "Kenya"):
        assert words in page.text
    assert "keep quiet" not in page.text
    assert "host@example.org" not in page.response.content.decode()


def test_search_finds_and_counts_it(visit: type[Format]):
    record = published(visit)
    index.drain()

    answer = index.ask(Question(q="laboratoire", filters={"visit-level": ("advanced",)}, facets=("visit-level",)))

    assert [hit.extra["id"] for hit in answer.hits] == [record.identifier]
    assert answer.facets["visit-level"] == [("advanced", 1)]
    assert visit.index(record.values, date(2026, 1, 1)).facets["visit-level"][0] == "advanced"


def test_schema_cells_and_data_know_it(visit: type[Format]):
    record = published(visit)

    described = schema(visit)
    back, problems = visit.clean(from_row(visit, to_row(visit, record.values)))

    assert described["required"] == ["title", "on"]
    assert "private_note" not in described["properties"]
    assert not problems
    assert back == visit.public(record.values)
    assert Client().get(f"/records/{record.identifier}.json").json()["values"] == back
