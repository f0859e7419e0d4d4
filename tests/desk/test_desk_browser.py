"""The desk in Chromium: axe finds nothing, nothing scrolls sideways, and it works by keyboard and without scripts."""

import re

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from kapok.core.rules import SYSTEM
from kapok.mail.models import Letter, State
from kapok.people.models import Person
from kapok.records import verbs
from tests import make
from tests.axe import violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "purple lantern over rivers"
PAGES = ("/desk", "/desk?steps=1", "/desk/records", "/desk/waiting/review", "/desk/waiting/returned",
         "/desk/letters", "/desk/log")  # fmt: skip


def busy_officer() -> Person:
    """A member of the Secretariat who also edits for a body, with something on each list."""
    who = make.secretariat(make.editor(make.body(), who=make.person(password=PASSWORD)))
    owner = who.designations.exclude(body=None).get().body
    made = make.record("organisation", owner=owner)
    type(made).objects.filter(pk=made.pk).update(freshness="overdue")
    for title in ({"en": "A manual"}, {"ar": "دليل أخذ العينات"}):
        draft = make.draft("resource", by=make.person(), owner=owner, title=title)
        verbs.submit(draft, by=draft.author, note="Checked twice.")
    verbs.escalate(draft, by=SYSTEM)
    back = make.draft("resource", by=who, owner=make.body())
    verbs.submit(back, by=who)
    verbs.return_(back, by=make.secretariat(), reason="Name the publisher.")
    Letter.objects.create(key="k", name="x", address="a@example.org", language="ar", subject="رسالة", text="x",
                          message_id="<k@x>", state=State.FAILED, error="550 no such box")  # fmt: skip
    return who


def sign_in(page: Page, who: Person) -> None:
    page.goto("/en/account/login/")
    page.fill("input[name=login]", who.email)
    page.fill("input[name=password]", PASSWORD)
    page.click("main button")
    page.wait_for_url("**/desk")


@pytest.mark.parametrize("tag", ["en", "ar"])
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(page: Page, tag: str, width: int) -> None:
    sign_in(page, busy_officer())
    page.set_viewport_size(ViewportSize(width=width, height=800))

    for path in PAGES:
        answer = page.goto(f"/{tag}{path}")
        assert answer is not None
        assert answer.status == 200
        assert violations(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0, path


def test_the_desk_works_without_scripts(plain_page: Page) -> None:
    page = plain_page
    sign_in(page, busy_officer())
    expect(page.get_by_text("5 things wait").first).to_be_attached()

    page.get_by_role("button", name="Put these steps away").click()
    expect(page.get_by_role("heading", name="What can I do here?")).to_have_count(0)
    page.get_by_role("link", name="Review it").first.click()

    expect(page).to_have_url(re.compile(r"/records/RES-\d+/review$"))


def test_a_failed_letter_is_sent_again_by_its_button(page: Page) -> None:
    sign_in(page, busy_officer())
    page.goto("/en/desk/letters?state=failed")

    page.get_by_role("button", name="Send again").click()

    expect(page.get_by_text("The letter is in the queue again.")).to_be_visible()
    assert Letter.objects.get(key="k").state == State.WAITING


def test_a_title_without_any_space_stays_on_the_phone(page: Page) -> None:
    who = make.person(password=PASSWORD)
    make.draft("resource", by=who, owner=make.body(), title={"en": "x" * 300})
    sign_in(page, who)
    page.set_viewport_size({"width": 360, "height": 740})

    for address in ("/en/desk", "/en/desk/records"):
        page.goto(address)
        expect(page.get_by_role("main")).to_contain_text("x" * 300)
        assert page.evaluate("document.documentElement.scrollWidth") == 360
        assert (
            page.evaluate("Math.max(0, ...[...document.querySelectorAll('table')].map(one => one.offsetWidth))") <= 360
        )
