"""More journeys on a telephone without JavaScript: joining, keeping, taking along, bringing in, offering, sharing."""

import re
from collections.abc import Callable

import pytest
from django.core import mail
from playwright.sync_api import Page, expect

from kapok.core.jobs.queue import run_pending
from kapok.exchange.models import Import, Token
from kapok.insight.models import Offer
from kapok.people.models import Designation, Person
from kapok.records.models import Record, Stage
from kapok.search.models import SavedSearch
from tests import make
from tests.exchange.test_importing import TABLE
from tests.journeys.test_without_script import choose, press

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Enter = Callable[[Person], Page]
PASSWORD = "seven lamps on the quay"


def test_somebody_joins_confirms_their_address_and_signs_in_again(plain_page):
    plain_page.goto("/account/signup/")
    plain_page.locator("input[name=email]").fill("new@example.org")
    plain_page.locator("input[name=name]").fill("Biosafety officer")
    plain_page.locator("input[name=password1]").fill(PASSWORD)
    plain_page.locator("input[name=agreed]").check()
    plain_page.get_by_role("main").get_by_role("button").first.click()
    run_pending()
    code = re.search(r"^\s*([A-Z0-9]{4}-[A-Z0-9]{4})\s*$", str(mail.outbox[-1].body), re.MULTILINE)
    assert code
    plain_page.locator("input[name=code]").fill(code[1])
    plain_page.get_by_role("main").get_by_role("button").first.click()
    plain_page.context.clear_cookies()
    plain_page.goto("/account/login/")
    plain_page.locator("input[name=login]").fill("new@example.org")
    plain_page.locator("input[name=password]").fill(PASSWORD)
    plain_page.get_by_role("main").get_by_role("button").first.click()

    plain_page.goto("/desk")
    expect(plain_page).to_have_url(re.compile("/desk$"))
    assert Person.objects.get().email == "new@example.org"


def test_a_search_is_kept_and_its_feed_followed(enter, index):
    made = make.record("resource")
    index()
    person = make.person()
    page = enter(person)

    page.goto("/search?type=resource")
    page.get_by_role("link", name="Get it by mail").click()
    page.get_by_label("Name", exact=False).first.fill("Manuals")
    page.locator("input[name=frequency][value=daily]").check()
    press(page, "Keep the search")

    assert SavedSearch.objects.get().person == person
    address = page.get_by_role("main").get_by_role("link", name=re.compile("Feed")).first.get_attribute("href")
    assert made.identifier in page.context.request.get(address).text()


def test_a_list_is_taken_along_as_a_table(plain_page, index):
    made = make.record("need")
    index()

    plain_page.goto("/search?type=need")
    address = plain_page.locator("a[href*='search.csv']").first.get_attribute("href")

    assert made.identifier in plain_page.context.request.get(address).text()


def test_a_country_is_printed_as_a_brief(plain_page, index):
    make.government("KEN")
    make.record("need")
    index()

    plain_page.goto("/countries/KEN")
    plain_page.get_by_role("link", name=re.compile("brief", re.IGNORECASE)).first.click()

    expect(plain_page).to_have_url(re.compile("/countries/KEN/brief"))
    expect(plain_page.locator("body")).to_contain_text("A laboratory that can detect")


def test_a_table_is_brought_in_looked_at_and_taken_back(enter, tmp_path):
    table = tmp_path / "projects.csv"
    table.write_text(TABLE)
    page = enter(make.secretariat())

    page.goto("/imports")
    page.locator("input[type=file][name=files]").set_input_files(table)
    page.locator("select[name=type]").select_option("initiative")
    press(page, "Show me what it means")
    expect(page.get_by_role("main")).to_contain_text("Nothing is changed yet")
    page.get_by_role("button", name=re.compile("^Take 2 good rows")).click()
    run_pending()
    assert Record.objects.filter(format="initiative").count() == 2
    page.goto(f"/imports/{Import.objects.get().pk}/undo")
    press(page, "Undo this import")
    run_pending()

    assert not Record.objects.filter(format="initiative").exists()


def test_help_is_offered_to_a_need_and_the_focal_point_answers(enter):
    need, body = make.record("need"), make.body()

    page = enter(make.editor(body))
    page.goto(f"/records/{need.identifier}")
    page.get_by_role("link", name="Offer help").first.click()
    page.get_by_label("What you offer, in words").fill("Two places in our course.")
    press(page, "Offer it")
    page = enter(make.focal_point("KEN"))
    page.goto(f"/needs/{need.identifier}/offers")
    page.get_by_label("A word with the answer").fill("Welcome.")
    press(page, "Accept")

    assert (Offer.objects.get().state, Offer.objects.get().answer) == ("accepted", "Welcome.")
    expect(page.get_by_role("main")).to_contain_text("Welcome.")


def test_a_record_is_withdrawn_and_put_before_the_public_again(enter):
    made = make.record("resource")
    page = enter(make.editor(made.owner))

    page.goto(f"/records/{made.identifier}/withdraw")
    page.locator("[name=reason]").fill("Superseded by a newer manual.")
    press(page, "Withdraw the record")
    page.context.clear_cookies()
    assert page.goto(f"/records/{made.identifier}").status == 410
    page = enter(make.editor(made.owner))
    page.goto(f"/records/{made.identifier}/history")
    press(page, "Put before the public again")

    made.refresh_from_db()
    assert made.stage == Stage.PUBLISHED


def test_a_draft_is_shared_by_a_link_that_needs_no_account(enter):
    body = make.body()
    editor = make.editor(body)
    made = make.draft("resource", by=editor, owner=body)
    page = enter(editor)

    page.goto(f"/records/{made.identifier}/people")
    press(page, "Make a link")
    link = page.get_by_role("main").locator("code").first.inner_text()
    page.context.clear_cookies()
    page.goto("/shared/" + link.rpartition("/")[2])

    expect(page.get_by_role("main")).to_contain_text("Manual on sampling")


def test_a_letter_goes_to_the_contact_of_a_record(plain_page):
    made = make.record("initiative")

    plain_page.goto(f"/records/{made.identifier}/letter")
    plain_page.locator("input[name=name]").fill("A reader")
    plain_page.locator("input[name=mail]").fill("reader@example.org")
    plain_page.locator("textarea[name=text]").fill("May we have the training material?")
    plain_page.get_by_role("main").get_by_role("button", name=re.compile("^Send")).last.click()
    run_pending()

    assert mail.outbox[-1].reply_to == ["reader@example.org"]
    expect(plain_page).to_have_url(re.compile(f"/records/{made.identifier}$"))


def test_a_member_asks_for_a_role_and_the_secretariat_grants_it(enter):
    member, body = make.person(), make.body()

    page = enter(member)
    page.goto("/account/roles/ask")
    choose(page, "role", "editor")
    page.locator("input[name=body]").fill(body.code)
    page.locator("[name=proof]").fill("A letter of the director")
    press(page, "Send the request")
    page = enter(make.secretariat())
    page.goto("/people/requests")
    press(page, "Grant")

    assert (Designation.objects.get(person=member).role, Designation.objects.get(person=member).body) == (
        "editor",
        body,
    )


def test_a_token_is_made_and_revoked(enter):
    page = enter(make.person())

    page.goto("/account/tokens")
    page.locator("input[name=name]").fill("Our database")
    page.locator("input[name=scopes][value=drafts]").check()
    page.get_by_role("main").get_by_role("button", name=re.compile("^Make")).last.click()
    assert page.locator("code.secret").inner_text().startswith("kapok_")
    page.goto("/account/tokens")
    press(page, "Revoke")

    assert not Token.objects.get().is_alive


def test_two_versions_are_compared_and_the_older_one_taken_up(enter):
    body = make.body()
    editor = make.editor(body)
    made = make.record("resource", owner=body)
    page = enter(editor)

    page.goto(f"/records/{made.identifier}")
    press(page, "Begin a new version")
    page.locator("#publisher").fill("Orange Press")
    press(page, "Publish")
    page.goto(f"/records/{made.identifier}/compare?old=1&new=2")
    expect(page.get_by_role("main")).to_contain_text("Orange Press")
    page.goto(f"/records/{made.identifier}/versions/1")
    press(page, "Begin a draft with these answers")

    expect(page).to_have_url(re.compile("/edit"))
    assert "publisher" not in Record.objects.get(pk=made.pk).draft.values


def test_the_page_stays_when_the_language_is_changed(plain_page, index):
    make.record("need")
    index()

    plain_page.goto("/en/search?type=need&country=KEN")
    plain_page.locator("a[hreflang=ar], a[lang=ar]").first.evaluate("link => link.href")
    plain_page.goto(plain_page.locator("a[hreflang=ar], a[lang=ar]").first.get_attribute("href"))

    expect(plain_page).to_have_url(re.compile(r"/ar/search\?type=need&country=KEN$"))
    assert plain_page.locator("html").get_attribute("dir") == "rtl"


def test_an_error_is_told_above_and_at_the_field_and_nothing_is_lost(enter):
    body = make.body()
    editor = make.editor(body)
    made = make.draft("resource", by=editor, owner=body, title={"en": "Kept"})
    page = enter(editor)

    page.goto(f"/records/{made.identifier}/edit")
    page.locator("#year").fill("last year")
    page.locator("#publisher").fill("Orange Press")
    press(page, "Save draft")

    expect(page).to_have_title(re.compile("^Error:"))
    page.get_by_role("alert").get_by_role("link").first.click()
    assert page.locator("#year").input_value() == "last year"
    assert page.locator("#publisher").input_value() == "Orange Press"
