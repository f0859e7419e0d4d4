"""Each kind of page in Chromium: accessible (two engines say so), light, at home at 320 px and in Arabic, titled."""

import gzip
import os
import re
from itertools import islice
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Page, Response

from kapok.core.languages import LANGUAGES, direction
from kapok.core.rules import SYSTEM
from kapok.exchange.models import Fetch, Harvest, Source
from kapok.exchange.models.harvests import Result, Standing
from kapok.insight.overlaps import keeping as overlaps
from kapok.people.models import Person
from kapok.records import verbs
from kapok.search import index
from kapok.surveys import verbs as surveys
from kapok.surveys.queries import questionnaire
from kapok.surveys.questionnaires import loading as questionnaires
from tests import make
from tests.axe import violations
from tests.exchange.bringing import read
from tests.exchange.test_importing import TABLE
from tests.journeys import sniffer

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True), pytest.mark.timeout(600)]
# DESIGN section 5: the first view of any page, all files counted, over the wire.
HEAVIEST = 60_000
MOST_FILES, LIGHT = 12, 20_000
# What two engines and a ruler look at; in the other languages the ruler alone, unless all are asked for.
TAGS = tuple(LANGUAGES) if os.environ.get("KAPOK_EVERY_LANGUAGE") else ("en", "ar")
TEXT_FIRST = (
    "/",
    "/search?q=risk",
    "/registers",
    "/organisations/{organisation}",
    "/countries/KEN",
    "/records/{initiative}",
    "/records/{need}",
    "/help",
    "/account/login/",
)
PUBLIC = (
    "/",
    "/search?q=risk",
    "/search?type=need&country=KEN",
    "/search?q=nothinglikethisanywhere",
    "/registers",
    "/countries",
    "/countries/map",
    "/countries/map?as=tiles",
    "/countries/KEN",
    "/organisations",
    "/organisations/{organisation}",
    "/records/{initiative}",
    "/records/{need}",
    "/records/{withdrawn}",
    "/records/{initiative}/history",
    "/records/{initiative}/origins",
    "/records/XXX-000001",
    "/vocabularies",
    "/vocabularies/theme",
    "/rules",
    "/sources",
    "/sources/{source}",
    "/overlaps",
    "/overlaps?country=KEN",
    "/overlaps/{initiative}/with/{alike}",
    "/help/overlaps",
    "/gaps",
    "/gaps?rows=region&order=gap&all=yes",
    "/gaps?as=map",
    "/gaps?as=tiles",
    "/gaps/row?row=KEN",
    "/gaps/rules",
    "/gaps/embed",
    "/help/gaps",
    "/money",
    "/money?by=country",
    "/money/rows?rows=country&row=KEN&money=grant",
    "/matches",
    "/matches?need={need}",
    "/needs/unanswered",
    "/needs/{need}/offers",
    "/help/matches",
    "/calendar",
    "/reports/nr2/analyse",
    "/reports/nr2/analyse?question=144&show=share",
    "/reports/nr2/parties?question=143&option=yes&group=africa",
    "/reports/nr2/published",
    "/reports/nr2/words",
    "/reports",
    "/reports/nr5",
    "/reports/nr5/questions/art-22",
    "/indicators",
    "/indicators/strategic-plan",
    "/help/reports",
    "/help",
    "/help/figures",
    "/help/importing",
    "/about",
    "/account/login/",
    "/account/signup/",
)
STAFF = (
    "/desk",
    "/records/new",
    "/records/new/initiative",
    "/sources/new",
    "/imports",
    "/imports/{import}",
    "/imports/{import}/columns",
    "/imports/{import}/rows/1",
    "/imports/{import}/undo",
    "/records/{draft}/edit",
    "/records/{draft}/edit?check=1",
    "/records/{draft}/draft",
    "/records/{submitted}/review",
    "/records/{organisation}/merge",
    "/records/{initiative}/withdraw",
    "/overlaps/{initiative}/with/{alike}",
    "/overlaps/{initiative}/joint",
    "/people/designations",
    "/reports/nr2/words",
    "/reports/nr2/words/activities",
    "/reports/snapshots/{snapshot}",
    "/reports/add",
    "/reports/nr5/answers",
    "/account",
    "/account/tokens",
)


@pytest.fixture
def places() -> dict[str, str]:
    """A record for each kind of page, and the index of them all."""
    kenya = make.government("KEN")
    author, officer = make.person(), make.secretariat()
    lead = make.record("organisation", owner=make.body())
    made = {
        "organisation": lead,
        "initiative": make.record("initiative", lead=lead.identifier, reports=[report()]),
        "alike": make.record("initiative", lead=lead.identifier),
        "need": make.record("need"),
        "withdrawn": verbs.withdraw(make.record("resource"), by=officer, reason="Superseded by a newer manual."),
        "draft": make.draft("initiative", by=author, owner=kenya),
        "submitted": verbs.submit(make.draft("resource", by=author, owner=make.body()), by=author),
    }
    overlaps.look_at_all()
    index.forget()
    index.drain()
    imported = read(TABLE, by=officer)
    source = Harvest.objects.create(source=Source.objects.latest("pk"), standing=Standing.ACTIVE)
    fetched = {"at": timezone.now(), "result": Result.HELD, "said": {"en": "7 of 10 records would vanish."}}
    Fetch.objects.create(harvest=source, imported=imported, **fetched)
    others = {"import": str(imported.pk), "source": str(source.pk), "snapshot": frozen_reports(officer)}
    return {name: record.identifier for name, record in made.items()} | others


def frozen_reports(officer: Person) -> str:
    """The second national reports with answers, and the short hash of their snapshot."""
    questionnaires.ensure()
    nr2 = questionnaire("nr2")
    surveys.reconstruct(nr2, by=SYSTEM)
    return surveys.freeze(nr2, by=officer, name="Second national reports").short


def report() -> dict[str, Any]:
    """A report of an initiative."""
    return {
        "kind": "progress",
        "accomplishments": {"en": "Two laboratories equipped."},
        "lessons": {"en": "Begin the tender early."},
    }


def staff(page: Page, address: object) -> Page:
    """Sit down as a member of the Secretariat."""
    client = Client()
    client.force_login(make.secretariat())
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": str(address)}])
    return page


def wide(page: Page) -> list[str]:
    """How far a page sticks out of the window."""
    by = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [f"scrolls sideways by {by} px"] if by > 0 else []


def faults(page: Page, address: str, tag: str) -> list[str]:
    """What is wrong with one page in one language."""
    page.goto(f"/{tag}{address}")
    found = violations(page) + sniffer.errors(page) + wide(page)
    root = page.locator("html")
    if (root.get_attribute("lang"), root.get_attribute("dir")) != (tag, direction(tag)):
        found.append("the page does not say its language and direction")
    if page.locator("h1").count() != 1:
        found.append(f"{page.locator('h1').count()} main headings")
    return [f"/{tag}{address} — {one}" for one in found]


def test_both_engines_see_faults(page):
    page.set_content("<img src=x><p style='color: #999; background: #fff'>Grey</p><label for=no>Name</label><input>")

    second = {one.split(":")[0].rpartition(".")[2] for one in sniffer.errors(page)}

    assert {one.split(":")[0] for one in violations(page)} >= {"image-alt", "label", "document-title", "color-contrast"}
    assert second >= {"H37", "F68", "NoTitleEl", "Fail"}


def test_public_pages_are_accessible_and_fit_the_smallest_screen(page, places):
    page.set_viewport_size({"width": 320, "height": 640})

    found = [fault for address in PUBLIC for tag in TAGS for fault in faults(page, address.format(**places), tag)]

    assert found == []


def test_no_page_sticks_out_of_the_smallest_screen_in_the_other_languages(page, places, live_server):
    found, others = [], [tag for tag in LANGUAGES if tag not in TAGS]
    for person in (False, True):
        (staff(page, live_server) if person else page).set_viewport_size({"width": 320, "height": 640})
        for address in STAFF if person else PUBLIC:
            for tag in others:
                page.goto(f"/{tag}{address.format(**places)}")
                found += [f"/{tag}{address} — {one}" for one in wide(page)]

    assert found == []


def test_the_front_page_and_a_record_are_accessible_in_all_six_languages(page, places):
    page.set_viewport_size({"width": 1280, "height": 900})
    addresses = ("/", "/search?q=risk", f"/records/{places['initiative']}")

    found = [fault for address in addresses for tag in LANGUAGES for fault in faults(page, address, tag)]

    assert found == []


def test_pages_of_the_secretariat_are_accessible_and_fit_the_smallest_screen(page, places, live_server):
    staff(page, live_server).set_viewport_size({"width": 320, "height": 640})

    found = [fault for address in STAFF for tag in TAGS for fault in faults(page, address.format(**places), tag)]

    assert found == []


def weight(answer: Response) -> int:
    """What a file weighs on the wire. The test server sends static files as they are; a real one, compressed."""
    body = answer.body()
    sent = (
        gzip.compress(body) if re.search("text|javascript|svg|json", answer.headers.get("content-type", "")) else body
    )
    return len(sent) + sum(len(name) + len(value) + 4 for name, value in answer.headers.items())


class View:
    """A page as it comes to somebody who was never here: what was sent for it, and what the browser complained of."""

    def __init__(self, browser: Browser, home: str, address: str) -> None:
        self.page = browser.new_context(base_url=home).new_page()
        self.answers: list[Response] = []
        self.complaints: list[str] = []
        self.page.on("response", lambda answer: self.answers.append(answer))
        self.page.on("console", lambda said: self.complaints.append(said.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.goto(address, wait_until="commit")

    def wait(self) -> "View":
        """Until nothing more is asked for."""
        self.page.wait_for_load_state("networkidle")
        return self


def test_first_views_are_light_and_from_one_host(browser, live_server, places):
    heavy, strangers, titles, complaints = {}, set(), {}, []
    addresses = iter((*PUBLIC, "/records/{initiative}/letter"))
    # Some are opened side by side, since one knows that a page asks for nothing more only after waiting in vain.
    while some := list(islice(addresses, 4)):
        views = [(address, View(browser, str(live_server), address.format(**places))) for address in some]
        for address, view in views:
            total, own = sum(map(weight, view.wait().answers)), weight(view.answers[0])
            # What comes again on the next page is kept by the browser; what remains is the page itself.
            if total > HEAVIEST or len(view.answers) > MOST_FILES or (address in TEXT_FIRST and own > LIGHT):
                heavy[address] = (total, len(view.answers), own)
            strangers |= {answer.url.split("/")[2] for answer in view.answers}
            titles.setdefault(view.page.title(), []).append(address)
            complaints += [(address, said) for said in view.complaints]
            view.page.context.close()

    assert heavy == {}
    # Nobody asks for what the content policy forbids, and no script fails. A page that is not there may say so.
    assert [said for said in complaints if not re.search(r"status of (404|410)\b", said[1])] == []
    assert strangers == {str(live_server).split("/")[2]}
    assert {title: shared for title, shared in titles.items() if len(shared) > 1} == {}
