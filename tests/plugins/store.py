"""Which tests can ask the database at all: those are marked `store` and run on both databases, the others once.

pytest-django refuses the database to every test that does not name it by a mark or a fixture, and a program of ours
finds the PostgreSQL of the tests through a fixture alone: what has neither gives the same answer whichever it runs on.
"""

import pytest

DOORS = {"db", "transactional_db", "live_server", "django_db_setup", "databases"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Before marks are chosen from."""
    for item in items:
        if item.get_closest_marker("django_db") or DOORS & set(getattr(item, "fixturenames", ())):
            item.add_marker("store")
