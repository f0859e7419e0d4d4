"""Nobody is led away from the site by an address that they were sent."""

from urllib.parse import urljoin, urlsplit

import pytest
from django.test import Client

from tests import make
from tests.people.test_signing_in import PASSWORD

pytestmark = pytest.mark.django_db
HOST = "testserver"
TRICKS = [
    "https://evil.example",
    "http://evil.example/",
    "//evil.example",
    "///evil.example",
    "////evil.example",
    "/\\evil.example",
    "\\/evil.example",
    "\\\\evil.example",
    "/\\/evil.example",
    "\\evil.example",
    "http:evil.example",
    "http:/evil.example",
    "http:///evil.example",
    "https:evil.example",
    "https:\\\\evil.example",
    "https:/\\evil.example",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\nscript:alert(1)",
    "\x01javascript:alert(1)",
    "data:text/html,<b>x</b>",
    "vbscript:x",
    "ftp://evil.example",
    "file:///etc/passwd",
    "http://testserver@evil.example",
    "http://testserver:80@evil.example",
    "http://testserver.evil.example",
    "http://evil.example#testserver",
    "http://evil.example?testserver",
    "http://evil.example\\@testserver",
    "//testserver@evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "\t//evil.example",
    " //evil.example",
    "\r\n//evil.example",
    "/%09/evil.example\n",
    "http://[::1]/",
    "http://[evil.example",
    "http://127.0.0.1:1/",
    "//evil%E3%80%82example",
    "//evil。example",
    "/desk\r\nLocation: //evil.example",
    "http://testserver:99999/",
]


def leads_to(location: str) -> tuple[str, str]:
    """Scheme and host that a browser would go to; it takes a backslash for a slash and drops control characters."""
    plain = "".join(one for one in location if one not in "\t\n\r").strip().replace("\\", "/")
    parts = urlsplit(urljoin(f"http://{HOST}/account/login/", plain))
    return parts.scheme, parts.netloc


@pytest.mark.parametrize("trick", TRICKS)
def test_signing_in_leads_nobody_away(trick: str) -> None:
    person = make.person(password=PASSWORD)

    answer = Client().post("/account/login/", {"login": person.email, "password": PASSWORD, "next": trick})

    assert answer.status_code == 302
    assert leads_to(answer.headers["Location"]) == ("http", HOST)


@pytest.mark.parametrize("trick", TRICKS)
def test_signing_out_and_looking_lead_nobody_away(trick: str) -> None:
    client = Client()
    client.force_login(make.person(), backend="allauth.account.auth_backends.AuthenticationBackend")
    seen = client.get("/account/login/", {"next": trick})
    left = client.post("/account/logout/", {"next": trick})

    for answer in (seen, left):
        assert answer.status_code == 302
        assert leads_to(answer.headers["Location"]) == ("http", HOST)


def test_a_page_of_ours_is_led_to() -> None:
    person = make.person(password=PASSWORD)

    given = {"login": person.email, "password": PASSWORD, "next": "/gaps?rows=region"}
    answer = Client().post("/account/login/", given)

    assert answer.headers["Location"] == "/gaps?rows=region"
