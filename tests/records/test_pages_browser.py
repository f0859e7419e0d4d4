"""The form of a draft in Chromium: parts in place, suggestions, autosave, and the line that breaks."""

import re
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from playwright.sync_api import Page, Route, expect

from kapok.files.models import Upload
from kapok.people.models import Person
from kapok.records import verbs
from kapok.records.models import Draft, Record
from kapok.search import index
from tests import make
from tests.records.forms import signed_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def begun() -> Record:
    """A draft of an initiative."""
    body = make.body()
    person = make.editor(body)
    return verbs.start(make.record("initiative").form, by=person, raw={"title": {"en": "Mine"}}, owner=body)


def open_form(page: Page, record: Record, person: Person, live_server: object) -> None:
    """Sign in by cookie and open the form."""
    cookie = signed_in(person).cookies[settings.SESSION_COOKIE_NAME].value
    host = urlsplit(str(live_server)).hostname
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "domain": str(host), "path": "/"}]
    )
    page.goto(f"/en/records/{record.identifier}/edit")


def author(record: Record) -> Person:
    assert record.author
    return record.author


def test_parts_open_in_place_and_keep_themselves(page: Page, begun: Record, live_server: object) -> None:
    open_form(page, begun, author(begun), live_server)

    page.get_by_role("button", name="Add: Result").click()
    page.locator("#results-0-title-en").fill("Inspectors trained")
    page.get_by_role("button", name="Add: Indicator").click()
    page.locator("#results-0-indicators-0-title-en").fill("People")
    page.get_by_role("button", name="Add: Period").click()
    page.locator("#results-0-indicators-0-periods-0-target").fill("40")
    page.locator("#acronym").focus()

    expect(page.locator("#write[data-clean='1']")).to_be_visible(timeout=10_000)
    expect(page.locator("[data-save-state]")).to_have_text(re.compile("Draft saved at"))
    (result,) = Draft.objects.get(record=begun).values["results"]
    assert result["indicators"][0]["periods"][0]["target"] == "40"


def test_a_suggestion_is_chosen_with_the_keyboard(page: Page, begun: Record, live_server: object) -> None:
    bank = make.record("organisation", name={"en": "Seed Bank of the North"})
    index.drain()
    open_form(page, begun, author(begun), live_server)
    page.get_by_role("button", name="Add: Organisation").click()

    page.locator("#organisations-0-organisation").press_sequentially("seed ban")
    expect(page.get_by_role("option", name=re.compile("Seed Bank"))).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    expect(page.locator("#organisations-0-organisation")).to_have_value(f"Seed Bank of the North ({bank.identifier})")


def test_a_lost_line_is_told_and_the_text_goes_when_it_is_back(page: Page, begun: Record, live_server: object) -> None:
    open_form(page, begun, author(begun), live_server)
    page.context.set_offline(True)
    page.locator("#acronym").fill("MN")
    page.locator("#reference_number").focus()
    state = page.locator("[data-save-state]")
    expect(state).to_have_text(re.compile("Not saved"), timeout=10_000)

    page.context.set_offline(False)

    expect(state).to_have_text(re.compile("Draft saved at"), timeout=10_000)
    assert Draft.objects.get(record=begun).values["acronym"] == "MN"


def test_what_is_typed_without_leaving_the_field_is_saved_within_twenty_seconds(
    page: Page, begun: Record, live_server: object
) -> None:
    page.clock.install()
    open_form(page, begun, author(begun), live_server)
    page.locator("#acronym").press_sequentially("MN")
    before = Draft.objects.get(record=begun).values

    page.clock.run_for(20_500)

    expect(page.locator("[data-save-state]")).to_have_text(re.compile("Draft saved at"), timeout=10_000)
    assert "acronym" not in before
    assert Draft.objects.get(record=begun).values["acronym"] == "MN"


def test_autosave_tells_when_somebody_else_saved_first(page: Page, begun: Record, live_server: object) -> None:
    open_form(page, begun, author(begun), live_server)
    assert begun.owner
    verbs.save(begun, by=make.editor(begun.owner), raw={"title": {"en": "Theirs"}}, revision=1)

    page.locator("#acronym").fill("MN")
    page.locator("#reference_number").focus()
    page.get_by_role("link", name="Compare both texts").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("Two texts")
    assert Draft.objects.get(record=begun).values == {"title": {"en": "Theirs"}}


def test_the_summary_of_errors_has_the_focus_and_leads_to_the_field(
    page: Page, begun: Record, live_server: object
) -> None:
    open_form(page, begun, author(begun), live_server)

    page.get_by_role("button", name="Check").click()

    expect(page.locator(".summary")).to_be_focused()
    expect(page).to_have_title(re.compile("^Error: "))
    page.locator(".summary a").first.click()
    expect(page.locator("#kind")).to_be_focused()


def test_a_file_goes_in_pieces_and_survives_a_broken_line(page: Page, live_server: object) -> None:
    person = make.editor()
    record = make.draft("resource", by=person)
    open_form(page, record, person, live_server)
    broken: list[str] = []

    def drop(route: Route) -> None:
        # The second piece is lost on its way.
        broken.append(route.request.method)
        if len(broken) == 2:
            route.abort()
        else:
            route.continue_()

    page.route("**/pieces", drop)
    content = b"Sampling by the roadside. " * 25_000
    page.locator("#files-new").set_input_files({"name": "manual.txt", "mimeType": "text/plain", "buffer": content})

    expect(page.get_by_text("✓ manual.txt")).to_be_visible(timeout=20_000)
    card = page.locator("#files .card, .card").filter(has=page.get_by_role("link", name="manual.txt"))
    expect(card).to_contain_text("650 kB")
    expect(card.get_by_label("Name")).to_have_value("manual.txt")
    expect(card.get_by_label("Take this file away")).not_to_be_checked()
    expect(page.locator("#write[data-clean='1']")).to_be_visible(timeout=10_000)
    kept = Upload.objects.get()
    assert kept.path.read_bytes() == content
    assert Draft.objects.get(record=record).values["files"] == [{"file": kept.token, "name": "manual.txt"}]
    assert len(broken) == 4

    card.get_by_label("Take this file away").check()

    expect(page.locator("#write[data-clean='1']")).to_be_visible(timeout=10_000)
    assert "files" not in Draft.objects.get(record=record).values
