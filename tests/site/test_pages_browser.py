"""Briefs on paper, and the search page without a script, in Chromium."""

import io

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

from kapok.search import index
from tests.site.world import world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def records():
    """A small world, and an index without anything from other tests."""
    index.forget()
    yield world()
    index.forget()


@pytest.mark.parametrize(
    "path", ["/en/countries/KEN/brief", "/ru/countries/KEN/brief", "/ar/organisations/ORG-000001/brief"]
)
def test_a_brief_prints_on_one_page_without_menus(page: Page, path: str) -> None:
    page.goto(path)
    sheets = PdfReader(io.BytesIO(page.pdf(format="A4"))).pages

    assert len(sheets) == 1
    text = " ".join(sheets[0].extract_text().split())
    assert "Ongoing in Kenya" in text
    assert "Français" not in text


def test_one_finds_and_narrows_without_a_script(plain_page: Page) -> None:
    plain_page.goto("/en/")
    plain_page.get_by_label("Words to look for").fill("need")
    plain_page.get_by_role("button", name="Search").click()
    plain_page.locator(".filters > summary").click()
    plain_page.get_by_role("link", name="Peru").first.click()

    assert plain_page.url.endswith("/en/search?q=need&country=PER")
    assert plain_page.locator(".total b").inner_text() == "1"
    assert plain_page.get_by_role("link", name="Need of Peru").is_visible()
