"""Help and other pages of words, letters to bodies, and what machines look for."""

import re

import lxml.etree
import pytest
from django.test import Client

from kapok.core.jobs.queue import run_pending
from kapok.core.languages import TAGS
from kapok.mail.models import Letter
from kapok.search import index
from kapok.site.context import MENU
from kapok.site.pages.words import PAGES
from kapok.surveys.questionnaires import loading as questionnaires
from tests import make
from tests.site.pages import page, within, words

pytestmark = pytest.mark.django_db
SITEMAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
SAID = {
    "name": "Reader",
    "email": "reader@example.org",
    "subject": "Sampling at the border",
    "text": "Could we exchange what you learnt about sampling?",
}


@pytest.fixture(autouse=True)
def empty_index():
    """An index without anything from other tests."""
    index.forget()
    yield
    index.forget()


@pytest.mark.parametrize("language", TAGS)
def test_every_page_of_words_is_there_with_a_title_of_its_own(client, language):
    titles = [words(page(client, f"/{language}/{address}"), "//title")[0] for address, _template, _title in PAGES]

    assert len(set(titles)) == len(PAGES)


def test_every_link_of_header_and_footer_leads_somewhere(client):
    index.drain()
    tree = page(client, "/en/help")
    links = {one.get("href") for one in within(tree, "//header//a | //footer//a")}

    assert {f"/en{path}" for _key, _label, path in MENU} <= links
    for href in sorted(links):
        assert client.get(href, follow=True).status_code == 200, href


def test_links_of_help_lead_somewhere(client):
    make.record("resource")
    questionnaires.ensure()
    index.drain()
    asked = set()
    for address, _template, _title in PAGES:
        asked |= {
            one.get("href") for one in within(page(client, f"/en/{address}"), "//*[.words]//a[starts-with(@href, '/')]")
        }

    missing = set()
    for href in asked:
        response = client.get(href, follow=True)
        if response.streaming:
            # A file is read to its end, which closes it.
            list(response.streaming_content)
        if response.status_code == 404:
            missing.add(href)
    assert missing == {"/api/v1/records/INI-000001"}


def letter(client: Client, code: str, **changes: str):
    tree = page(client, f"/en/bodies/{code}/letter")
    return client.post(f"/en/bodies/{code}/letter", {**SAID, **sheet(tree), **changes})


def sheet(tree) -> dict[str, str]:
    """The token that tells a form on a page from every other."""
    token = within(tree, "//main//input[@name='csrfmiddlewaretoken']")[0].get("value")
    return {"csrfmiddlewaretoken": token}


def test_a_letter_reaches_the_focal_points_and_shows_no_address(client):
    first, second = make.focal_point("KEN"), make.focal_point("KEN")
    make.focal_point("PER")

    html = client.get("/en/bodies/KEN/letter").content.decode()
    answer = letter(client, "KEN")
    run_pending()

    assert answer.headers["Location"] == "/en/countries/KEN"
    sent = list(Letter.objects.order_by("id"))
    assert [one.person for one in sent] == [first, second]
    assert sent[0].subject == SAID["subject"]
    assert SAID["text"] in sent[0].text
    assert sent[0].reply_to == SAID["email"]
    assert first.email not in html
    assert first.email not in sent[1].text


def test_a_letter_sent_twice_by_a_double_click_is_passed_on_once(client):
    make.focal_point("KEN")
    tree = page(client, "/en/bodies/KEN/letter")

    for _click in range(2):
        client.post("/en/bodies/KEN/letter", {**SAID, **sheet(tree)})

    assert Letter.objects.count() == 1


def test_an_organisation_s_letters_go_to_its_contact_where_nobody_is_designated(client):
    contact = [{"key": "c", "office": "Front office", "mail": "office@example.org"}]
    made = make.record(contact=contact)

    letter(client, made.identifier)

    assert [one.address for one in Letter.objects.all()] == ["office@example.org"]
    assert "office@example.org" not in client.get(f"/en/bodies/{made.identifier}/letter").content.decode()


def test_where_nobody_reads_the_page_says_how_one_is_designated(client):
    tree = page(client, "/en/bodies/PER/letter")

    assert not within(tree, "//form[@method='post']")
    assert within(tree, "//a[@href='/en/help/focal-point']")
    assert client.post("/en/bodies/PER/letter", SAID).status_code == 422
    assert not Letter.objects.exists()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"email": "nobody"}, "valid email address"),
        ({"text": "Hello"}, "at least 20 characters"),
        ({"name": ""}, "required"),
        ({"website": "http://spam.example"}, "Leave the field"),
    ],
)
def test_a_letter_that_is_not_right_is_refused_in_words(client, changes, said):
    make.focal_point("KEN")

    answer = letter(client, "KEN", **changes)

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Letter.objects.exists()


def test_nobody_writes_more_than_five_letters_a_day(client):
    make.focal_point("KEN")

    answers = [letter(client, "KEN").status_code for _number in range(7)]

    assert answers == [302, 302, 302, 302, 302, 422, 422]
    assert Letter.objects.count() == 5


def test_a_line_break_in_a_subject_starts_no_header(client):
    make.focal_point("KEN")

    letter(client, "KEN", subject="Hello\r\nBcc: all@example.org")

    assert "\n" not in Letter.objects.get().subject


def test_no_body_of_this_name_is_no_page(client):
    page(client, "/en/bodies/XYZ/letter", 404)
    page(client, f"/en/bodies/{make.draft().identifier}/letter", 404)


def test_everybody_can_write_to_the_secretariat(client):
    reader = make.secretariat()
    tree = page(client, "/en/contact")

    client.post("/en/contact", {**SAID, **sheet(tree)})

    assert [one.person for one in Letter.objects.all()] == [reader]


def test_the_site_map_holds_what_is_public(client):
    made, draft = make.record("resource"), make.draft("resource")

    files = lxml.etree.fromstring(client.get("/sitemap.xml").content).xpath("//s:loc/text()", namespaces=SITEMAP)
    places: list[str] = []
    for address in files:
        answer = client.get(re.sub(r"^https?://[^/]+", "", address))
        assert answer.headers["Content-Type"].startswith("application/xml")
        places += lxml.etree.fromstring(answer.content).xpath("//s:loc/text()", namespaces=SITEMAP)

    assert any(place.endswith(f"/records/{made.identifier}") for place in places)
    assert not any(draft.identifier in place for place in places)
    assert any(place.endswith("/countries") for place in places)
    assert client.get("/sitemap-records-0.xml").status_code == 404


def test_machines_find_their_rules_and_whom_to_tell(client):
    robots = client.get("/robots.txt").content.decode()
    security = client.get("/.well-known/security.txt").content.decode()

    assert "Disallow: /account\n" in robots
    assert "/sitemap.xml" in robots
    assert "Disallow: /search\n" not in robots
    assert re.search(r"^Contact: http\S+/contact$", security, re.M)
    assert re.search(r"^Expires: 20\d\d-\d\d-01T00:00:00Z$", security, re.M)
