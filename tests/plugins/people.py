"""Persons at their browsers: `as_("secretariat")` gives a client that is signed in."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client


@pytest.fixture
def as_(db: None) -> Callable[[Any], Client]:
    """A client for a person, for a role by its name (`make` knows them), or for a `visitor`."""
    # Models can be read only once Django has started, which is after plugins are loaded.
    from tests import make

    def enter(who: Any) -> Client:
        client = Client()
        if who != "visitor":
            made = {"member": "person"}.get(who, who) if isinstance(who, str) else None
            client.force_login(getattr(make, made)() if made else who)
        return client

    return enter
