"""Registering something, from the first question to the merged double: on a telephone, without JavaScript."""

import re

import pytest
from playwright.sync_api import Page, expect

from kapok.records import verbs
from kapok.records.models import Record, Stage
from tests import make
from tests.plugins.browser import sit_down

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def press(page: Page, name: str) -> None:
    """Press the last visible button of this name: forms keep a hidden first one for the Enter key."""
    page.get_by_role("button", name=name, exact=True).last.click()


def test_a_body_is_found_by_its_acronym_and_chosen(plain_page, live_server, index):
    body = make.body(names={"en": "Institute for Seeds"})
    make.record("organisation", owner=body, name={"en": "Institute for Seeds"}, acronym="IFS")
    known = Record.objects.get()
    other = make.body(code=known.identifier, names={"en": "Institute for Seeds"})
    index()
    page = sit_down(plain_page, make.person(), live_server)

    page.goto("/en/records/new/resource")
    page.get_by_label("For which body?").fill("IFS")
    page.get_by_label("English").fill("A manual of sampling")
    press(page, "Begin the draft")
    expect(page.get_by_role("alert")).to_contain_text("Choose one from the list.")
    expect(page.get_by_label("Institute for Seeds")).to_be_checked()
    press(page, "Begin the draft")

    assert Record.objects.get(format="resource").owner == other


def test_a_body_that_nobody_knows_is_told_with_what_would_help(plain_page, live_server, index):
    page = sit_down(plain_page, make.person(), live_server)

    page.goto("/en/records/new/resource")
    page.get_by_label("For which body?").fill("Nobody at all")
    page.get_by_label("English").fill("A manual of sampling")
    press(page, "Begin the draft")

    expect(page.get_by_role("alert")).to_contain_text("register the organisation first")
    assert not Record.objects.exists()


def test_finding_a_partner_is_no_error(plain_page, live_server, index):
    lead = make.record("organisation", name={"en": "Institute for Seeds"})
    author = make.person()
    made = make.draft("initiative", by=author, owner=make.body())
    index()
    page = sit_down(plain_page, author, live_server)

    page.goto(f"/en/records/{made.identifier}/edit")
    page.locator("#organisations-0-organisation").fill("Institute for Seeds")
    page.locator("button[name=_find][value=organisations-0-organisation]").click()

    expect(page).to_have_title(re.compile("^Edit"))
    expect(page).to_have_url(re.compile("#organisations-0-organisation-found$"))
    page.get_by_role("button", name=re.compile(f"Institute for Seeds.*{lead.identifier}")).click()
    made.refresh_from_db()
    assert made.draft.values["organisations"][0]["organisation"] == lead.identifier


def test_a_first_version_is_reviewed_as_a_page_and_a_second_by_what_changes(plain_page, live_server):
    author, officer = make.person(), make.secretariat()
    made = verbs.submit(make.draft("resource", by=author, owner=make.body()), by=author)
    page = sit_down(plain_page, officer, live_server)

    page.goto(f"/en/records/{made.identifier}/review")
    expect(page.locator(".sheet")).to_be_visible()
    expect(page.locator(".compare")).to_have_count(0)
    press(page, "Publish")
    made.refresh_from_db()
    revised = verbs.revise(made, by=officer)
    verbs.save(revised, by=officer, raw={**made.values, "publisher": "Violet"}, revision=revised.draft.revision)
    page.goto(f"/en/records/{made.identifier}/review")

    expect(page.locator(".compare")).to_contain_text("Violet")
    expect(page.locator(".sheet")).to_have_count(0)


def test_a_part_that_was_added_and_left_open_is_not_shown(plain_page, live_server):
    author = make.person()
    results = [{"title": {"en": "Samples are tested"}, "indicators": [{"title": {"en": "Samples"}, "periods": [{}]}]}]
    made = make.draft("initiative", by=author, owner=make.body(), results=results)
    page = sit_down(plain_page, author, live_server)

    page.goto(f"/en/records/{made.identifier}/draft")

    expect(page.get_by_role("main")).to_contain_text("Samples are tested")
    expect(page.get_by_role("main")).not_to_contain_text("Periods")


def test_the_report_that_is_missing_stands_chosen(plain_page, live_server):
    made = make.record("initiative", starts="2020", ends="2021")
    page = sit_down(plain_page, make.editor(made.owner), live_server)

    page.goto(f"/en/records/{made.identifier}/report")

    expect(page.locator("input[type=radio][value=end-of-cycle]")).to_be_checked()


def test_a_double_is_offered_merged_undone_and_merged_again(plain_page, live_server, index):
    title = {"en": "Seed inspectors trained at four borders"}
    keep, double = (make.record("initiative", title=title) for _number in range(2))
    index()
    page = sit_down(plain_page, make.secretariat(), live_server)

    page.goto(f"/en/records/{double.identifier}/merge")
    page.get_by_role("main").get_by_role("link", name=title["en"]).click()
    press(page, f"Merge {double.identifier} into {keep.identifier}")
    page.goto(f"/en/records/{double.identifier}/history")
    press(page, "Undo the merge")
    double.refresh_from_db()
    assert double.stage == Stage.PUBLISHED
    page.goto(f"/en/records/{double.identifier}/merge?into={keep.identifier}")
    press(page, f"Merge {double.identifier} into {keep.identifier}")
    page.context.clear_cookies()
    page.goto(f"/en/records/{double.identifier}")

    expect(page).to_have_url(re.compile(f"/records/{keep.identifier}$"))


def test_an_editor_submits_a_need_to_the_focal_point_who_publishes_it(plain_page, live_server):
    kenya = make.government("KEN")
    author, focal_point = make.editor(kenya), make.focal_point(kenya)
    made = make.draft("need", by=author, owner=kenya)

    page = sit_down(plain_page, author, live_server)
    page.goto(f"/en/records/{made.identifier}/draft")
    expect(page.get_by_role("button", name="Publish")).to_have_count(0)
    press(page, "Submit for review")
    page = sit_down(plain_page, focal_point, live_server)
    page.goto("/en/desk")
    page.get_by_role("link", name=re.compile("^Review it")).click()
    press(page, "Publish")

    made.refresh_from_db()
    assert made.stage == Stage.PUBLISHED


def test_nothing_stands_ticked_when_many_records_are_confirmed(plain_page, live_server):
    body = make.body()
    made = make.record("organisation", owner=body)
    Record.objects.filter(pk=made.pk).update(due_on="2020-01-01", freshness="not-confirmed")
    page = sit_down(plain_page, make.editor(body), live_server)

    page.goto(f"/en/bodies/{body.code}/confirm")
    press(page, "Confirm those that are ticked")
    expect(page.get_by_role("main").locator("xpath=..")).to_contain_text("tick at least one record")
    made.refresh_from_db()
    assert made.freshness == "not-confirmed"
    page.get_by_role("main").get_by_role("checkbox").check()
    press(page, "Confirm those that are ticked")

    made.refresh_from_db()
    assert made.freshness == "fresh"
