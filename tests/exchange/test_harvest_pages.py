"""The pages of sources: open to all, changed by few, and silent about what is private."""

import pytest
from django.urls import reverse
from django.utils import timezone

from kapok.core.rules import SYSTEM
from kapok.exchange.harvest import verbs
from kapok.exchange.importing import verbs as importing
from kapok.exchange.models import Fetch, Harvest, Row, Source
from kapok.exchange.models.harvests import Result, Standing
from tests import make

GIVEN = {
    "name": "Ministry",
    "address": "https://data.example/p.csv",
    "kind": "file",
    "format": "initiative",
    "rhythm": "7",
}


@pytest.fixture
def harvest(db):
    source = Source.objects.create(
        name="Ministry of Trees", address="https://data.example/p.csv", body=make.government("KEN")
    )
    return Harvest.objects.create(source=source, standing=Standing.ACTIVE)


def fetched(harvest, **facts):
    """A fetch with one row that stayed out for two reasons, one of them private."""
    from io import BytesIO

    imported = importing.bring(
        [("p.csv", BytesIO(b"a\n1\n"))], by=SYSTEM, form="initiative", source=harvest.source.name
    )
    imported.counts = {"rows": 1, "refused": 1}
    imported.save()
    notes = [
        {
            "weight": "refused",
            "say": "There is no title in this row. Without one nobody could find the record.",
            "path": "title",
        },
        {"weight": "refused", "say": "Canary %(value)s", "path": "notes", "with": {"value": "secret"}},
    ]
    Row.objects.create(imported=imported, number=1, line=7, format="initiative", outcome="refused", problems=notes)
    return Fetch.objects.create(harvest=harvest, at=timezone.now(), result=Result.TAKEN, imported=imported, **facts)


def test_everybody_reads_what_was_taken_and_what_was_refused(harvest, as_):
    fetched(harvest)

    page = as_("visitor").get(reverse("exchange:source", args=[harvest.pk])).content.decode()

    assert "Ministry of Trees" in page
    assert "line 7" in page
    assert "There is no title in this row." in page
    assert "Canary" not in page


def test_a_proposed_source_is_seen_by_its_body_and_the_secretariat_only(harvest, as_):
    Harvest.objects.update(standing=Standing.PROPOSED)
    address = reverse("exchange:source", args=[harvest.pk])
    editor = make.editor(harvest.source.body)

    assert [as_(who).get(address).status_code for who in ("visitor", "member", editor, "secretariat")] == [
        404,
        404,
        200,
        200,
    ]
    assert "Ministry of Trees" not in as_("visitor").get(reverse("exchange:sources")).content.decode()


def test_the_list_asks_the_database_as_often_for_three_as_for_one(harvest, as_, django_assert_max_num_queries):
    for number in range(3):
        Harvest.objects.create(source=Source.objects.create(name=f"S{number}"), standing=Standing.ACTIVE)

    with django_assert_max_num_queries(12):
        page = as_("visitor").get(reverse("exchange:sources")).content.decode()

    assert page.count("fetched by the clock") >= 4


def test_an_editor_registers_and_the_secretariat_finds_it_on_the_desk(db, as_):
    body = make.government("KEN")
    editor = as_(make.editor(body))

    answer = editor.post(reverse("exchange:new-source"), {**GIVEN, "body": body.pk, "whole": "on"})

    made = Harvest.objects.get()
    assert answer["Location"].endswith(f"/sources/{made.pk}")
    assert (made.standing, made.whole, made.source.body) == (Standing.PROPOSED, True, body)
    desk = as_("secretariat")
    assert "Ministry" in desk.get("/desk").content.decode()
    desk.post(reverse("exchange:act-on-source", args=[made.pk, "let-in"]))
    made.refresh_from_db()
    assert made.standing == Standing.ACTIVE


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"address": "ftp://data.example/x"}, "must begin with https://"),
        ({"address": ""}, "This field is required."),
        ({"name": "Taken"}, "There is already a source of this name."),
        ({"kind": "mail"}, "mail is not one of the available choices"),
    ],
)
def test_a_wrong_answer_gets_a_sentence_at_its_field(db, as_, changed, sentence):
    Source.objects.create(name="Taken")

    answer = as_("secretariat").post(reverse("exchange:new-source"), {**GIVEN, **changed})

    assert answer.status_code == 422
    assert answer.content.decode().count(sentence) == 2
    assert not Harvest.objects.exists()


def test_the_form_begins_with_once_a_week(db, as_):
    page = as_("secretariat").get(reverse("exchange:new-source")).content.decode()

    assert '<option value="7" selected>weekly</option>' in page


def test_members_neither_register_nor_act(harvest, as_):
    member = as_("member")

    assert member.get(reverse("exchange:new-source")).status_code == 403
    member.post(reverse("exchange:act-on-source", args=[harvest.pk, "pause"]))

    harvest.refresh_from_db()
    assert harvest.standing == Standing.ACTIVE
    assert as_("secretariat").post(reverse("exchange:act-on-source", args=[harvest.pk, "burn"])).status_code == 404
    assert verbs.pause(harvest, by=make.secretariat()).standing == Standing.PAUSED
