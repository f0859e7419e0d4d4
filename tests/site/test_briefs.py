"""The briefs of a country and of an organisation: needs, gaps, support, overlaps, whom to write to; in Word and PDF."""

import io
from datetime import date, timedelta

import docx
import pypdf
import pytest
from django.utils import timezone

from kapok import vocab
from kapok.insight import keeping
from kapok.records.models import Record
from kapok.search import index
from tests import make
from tests.site.pages import page, within
from tests.site.world import world

pytestmark = pytest.mark.django_db
COUNTRY, BODY = "/countries/KEN/brief", "/organisations/ORG-000001/brief"


@pytest.fixture(autouse=True)
def records():
    index.forget()
    yield world()
    index.forget()


def sections(client, address):
    """Each section of a brief with its lines."""
    tree = page(client, address)
    return {
        one.findtext("h2"): [" ".join(line.text_content().split()) for line in one.iter("li")]
        for one in within(tree, "//*[.briefs]/section")
    }


def test_a_country_says_its_needs_in_its_own_order(client):
    found = sections(client, f"/en{COUNTRY}")

    assert [one.split()[0] for one in found["What it needs, in its own order"]] == ["First", "Second", "Third"]
    assert "Ongoing in Kenya" in found["Initiatives under way"][0]


def test_a_gap_closes_when_an_initiative_takes_it_up(client):
    make.record("need", theme="n", rank=9, title={"en": "Only this asks for it"})
    drain()
    title = "Gaps: needs that no initiative under way or planned takes up"
    before = sections(client, f"/en{COUNTRY}")[title]
    make.record("initiative", themes=[{"id": "n"}], title={"en": "Takes it up"})
    drain()
    after = sections(client, f"/en{COUNTRY}")[title]

    assert len(before) == len(after) + 1


def drain():
    """What a worker does within a second of a change."""
    index.drain()
    keeping.drain()


def test_a_brief_of_a_past_day_tells_what_stood_then(client, records):
    drain()
    since = timezone.now() - timedelta(days=60)
    need = Record.objects.get(format="need", values__government="KEN", values__rank=1)
    need.versions.update(at=since)
    keeping.refresh([need.identifier])
    day = (date.today() - timedelta(days=30)).isoformat()
    title = "Gaps: needs that no initiative under way or planned takes up"

    then = sections(client, f"/en{COUNTRY}?as_of={day}")

    needs = then["What it needs, in its own order"]
    assert len(needs) == 1
    assert needs[0].startswith(need.title)
    assert then[title] == [f"{vocab.label('theme', need.values['theme'])} 1"]
    assert "Open to its people now" not in then
    whole = client.get(f"/en{COUNTRY}?as_of={day}").content.decode()
    assert f"brief.docx?as_of={day}" in whole
    assert sections(client, f"/en{COUNTRY}?as_of=2001-01-01")["Initiatives under way"] == []
    assert client.get(f"/en{COUNTRY}.docx?as_of={day}").status_code == 200


def test_initiatives_that_come_near_each_other_are_named(client, records):
    make.record("initiative", title={"en": "Ongoing in Kenya too"}, lead=records["lead"].identifier)
    index.drain()
    found = sections(client, f"/en{COUNTRY}").get("Overlaps: who could work together", [])

    assert all("↔" in one or "at once" in one for one in found)


def test_an_organisation_sees_where_nobody_helps(client):
    found = sections(client, f"/en{BODY}")

    assert any(one.startswith("Gaps: countries") for one in found)
    assert "Ongoing in Kenya" in found["Initiatives under way"][0]


@pytest.mark.parametrize("address", [COUNTRY, BODY])
@pytest.mark.parametrize("tag", ["en", "ar"])
def test_word_and_pdf_say_what_the_page_says(client, address, tag):
    shown = sections(client, f"/{tag}{address}")
    word = client.get(f"/{tag}{address}.docx")
    pdf = client.get(f"/{tag}{address}.pdf")
    text = [one.text for one in docx.Document(io.BytesIO(word.content)).paragraphs]

    assert [one for one in shown if one not in text] == []
    assert len(pypdf.PdfReader(io.BytesIO(pdf.content)).pages) == 1
    assert word["Content-Disposition"].endswith('.docx"')
    assert word["Kapok-Cache"] == "public"


def test_a_title_stands_alone_in_another_language(client):
    found = sections(client, f"/ar{BODY}")

    assert any(one.split("INI-")[0].strip() == "Ongoing in Kenya" for lines in found.values() for one in lines)


def test_other_endings_and_unknown_names_are_nothing(client):
    assert client.get("/en/countries/KEN/brief.exe").status_code == 404
    assert client.get("/en/countries/XXX/brief.docx").status_code == 404
    assert client.get("/en/organisations/ORG-999999/brief.pdf").status_code == 404
