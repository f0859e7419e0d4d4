"""Changing single answers of a published record: a new version, nothing else."""

import pytest

from kapok.core.rules import SYSTEM, Refused
from kapok.records import verbs
from kapok.records.models import Record
from tests import make

pytestmark = pytest.mark.django_db


def test_amend_changes_only_what_is_named_and_leaves_the_clock():
    made = make.record("need", state="open")
    Record.objects.filter(pk=made.pk).update(confirmed_on="2020-01-01")

    after = verbs.amend(made, by=SYSTEM, changes={"state": "offered"}, note="An offer came in.")

    assert (after.number, after.values["state"], after.values["rank"]) == (2, "offered", 1)
    assert str(Record.objects.get(pk=made.pk).confirmed_on) == "2020-01-01"
    assert after.versions.get(number=2).note == "An offer came in."


def test_amend_with_the_same_answer_makes_no_version():
    made = make.record("need", state="open")

    assert verbs.amend(made, by=SYSTEM, changes={"state": "open"}).number == 1


def test_amend_gives_a_draft_the_same_answer():
    made = make.record("need", state="open")
    verbs.revise(made, by=make.focal_point("KEN"))

    verbs.amend(Record.objects.get(pk=made.pk), by=SYSTEM, changes={"state": "offered"})

    draft = Record.objects.get(pk=made.pk).draft
    assert (draft.values["state"], draft.revision) == ("offered", 2)


def test_amend_refuses_what_is_wrong_and_whom_it_does_not_concern():
    made = make.record("need", state="open")

    with pytest.raises(verbs.Incomplete):
        verbs.amend(made, by=SYSTEM, changes={"state": "nonsense"})
    with pytest.raises(Refused, match="designated editors of the body"):
        verbs.amend(made, by=make.editor(), changes={"state": "met"})

    assert Record.objects.get(pk=made.pk).values["state"] == "open"
