"""Word forms of every record type and language: filled in, brought back, and nothing is changed or lost."""

from io import BytesIO
from typing import Any

import docx
import pytest

from kapok.core.languages import TAGS
from kapok.documents.wordform import Reading, Unread, read
from kapok.exchange.exporting.forms import word_form
from kapok.exchange.wordforms import values_of
from kapok.formats.format import formats
from kapok.records import verbs
from kapok.records.models import Record
from tests import make
from tests.exchange.bringing import onto
from tests.formats.test_formats import RICH

pytestmark = pytest.mark.django_db
CODES = sorted(formats)
MORE: dict[str, Any] = {
    "title": {"en": "Detecting", "ar": "الكشف عن الكائنات"},
    "kind": "other:Exchange of seeds; and of plants",
    "audience": ["regulators", "other:Bee keepers", "other:Millers; bakers"],
    "participants": [{"key": "p", "country": "KEN", "planned": 3, "actual": 40}],
    "countries": [{"id": "KEN", "share": "0.125"}, {"id": "africa", "share": "0.875"}],
    "funds_for_participants": False,
    **RICH,
}


def rich(code: str) -> Record:
    """A record that answers what is hard to bring back."""
    return make.record(code, **(MORE if code == "initiative" else {}))


def through(record, language):
    """The values of a record after its form went out and came back untouched."""
    told = values_of(read(word_form(record.form, language, record)))
    assert (told.format, told.identifier, told.problems) == (record.format, record.identifier, [])
    return record.form.clean(onto(record.form, record.values, told.values))


@pytest.mark.parametrize("language", TAGS)
@pytest.mark.parametrize("code", CODES)
def test_a_form_that_nobody_touched_changes_nothing(code, language):
    record = rich(code)

    values, problems = through(record, language)

    assert problems.errors == []
    assert values == record.values


@pytest.mark.parametrize("code", CODES)
def test_an_empty_form_asks_everything_and_answers_nothing(code):
    reading = read(word_form(formats[code], "ar"))

    told = values_of(reading)

    asked = {name for name, kind in formats[code].fields.items() if kind.widget != "files" and not kind.private}
    assert asked <= set(told.values)
    assert formats[code].clean(told.values, final=False)[0] == {}
    assert (told.format, told.identifier, told.problems) == (code, "", [])


def answered(record, **answers):
    """A form of a record with other answers, as a reader would find it."""
    reading = read(word_form(record.form, "en", record))
    for key, value in answers.items():
        if value:
            reading.answers[key] = value
        else:
            reading.answers.pop(key, None)
    return values_of(reading)


def test_a_form_of_a_draft_bears_its_own_title():
    record = make.record("news", owner=make.body())
    editor = make.editor(record.owner)
    verbs.revise(record, by=editor)
    record = verbs.save(record, by=editor, raw={**record.values, "title": {"en": "Workshop moved"}}, revision=1).record
    form = docx.Document(BytesIO(word_form(record.form, "en", record)))

    assert form.paragraphs[0].text == "Workshop moved"


def test_changes_go_in_and_what_was_not_asked_stays():
    record = rich("initiative")
    answers = {
        "acronym": "DLMO",
        "title_en": "",
        "budget/1/amount": "1300.5",
        "budget/2/kind": "",
        "budget/2/amount": "",
        "budget/2/currency": "",
        "budget/3/kind": "loan",
        "budget/3/amount": "5",
        "budget/3/currency": "USD",
        "results/1/indicators/1/target": "3",
        "starts": "٢٠٢٥",
    }

    told = answered(record, **answers)
    values, problems = record.form.clean(onto(record.form, record.values, told.values))

    assert problems.errors == []
    assert values["acronym"] == "DLMO"
    assert values["title"] == {"ar": MORE["title"]["ar"]}
    assert [line["amount"] for line in values["budget"]] == ["1300.5", "5"]
    assert values["budget"][0]["key"] == "m1"
    assert values["results"][0]["indicators"][0]["target"] == "3"
    assert values["results"][0]["indicators"][0]["periods"] == record.values["results"][0]["indicators"][0]["periods"]
    assert values["starts"] == "2025"
    assert values["notes"] == RICH["notes"]
    assert values["contact"] == record.values["contact"]
    assert values["participants"] == record.values["participants"]


def test_the_address_of_a_contact_stays_until_another_is_written():
    record = rich("initiative")

    kept = answered(record, **{"contact/1/office": "Another office"})
    new = answered(record, **{"contact/1/mail": "new@example.org"})

    lay = lambda told: onto(record.form, record.values, told.values)["contact"][0]  # noqa: E731
    assert (lay(kept)["mail"], lay(kept)["office"]) == ("office@example.org", "Another office")
    assert lay(new)["mail"] == "new@example.org"


def test_words_that_were_no_choice_are_understood_or_told():
    reading = Reading(
        {"kind": "record", "format": "initiative"},
        True,
        {"title_en": "T"},
        frozenset({"title_en", "kind", "level", "countries/1"}),
        [Unread("level", "Advanced", "why"), Unread("kind", "Something else", "why"), Unread("gone", "x", "why")],
    )

    told = values_of(reading)
    values, problems = formats["initiative"].clean(told.values, final=False)

    assert values["level"] == "advanced"
    assert [(one.path, "Something else" in str(one.sentence)) for one in problems.errors] == [("kind", True)]
    assert [one.path for one in told.problems] == ["gone"]


def test_a_form_of_something_else_is_no_form_of_a_record():
    for hidden in ({}, {"kind": "questionnaire"}, {"kind": "record", "format": "nothing"}):
        told = values_of(Reading(hidden, True))
        assert (told.values, len(told.problems)) == ({}, 1)


def test_a_forged_identifier_is_not_believed():
    told = values_of(Reading({"kind": "record", "format": "news", "id": "NEW-000001"}, genuine=False))

    assert told.identifier == ""
    assert "changed" in str(told.problems[0].sentence)


def test_everybody_takes_an_empty_form_and_writers_a_filled_one(as_):
    body = make.body()
    record = make.record("organisation", owner=body)
    editor = make.editor(body)

    empty = as_("visitor").get("/ar/formats/need/form.docx")
    mine = as_(editor).get(f"/en/records/{record.identifier}/form.docx")

    assert empty["Content-Disposition"] == 'attachment; filename="kapok-need-ar.docx"'
    assert read(empty.content).hidden["language"] == "ar"
    assert values_of(read(mine.content)).identifier == record.identifier
    assert as_("member").get(f"/en/records/{record.identifier}/form.docx").status_code == 403
    assert as_("visitor").get(f"/en/records/{record.identifier}/form.docx").status_code == 302
    assert as_("visitor").get("/en/formats/nothing/form.docx").status_code == 404
    assert as_("visitor").get("/en/formats/need/form.exe").status_code == 404
    sheet = as_(editor).get(f"/en/records/{record.identifier}/form.xlsx")
    assert sheet["Content-Disposition"] == f'attachment; filename="{record.identifier}-en.xlsx"'


def test_a_form_goes_on_from_the_draft(as_):
    body = make.body()
    record = make.record("organisation", owner=body)
    editor = make.editor(body)
    working = verbs.revise(record, by=editor).working
    verbs.save(record, by=editor, raw={**working.values, "acronym": "NEW"}, revision=working.revision)

    told = values_of(read(as_(editor).get(f"/en/records/{record.identifier}/form.docx").content))

    assert told.values["acronym"] == "NEW"


def test_no_form_holds_an_address_or_a_private_note(as_):
    body = make.body()
    record = make.record(
        "initiative", owner=body, notes="canary", contact=[{"office": "O", "mail": "canary@example.org"}]
    )

    content = as_(make.editor(body)).get(f"/en/records/{record.identifier}/form.docx").content

    assert "canary" not in str(read(content).answers)


def test_pages_offer_the_forms(as_):
    body = make.body()
    record = make.record("organisation", owner=body)
    link = f"/en/records/{record.identifier}/form.docx"

    assert link in as_(make.editor(body)).get(f"/en/records/{record.identifier}").content.decode()
    assert link not in as_("visitor").get(f"/en/records/{record.identifier}").content.decode()
    assert "/en/formats/need/form.docx" in as_(make.focal_point()).get("/en/records/new/need").content.decode()
