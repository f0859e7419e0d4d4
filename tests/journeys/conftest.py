"""Sitting down as somebody, at the telephone without JavaScript."""

from collections.abc import Callable
from functools import partial

import pytest
from playwright.sync_api import Page

from tests.plugins.browser import sit_down


@pytest.fixture
def enter(plain_page: Page, live_server: object) -> Callable[[object], Page]:
    """Sit down as somebody at the same telephone."""
    return partial(sit_down, plain_page, address=live_server)
