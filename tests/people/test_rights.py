"""The page that prints who may do what asks the rules themselves."""

import re

import pytest
from django.test import Client

from kapok.core.rules import When, is_signed_in, is_system, rule
from kapok.core.verbs import Verb, verbs
from kapok.people import rights
from kapok.people.access import (
    edits_for_body,
    is_administrator,
    is_focal_point_of_body,
    is_member,
    is_oneself,
    is_secretariat,
)

COLUMNS = [column for column, _label, _make in rights.COLUMNS]


@rule("It must be open.")
def is_open(who, thing):
    return thing.open


@rule("Only writers.")
def is_writer(who, thing):
    return getattr(who, "is_secretariat", False) or thing.writers == who


def lines(asked):
    return list(rights.lines(Verb("x.y", "Y", asked, print)))


def row(asked):
    return dict(zip(COLUMNS, lines(asked)[0].cells, strict=True))


def told(asked):
    return list(lines(asked)[0].conditions)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (is_member, "no yes yes yes yes yes no"),
        (is_signed_in, "no yes yes yes yes yes no"),
        (is_secretariat, "no no no no yes no no"),
        (is_administrator, "no no no no no yes no"),
        (edits_for_body, "no no body body no no no"),
        (is_focal_point_of_body, "no no no body no no no"),
        (is_oneself, "no own own own own own no"),
        (is_system, "no no no no no no yes"),
        (is_secretariat | edits_for_body, "no no body body yes no no"),
        (is_secretariat & is_open, "no no no no yes no no"),
        (~is_secretariat & is_member, "no yes yes yes no yes no"),
        (is_writer, "perhaps perhaps perhaps perhaps yes perhaps perhaps"),
    ],
)
def test_a_rule_is_asked_for_every_role(asked, expected):
    assert list(row(asked).values()) == expected.split()


def test_what_no_role_answers_is_printed_as_a_condition():
    assert told(is_secretariat & is_open) == ["It must be open."]
    assert told(is_secretariat) == []
    assert told(is_secretariat & ~is_open) == []
    assert told(is_secretariat & (~is_open).saying("It must be closed.")) == ["It must be closed."]


def test_a_rule_that_forks_is_printed_for_each_side():
    forked = When(is_open, is_focal_point_of_body, edits_for_body | is_secretariat)

    first, second = lines(forked & is_member)

    assert (str(first.case), first.cells) == ("It must be open.", ("no", "no", "no", "body", "no", "no", "no"))
    assert (str(second.case), second.cells) == (
        "In all other cases.",
        ("no", "no", "body", "body", "yes", "no", "no"),
    )


def test_publishing_is_told_for_national_and_other_records():
    told = {
        str(line.case): line.cells
        for _room, all_of in rights.table()
        for line in all_of
        if line.name == "records.publish"
    }

    assert told == {
        "This is a national record.": ("no", "no", "no", "body", "no", "no", "yes"),
        "In all other cases.": ("no", "no", "body", "body", "yes", "no", "yes"),
    }


def test_what_comes_from_somebody_is_taken_back_by_nobody_else():
    told = {line.name: dict(zip(COLUMNS, line.cells, strict=True)) for _room, them in rights.table() for line in them}

    for name in ("records.take_back", "records.take_in", "records.put_back"):
        assert (told[name]["visitor"], told[name]["member"]) == ("no", "perhaps"), name
    # Verbs of other tests may stand in the table as well.
    open_to_all = {name for name in told if told[name]["visitor"] == "yes" and not name.startswith("tests.")}
    assert open_to_all <= {"records.write_to", "people.join"}


def test_the_table_holds_every_verb_of_the_house():
    listed = {line.name for _room, told in rights.table() for line in told}

    assert listed == set(verbs)
    assert "people.designate" in listed


@pytest.mark.django_db
def test_the_page_is_open_to_everybody():
    answer = Client().get("/rules")

    assert answer.status_code == 200
    assert "people.designate" in answer.text
    assert "own body only" in answer.text


@pytest.mark.django_db
def test_every_room_stands_under_a_title_in_words():
    for tag in ("en", "ar"):
        page = Client().get(f"/{tag}/rules").text

        titles = re.findall(r"<caption[^>]*>([^<]*)", page)

        assert len(titles) == len(rights.table())
        # Tests have a room of their own when they run beside this one.
        assert not set(titles) & {room for room, _lines in rights.table() if room != "tests"}
