"""The limits of signing in live in the shared cache: each test begins with an empty one."""

import pytest
from django.core.cache import cache
from django.core.management import call_command


@pytest.fixture(autouse=True)
def fresh_limits(db):
    call_command("createcachetable", verbosity=0)
    cache.clear()
