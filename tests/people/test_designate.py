"""Giving, asking for, and ending roles."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core import mail
from django.db import IntegrityError, transaction

from kapok.core import trail
from kapok.core.models import Entry
from kapok.core.rules import Refused
from kapok.people.models import Designation, Request, Role
from kapok.people.verbs import (
    decline_request,
    designate,
    end_designation,
    grant_request,
    request_designation,
)
from tests import make

pytestmark = pytest.mark.django_db


def wanted(role, body=None, person=None, **facts):
    given = {"proof": "Letter of the ministry, 3 May", "begins_on": None} | facts
    return Designation(person=person or make.person(), role=role, body=body, **given)


def test_designate_makes_a_focal_point(django_capture_on_commit_callbacks):
    secretariat, kenya, person = make.secretariat(), make.government("KEN"), make.person(language="en")

    with django_capture_on_commit_callbacks(execute=True):
        held = designate(wanted(Role.FOCAL_POINT, kenya, person), by=secretariat)

    person.forget_designations()
    assert person.focal_point_of() == {kenya.pk}
    assert held.proof == "Letter of the ministry, 3 May"
    assert held.designated_by == secretariat
    entry = trail.about(held).get()
    assert (entry.verb, entry.by, entry.capacity) == ("people.designate", secretariat, "secretariat")
    assert entry.details == {"role": "focal_point", "body": "KEN", "person": person.reference}
    letter = mail.outbox[-1]
    assert letter.to == [person.email]
    assert letter.subject == "Your role for Kenya: Focal point"
    assert "You are now designated as a focal point of Kenya." in letter.body


def test_the_secretariat_designates_editors_of_organisations():
    body, person = make.body(), make.person()

    designate(wanted(Role.EDITOR, body, person), by=make.secretariat())

    assert person.edits_for() == {body.pk}
    assert person.focal_point_of() == set()


def test_a_focal_point_designates_editors_of_the_own_government():
    kenya, person = make.government("KEN"), make.person()

    designate(wanted(Role.EDITOR, kenya, person), by=make.focal_point("KEN"))

    assert person.edits_for() == {kenya.pk}


def test_an_administrator_designates_the_secretariat():
    person = make.person()

    designate(wanted(Role.SECRETARIAT, None, person), by=make.administrator())

    assert person.is_secretariat


@pytest.mark.parametrize(
    ("role", "code", "who"),
    [
        (Role.FOCAL_POINT, "KEN", make.person),
        (Role.FOCAL_POINT, "KEN", lambda: make.focal_point("KEN")),
        (Role.FOCAL_POINT, "KEN", make.administrator),
        (Role.EDITOR, "KEN", lambda: make.focal_point("PER")),
        (Role.EDITOR, "KEN", lambda: make.editor("KEN")),
        (Role.EDITOR, "KEN", make.administrator),
        (Role.SECRETARIAT, None, make.secretariat),
        (Role.ADMINISTRATOR, None, make.secretariat),
        (Role.SECRETARIAT, None, lambda: make.focal_point("KEN")),
    ],
)
def test_designate_refuses_those_who_may_not_give_the_role(role, code, who):
    by, before = who(), Designation.objects.count()

    with pytest.raises(Refused, match="an administrator designates the Secretariat"):
        designate(wanted(role, make.government(code) if code else None), by=by)

    assert Designation.objects.count() == before
    assert not Entry.objects.exists()


def test_an_editor_of_an_organisation_is_no_focal_point_of_it():
    body = make.body()

    with pytest.raises(Refused, match="an administrator designates the Secretariat"):
        designate(wanted(Role.EDITOR, body), by=make.editor(body))


@pytest.mark.parametrize(
    ("role", "body", "facts", "sentence"),
    [
        (Role.FOCAL_POINT, "organisation", {}, "Only governments have focal points"),
        (Role.EDITOR, None, {}, "Say for which government or organisation"),
        (Role.EDITOR, "organisation", {"proof": "  "}, "Give the proof"),
    ],
)
def test_designate_refuses_what_makes_no_sense(role, body, facts, sentence):
    of = make.body() if body else None

    with pytest.raises(Refused, match=sentence):
        designate(wanted(role, of, **facts), by=make.secretariat())


def test_designate_refuses_a_role_held_already():
    body = make.body()
    editor = make.editor(body)

    with pytest.raises(Refused, match="has this role already"):
        designate(wanted(Role.EDITOR, body, editor), by=make.secretariat())


def test_designate_refuses_a_closed_account():
    with pytest.raises(Refused, match="account is closed"):
        designate(wanted(Role.EDITOR, make.body(), make.person(is_active=False)), by=make.secretariat())


def test_designate_refuses_staff_roles_with_a_body():
    with pytest.raises(Refused, match="leave the body empty"):
        designate(wanted(Role.SECRETARIAT, make.body()), by=make.administrator())


def test_the_database_keeps_one_designation_and_the_right_bodies():
    body, editor = make.body(), make.editor()
    held = editor.designations_now()[0]

    with pytest.raises(IntegrityError), transaction.atomic():
        make.designated(Role.EDITOR, held.body, editor)
    with pytest.raises(IntegrityError), transaction.atomic():
        make.designated(Role.EDITOR, None, editor)
    with pytest.raises(IntegrityError), transaction.atomic():
        make.designated(Role.SECRETARIAT, body, editor)
    secretariat = make.secretariat()
    with pytest.raises(IntegrityError), transaction.atomic():
        make.secretariat(secretariat)


def test_end_designation_takes_the_rights_at_once(django_capture_on_commit_callbacks):
    editor, secretariat = make.editor(), make.secretariat()
    held = editor.designations_now()[0]

    with django_capture_on_commit_callbacks(execute=True):
        end_designation(held, by=secretariat, reason="Left the office")

    again = type(editor).objects.get(pk=editor.pk)
    assert again.edits_for() == set()
    assert again.tokens() == ("public", f"person:{again.pk}")
    assert "Left the office" in mail.outbox[-1].body


def test_end_designation_lets_a_person_lay_down_the_own_role():
    editor = make.editor()

    ended = end_designation(editor.designations_now()[0], by=editor)

    assert ended.ended_by == editor


def test_end_designation_refuses_others():
    held = make.editor("KEN").designations_now()[0]

    with pytest.raises(Refused, match="ended by those who may give it"):
        end_designation(held, by=make.focal_point("PER"), reason="No")
    with pytest.raises(Refused, match="ended by those who may give it"):
        end_designation(held, by=make.editor("KEN"), reason="No")


def test_end_designation_needs_a_reason_and_happens_once():
    focal_point = make.focal_point("KEN")
    held = make.editor("KEN").designations_now()[0]

    with pytest.raises(Refused, match="Say why"):
        end_designation(held, by=focal_point)
    end_designation(held, by=focal_point, reason="Moved")
    with pytest.raises(Refused, match="ended already"):
        end_designation(held, by=focal_point, reason="Moved")


def test_end_designation_keeps_the_last_administrator():
    only = make.administrator()

    with pytest.raises(Refused, match="last administrator"):
        end_designation(only.designations_now()[0], by=only)
    make.administrator()
    assert end_designation(only.designations_now()[0], by=only).ended_at


def test_a_request_is_granted_with_its_proof():
    kenya, member = make.government("KEN"), make.person()
    asked = request_designation(Request(person=member, body=kenya, role=Role.EDITOR, proof="List"), by=member)

    held = grant_request(asked, by=make.focal_point("KEN"))

    assert (held.person, held.body, held.role, held.proof) == (member, kenya, Role.EDITOR, "List")
    asked.refresh_from_db()
    assert asked.granted is True


def test_a_request_is_always_ones_own():
    member, other = make.person(), make.person()

    asked = request_designation(Request(person=other, body=make.body(), role=Role.EDITOR, proof="List"), by=member)

    assert asked.person == member


def test_a_request_is_declined_with_a_reason(django_capture_on_commit_callbacks):
    member = make.person()
    asked = request_designation(Request(body=make.body(), role=Role.EDITOR, proof="List"), by=member)
    secretariat = make.secretariat()

    with pytest.raises(Refused, match="Say why"):
        decline_request(asked, by=secretariat, reason=" ")
    with django_capture_on_commit_callbacks(execute=True):
        decline_request(asked, by=secretariat, reason="The list is of last year")

    assert "The list is of last year" in mail.outbox[-1].body
    assert member.edits_for() == set()
    with pytest.raises(Refused, match="answered already"):
        grant_request(asked, by=secretariat)


@pytest.mark.parametrize(
    ("role", "who"),
    [
        (Role.FOCAL_POINT, lambda: make.focal_point("KEN")),
        (Role.EDITOR, lambda: make.focal_point("PER")),
        (Role.EDITOR, make.administrator),
        (Role.EDITOR, make.person),
    ],
)
def test_a_request_is_not_answered_by_others(role, who):
    asked = request_designation(Request(body=make.government("KEN"), role=role, proof="List"), by=make.person())

    with pytest.raises(Refused, match="The Secretariat answers this request"):
        grant_request(asked, by=who())


def test_request_designation_refuses():
    body, member = make.body(), make.person()

    with pytest.raises(Refused, match="Sign in first"):
        request_designation(Request(body=body, role=Role.EDITOR, proof="List"), by=AnonymousUser())  # type: ignore[arg-type]
    with pytest.raises(Refused, match="how it can be verified"):
        request_designation(Request(body=body, role=Role.EDITOR, proof=""), by=member)
    with pytest.raises(Refused, match="Only governments"):
        request_designation(Request(body=body, role=Role.FOCAL_POINT, proof="List"), by=member)
    request_designation(Request(body=body, role=Role.EDITOR, proof="List"), by=member)
    with pytest.raises(Refused, match="asked for this already"):
        request_designation(Request(body=body, role=Role.EDITOR, proof="List"), by=member)
    with pytest.raises(Refused, match="have this role already"):
        request_designation(Request(body=body, role=Role.EDITOR, proof="List"), by=make.editor(body))
