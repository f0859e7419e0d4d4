"""Offers to needs and their answers: the state of the need follows."""

import pytest

from kapok.core.jobs import run_pending
from kapok.core.rules import Refused
from kapok.insight.matches import clock
from kapok.insight.models import Feedback, Offer
from kapok.insight.verbs import answer_offer, offer, say, say_met, take_back
from kapok.mail.models import Letter
from kapok.records import verbs
from kapok.records.models import Record
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def need():
    return make.record("need")


@pytest.fixture
def body():
    return make.body()


def state(need):
    return Record.objects.get(pk=need.pk).values.get("state")


def test_an_offer_reaches_the_focal_point_and_its_answer_the_one_who_offered(need, body):
    focal, editor = make.focal_point("KEN"), make.editor(body)
    course = make.record("course", owner=body)

    made = offer(need, by=editor, body=body, record=course, words="Two places are free.")
    assert state(need) == "offered"
    answer_offer(made, by=focal, accept=True, because="Two analysts take part.")
    run_pending()

    after = Record.objects.get(pk=need.pk)
    assert after.values["state"] == "being-met"
    (line,) = after.values["offers"]
    assert (line["offered"], line["by"], line["answer"]) == (
        course.identifier,
        body.label(),
        {"en": "Two analysts take part."},
    )
    told = {letter.name: letter for letter in Letter.objects.all()}
    assert told["insight/letters/answered"].person == editor
    assert "Two analysts take part." in told["insight/letters/answered"].text
    assert course.referred_by.filter(source=need, field="offers").exists()


def test_the_focal_point_gets_a_letter_while_the_offer_waits(need, body):
    focal = make.focal_point("KEN")
    offer(need, by=make.editor(body), body=body, words="We lend a PCR machine.")

    run_pending()

    letter = Letter.objects.get(name="insight/letters/offer")
    assert letter.person == focal
    assert "We lend a PCR machine." in letter.text


def test_a_declined_offer_opens_the_need_again(need, body):
    made = offer(need, by=make.editor(body), body=body, words="A workshop.")

    with pytest.raises(Refused, match="why it does not fit"):
        answer_offer(made, by=make.focal_point("KEN"), accept=False)
    answer_offer(made, by=make.focal_point("KEN"), accept=False, because="We need equipment.")

    assert state(need) == "open"
    assert Offer.objects.get().answer == "We need equipment."


def test_an_offer_can_be_taken_back_until_it_is_answered(need, body):
    editor = make.editor(body)
    made = offer(need, by=editor, body=body, words="A workshop.")

    with pytest.raises(Refused, match="Only the body that made the offer"):
        take_back(made, by=make.editor())
    take_back(made, by=editor)

    assert state(need) == "open"
    with pytest.raises(Refused, match="answered or taken back"):
        answer_offer(Offer.objects.get(), by=make.focal_point("KEN"), accept=True)


def test_who_may_offer_what(need, body):
    editor, kenya = make.editor(body), need.owner

    for facts, sentence in (
        ({"body": make.body(), "words": "x"}, "a body that you act for"),
        ({"body": body}, "Name what you offer"),
        ({"body": body, "record": make.record("news")}, "a published initiative"),
    ):
        with pytest.raises(Refused, match=sentence):
            offer(need, by=editor, **facts)
    with pytest.raises(Refused, match="its own need"):
        offer(need, by=make.editor(kenya), body=kenya, words="x")
    with pytest.raises(Refused, match="Designated editors and focal points"):
        offer(need, by=make.person(), body=body, words="x")
    with pytest.raises(Refused, match="Only needs"):
        offer(make.record("resource"), by=editor, body=body, words="x")
    offer(need, by=editor, body=body, words="x")
    with pytest.raises(Refused, match="already"):
        offer(need, by=editor, body=body, words="x")

    assert Offer.objects.count() == 1


def test_only_the_focal_point_answers_and_says_that_a_need_is_met(need, body):
    made = offer(need, by=make.editor(body), body=body, words="A workshop.")

    for who in (make.editor("KEN"), make.secretariat(), make.focal_point("PER")):
        with pytest.raises(Refused, match="Only the focal point"):
            answer_offer(made, by=who, accept=True)
    say_met(need, by=make.focal_point("KEN"))

    assert state(need) == "met"
    with pytest.raises(Refused, match="met, withdrawn"):
        offer(need, by=make.editor(body), body=body, words="More.")
    say_met(Record.objects.get(pk=need.pk), by=make.focal_point("KEN"), met=False)
    assert state(need) == "offered"


def test_a_new_version_of_a_need_keeps_offers_and_state(need, body):
    focal = make.focal_point("KEN")
    made = offer(need, by=make.editor(body), body=body, record=make.record("course", owner=body))
    answer_offer(made, by=focal, accept=True)
    draft = verbs.revise(Record.objects.get(pk=need.pk), by=focal)
    raw = {**samples_without(draft.draft.values), "people": 12}
    verbs.save(draft, by=focal, raw=raw, revision=draft.draft.revision)
    verbs.publish(Record.objects.get(pk=need.pk), by=focal)

    clock.keep_offers(need.reference)

    after = Record.objects.get(pk=need.pk).values
    assert (after["people"], after["state"], len(after["offers"])) == (12, "being-met", 1)


def samples_without(values):
    return {name: value for name, value in values.items() if name not in {"offers", "state"}}


def test_a_word_on_a_match_is_kept_once_for_each_body(need, body):
    course = make.record("course", owner=body)

    say(need, by=make.focal_point("KEN"), other=course, useful=False, because="It is taught in Italian.")
    say(need, by=make.focal_point("KEN"), other=course, useful=True)
    say(need, by=make.editor(body), other=course, useful=True)

    assert [(one.body, one.useful) for one in Feedback.objects.all()] == [(need.owner, True), (body, True)]
    with pytest.raises(Refused, match="why it does not fit"):
        say(need, by=make.focal_point("KEN"), other=course, useful=False)
    with pytest.raises(Refused, match="keeps the record"):
        say(need, by=make.editor(), other=course, useful=True)
