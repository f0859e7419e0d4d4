"""Headers that protect every answer, and pages that say no in words."""

from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from kapok.core.rules import Refused
from kapok.site import errors
from kapok.site.middleware import HeadersMiddleware
from tests import make


def test_the_policy_allows_nothing_but_ourselves() -> None:
    response = HeadersMiddleware(lambda request: HttpResponse(""))(RequestFactory().get("/"))
    policy = response.headers["Content-Security-Policy"]

    assert policy == (
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert response.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in response.headers["Permissions-Policy"]


def test_a_view_may_widen_one_line() -> None:
    def view(request: HttpRequest) -> HttpResponse:
        response = HttpResponse("")
        response.policy = {"frame-ancestors": "*"}  # type: ignore[attr-defined]
        return response

    policy = HeadersMiddleware(view)(RequestFactory().get("/")).headers["Content-Security-Policy"]

    assert policy.endswith("frame-ancestors *")
    assert "script-src 'self';" in policy


@pytest.mark.django_db
def test_no_cache_keeps_what_a_signed_in_person_sees(client: Client) -> None:
    visitor = client.get("/styleguide")
    client.force_login(make.person())
    person = client.get("/styleguide")

    assert "Cache-Control" not in visitor.headers
    assert person.headers["Cache-Control"] == "private, no-store"


@pytest.mark.django_db
def test_a_lost_address_offers_a_search_for_its_words(client: Client) -> None:
    response = client.get("/en/national-needs/of_kenya")
    html = response.content.decode()

    assert response.status_code == 404
    assert "<title>There is nothing at this address – Kapok</title>" in html
    assert 'value="national needs of kenya"' in html


@pytest.mark.django_db
def test_a_refusal_carries_the_sentence_of_its_rule() -> None:
    request = RequestFactory().get("/records/INI-000001/publish")
    sentence = "Someone other than the author must publish a record."

    response = errors.denied(request, Refused(sentence))
    html = response.content.decode()

    assert response.status_code == 403
    assert f'<p class="lead">{sentence}</p>' in html
    assert 'href="/account/login/?next=%2Frecords%2FINI-000001%2Fpublish"' in html
    assert 'href="/records/INI-000001">Back to the record</a>' in html


@pytest.mark.django_db
def test_an_old_form_is_refused_in_words_and_can_be_opened_again() -> None:
    client = Client(enforce_csrf_checks=True)

    response = client.post("/en/styleguide", {"title": "x"})
    html = response.content.decode()

    assert response.status_code == 403
    assert "<h1>This form was open for too long</h1>" in html
    assert 'href="/en/styleguide"' in html


@pytest.mark.django_db
def test_a_request_without_sense_is_answered_with_advice() -> None:
    response = errors.bad_request(RequestFactory().get("/"))

    assert response.status_code == 400
    assert "check what you entered" in response.content.decode()


@pytest.mark.django_db
def test_a_form_that_is_too_large_is_refused_with_the_measure(client: Client, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 2_000

    response = client.post("/en/account/login/", {"login": "x" * 3_000})
    html = response.content.decode()

    assert response.status_code == 413
    assert "<h1>What you sent is too large</h1>" in html
    assert "20,000 answers" in html


@pytest.mark.django_db
def test_an_address_that_is_only_for_buttons_says_so() -> None:
    sent = Client().post("/en/help")

    assert (sent.status_code, sent.headers["Allow"]) == (405, "GET, HEAD")
    assert "<h1>This cannot be done at this address</h1>" in sent.content.decode()
    told = Client().post("/api/v1/formats")
    assert told.status_code == 405
    assert "<h1>" not in told.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("tag", ["en", "ar"])
def test_the_pages_that_say_no_ask_the_database_nothing_for_a_visitor(tag: str, django_assert_num_queries: Any) -> None:
    client = Client(enforce_csrf_checks=True)

    with django_assert_num_queries(0):
        seen = [
            client.get(f"/{tag}/nowhere").status_code,
            client.post(f"/{tag}/styleguide", {"title": "x"}).status_code,
            Client().post(f"/{tag}/help").status_code,
        ]

    assert seen == [404, 403, 405]
