"""A new type is one class: it is declared here, and every place that shows, checks or finds records knows it."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.test import Client

from kapok.core.models import Outbox
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
from tests.records.forms import get, signed_in

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

    yield Visit
    del formats["visit"]


def test_a_new_format_walks_through_form_check_page_search_facet_schema_and_cells(visit: type[Format]):
    host = make.record("organisation")
    person = make.editor()
    body_code = next(iter(person.designations_now())).body.code
    client = signed_in(person)

    # Choose and begin
    assert "To see whether a new type needs one class only." in get(client, "/records/new").text
    edit = get(client, "/records/new/visit").press("once", owner=body_code, **{"title-en": "Seeing a laboratory"})
    record = Record.objects.get(format="visit")
    assert edit.response.request["PATH_INFO"] == "/records/VIS-000001/edit"

    # Every kind has its control, and parts open within parts
    edit = edit.press(button="_add", value="days").press(button="_add", value="days-0-steps")
    wrong = edit.press(button="do", value="save", on="32 May", guests="many", web="nowhere", mail="x@")
    assert wrong.status == 422
    assert wrong.title.startswith("Error:")
    assert {place for place, _sentence in wrong.summary()} == {"on", "guests", "web", "mail"}
    assert "year, month and day" in wrong.error_at("on")
    assert wrong.tree.xpath("//input[@id='on']/@value") == ["32 May"]

    # Fill everything in
    filled = wrong.press(
        button="do",
        value="preview",
        **{
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
            "host": host.identifier,
            "others": [host.identifier],
            "days-0-about-en": "Arrival",
            "days-0-steps-0-name": "Look around",
            "days-0-steps-0-minutes": "90",
        },
    )
    assert filled.status == 200
    assert "Nothing is missing" in filled.text
    record.draft.refresh_from_db()
    assert record.draft.values["days"][0]["steps"][0]["minutes"] == 90

    # Publish, and read as a visitor
    read = filled.press("hand-in", button="do", value="publish")
    assert read.response.request["PATH_INFO"] == "/records/VIS-000001"
    page = get(Client(), "/records/VIS-000001")
    for words in ("Seeing a laboratory", "Room 7", "a second door", "99.50", "Look around", "bien équipé", "Kenya"):
        assert words in page.text
    assert "keep quiet" not in page.text
    assert "host@example.org" not in page.response.content.decode()

    # Search document and facet
    assert Outbox.objects.filter(key="record:VIS-000001").exists()
    index.drain()
    answer = index.ask(Question(q="laboratoire", filters={"visit-level": ("advanced",)}, facets=("visit-level",)))
    assert [hit.extra["id"] for hit in answer.hits] == ["VIS-000001"]
    assert answer.facets["visit-level"] == [("advanced", 1)]

    # Schema, cells, payload
    described = schema(visit)
    assert described["required"] == ["title", "on"]
    assert "private_note" not in described["properties"]
    record.refresh_from_db()
    row = to_row(visit, record.values)
    back, problems = visit.clean(from_row(visit, row))
    assert not problems
    assert back == visit.public(record.values)
    assert visit.index(record.values, date(2026, 1, 1)).facets["visit-level"][0] == "advanced"
    assert Client().get("/records/VIS-000001.json").json()["values"] == visit.public(record.values)
