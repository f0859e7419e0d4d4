"""The pages of answering in Chromium: accessible at 320 px in English and Arabic, light, done without a script."""

import pytest
from django.conf import settings
from django.test import Client

from kapok.surveys import verbs
from kapok.surveys.models import Response
from tests import make
from tests.journeys.test_every_page import faults
from tests.surveys import sample

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True), pytest.mark.timeout(600)]


def seat(page, address, who):
    """Sit down as this person."""
    client = Client()
    client.force_login(who)
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": str(address)}])
    return page


def test_the_pages_of_a_response_are_accessible_and_fit_the_smallest_screen(page, live_server):
    focal = make.focal_point("KEN")
    last = make.response(by=focal)
    law = last.parts.get(section__key="law")
    verbs.save(law, by=focal, values={"1": {"options": ["yes"]}, "3": {"text": {"en": "Words"}}}, revision=1)
    verbs.submit(last, by=focal)
    response = make.response(by=focal, questionnaire=sample.small(code="next", previous="small"))
    verbs.prefill(response, by=focal)
    seat(page, live_server, focal).set_viewport_size({"width": 320, "height": 640})
    one = f"/responses/{response.pk}"

    found = [
        fault
        for address in (one, f"{one}/sections/law", f"{one}/people", f"{one}/offline", f"{one}/check", "/reports/next")
        for tag in ("en", "ar")
        for fault in faults(page, address, tag)
    ]

    assert found == []


def test_a_response_is_answered_and_submitted_without_a_script(plain_page, live_server):
    focal = make.focal_point("KEN")
    sample.small()
    page = seat(plain_page, live_server, focal)
    page.goto("/en/reports/small")
    page.get_by_role("button", name="Start the response of Kenya").click()
    page.get_by_role("link", name="Law").click()
    page.get_by_label("yes").check()
    page.get_by_label("law", exact=True).check()
    page.get_by_role("button", name="Save and go on").click()
    page.get_by_label("Question 4").fill("12")
    page.get_by_role("button", name="Save and close").click()
    page.get_by_role("link", name="Check and submit").first.click()
    page.get_by_label("Submit the response although questions are not answered").check()
    page.get_by_role("button", name="Submit the response").click()

    assert Response.objects.get().number == 1
