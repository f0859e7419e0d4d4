"""What owners say about an overlap, and what they do jointly."""

import pytest

from kapok.core.jobs import run_pending
from kapok.core.models import Entry
from kapok.core.rules import Refused
from kapok.insight.models import OverlapAnswer
from kapok.insight.verbs import act_jointly, answer_overlap
from kapok.mail.models import Letter
from kapok.records import verbs
from kapok.records.models import Record
from tests import make

pytestmark = pytest.mark.django_db
DONE = {"en": "One training for the inspectors of both."}


@pytest.fixture
def two():
    return make.record("initiative", owner=make.body()), make.record("initiative", owner=make.body())


def test_the_owner_answers_for_its_side_and_may_answer_anew(two):
    first, second = two
    editor = make.editor(second.owner)

    answer_overlap(second, by=editor, other=first, said="joint")
    answer_overlap(second, by=editor, other=first, said="different", because="Other districts.")

    answer = OverlapAnswer.objects.get()
    assert (answer.first, answer.second, answer.side) == (first, second, second)
    assert (answer.said, answer.because, answer.body) == ("different", "Other districts.", second.owner)
    assert Entry.objects.filter(verb="insight.answer_overlap", thing=second.reference).count() == 2


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"said": "different"}, "in what they differ"),
        ({"said": "perhaps"}, "one of the answers"),
        ({"said": "joint", "other": None}, "another published initiative"),
    ],
)
def test_an_answer_that_says_nothing_is_refused(two, facts, sentence):
    first, second = two
    facts = {"other": first, **facts}
    facts["other"] = facts["other"] or make.record("resource")

    with pytest.raises(Refused, match=sentence):
        answer_overlap(second, by=make.editor(second.owner), **facts)

    assert not OverlapAnswer.objects.exists()


def test_a_stranger_does_not_answer(two):
    first, second = two

    with pytest.raises(Refused, match="designated editors of the body"):
        answer_overlap(second, by=make.editor(first.owner), other=first, said="joint")

    assert not OverlapAnswer.objects.exists()


def test_a_joint_action_stands_in_the_record_and_the_partner_hears_of_it(two):
    first, second = two
    keeper = make.editor(second.owner)

    act_jointly(first, by=make.editor(first.owner), kind="activity", description=DONE, partners=[second])
    run_pending()

    record = Record.objects.get(pk=first.pk)
    (action,) = record.values["joint_actions"]
    assert (action["kind"], action["description"], action["initiatives"]) == ("activity", DONE, [second.identifier])
    assert (record.number, record.versions.count(), record.confirmed_on) == (2, 2, first.confirmed_on)
    assert second.referred_by.filter(field="joint_actions", source=first).exists()
    letter = Letter.objects.get(name="insight/letters/joint")
    assert letter.person == keeper
    assert first.title in letter.text


def test_a_joint_action_needs_partners_words_and_no_open_draft(two):
    first, second = two
    editor = make.editor(first.owner)

    with pytest.raises(Refused, match="at least one initiative"):
        act_jointly(first, by=editor, kind="activity", description=DONE, partners=[])
    with pytest.raises(Refused, match="in a sentence"):
        act_jointly(first, by=editor, kind="activity", description={}, partners=[second])
    verbs.revise(first, by=editor)
    with pytest.raises(Refused, match="already a draft"):
        act_jointly(first, by=editor, kind="activity", description=DONE, partners=[second])

    assert "joint_actions" not in Record.objects.get(pk=first.pk).values
