"""Journeys on a telephone without JavaScript, from the first click to the last, as people make them."""

import re
from collections.abc import Callable

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from kapok.people.models import Person
from kapok.records import verbs
from kapok.records.links import confirm_link
from kapok.records.models import Record, Stage
from tests import make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Enter = Callable[[Person], Page]


def press(page: Page, name: str) -> None:
    """Press the last visible button of this name: forms keep a hidden first one for the Enter key."""
    page.get_by_role("button", name=name, exact=True).last.click()


def choose(page: Page, name: str, value: str) -> None:
    """Answer a question with one answer, which stands as dots or as a list."""
    dot = page.locator(f"input[type=radio][name={name}][value={value}]")
    if dot.count():
        dot.check()
    else:
        page.locator(f"select[name={name}]").select_option(value)


def test_somebody_finds_support_for_a_country(plain_page, index):
    make.government("KEN")
    offered = make.record("opportunity", eligible=["KEN"])
    make.record("opportunity", eligible=["PER"], title={"en": "Only for Peru"})
    index()

    plain_page.goto("/")
    plain_page.get_by_label("Words to look for").last.fill("risk assesment workshop")
    plain_page.get_by_role("main").get_by_role("button", name="Search").click()
    expect(plain_page.get_by_role("main")).to_contain_text(offered.identifier)
    plain_page.get_by_role("link", name=re.compile("Regional workshop")).first.click()

    expect(plain_page).to_have_url(re.compile(f"/records/{offered.identifier}$"))
    expect(plain_page.get_by_role("heading", level=1)).to_contain_text("Regional workshop on risk assessment")
    plain_page.goto("/countries/KEN")
    expect(plain_page.get_by_role("main")).to_contain_text("Regional workshop on risk assessment")
    expect(plain_page.get_by_role("main")).not_to_contain_text("Only for Peru")


def test_an_editor_registers_an_initiative_with_results_and_money(enter):
    body = make.body(names={"en": "Institute for Seeds"})
    lead = make.record("organisation", owner=body)
    page = enter(make.editor(body))

    page.goto("/records/new/initiative")
    page.get_by_label("English").fill("Seeds tested at four borders")
    press(page, "Begin the draft")
    made = Record.objects.get(format="initiative")
    page.get_by_label("Project", exact=True).check()
    page.locator("#objectives-en").fill("Inspectors take samples.")
    page.locator("#description-en").fill("Training at four border posts.")
    page.get_by_label("Global", exact=True).check()
    page.locator("#starts").fill("2026-01")
    page.locator("#themes input[value=i]").check()
    for path in ("organisations", "contact", "results", "budget"):
        page.locator(f"button[name=_add][value={path}]").click()
    page.locator("#organisations-0-organisation").fill(lead.identifier)
    choose(page, "organisations-0-role", "lead")
    page.locator("#contact-0-office").fill("Seed office")
    page.locator("#results-0-title-en").fill("Samples are tested")
    page.locator("button[name=_add][value=results-0-indicators]").click()
    page.locator("#results-0-indicators-0-title-en").fill("Samples tested in a year")
    page.locator("#results-0-indicators-0-target").fill("400")
    page.locator("#budget-0-amount").fill("120000.50")
    choose(page, "budget-0-currency", "USD")
    press(page, "Publish")
    expect(page).to_have_title(re.compile("^Error:"))
    expect(page.get_by_role("alert")).to_contain_text("Kind of money")
    choose(page, "budget-0-kind", "grant")
    press(page, "Publish")

    made.refresh_from_db()
    assert made.stage == Stage.PUBLISHED
    assert made.values["results"][0]["indicators"][0]["target"] == "400"
    assert made.values["budget"][0]["amount"] == "120000.50"
    expect(page.get_by_role("main")).to_contain_text("Samples tested in a year")


def test_a_draft_is_submitted_returned_mended_and_published(enter):
    body, author, officer = make.body(), make.person(), make.secretariat()
    made = make.draft("resource", by=author, owner=body)

    page = enter(author)
    page.goto(f"/records/{made.identifier}/edit")
    press(page, "Submit for review")
    page = enter(officer)
    page.goto(f"/records/{made.identifier}/review")
    page.get_by_label("What should be changed?").fill("Name the publisher, please.")
    press(page, "Return to the author")
    page = enter(author)
    page.goto(f"/records/{made.identifier}/edit")
    expect(page.get_by_role("main")).to_contain_text("Name the publisher, please.")
    page.locator("#publisher").fill("Institute for Seeds")
    press(page, "Submit for review")
    page = enter(officer)
    page.goto(f"/records/{made.identifier}/review")
    press(page, "Publish")

    made.refresh_from_db()
    assert (made.stage, made.values["publisher"], made.reviewed) == (Stage.PUBLISHED, "Institute for Seeds", True)


def test_a_record_is_confirmed_from_a_letter_without_signing_in(plain_page, live_server):
    made = make.record("organisation")
    keeper = make.editor(made.owner)
    Record.objects.filter(pk=made.pk).update(due_on="2020-01-01", freshness="not-confirmed")
    address = confirm_link(made, keeper).removeprefix(settings.ADDRESS)

    plain_page.goto(address)
    made.refresh_from_db()
    assert made.freshness == "not-confirmed"
    plain_page.get_by_role("main").get_by_role("button").first.click()

    made.refresh_from_db()
    assert made.freshness == "fresh"


def test_a_report_is_given_at_the_end(enter):
    made = make.record("initiative", starts="2020", ends="2021")
    page = enter(make.editor(made.owner))

    page.goto(f"/records/{made.identifier}/report")
    page.locator("[id$=accomplishments-en]").first.fill("Two laboratories are accredited.")
    page.locator("[id$=lessons-en]").first.fill("Start the tender in the first month.")
    page.locator("input[type=radio][value=end-of-cycle]").first.check()
    page.get_by_role("main").get_by_role("button", name=re.compile("Publish|Give|Send")).last.click()

    made.refresh_from_db()
    assert made.values["reports"][0]["lessons"] == {"en": "Start the tender in the first month."}
    expect(page.get_by_role("main")).to_contain_text("Start the tender in the first month.")


def test_a_duplicate_is_merged_and_its_address_leads_on(enter):
    keep, double = make.record("organisation"), make.record("organisation")
    page = enter(make.secretariat())

    page.goto(f"/records/{double.identifier}/merge?into={keep.identifier}")
    page.get_by_role("main").get_by_role("button", name=re.compile("^Merge")).last.click()
    page.context.clear_cookies()
    page.goto(f"/records/{double.identifier}")

    expect(page).to_have_url(re.compile(f"/records/{keep.identifier}$"))


def test_a_second_writer_sees_both_texts(enter):
    body = make.body()
    one, two = make.editor(body), make.editor(body)
    made = make.draft("resource", by=one, owner=body)
    page = enter(two)
    page.goto(f"/records/{made.identifier}/edit")
    verbs.save(made, by=one, raw={**made.draft.values, "publisher": "Orange"}, revision=made.draft.revision)

    page.locator("#publisher").fill("Violet")
    press(page, "Save draft")

    expect(page.get_by_role("main")).to_contain_text("Orange")
    expect(page.get_by_role("main")).to_contain_text("Violet")


def test_a_confirmation_of_all_records_of_a_body(enter):
    body = make.body()
    for _number in range(3):
        made = make.record("organisation", owner=body)
        Record.objects.filter(pk=made.pk).update(due_on="2020-01-01", freshness="not-confirmed")
    page = enter(make.editor(body))

    page.goto(f"/bodies/{body.code}/confirm")
    for box in page.get_by_role("main").get_by_role("checkbox").all():
        box.check()
    page.get_by_role("main").get_by_role("button", name=re.compile("^Confirm")).last.click()

    assert set(Record.objects.values_list("freshness", flat=True)) == {"fresh"}
