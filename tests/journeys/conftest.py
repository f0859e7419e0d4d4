"""Sitting down as somebody, at the telephone without JavaScript."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page


@pytest.fixture
def enter(plain_page: Page, live_server: object) -> Callable[[object], Page]:
    """Sit down as somebody at the same telephone."""

    def sit(person: object) -> Page:
        client = Client()
        client.force_login(person)
        name = settings.SESSION_COOKIE_NAME
        plain_page.context.clear_cookies()
        plain_page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": str(live_server)}])
        return plain_page

    return sit
