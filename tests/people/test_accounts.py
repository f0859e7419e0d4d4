"""What a person does with their own account."""

import json

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.test import Client

from kapok.core import trail
from kapok.core.models import Entry
from kapok.core.rules import Refused
from kapok.people.models import Person, Request, Role
from kapok.people.verbs import accounts, erase_account, export_own_data, update_profile
from tests import make

pytestmark = pytest.mark.django_db
PASSWORD = "purple lantern over rivers"


def test_update_profile():
    person = make.person()

    update_profile(person, by=person, name=" Officer ", language="fr", letters={"digests": False})

    person.refresh_from_db()
    assert (person.name, person.language) == ("Officer", "fr")
    assert (person.wants("digests"), person.wants("reminders")) == (False, True)


def test_update_profile_refuses():
    person = make.person()

    with pytest.raises(Refused, match="Only the person concerned"):
        update_profile(person, by=make.administrator(), name="Officer", language="fr")
    with pytest.raises(Refused, match="Give a name"):
        update_profile(person, by=person, name=" ", language="fr")
    with pytest.raises(Refused, match="one of the six languages"):
        update_profile(person, by=person, name="Officer", language="de")


def test_export_own_data_holds_everything(monkeypatch):
    person = make.editor(who=make.person(password=PASSWORD, name="Officer"))
    held = person.designations_now()[0]
    assert held.body
    Request.objects.create(person=person, body=make.government("KEN"), role=Role.EDITOR, proof="A list")
    update_profile(person, by=person, name="Officer", language="es")
    monkeypatch.setitem(accounts.exported, "drafts", lambda who: [who.email])

    told = export_own_data(person, by=person)

    assert told["account"]["email"] == person.email
    assert told["account"]["language"] == "es"
    assert told["addresses"] == [{"email": person.email, "verified": True, "primary": True}]
    assert told["designations"][0]["body"] == held.body.code
    assert told["requests"][0]["proof"] == "A list"
    assert [act["verb"] for act in told["acts"]] == ["people.update_profile"]
    assert told["drafts"] == [person.email]
    assert PASSWORD not in json.dumps(told)
    assert person.password not in json.dumps(told)


def test_export_own_data_refuses_others():
    with pytest.raises(Refused, match="Only the person concerned"):
        export_own_data(make.person(), by=make.secretariat())


def test_erase_account_forgets_the_person_and_keeps_the_trail_whole(monkeypatch):
    person = make.editor(who=make.person(password=PASSWORD, name="Canary Name", email="canary@example.org"))
    held = person.designations_now()[0]
    Request.objects.create(person=person, body=make.government("KEN"), role=Role.EDITOR, proof="Canary list")
    Authenticator.objects.create(user=person, type="totp", data={"secret": "x"})
    update_profile(person, by=person, name="Canary Name", language="es")
    client = Client()
    client.post("/account/login/", {"login": person.email, "password": PASSWORD})
    forgotten: list[Person] = []
    monkeypatch.setattr(accounts, "forgotten", [forgotten.append])

    erase_account(person, by=person)

    person.refresh_from_db()
    held.refresh_from_db()
    assert person.label == "A former member"
    assert "canary" not in f"{person.email} {person.name} {held.proof}".lower()
    assert not person.is_active
    assert not person.has_usable_password()
    assert held.ended_at
    assert not EmailAddress.objects.exists()
    assert not Authenticator.objects.exists()
    assert not Request.objects.exists()
    assert forgotten == [person]
    assert trail.broken_links() == []
    assert "canary" not in str(list(Entry.objects.values())).lower()


def test_an_erased_address_can_join_again():
    person = make.person(email="back@example.org")

    erase_account(person, by=person)

    assert make.person(email="back@example.org").pk != person.pk


def test_erase_account_refuses_others_and_the_last_administrator():
    with pytest.raises(Refused, match="Only the person concerned"):
        erase_account(make.person(), by=make.administrator())
    only = make.person()
    make.administrator(only)
    type(only).objects.exclude(pk=only.pk).update(is_active=False)
    with pytest.raises(Refused, match="last administrator"):
        erase_account(only, by=only)
