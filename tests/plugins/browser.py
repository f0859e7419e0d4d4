"""A browser for journeys: Chromium as the system installed it, driven by Playwright."""

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, sync_playwright

PATHS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# No background traffic: the tests talk to this machine only.
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def chromium() -> str | None:
    """Where Chromium is; KAPOK_CHROMIUM names another one."""
    return os.environ.get("KAPOK_CHROMIUM") or next(filter(None, map(shutil.which, PATHS)), None)


def sit_down(page: Page, who: Any, address: object) -> Page:
    """A person takes the seat at this page; whoever was signed in there is gone."""
    client = Client()
    client.force_login(who)
    name = settings.SESSION_COOKIE_NAME
    page.context.clear_cookies()
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": str(address)}])
    return page


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for the tests of a file.

    Not for the whole session: while Playwright runs, other code of this thread cannot use asyncio, allauth's for one.
    """
    path = chromium()
    if not path:
        pytest.skip("There is no Chromium on this machine (Debian: apt install chromium).")
    # Playwright's loop lives in this thread, which makes Django think every query comes from async code.
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser, live_server: object) -> Iterator[Page]:
    """A fresh page whose addresses begin at the running test server: `page.goto("/search")`."""
    context = browser.new_context(base_url=str(live_server), viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


@pytest.fixture
def plain_page(browser: Browser, live_server: object) -> Iterator[Page]:
    """The same without JavaScript, on a phone."""
    context = browser.new_context(
        base_url=str(live_server), viewport={"width": 360, "height": 740}, java_script_enabled=False
    )
    yield context.new_page()
    context.close()
