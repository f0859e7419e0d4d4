"""Answering: sections saved by several people, what is carried over, what is missing, submission and correction."""

import pytest

from kapok.core.models import Entry
from kapok.core.rules import Refused
from kapok.mail.models import Letter
from kapok.surveys import verbs
from kapok.surveys.answering import checking
from kapok.surveys.models import Answer, PartAside, Response
from kapok.surveys.queries import answers_in_force, being_written
from kapok.surveys.questionnaires.sheet import sheet_of
from tests import make
from tests.surveys import sample

pytestmark = pytest.mark.django_db
YES = {"1": {"options": ["yes"]}}


def part(response, key):
    return response.parts.get(section__key=key)


def filled(response, by, **more):
    verbs.save(part(response, "law"), by=by, values={**YES, "2": {"options": ["law"]}, **more}, revision=1)
    verbs.save(part(response, "people"), by=by, values={"4": {"number": "12"}, "5": {"day": "2026-01-31"}}, revision=1)
    return response


def submitted(code="small", **more):
    focal = make.focal_point("KEN")
    response = filled(make.response(by=focal, questionnaire=sample.small(code=code)), focal, **more)
    return verbs.submit(response, by=focal), focal


def test_start_makes_one_response_with_all_sections():
    focal = make.focal_point("KEN")
    response = make.response(by=focal)

    assert sorted(response.parts.values_list("section__key", flat=True)) == ["law", "people"]
    with pytest.raises(Refused, match="has a response already"):
        verbs.start(make.government("KEN"), by=focal, questionnaire=response.questionnaire)


def test_start_is_for_the_people_of_the_government():
    with pytest.raises(Refused, match="Only those who act for this body"):
        verbs.start(make.government("KEN"), by=make.focal_point("PER"), questionnaire=sample.small())


def test_two_people_in_different_sections_lose_nothing():
    one, two = make.focal_point("KEN"), make.editor("KEN")
    response = make.response(by=one)
    law, people = part(response, "law"), part(response, "people")

    verbs.save(people, by=two, values={"4": {"number": "7"}}, revision=1)
    verbs.save(law, by=one, values=YES, revision=1)
    verbs.save(people, by=two, values={"4": {"number": "8"}}, revision=2)

    assert being_written(response.parts.all()) == {**YES, "4": {"number": "8"}}


def test_two_people_in_one_section_keep_both_texts():
    one, two = make.focal_point("KEN"), make.editor("KEN")
    law = part(make.response(by=one), "law")
    verbs.save(law, by=one, values={"3": {"text": {"en": "First"}}}, revision=1)

    with pytest.raises(verbs.Conflict, match="Both are kept"):
        verbs.save(law, by=two, values={"3": {"text": {"en": "Second"}}}, revision=1)

    law.refresh_from_db()
    assert law.values == {"3": {"text": {"en": "First"}}}
    kept = PartAside.objects.get()
    assert kept.values == {"3": {"text": {"en": "Second"}}}
    verbs.settle(law, by=two, aside=kept, values=kept.values, revision=law.revision)
    law.refresh_from_db()
    assert law.values == {"3": {"text": {"en": "Second"}}}
    assert not PartAside.objects.exists()


def test_ones_own_later_saves_are_no_conflict():
    one = make.focal_point("KEN")
    law = part(make.response(by=one), "law")
    verbs.save(law, by=one, values=YES, revision=1)

    verbs.save(law, by=one, values={"1": {"options": ["no"]}}, revision=1)

    law.refresh_from_db()
    assert law.values == {"1": {"options": ["no"]}}


def test_a_section_is_entrusted_to_a_named_person_and_taken_back():
    focal, outsider = make.focal_point("KEN"), make.person()
    response = make.response(by=focal)
    people = part(response, "people")
    with pytest.raises(Refused):
        verbs.save(people, by=outsider, values={"4": {"number": "1"}}, revision=1)

    made = verbs.entrust(response, by=focal, person=outsider, sections=[people.section])

    verbs.save(people, by=outsider, values={"4": {"number": "1"}}, revision=1)
    with pytest.raises(Refused):
        verbs.save(part(response, "law"), by=outsider, values=YES, revision=1)
    letter = Letter.objects.get()
    assert letter.person == outsider
    assert f"/responses/{response.pk}/sections/people" in letter.text
    assert Entry.objects.get(verb="surveys.entrust").details["sections"] == ["people"]
    verbs.end_entrusting(response, by=focal, delegation=made[0])
    with pytest.raises(Refused, match="Only those who act"):
        verbs.save(people, by=outsider, values={"4": {"number": "2"}}, revision=2)


def test_only_the_focal_point_submits():
    focal, editor = make.focal_point("KEN"), make.editor("KEN")
    response = filled(make.response(by=focal), editor)
    with pytest.raises(Refused, match="Only the focal point"):
        verbs.submit(response, by=editor)

    done = verbs.submit(response, by=focal, note="Whole")

    assert (done.state, done.number) == ("submitted", 1)
    assert answers_in_force(done)["2"] == {"options": ["law"]}
    assert done.versions.get().note == "Whole"
    with pytest.raises(Refused, match="was submitted"):
        verbs.save(part(response, "law"), by=editor, values={}, revision=2)


def test_contradictions_hinder_and_missing_answers_do_not():
    focal = make.focal_point("KEN")
    response = make.response(by=focal)
    law = part(response, "law")
    verbs.save(law, by=focal, values={"1": {"options": ["no"]}, "2": {"options": ["law"]}}, revision=1)

    with pytest.raises(verbs.Hindered):
        verbs.submit(response, by=focal)
    found = checking.check(sheet_of(response.questionnaire), being_written(response.parts.all()))

    assert [(one.question.key, one.kind) for one in found.contradictions] == [("2", "contradiction")]
    assert "question 1" in found.contradictions[0].sentence
    assert [one.question.key for one in found.missing] == ["4", "5"]
    verbs.save(law, by=focal, values={"1": {"options": ["no"]}}, revision=2)
    assert verbs.submit(response, by=focal).number == 1


def test_none_beside_other_answers_is_a_contradiction():
    sheet = sheet_of(sample.small())

    found = checking.check(sheet, {**YES, "2": {"options": ["law", "none"]}})

    assert [one.question.key for one in found.contradictions] == ["2"]


def test_what_was_submitted_stays_in_force_while_it_is_corrected():
    response, focal = submitted()
    verbs.reopen(response, by=focal)
    law = part(response, "law")
    verbs.save(law, by=focal, values={"1": {"options": ["no"]}}, revision=law.revision)
    response.refresh_from_db()

    assert answers_in_force(response)["1"] == {"options": ["yes"]}
    verbs.submit(response, by=focal)
    assert answers_in_force(response)["1"] == {"options": ["no"]}
    assert list(response.versions.values_list("number", flat=True)) == [2, 1]


def test_discarding_a_correction_brings_back_what_is_in_force():
    response, focal = submitted()
    verbs.reopen(response, by=focal)
    law = part(response, "law")
    verbs.save(law, by=focal, values={}, revision=law.revision)

    verbs.discard(response, by=focal)

    response.refresh_from_db()
    assert response.state == "submitted"
    assert part(response, "law").values == {**YES, "2": {"options": ["law"]}}


def test_discarding_a_response_never_submitted_leaves_its_text_in_the_trail():
    focal = make.focal_point("KEN")
    response = make.response(by=focal)
    verbs.save(part(response, "law"), by=focal, values=YES, revision=1)

    verbs.discard(response, by=focal)

    assert not Response.objects.exists()
    assert Entry.objects.get(verb="surveys.discard").details["values"]["law"] == YES


def test_the_secretariat_sends_back_with_a_reason():
    response, focal = submitted()
    with pytest.raises(Refused, match="Say what should be corrected"):
        verbs.send_back(response, by=make.secretariat(), reason=" ")

    verbs.send_back(response, by=make.secretariat(), reason="Question 4 cannot be 12.")

    response.refresh_from_db()
    assert (response.state, response.reason) == ("reopened", "Question 4 cannot be 12.")
    assert Letter.objects.get().person == focal
    assert Answer.objects.filter(response=response).count() == 4


def test_answers_of_the_last_report_are_carried_and_wait_to_be_looked_at():
    _old, focal = submitted(**{"3": {"text": {"en": "As before"}}})
    new = make.response(by=focal, questionnaire=sample.small(code="next", previous="small"))

    assert verbs.prefill(new, by=focal) == 3
    law = part(new, "law")

    assert law.values["1"] == {"options": ["yes"], "carried": "small:1"}
    assert law.values["3"]["text"] == {"en": "As before"}
    found = checking.check(sheet_of(new.questionnaire), law.values)
    assert [one.question.key for one in found.carried] == ["1", "2", "3"]
    with pytest.raises(verbs.Hindered):
        verbs.submit(new, by=focal)
    looked = {key: {**value, "kept": True} for key, value in law.values.items()}
    verbs.save(law, by=focal, values=looked, revision=law.revision)
    verbs.submit(new, by=focal)
    assert answers_in_force(new)["1"] == {"options": ["yes"]}
