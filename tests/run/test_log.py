"""The log tells who, what and where, in one line each, and never a secret."""

import json
import logging
import sys
from datetime import UTC, datetime

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.test import RequestFactory
from django.urls import path

from kapok.core.rules import Refused
from kapok.site.log import Line, is_worth_a_line


def line(message, *words, level=logging.WARNING, error=None, **extra):
    """One event as it stands in the log."""
    record = logging.LogRecord("kapok.tests", level, __file__, 1, message, words, error)
    record.__dict__.update(extra)
    return Line().format(record)


def refuse(request):
    raise Refused("Only the Secretariat does this.")


def fail(request):
    raise ValueError("in the middle")


urlpatterns = [path("refuse", refuse), path("fail", fail)]
handler403 = "kapok.site.errors.denied"


def test_an_event_is_one_line_of_json_in_utc():
    said = json.loads(line("Job %s failed", 7))

    assert said["what"] == "Job 7 failed"
    assert (said["level"], said["log"]) == ("warning", "kapok.tests")
    assert abs((datetime.now(UTC) - datetime.fromisoformat(said["at"])).total_seconds()) < 5


def test_what_people_send_cannot_forge_a_second_line():
    written = line("Signed in: %s", 'a\n{"what": "forged"}\r\u2028b')

    assert len(written.splitlines()) == 1
    assert json.loads(written)["what"].endswith("b")


def test_an_error_carries_its_trace_and_a_refusal_its_sentence():
    try:
        raise ValueError("in the middle")
    except ValueError:
        failed = json.loads(line("broken", error=sys.exc_info()))
    try:
        raise PermissionDenied("Only the Secretariat does this.")
    except PermissionDenied:
        refused = json.loads(line("Forbidden", error=sys.exc_info()))

    assert "ValueError: in the middle" in failed["trace"]
    assert refused["refusal"] == "Only the Secretariat does this."
    assert "trace" not in refused


def test_who_and_where_come_from_the_request_without_its_contents():
    request = RequestFactory().post("/sign-in?token=hidden", {"password": "hidden"}, REMOTE_ADDR="192.0.2.7")
    request.COOKIES["kapok"] = "hidden"
    request._cached_user = type("Who", (), {"pk": 12})()

    written = line("Forbidden", request=request)

    said = json.loads(written)
    assert (said["method"], said["path"], said["from"], said["person"]) == ("POST", "/sign-in", "192.0.2.7", 12)
    assert "hidden" not in written


def test_missing_pages_fill_no_log():
    record = logging.LogRecord("django.request", logging.WARNING, __file__, 1, "Not Found", (), None)
    assert is_worth_a_line(record)
    record.status_code = 404
    assert not is_worth_a_line(record)


@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_each_refusal_is_in_the_log_with_the_person(client, caplog):
    person = get_user_model().objects.create_user(email="a@body.example")
    client.force_login(person)

    with caplog.at_level(logging.WARNING, logger="django.request"):
        client.get("/refuse")

    said = json.loads(Line().format(next(each for each in caplog.records if each.name == "django.request")))
    assert (said["refusal"], said["path"], said["person"]) == ("Only the Secretariat does this.", "/refuse", person.pk)


@pytest.mark.django_db
def test_a_planted_password_is_in_no_line(client, caplog):
    caplog.set_level(logging.DEBUG)
    secret = "planted-horse-battery-staple"

    client.post("/account/login/", {"login": "a@body.example", "password": secret})

    written = [Line().format(record) for record in caplog.records if not record.name.startswith("django.db")]
    assert [each for each in written if secret in each] == []
    assert any("kapok.security" in each for each in written)
