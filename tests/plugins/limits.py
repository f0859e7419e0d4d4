"""Limits begin anew with each test."""

import pytest

DATABASE = {"db", "transactional_db", "live_server"}


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_call(item: pytest.Item) -> None:
    """Forget what was counted before, once the test has its database.

    Limits are counted in a table that no model owns; a test that commits leaves its counts there.
    """
    if item.get_closest_marker("django_db") or DATABASE & set(getattr(item, "fixturenames", ())):
        # Models can be read only once Django has started, which is after plugins are loaded.
        from django.core.cache import cache

        cache.clear()
