"""Access tokens: made by their person, shown once, gone when revoked, never more than their person."""

import hashlib
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from kapok.core.rules import Refused
from kapok.exchange.models import Token
from kapok.exchange.tokens import bearer, verbs
from kapok.people.models import Person
from kapok.people.verbs import erase_account, export_own_data
from tests import make
from tests.records.forms import get, signed_in

pytestmark = pytest.mark.django_db


def made(person, *scopes, days=30):
    return verbs.make_token(person, by=person, name="Our database", scopes=scopes or ("drafts",), days=days)


def ask(secret, address="me"):
    return Client().get(f"/api/v1/{address}", headers={"authorization": f"Bearer {secret}"})


def test_a_token_is_shown_once_and_only_its_digest_is_kept():
    person = make.person()
    page = get(signed_in(person), "/account/tokens")

    answer = page.press("scopes", name="Our database", scopes=["drafts", "submit"], days="90")

    secret = answer.tree.xpath("string(//code[@class='secret'])")
    token = Token.objects.get()
    assert secret.startswith("kapok_")
    assert token.digest == hashlib.sha256(secret.encode()).hexdigest()
    assert (token.scopes, token.ends_at.date()) == (
        ["drafts", "submit"],
        timezone.now().date() + timedelta(days=90),
    )
    assert "no-store" in answer.response["Cache-Control"]
    assert secret not in get(signed_in(person), "/account/tokens").response.content.decode()
    assert ask(secret).json()["scopes"] == ["drafts", "submit"]


def test_a_token_without_a_name_or_a_use_is_not_made():
    page = get(signed_in(make.person()), "/account/tokens")

    answer = page.press("scopes", name="", days="30")

    assert answer.status == 422
    assert "Give the token a name" in answer.text
    assert "Choose at least one thing" in answer.text
    assert not Token.objects.exists()


@pytest.mark.parametrize("days", [0, 366])
def test_a_token_lasts_at_most_a_year(days):
    with pytest.raises(Refused, match="from one day to a year"):
        made(make.person(), days=days)


def test_a_revoked_token_opens_nothing():
    person = make.person()
    _token, secret = made(person)
    assert ask(secret).status_code == 200

    get(signed_in(person), "/account/tokens").press("revoke")

    refused = ask(secret)
    assert refused.status_code == 401
    assert refused["WWW-Authenticate"].startswith("Bearer")
    assert refused["Content-Type"] == "application/problem+json"
    assert "revoked" in refused.json()["title"]


def test_an_ended_token_or_that_of_a_closed_account_opens_nothing():
    person = make.person()
    _token, secret = made(person)
    Token.objects.update(ends_at=timezone.now())
    assert ask(secret).status_code == 401

    Token.objects.update(ends_at=timezone.now() + timedelta(days=1))
    assert ask(secret).status_code == 200
    Person.objects.filter(pk=person.pk).update(is_active=False)
    assert ask(secret).status_code == 401


def test_nobody_sees_or_revokes_the_tokens_of_others():
    token, _secret = made(make.person())
    stranger = signed_in(make.secretariat())

    assert "Our database" not in get(stranger, "/account/tokens").text
    assert stranger.post(f"/account/tokens/{token.pk}/revoke").status_code == 404
    assert Token.objects.get().is_alive


def test_a_role_that_needs_a_second_factor_needs_it_for_tokens_too(settings):
    officer = make.secretariat()
    _token, secret = made(officer)
    settings.KAPOK_SECOND_FACTOR_ROLES = ["secretariat"]

    answer = ask(secret)

    assert answer.status_code == 403
    assert "second factor" in answer.json()["detail"]


def test_a_program_that_asks_too_often_is_told_to_wait(monkeypatch, time_machine):
    time_machine.move_to(timezone.now().replace(second=10), tick=False)
    monkeypatch.setattr(bearer, "A_MINUTE", 3)
    _token, secret = made(make.person())
    assert [ask(secret).status_code for _time in range(3)] == [200] * 3

    answer = ask(secret)

    assert (answer.status_code, answer["Retry-After"]) == (429, "50")


def test_the_last_use_is_noted():
    _token, secret = made(make.person())
    assert Token.objects.get().used_at is None

    ask(secret)

    noted = Token.objects.get().used_at
    assert noted is not None
    assert timezone.now() - noted < timedelta(minutes=1)


def test_tokens_go_with_the_data_of_their_person_and_end_with_the_account():
    person = make.person()
    _token, secret = made(person)

    assert export_own_data(person, by=person)["tokens"][0]["name"] == "Our database"
    erase_account(person, by=person)

    assert not Token.objects.exists()
    assert ask(secret).status_code == 401


def test_the_account_page_leads_to_the_tokens():
    assert "My access tokens" in get(signed_in(make.person()), "/account").text
