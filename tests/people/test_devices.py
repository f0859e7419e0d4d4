"""Sessions are told by browser and machine, in words that their owner recognises."""

import pytest

from kapok.people.devices import device
from tests import make

ENGINE = "AppleWebKit/537.36 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:139.0) Gecko/20100101 Firefox/139.0", "Firefox, Windows"),
        (
            f"Mozilla/5.0 (Linux; Android 13; SM-A135F) {ENGINE} SamsungBrowser/25.0 Chrome/121",
            "Samsung Internet, Android",
        ),
        (f"Mozilla/5.0 (Windows NT 10.0) {ENGINE} Chrome/139.0.0.0 Safari/537.36 Edg/139.0", "Edge, Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) Version/18.5 Safari/604.1", "Safari, iPhone"),
        ("curl/8.5", "An unknown browser"),
        ("", "An unknown browser"),
    ],
)
def test_a_browser_is_told_in_words(sent, told):
    assert device(sent) == told


@pytest.mark.django_db
def test_the_page_of_sessions_names_the_browser_and_not_its_signature(as_):
    client = as_(make.person())
    client.get(
        "/en/desk", headers={"user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:139.0) Gecko/20100101 Firefox/139.0"}
    )

    page = client.get("/en/account/sessions/")

    assert "<h1>Where you are signed in</h1>" in page.text
    assert "Gecko" not in page.text


@pytest.mark.django_db
@pytest.mark.parametrize(("path", "heading"), [("signup", "Join Kapok"), ("login", "Sign in")])
def test_pages_of_accounts_are_called_as_the_menus_call_them(client, path, heading):
    page = client.get(f"/en/account/{path}/").text

    assert f"<title>{heading} – Kapok</title>" in page
    assert page.count("<h1") == 1
    assert f">{heading}</h1>" in page
