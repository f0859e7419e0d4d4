"""Joining, signing in, guessing, and what ends a session."""

import re
import time

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import get_hashers_by_algorithm
from django.core import mail
from django.core.cache import caches
from django.test import Client

from kapok.people import middleware, second_factor
from kapok.people.models import Person, Role
from tests import make

pytestmark = pytest.mark.django_db
PASSWORD = "purple lantern over rivers"


def join(client, **changes):
    given = {
        "email": "new@example.org",
        "password1": PASSWORD,
        "name": "Biosafety officer",
        "language": "fr",
        "agreed": "on",
    }
    return client.post("/account/signup/", given | changes)


def sign_in(client, person, password=PASSWORD, **headers):
    return client.post("/account/login/", {"login": person.email, "password": password}, headers=headers)


def sign_in_freshly(client, person):
    """Sign in and give the password once more, as sensitive changes ask."""
    sign_in(client, person)
    client.post("/account/reauthenticate/", {"password": PASSWORD})


def code_in(letter):
    found = re.search(r"^\s*([A-Z0-9]{3,4}-?[A-Z0-9]{3,4}|\d{6})\s*$", letter.body, re.M)
    assert found, letter.body
    return found.group(1)


def words(answer):
    """The text of a page without what differs on every view."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"|\d\d:\d\d UTC', "", answer.text)
    return re.sub(r"(new|known|nobody)(%40|@)example\.org", "ADDRESS", text)


def test_joining_confirms_the_address_by_a_code():
    client = Client()

    answer = join(client)
    person = Person.objects.get(email="new@example.org")
    before = client.get("/account").status_code
    client.post("/account/confirm-email/", {"code": code_in(mail.outbox[0])})

    assert answer.status_code == 302
    assert (person.name, person.language) == ("Biosafety officer", "fr")
    assert person.agreed_at
    assert person.roles == frozenset()
    assert before == 302
    assert client.get("/account").status_code == 200
    assert EmailAddress.objects.get().verified
    assert mail.outbox[0].extra_headers["Auto-Submitted"] == "auto-generated"
    assert mail.outbox[0].subject.startswith(code_in(mail.outbox[0]))
    assert "127.0.0.1:8000!" not in mail.outbox[0].body


def test_joining_needs_name_agreement_and_a_strong_password():
    for change, sentence in (
        ({"name": ""}, "This field is required"),
        ({"agreed": ""}, "Without this agreement an account cannot be kept"),
        ({"password1": "short"}, "This password is too short"),
        ({"password1": "new@example.org-1"}, "made of words of this site"),
    ):
        assert sentence in join(Client(), **change).text
    assert not Person.objects.exists()


def test_nobody_signs_in_before_the_address_is_confirmed():
    join(Client())

    client = Client()
    client.post("/account/login/", {"login": "new@example.org", "password": PASSWORD})

    assert client.get("/account").status_code == 302


def test_signing_up_tells_nobody_whether_an_address_is_known():
    make.person(email="known@example.org", password=PASSWORD)

    new, known = Client(), Client()
    first, second = join(new), join(known, email="known@example.org")

    assert (first.status_code, first.headers["Location"]) == (second.status_code, second.headers["Location"])
    for act in (
        lambda client: client.get(first.headers["Location"]),
        lambda client: client.post(first.headers["Location"], {"code": "ZZZZ-ZZZZ"}),
        lambda client: client.post(first.headers["Location"], {"action": "resend"}, follow=True),
    ):
        assert words(act(new)) == words(act(known))
    assert [letter.to for letter in mail.outbox][:2] == [["new@example.org"], ["known@example.org"]]


def test_signing_in_and_resetting_tell_nobody_whether_an_address_is_known():
    make.person(email="known@example.org", password=PASSWORD)
    signed, reset = [], []
    for email in ("known@example.org", "nobody@example.org"):
        signed.append(words(Client().post("/account/login/", {"login": email, "password": "wrong password here"})))
        client = Client()
        answer = client.post("/account/password/reset/", {"email": email}, follow=True)
        reset.append((answer.redirect_chain, words(answer)))

    assert signed[0] == signed[1]
    assert "not correct" in signed[0]
    assert reset[0] == reset[1]


def test_joining_with_a_known_address_hashes_the_password_as_well(monkeypatch):
    """That is what takes long; `make bench` compares the times."""
    make.person(email="known@example.org", password=PASSWORD)
    hashed = []
    hasher = type(get_hashers_by_algorithm()["md5"])
    encode = hasher.encode

    def note(self, password, salt):
        hashed.append(password)
        return encode(self, password, salt)

    monkeypatch.setattr(hasher, "encode", note)

    join(Client())
    new = list(hashed)
    join(Client(), email="known@example.org")

    assert new == [PASSWORD]
    assert hashed == [PASSWORD, PASSWORD]


def test_24_guesses_over_3_processes_are_checked_5_times(monkeypatch):
    person = make.person(password=PASSWORD)
    hasher = get_hashers_by_algorithm()["md5"]
    checked: list[str] = []

    def note(guess):
        checked.append(guess)
        return False

    monkeypatch.setattr(type(hasher), "verify", lambda self, guess, encoded: note(guess))

    for number in range(24):
        # A process of its own has a cache object of its own; the entries are in the database.
        if number % 8 == 0:
            del caches["default"]
        sign_in(Client(), person, f"guess number {number:02}", **{"X-Forwarded-For": f"10.0.0.{number}"})

    assert len(set(checked) - {PASSWORD}) == 5


def test_the_right_password_is_refused_too_while_the_limit_holds():
    person = make.person(password=PASSWORD)
    for number in range(5):
        sign_in(Client(), person, f"guess number {number}")

    answer = sign_in(Client(), person)

    assert answer.status_code == 200
    assert "Too many failed login attempts" in answer.text


def test_a_robot_gets_two_letters_an_hour_to_one_address():
    make.person(email="known@example.org", password=PASSWORD)

    for number in range(10):
        Client().post("/account/password/reset/", {"email": "known@example.org"}, headers={"User-Agent": f"r{number}"})
    for _number in range(10):
        join(Client(), email="new@example.org")

    assert len([letter for letter in mail.outbox if letter.to == ["known@example.org"]]) <= 2
    assert len([letter for letter in mail.outbox if letter.to == ["new@example.org"]]) <= 2


def test_a_mail_server_that_is_away_is_said_in_words(monkeypatch):
    def away(*args, **kwargs):
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.message.EmailMessage.send", away)
    client = Client()

    answer = client.post("/account/password/reset/", {"email": "known@example.org"}, follow=True)

    assert answer.status_code == 200
    assert "The mail could not be sent just now" in answer.text


def test_signing_in_makes_a_new_session():
    client = Client()
    client.get("/account/login/")
    client.session.save()
    before = client.cookies["kapok"].value if "kapok" in client.cookies else None

    sign_in(client, make.person(password=PASSWORD))
    after = client.cookies["kapok"].value
    client.post("/account/logout/")
    gone = Client()
    gone.cookies["kapok"] = after

    assert after != before
    assert gone.get("/account").status_code == 302


def test_a_changed_password_ends_the_other_sessions():
    person = make.person(password=PASSWORD)
    here, there = Client(), Client()
    sign_in(here, person)
    sign_in(there, person)
    assert there.get("/account").status_code == 200

    changed = "seven quiet harbours again"
    here.post("/account/password/change/", {"oldpassword": PASSWORD, "password1": changed, "password2": changed})

    assert here.get("/account").status_code == 200
    assert there.get("/account").status_code == 302
    assert UserSession.objects.filter(user=person).count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_new_second_factor_ends_the_other_sessions_and_is_asked_for():
    person = make.person(password=PASSWORD)
    here, there = Client(), Client()
    sign_in_freshly(here, person)
    sign_in(there, person)

    here.get("/account/2fa/totp/activate/")
    secret = here.session[totp.SECRET_SESSION_KEY]
    token = totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30))
    here.post("/account/2fa/totp/activate/", {"code": token})

    assert Authenticator.objects.filter(user=person, type="totp").exists()
    assert here.get("/account").status_code == 200
    assert there.get("/account").status_code == 302
    again = Client()
    assert sign_in(again, person).headers["Location"].startswith("/account/2fa/authenticate/")
    assert again.get("/account").status_code == 302


def test_a_passkey_can_sign_in_alone():
    client = Client()

    offered = client.get("/account/2fa/webauthn/login/", headers={"accept": "application/json"}).json()

    assert offered["request_options"]["publicKey"]["challenge"]
    assert "/account/2fa/webauthn/login/" in client.get("/account/login/").text


@pytest.mark.parametrize(
    ("who", "asked"),
    [
        (make.person, False),
        (make.editor, False),
        (make.focal_point, False),
        (make.secretariat, True),
        (make.administrator, True),
    ],
)
def test_roles_that_need_a_second_factor_set_it_up_first(who, asked, settings):
    settings.KAPOK_SECOND_FACTOR_ROLES = [Role.SECRETARIAT, Role.ADMINISTRATOR]
    person = who()
    client = Client()
    client.force_login(person)

    answer = client.get("/account/roles/ask")
    acted = client.post("/people/designate", {})
    api = client.get("/api/v1/search")

    # The pages on which a second factor is set up stay open.
    assert client.get("/account/2fa/").status_code == 200
    assert answer.status_code == 200
    assert (acted.headers.get("Location") == "/account/2fa/") is asked
    assert (api.status_code == 403) is asked


def test_a_second_factor_opens_what_the_role_may_do(settings):
    settings.KAPOK_SECOND_FACTOR_ROLES = [Role.SECRETARIAT]
    person = make.secretariat()
    client = Client()
    client.force_login(person)
    assert client.get("/people/designations").headers["Location"] == "/account/2fa/"

    Authenticator.objects.create(user=person, type="recovery_codes", data={})
    assert client.get("/people/designations").status_code == 302
    Authenticator.objects.create(user=person, type="totp", data={"secret": "x"})
    assert client.get("/people/designations").status_code == 200


def test_the_last_needed_factor_stays(settings):
    settings.KAPOK_SECOND_FACTOR_ROLES = [Role.SECRETARIAT]
    person = make.secretariat(make.person(password=PASSWORD))
    client = Client()
    sign_in_freshly(client, person)
    Authenticator.objects.create(user=person, type="totp", data={"secret": "x"})

    client.post("/account/2fa/totp/deactivate/")
    assert Authenticator.objects.filter(user=person, type="totp").exists()
    Authenticator.objects.create(user=person, type="webauthn", data={"name": "Key", "credential": {}})
    client.post("/account/2fa/totp/deactivate/")
    assert not Authenticator.objects.filter(user=person, type="totp").exists()


def test_a_setting_that_names_no_role_stops_the_start(settings):
    settings.KAPOK_SECOND_FACTOR_ROLES = ["secretary"]

    assert [error.id for error in second_factor.check_roles(None)] == ["people.E001"]
    settings.KAPOK_SECOND_FACTOR_ROLES = ["focal_point"]
    assert second_factor.check_roles(None) == []


@pytest.mark.parametrize(
    ("who", "idle", "age", "stays"),
    [
        (make.person, 11 * 3600, 13 * 24 * 3600, True),
        (make.person, 13 * 3600, 13 * 3600, False),
        (make.person, 60, 15 * 24 * 3600, False),
        (make.secretariat, 60, 7 * 3600, True),
        (make.secretariat, 60, 9 * 3600, False),
    ],
)
def test_sessions_end_when_left_alone_or_too_old(who, idle, age, stays):
    client = Client()
    client.force_login(who())
    now = int(time.time())
    session = client.session
    session[middleware.BEGUN], session[middleware.SEEN] = now - age, now - idle
    session.save()

    assert (client.get("/account").status_code == 200) is stays


def test_reading_does_not_write_the_session_each_time(django_assert_num_queries):
    client = Client()
    client.force_login(make.person())
    client.get("/rules")

    # The session, the person, their roles, and what waits for them.
    with django_assert_num_queries(4) as asked:
        client.get("/rules")

    assert not [query for query in asked if query["sql"].startswith(("UPDATE", "INSERT"))]


def test_rights_are_read_again_for_each_request():
    editor = make.editor("KEN")
    client = Client()
    client.force_login(editor)
    assert client.get("/bodies/KEN/people").status_code == 200

    editor.designations.update(ended_at=editor.joined_at)

    assert client.get("/bodies/KEN/people").status_code == 403


def test_pages_about_oneself_are_kept_by_no_cache():
    client = Client()
    client.force_login(make.person())

    assert "no-store" in client.get("/account").headers["Cache-Control"]
