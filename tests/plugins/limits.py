"""Limits begin anew with each test."""

import pytest

DATABASE = {"db", "transactional_db", "live_server"}


@pytest.fixture(autouse=True)
def nothing_counted(request: pytest.FixtureRequest) -> None:
    """Forget what was counted before, once the test has its database.

    Limits are counted in a table that no model owns; a test that commits leaves its counts there.
    """
    if request.node.get_closest_marker("django_db") or DATABASE & set(request.fixturenames):
        # Models can be read only once Django has started, which is after plugins are loaded.
        from django.core.cache import cache

        request.getfixturevalue("db")
        cache.clear()
