"""The language of a page: by address, person, cookie, browser; kept in every link; said in the headers."""

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import get_script_prefix, reverse

from kapok.core.languages import LANGUAGES, current
from kapok.site.middleware import LanguageMiddleware
from tests import make


def ask(path: str, cookie: str = "", **headers: str) -> tuple[HttpResponse, dict[str, str]]:
    """The answer to a path, and what the view saw."""
    seen: dict[str, str] = {}

    def view(request: HttpRequest) -> HttpResponse:
        seen.update(path=request.path_info, language=current(), login=reverse("account_login"))
        return HttpResponse("")

    request = RequestFactory(headers=headers).get(path)
    if cookie:
        request.COOKIES[settings.LANGUAGE_COOKIE_NAME] = cookie
    response = LanguageMiddleware(view)(request)
    assert isinstance(response, HttpResponse)
    return response, seen


@pytest.mark.parametrize("tag", LANGUAGES)
def test_a_prefix_is_taken_off_and_stays_in_every_link(tag: str) -> None:
    response, seen = ask(f"/{tag}/search?q=x")

    assert seen == {"path": "/search", "language": tag, "login": f"/{tag}/account/login/"}
    assert response.headers["Content-Language"] == tag
    assert get_script_prefix() == "/"


@pytest.mark.parametrize("path", ["/arabic", "/english/", "/xx/search", "/zh-hans/search"])
def test_only_the_six_tags_are_prefixes(path: str) -> None:
    _response, seen = ask(path)

    assert seen["path"] == path
    assert seen["language"] == "en"


@pytest.mark.parametrize("path", ["/ar", "/ar/"])
def test_a_prefix_alone_is_the_home_page(path: str) -> None:
    assert ask(path)[1]["path"] == "/"


@pytest.mark.parametrize(
    ("cookie", "asked", "tag"),
    [
        ("", "", "en"),
        ("", "fr-CA,fr;q=0.9,en;q=0.5", "fr"),
        ("", "de,zh-TW;q=0.8", "zh"),
        ("", "de", "en"),
        ("ru", "fr", "ru"),
        ("xx", "fr", "fr"),
    ],
)
def test_without_a_prefix_the_cookie_then_the_browser_decide(cookie: str, asked: str, tag: str) -> None:
    response, seen = ask("/search", cookie, **({"accept-language": asked} if asked else {}))

    assert seen["language"] == tag
    assert response.headers["Vary"] == "Accept-Language, Cookie"


def test_the_api_follows_the_browser_and_not_the_cookie() -> None:
    assert ask("/api/v1/search", "ru", **{"accept-language": "fr"})[1]["language"] == "fr"


def test_a_language_chosen_by_address_is_remembered_once() -> None:
    first, _seen = ask("/ar/search")
    again, _seen = ask("/ar/search", "ar")
    own, _seen = ask("/fr/search", **{"accept-language": "fr"})

    assert first.cookies[settings.LANGUAGE_COOKIE_NAME].value == "ar"
    assert again.cookies == {}
    assert own.cookies == {}


@pytest.mark.django_db
def test_a_signed_in_person_reads_in_the_language_of_the_account(client: Client) -> None:
    client.force_login(make.person(language="es"))

    plain = client.get("/styleguide", headers={"accept-language": "fr"})
    prefixed = client.get("/ru/styleguide")

    assert plain.headers["Content-Language"] == "es"
    assert prefixed.headers["Content-Language"] == "ru"


@pytest.mark.django_db
def test_switching_stays_on_the_page_with_its_query(client: Client) -> None:
    html = client.get("/ar/styleguide?show=errors&q=%D8%A3").content.decode()

    assert '<html lang="ar" dir="rtl">' in html
    for tag in LANGUAGES:
        assert f'href="/{tag}/styleguide?show=errors&amp;q=%D8%A3" lang="{tag}" hreflang="{tag}"' in html


@pytest.mark.django_db
def test_text_in_another_language_is_marked_and_never_blank(client: Client) -> None:
    html = client.get("/fr/styleguide").content.decode()

    assert '<span lang="ru" dir="ltr">Семинар по оценке рисков</span> <span class="tongue"' in html
    assert "<span>Formation de formateurs en détection</span>" in html
