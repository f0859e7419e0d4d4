"""The copy of what is typed, on a device that its owner called theirs: lost lines, closed browsers, other people."""

import re
import time
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from kapok.records import verbs
from kapok.records.models import Draft, Record
from tests import make
from tests.records.test_pages_browser import author, open_form

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MINE = "This is my device: keep a copy here of what I type"
OFFER = re.compile("This device holds text of .* that did not reach Kapok")


@pytest.fixture
def draft() -> Record:
    """A draft of an initiative."""
    body = make.body()
    return verbs.start(make.record("initiative").form, by=make.editor(body), raw={"title": {"en": "Mine"}}, owner=body)


@pytest.fixture
def device(page: Page, draft: Record, live_server: Any) -> BrowserContext:
    """A browser on which the author sits and has opened the form."""
    open_form(page, draft, author(draft), live_server)
    return page.context


def copies(page: Page) -> list[str]:
    """The copies that this browser holds."""
    return list(page.evaluate("Object.keys(localStorage).filter((name) => name.startsWith('kapok:copy:'))"))


def wait_for_a_copy(page: Page) -> None:
    """Until the browser holds one."""
    ends = time.monotonic() + 10
    while not copies(page):
        assert time.monotonic() < ends, "No copy was kept."
        page.wait_for_timeout(50)


def typed_without_a_line(page: Page, words: str) -> None:
    """Type while the line is down, then close the window."""
    page.context.set_offline(True)
    page.locator("#acronym").fill(words)
    wait_for_a_copy(page)
    page.close()


def opened_again(device: BrowserContext, record: Record) -> Page:
    """The form in a new window, once the line is back."""
    device.set_offline(False)
    page = device.new_page()
    page.goto(f"/en/records/{record.identifier}/edit")
    return page


def test_nothing_is_kept_on_a_device_nobody_called_theirs(page: Page, device: BrowserContext, draft: Record) -> None:
    page.context.set_offline(True)
    page.locator("#acronym").fill("MN")
    page.locator("#reference_number").focus()
    expect(page.locator("[data-save-state]")).to_have_text(re.compile("Not saved"), timeout=10_000)

    assert page.evaluate("localStorage.length") == 0
    expect(page.get_by_label(MINE)).not_to_be_checked()


def test_text_of_a_lost_line_and_a_closed_window_is_put_back(page: Page, device: BrowserContext, draft: Record) -> None:
    page.get_by_label(MINE).check()
    page.get_by_role("button", name="Add: Result").click()
    page.locator("#results-0-title-en").fill("Inspectors\u00a0trained")
    expect(page.locator("#write[data-clean='1']")).to_be_visible(timeout=10_000)
    assert copies(page) == []
    typed_without_a_line(page, "MN")

    again = opened_again(device, draft)
    expect(again.locator("#acronym")).to_have_value("")
    expect(again.get_by_text(OFFER)).to_be_visible()
    again.get_by_role("button", name="Put it back").click()

    expect(again.get_by_text("The draft is saved.")).to_be_visible()
    expect(again.locator("#acronym")).to_have_value("MN")
    expect(again.get_by_text(OFFER)).to_have_count(0)
    assert copies(again) == []
    assert Draft.objects.get(record=draft).values["acronym"] == "MN"
    assert len(Draft.objects.get(record=draft).values["results"]) == 1


def test_text_that_somebody_else_overtook_is_set_beside_theirs(
    page: Page, device: BrowserContext, draft: Record
) -> None:
    page.get_by_label(MINE).check()
    typed_without_a_line(page, "MN")
    assert draft.owner
    verbs.save(draft, by=make.editor(draft.owner), raw={"title": {"en": "Theirs"}}, revision=1)

    again = opened_again(device, draft)
    again.get_by_role("button", name="Put it back").click()

    expect(again.get_by_role("heading", level=1)).to_contain_text("Two texts")
    assert Draft.objects.get(record=draft).values == {"title": {"en": "Theirs"}}


def test_the_person_removes_a_copy(page: Page, device: BrowserContext, draft: Record) -> None:
    page.get_by_label(MINE).check()
    typed_without_a_line(page, "MN")

    again = opened_again(device, draft)
    again.get_by_role("button", name="Remove it from this device").click()

    expect(again.get_by_text(OFFER)).to_have_count(0)
    assert copies(again) == []
    again.reload()
    expect(again.get_by_label(MINE)).to_be_checked()
    expect(again.get_by_text(OFFER)).to_have_count(0)


def test_taking_the_tick_away_forgets_the_device(page: Page, device: BrowserContext, draft: Record) -> None:
    page.get_by_label(MINE).check()
    typed_without_a_line(page, "MN")

    again = opened_again(device, draft)
    again.get_by_label(MINE).uncheck()

    assert again.evaluate("localStorage.length") == 0
    expect(again.get_by_text(OFFER)).to_have_count(0)


def test_signing_out_leaves_nothing_behind(page: Page, device: BrowserContext, draft: Record) -> None:
    page.get_by_label(MINE).check()
    typed_without_a_line(page, "MN")
    again = opened_again(device, draft)
    assert len(copies(again)) == 1

    again.get_by_text("Account", exact=True).click()
    again.get_by_role("button", name="Sign out").click()

    expect(again.get_by_role("link", name="Sign in")).to_be_visible()
    assert again.evaluate("localStorage.length") == 0


def test_another_person_on_the_same_browser_is_offered_nothing(
    page: Page, device: BrowserContext, draft: Record, live_server: Any
) -> None:
    page.get_by_label(MINE).check()
    typed_without_a_line(page, "MN")
    assert draft.owner

    device.set_offline(False)
    other = device.new_page()
    open_form(other, draft, make.editor(draft.owner), live_server)

    expect(other.get_by_label(MINE)).not_to_be_checked()
    expect(other.get_by_text(OFFER)).to_have_count(0)


def test_saving_by_the_button_removes_the_copy(page: Page, device: BrowserContext, draft: Record) -> None:
    page.get_by_label(MINE).check()
    page.route("**/edit", lambda route: route.abort() if "x-autosave" in route.request.headers else route.continue_())
    page.locator("#acronym").fill("MN")
    wait_for_a_copy(page)

    page.get_by_role("button", name="Preview").click()

    page.wait_for_url(re.compile("/draft$"))
    assert copies(page) == []
    assert Draft.objects.get(record=draft).values["acronym"] == "MN"
