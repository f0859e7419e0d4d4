"""Without a mouse: every stop of the Tab key is seen and not covered, nothing holds the focus, journeys finish."""

import re

import pytest
from playwright.sync_api import Page, expect

from kapok.records.models import Record
from tests import make
from tests.journeys.test_every_page import places, staff
from tests.surveys.test_answering_browser import seat

__all__ = ["places"]
pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True), pytest.mark.timeout(600)]
PUBLIC = ("/", "/search?q=risk", "/records/{initiative}", "/countries/KEN", "/gaps", "/records/{initiative}/letter")
STAFF = ("/desk", "/records/new/resource", "/records/{submitted}/review", "/imports/{import}", "/account")
MOST = 400
# Where the focus is: what it says, whether its mark is drawn, and whether something else lies over its middle.
STOP = """() => {
    const one = document.activeElement;
    if (!one || one === document.body) return null;
    const box = one.getClientRects()[0] || one.getBoundingClientRect();
    const looks = getComputedStyle(one), near = getComputedStyle(one.parentElement);
    const lined = style => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
    const drawn = style => lined(style) || style.boxShadow !== 'none';
    const label = one.labels && one.labels[0] ? getComputedStyle(one.labels[0]) : near;
    const over = document.elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height / 2, 20));
    const its = [one, ...(one.labels || [])];
    const free = !over || over.contains(one) || its.some(part => part.contains(over));
    return {
        what: one.outerHTML.slice(0, 90), seen: box.width > 0 && box.height > 0,
        marked: drawn(looks) || drawn(near) || drawn(label), free, onto: box.bottom > 0 && box.top < innerHeight,
    };
}"""
# The browser has brought the place into view.
DRAWN = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
NUMBER = """() => {
    document.querySelectorAll('[data-walked]').forEach(one => one.removeAttribute('data-walked'));
    document.activeElement.blur();
}"""
FIRST = """() => {
    const one = document.activeElement, was = one.hasAttribute('data-walked');
    one.setAttribute('data-walked', '');
    return !was;
}"""


def walked(page: Page, address: str) -> list[str]:
    """Go through a page with the Tab key until it begins again; what is wrong at a stop."""
    page.emulate_media(reduced_motion="reduce")
    page.goto(address)
    page.evaluate(NUMBER)
    found, stops = [], 0
    for _step in range(MOST):
        page.keyboard.press("Tab")
        page.evaluate(DRAWN)
        stop = page.evaluate(STOP)
        if stop is None or not page.evaluate(FIRST):
            break
        stops += 1
        wrong = [name for name in ("seen", "marked", "free", "onto") if not stop[name]]
        if wrong:
            found.append(f"{address}: not {', '.join(wrong)}: {stop['what']}")
    else:
        found.append(f"{address}: more than {MOST} stops")
    missed = page.evaluate(
        """() => [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')]
            .filter(one => one.checkVisibility({visibilityProperty: true}) && !one.disabled && one.tabIndex >= 0
                && one.type !== 'radio' && !one.hasAttribute('data-walked')).map(one => one.outerHTML.slice(0, 90))"""
    )
    assert stops > 5
    return found + [f"{address}: never reached: {one}" for one in missed]


@pytest.mark.parametrize(("width", "height"), [(360, 740), (1280, 900)])
def test_every_stop_of_the_public_pages_is_seen_and_free(page, places, width, height):
    page.set_viewport_size({"width": width, "height": height})

    found = [one for tag in ("en", "ar") for where in PUBLIC for one in walked(page, f"/{tag}{where.format(**places)}")]

    assert found == []


def test_every_stop_of_the_pages_of_the_secretariat_is_seen_and_free(page, places, live_server):
    staff(page, live_server).set_viewport_size({"width": 1280, "height": 900})

    found = [one for where in STAFF for one in walked(page, f"/en{where.format(**places)}")]

    assert found == []


def until(page: Page, selector: str) -> None:
    """Press Tab until the focus stands on such an element."""
    for _step in range(MOST):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"The Tab key never comes to “{selector}”.")


def test_somebody_finds_a_record_by_the_keyboard_alone(page, places):
    page.goto("/en/")
    until(page, "main input[name=q]")
    page.keyboard.type("detecting")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("q=detecting"))
    until(page, "main a[href*='/records/INI-']")
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile(r"/records/INI-\d+$"))


def test_a_draft_is_begun_and_saved_by_the_keyboard_alone(page, live_server):
    seat(page, live_server, make.editor())
    page.goto("/en/records/new/resource")
    until(page, "#title-en")
    page.keyboard.type("A manual without a mouse")
    until(page, "main button:not([name])")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/edit"))
    until(page, "#publisher")
    page.keyboard.type("Orange Press")
    # The Enter key keeps the draft from any line: nobody walks through all countries to the button.
    page.keyboard.press("Enter")
    expect(page.locator("body")).to_contain_text("The draft is saved", timeout=30_000)

    made = Record.objects.select_related("draft").get(format="resource")
    assert made.draft.values["title"] == {"en": "A manual without a mouse"}
    assert made.draft.values["publisher"] == "Orange Press"
