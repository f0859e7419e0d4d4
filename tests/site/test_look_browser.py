"""The style guide in Chromium: accessibility, reflow, targets, keyboard, scripts, print, and without scripts."""

import io
import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, ViewportSize, expect
from pypdf import PdfReader
from pytest_django.live_server_helper import LiveServer

from kapok.core.languages import LANGUAGES
from tests import make
from tests.axe import violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
GUIDE = "styleguide?show=errors&message=1"
PHONE = ViewportSize(width=360, height=740)
SMALLEST = ViewportSize(width=320, height=640)
SMALL_TARGETS = """() => [...document.querySelectorAll('a, button, input:not([type=hidden]), select, summary')]
    .filter((one) => one.checkVisibility({ visibilityProperty: true }))
    .filter((one) => !one.closest('p, dd, td, th, blockquote, .prose'))
    .map((one) => [one, one.getBoundingClientRect()])
    .filter(([one, box]) => box.width > 0 && (box.height < 23.9 || box.width < 23.9))
    .map(([one, box]) => `${one.outerHTML.slice(0, 90)} ${box.width}x${box.height}`)"""


def sideways(page: Page) -> int:
    """How far the page scrolls sideways."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


@pytest.mark.parametrize("tag", LANGUAGES)
def test_axe_finds_nothing_in_any_language(page: Page, tag: str) -> None:
    page.goto(f"/{tag}/{GUIDE}")

    assert violations(page) == []


@pytest.mark.parametrize("media", [{"color_scheme": "dark"}, {"forced_colors": "active"}, {"reduced_motion": "reduce"}])
def test_axe_finds_nothing_in_other_media(page: Page, media: dict[str, Any]) -> None:
    page.emulate_media(**media)
    page.set_viewport_size(PHONE)
    page.goto(f"/en/{GUIDE}")

    assert violations(page) == []


@pytest.mark.parametrize("tag", LANGUAGES)
def test_nothing_scrolls_sideways_on_the_smallest_screen(page: Page, tag: str) -> None:
    page.set_viewport_size(SMALLEST)
    page.goto(f"/{tag}/{GUIDE}")
    plain = sideways(page)
    page.evaluate("document.documentElement.style.fontSize = '120%'")

    assert (plain, sideways(page)) == (0, 0)


@pytest.mark.parametrize("size", [PHONE, ViewportSize(width=1280, height=900)])
def test_every_target_can_be_hit(page: Page, size: ViewportSize) -> None:
    page.set_viewport_size(size)
    page.goto(f"/en/{GUIDE}")

    assert page.evaluate(SMALL_TARGETS) == []
    assert page.locator("form .buttons .button.main").bounding_box()["height"] >= 44  # type: ignore[index]


def test_one_host_and_no_complaint_of_the_policy(page: Page, live_server: LiveServer) -> None:
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))

    page.goto(f"/ar/{GUIDE}")

    assert said == []
    assert {url.split("/")[2] for url in asked if not url.startswith("data:")} == {live_server.url.split("/")[2]}


def test_the_keyboard_begins_at_the_skip_link_and_leaves_menus_by_escape(page: Page) -> None:
    page.set_viewport_size(PHONE)
    page.goto("/en/styleguide")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()

    menu = page.locator("details.menu.phone")
    menu.locator("summary").press("Enter")
    expect(menu.get_by_role("link", name="Calendar")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")

    expect(menu.get_by_role("link", name="Calendar")).to_be_hidden()
    expect(menu.locator("summary")).to_be_focused()


def test_errors_take_the_focus_and_lead_to_their_fields(page: Page) -> None:
    page.goto(f"/en/{GUIDE}")

    expect(page).to_have_title(re.compile("^Error: "))
    expect(page.locator(".summary")).to_be_focused()
    page.get_by_role("link", name="Give the record a title.").click()
    expect(page.get_by_label("Title")).to_be_focused()
    expect(page.get_by_label("Title")).to_have_accessible_description(
        "Error: Give the record a title. As it should stand in lists. At most 200 characters."
    )


def test_parts_are_added_and_removed_in_place(page: Page) -> None:
    page.goto("/en/styleguide")
    page.get_by_role("button", name="Add a result").click()
    third = page.get_by_role("group", name="Result 3", exact=True)
    expect(third).to_be_focused()
    third.get_by_role("button", name="Add an indicator").click()

    expect(third.locator("[name='results-2-indicators-1-title']")).to_have_count(1)
    expect(page.locator("[name='results-row']")).to_have_count(3)
    page.get_by_role("button", name="Remove result 2").click()

    rows = [row.get_attribute("value") for row in page.locator("[name='results-row']").all()]
    assert rows == ["0", "2"]


def test_suggestions_are_chosen_by_keyboard(page: Page) -> None:
    def answer(route: Route) -> None:
        route.fulfill(
            json={"results": [{"id": "ORG-000001", "label": "UNEP", "note": "UN"}, {"id": "2", "label": "FAO"}]}
        )

    page.route("**/styleguide/suggest?*", answer)
    page.goto("/en/styleguide")
    field = page.get_by_label("Lead organisation")
    field.press_sequentially("un")
    expect(page.get_by_role("listbox").get_by_role("option")).to_have_count(2)
    assert violations(page) == []
    field.press("ArrowDown")
    field.press("Enter")

    expect(field).to_have_value("UNEP")
    expect(page.locator("[name=lead_id]")).to_have_value("ORG-000001")
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_a_long_list_is_sifted_without_accents(page: Page) -> None:
    page.goto("/fr/styleguide")
    page.locator("#id_countries-sieve").fill("bielo")
    shown = page.locator("#id_countries-list .check:visible")
    names = shown.all_inner_texts()

    assert "Biélorussie" in names
    assert len(names) == 2  # with the one already chosen, which never hides


def test_a_draft_is_kept_and_a_lost_line_is_told(page: Page) -> None:
    page.goto("/en/styleguide")
    state = page.locator(".save-state")
    page.route("**/styleguide", lambda route: route.abort())
    page.get_by_label("Title").fill("Detection")
    page.get_by_label("Title").blur()
    expect(state).to_contain_text("Not saved: the line seems to be down.")

    page.unroute("**/styleguide")
    page.evaluate("window.dispatchEvent(new Event('online'))")

    expect(state).to_contain_text("Draft saved at")


def test_a_part_asked_for_in_vain_says_so(page: Page) -> None:
    page.goto("/en/styleguide")
    page.route("**/styleguide?again=1", lambda route: route.abort())
    page.get_by_role("link", name="Ask again").click()
    expect(page.locator("[data-live]")).to_contain_text("Kapok cannot be reached just now.")
    assert violations(page) == []

    page.unroute("**/styleguide?again=1")
    with page.expect_response("**/styleguide?again=1"):
        page.get_by_role("link", name="Ask again").click()

    expect(page.locator("[data-live]")).to_be_empty()
    expect(page).to_have_url(re.compile("/en/styleguide$"))


def test_a_form_is_sent_once(page: Page) -> None:
    sent: list[str] = []

    def hold(route: Route) -> None:
        if route.request.method == "POST" and route.request.is_navigation_request():
            sent.append(route.request.url)
            return
        route.continue_()

    page.route("**/styleguide", hold)
    page.goto("/en/styleguide")
    marked = page.evaluate(
        """() => {
            const button = document.querySelector('form[data-autosave] .button.main');
            button.click();
            button.click();
            return button.getAttribute('aria-disabled');
        }"""
    )
    page.wait_for_timeout(300)

    assert (marked, len(sent)) == ("true", 1)


def test_without_scripts_everything_is_there(plain_page: Page) -> None:
    plain_page.goto("/en/styleguide")
    plain_page.locator("details.menu.phone summary").click()
    expect(plain_page.locator("details.menu.phone").get_by_role("link", name="Countries")).to_be_visible()
    plain_page.locator("details.menu.phone summary").click()
    plain_page.locator(".filters > summary").click()
    expect(plain_page.get_by_role("link", name="Courses")).to_be_visible()
    plain_page.get_by_text("Add another language").click()
    expect(plain_page.locator("[name='objectives-ru']")).to_be_visible()
    plain_page.get_by_role("button", name="Add a result").click()

    expect(plain_page).to_have_title("Style guide – Kapok")
    assert "hidden" not in (plain_page.locator("#id_countries-list").get_attribute("class") or "")


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_paper_has_no_menus_and_shows_addresses(page: Page, paper: str) -> None:
    page.goto("/en/styleguide")
    text = " ".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(page.pdf(format=paper))).pages)

    assert "https://example.org/a/long/address" in text
    assert "Printed from" in text
    assert not [
        word for word in ("Sign in", "Français", "Submit for review", "Organisations", "See all") if word in text
    ]


@pytest.mark.parametrize("tag", ["en", "ar"])
def test_the_pages_of_ones_account_stand_in_the_same_shell(browser: Browser, live_server: LiveServer, tag: str) -> None:
    person = make.person(password="a very long leafy password", language=tag)
    context = browser.new_context(base_url=live_server.url, viewport=PHONE)
    page = context.new_page()
    found = {}
    for path in ("signup", "password/reset", "login"):
        page.goto(f"/{tag}/account/{path}/")
        found[path] = (violations(page), sideways(page))
    page.locator("[name=login]").fill(person.email)
    page.locator("[name=password]").fill("wrong wrong wrong")
    page.locator("main button.main").click()
    found["refused"] = (violations(page), sideways(page))
    page.locator("[name=login]").fill(person.email)
    page.locator("[name=password]").fill("a very long leafy password")
    page.locator("main button.main").click()
    for path in ("email", "password/change", "2fa", "sessions", "logout", "reauthenticate"):
        page.goto(f"/{tag}/account/{path}/")
        found[path] = (violations(page), sideways(page))
        assert page.locator("h1").count() == 1
    context.close()

    assert {path: what for path, what in found.items() if what != ([], 0)} == {}
