"""Persons, bodies, and who sees whom."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.utils import timezone

from kapok import vocab
from kapok.core.rules import SYSTEM
from kapok.people import bodies, governments
from kapok.people.access import (
    designations_visible_to,
    edits_for_body,
    is_administrator,
    is_focal_point_of_body,
    is_member,
    is_oneself,
    is_secretariat,
    requests_visible_to,
    tokens,
    visible_to,
)
from kapok.people.accounts import add_account, appoint, createadmin
from kapok.people.models import Body, Designation, Kind, Person, Request, Role
from tests import make

pytestmark = pytest.mark.django_db


def test_an_address_is_one_whatever_its_case():
    person = Person.objects.create_user("Some.Body@Example.ORG")

    assert person.email == "some.body@example.org"
    assert Person.objects.get_by_natural_key("SOME.body@example.org") == person
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.create_user("some.body@example.org")
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.filter(pk=person.pk).update(email="Some.Body@example.org")


def test_a_person_is_shown_by_the_chosen_name_only():
    assert make.person(name="Biosafety officer").label == "Biosafety officer"
    assert make.person(name="").label == "A member"
    assert make.person(name="Biosafety officer", erased_at=timezone.now()).label == "A former member"


def test_roles_come_from_designations_in_force():
    kenya, body = make.government("KEN"), make.body()
    person = make.focal_point("KEN", make.editor(body))

    assert person.focal_point_of() == {kenya.pk}
    assert person.edits_for() == {kenya.pk, body.pk}
    assert person.tokens() == ("public", f"person:{person.pk}", *sorted((f"body:{kenya.pk}", f"body:{body.pk}")))
    assert person.capacity == f"editor {body.code}, focal_point KEN"
    assert not person.is_secretariat
    assert not person.is_administrator


def test_roles_that_have_not_begun_or_have_ended_give_nothing():
    tomorrow = timezone.now().date() + dt.timedelta(days=1)
    early = make.designated(Role.SECRETARIAT, begins_on=tomorrow)
    late = make.designated(Role.SECRETARIAT, ended_at=timezone.now())
    closed = make.secretariat(make.person(is_active=False))

    assert [person.is_secretariat for person in (early, late, closed)] == [False, False, False]


def test_designations_are_read_once_for_each_reading_of_the_person(django_assert_num_queries):
    person = Person.objects.get(pk=make.secretariat().pk)

    with django_assert_num_queries(1):
        assert person.is_secretariat
        assert person.edits_for() == set()
        assert person.tokens()[-1] == "secretariat"


def test_a_rule_says_yes_to_the_right_role_only():
    kenya, peru = make.government("KEN"), make.government("PER")
    body = make.body()
    people = {
        "visitor": AnonymousUser(),
        "member": make.person(),
        "closed": make.person(is_active=False),
        "editor": make.editor(body),
        "focal_point": make.focal_point("KEN"),
        "secretariat": make.secretariat(),
        "administrator": make.administrator(),
        "system": SYSTEM,
    }
    yes = lambda rule, thing: {name for name, who in people.items() if rule(who, thing)}  # noqa: E731

    assert yes(is_member, None) == {"member", "editor", "focal_point", "secretariat", "administrator"}
    assert yes(is_secretariat, None) == {"secretariat"}
    assert yes(is_administrator, None) == {"administrator"}
    assert yes(is_focal_point_of_body, kenya) == {"focal_point"}
    assert yes(is_focal_point_of_body, peru) == set()
    assert yes(edits_for_body, kenya) == {"focal_point"}
    assert yes(edits_for_body, body) == {"editor"}
    assert yes(edits_for_body, None) == set()
    assert yes(is_oneself, people["member"]) == {"member"}


def test_a_thing_belongs_to_its_owner():
    class Owned:
        owner_id = None

    thing, editor = Owned(), make.editor()
    assert not edits_for_body(editor, thing)
    thing.owner_id = editor.designations_now()[0].body_id
    assert edits_for_body(editor, thing)


def test_nobody_lists_persons_but_the_secretariat():
    kenya = make.government("KEN")
    focal_point, editor, stranger = make.focal_point("KEN"), make.editor(kenya), make.editor()
    secretariat = make.secretariat()
    gone = make.person(erased_at=timezone.now())

    assert set(visible_to(AnonymousUser())) == set()
    assert set(visible_to(stranger)) == {stranger}
    assert set(visible_to(focal_point)) == {focal_point, editor}
    assert set(visible_to(secretariat)) == {focal_point, editor, stranger, secretariat}
    assert gone not in visible_to(secretariat)
    assert set(visible_to(make.person(is_active=False))) == set()


def test_designations_and_requests_are_seen_by_those_concerned():
    kenya = make.government("KEN")
    focal_point, editor, stranger, secretariat = (
        make.focal_point("KEN"),
        make.editor(kenya),
        make.editor(),
        make.secretariat(),
    )
    asked = Request.objects.create(person=stranger, body=kenya, role=Role.EDITOR, proof="List")

    assert {held.person for held in designations_visible_to(focal_point)} == {focal_point, editor}
    assert {held.person for held in designations_visible_to(stranger)} == {stranger}
    assert designations_visible_to(secretariat).count() == 4
    assert not designations_visible_to(AnonymousUser()).exists()
    assert list(requests_visible_to(focal_point)) == [asked]
    assert list(requests_visible_to(secretariat)) == [asked]
    assert list(requests_visible_to(stranger)) == [asked]
    assert list(requests_visible_to(editor)) == []
    assert list(requests_visible_to(AnonymousUser())) == []


def test_tokens_of_anybody():
    assert tokens(AnonymousUser()) == ("public",)
    assert tokens(make.person(is_active=False)) == ("public",)
    assert tokens(make.secretariat())[-1] == "secretariat"


def test_governments_are_made_once_for_each_country():
    countries = [(term.id, term.labels) for term in vocab.vocabulary("country").terms]

    assert governments.ensure(countries) == 198
    assert governments.ensure(countries) == 0

    kenya = Body.objects.get(code="KEN")
    assert (kenya.kind, kenya.country, kenya.reference) == (Kind.GOVERNMENT, "KEN", "body:KEN")
    assert kenya.label("fr") == "Kenya"
    assert kenya.named("zh") == ("肯尼亚", "zh")
    Body.objects.filter(code="KEN").update(names={})
    assert governments.ensure(countries) == 1


def test_an_organisation_follows_its_record():
    made = bodies.ensure("ORG-000012", {"en": "Seed agency"}, country="KEN", domains=["B.example", "a.example"])
    again = bodies.ensure("ORG-000012", {"en": "Seed agency of Kenya"})

    assert made.pk == again.pk
    assert made.domains == ["a.example", "b.example"]
    assert again.label() == "Seed agency of Kenya"


def test_createadmin_makes_an_administrator_who_can_be_made_again():
    person = createadmin("Admin@Example.org", "purple lantern over rivers", "Administrator")
    createadmin("admin@example.org", None)

    assert person.is_administrator
    assert person.check_password("purple lantern over rivers")
    assert Designation.objects.filter(person=person).count() == 1
    assert Person.objects.get().name == "Administrator"


def test_appoint_gives_a_role_in_the_name_of_the_installation():
    person = add_account("fp@example.org", "purple lantern over rivers", "Focal point of Kenya")
    kenya = make.government("KEN")

    first = appoint(person, Role.FOCAL_POINT, kenya, proof="Demonstration")
    second = appoint(person, Role.FOCAL_POINT, kenya, proof="Demonstration")

    assert first == second
    assert person.focal_point_of() == {kenya.pk}
