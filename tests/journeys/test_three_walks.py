"""A focal point, a donor officer and a Secretariat officer each find in three clicks what is missing in a country, what
doubles, and whom to write to. On a telephone without JavaScript, and in Arabic."""

import re

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from kapok import vocab
from kapok.insight import keeping
from kapok.insight.overlaps import keeping as overlaps
from tests import make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MOST = 3


class Walker:
    """Somebody who counts the clicks."""

    def __init__(self, page: Page) -> None:
        self.page, self.clicks = page, 0

    def home(self) -> "Walker":
        self.page.goto("/")
        self.clicks = 0
        return self

    def click(self, *names: str) -> "Walker":
        """Press one link after another, each by its name; a folded menu is opened by the same finger."""
        for name in names:
            link = self.page.get_by_role("link", name=re.compile(f"^{re.escape(name)}"))
            shown = [one for one in link.all() if one.is_visible()]
            if not shown:
                self.page.locator("summary", has_text="Menu").click()
                shown = [one for one in link.all() if one.is_visible()]
            shown[0].click()
            self.page.wait_for_load_state()
            self.clicks += 1
        return self

    def sees(self, *said: str) -> None:
        """It stands on the page, and was found in three clicks."""
        for words in said:
            expect(self.page.get_by_role("main")).to_contain_text(words)
        assert self.clicks <= MOST


@pytest.fixture
def world(index):
    """Kenya needs what nobody does, two do the same there, and both it and its funder can be written to."""
    kenya, lead = (
        make.government("KEN"),
        make.record("organisation", name={"en": "Fund for Seeds", "ar": "صندوق البذور"}),
    )
    make.focal_point(kenya)
    make.record("need", government="KEN", theme="n", subjects=[], rank=1, title={"en": "Nobody does this"})
    for title in ("Seeds tested at the border", "Laboratories for seeds"):
        overlaps.look(make.record("initiative", lead=lead.identifier, owner=lead.owner, title={"en": title}))
    keeping.drain()
    index()
    return lead


@pytest.fixture
def walk(plain_page, live_server):
    def start(person) -> Walker:
        client = Client()
        client.force_login(person)
        name = settings.SESSION_COOKIE_NAME
        plain_page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": str(live_server)}])
        return Walker(plain_page)

    return start


def test_a_focal_point(world, walk):
    walker = walk(make.focal_point("KEN"))

    walker.home().click("Gaps", "Kenya").sees(vocab.label("theme", "n"), "Gap")
    walker.home().click("Gaps", "Kenya", "Overlaps").sees("Seeds tested at the border", "Laboratories for seeds")
    walker.home().click("Gaps", "Kenya", "Brief").sees("Whom to write to", "Fund for Seeds", "Nobody does this")


def test_a_donor_officer(world, walk):
    walker = walk(make.editor(world.owner))

    walker.home().click("Organisations", "Fund for Seeds", "Brief").sees("Initiatives under way", "Whom to write to")
    walker.home().click("Organisations", "Fund for Seeds", "Overlaps").sees("Both in: Kenya")
    walker.home().click("Gaps", "Kenya").sees(vocab.label("theme", "n"))
    walker.home().click("Gaps", "Kenya", "Write a letter")
    expect(walker.page.get_by_role("main").get_by_role("textbox").first).to_be_visible()
    assert walker.clicks <= MOST


def test_a_secretariat_officer(world, walk):
    walker = walk(make.secretariat())

    walker.home().click("Gaps", "Kenya").sees(vocab.label("theme", "n"))
    walker.home().click("Gaps", "Overlaps").sees("Seeds tested at the border", "Both in: Kenya")
    walker.home().click("Gaps", "Kenya", "Write a letter")
    expect(walker.page.get_by_role("main").get_by_role("textbox").first).to_be_visible()
    assert walker.clicks <= MOST


def test_the_pictures_are_mirrored_in_arabic_and_nothing_is_wider_than_a_telephone(world, plain_page, live_server):
    addresses = ("/gaps", "/gaps?as=map", "/gaps?as=tiles", "/gaps/row?row=KEN", "/gaps/rules", "/money", "/overlaps")
    for address in (*addresses, "/matches", "/countries/KEN/brief"):
        plain_page.goto(f"{live_server}/ar{address}")

        facts = plain_page.evaluate("[document.dir, document.documentElement.scrollWidth <= innerWidth + 1]")
        assert facts == ["rtl", True], address
