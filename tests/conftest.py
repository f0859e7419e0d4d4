"""The ground of every test: its own data folder, the database asked for, and no silent skips.

`KAPOK_TEST_DB=postgres` with `DATABASE_URL` runs the same tests on PostgreSQL (`make test` does both);
`KAPOK_TEST_SERVERS` names one server for each process of pytest-xdist instead.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

DATA = Path(tempfile.mkdtemp(prefix="kapok-test-"))
atexit.register(shutil.rmtree, DATA, ignore_errors=True)
os.environ |= {"KAPOK_TESTING": "1", "DATA": str(DATA)}
SETTINGS = os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kapok.site.settings")
for name in ("KAPOK_DEMO", "KAPOK_ADDRESS", "KAPOK_HOSTS", "KAPOK_DEBUG", "PORT", "HOST"):
    os.environ.pop(name, None)
if os.environ.setdefault("KAPOK_TEST_DB", "sqlite") == "sqlite":
    os.environ.pop("DATABASE_URL", None)
elif servers := os.environ.get("KAPOK_TEST_SERVERS", "").split():
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    os.environ["DATABASE_URL"] = servers[worker % len(servers)]

from django.conf import settings  # noqa: E402
from django.db import connections  # noqa: E402

from kapok.site.command.prepare import compile_messages  # noqa: E402

# Reading the settings here lets pytest-django start Django before any test is collected.
own = connections.settings["default"]
if os.environ["KAPOK_TEST_DB"] == "sqlite":
    # A file, as in real life: an in-memory database locks differently and cannot be shared by processes.
    own["TEST"]["NAME"] = DATA / "test.sqlite3"

# A page that asks the database once for each line of a list fails its test.
settings.INSTALLED_APPS.append("zeal")
settings.ZEAL_NPLUSONE_THRESHOLD = 3
# allauth reads the one address of the one person several times while they sign in.
settings.ZEAL_ALLOWLIST = [{"model": f"{room}.*"} for room in ("account", "mfa", "usersessions")]
settings.MIDDLEWARE.insert(1, "zeal.middleware.zeal_middleware")

# Pages speak as the catalogues say now: compiled here, before the processes of xdist start and read them.
compile_messages(settings.LOCALE_PATHS[0])

# Were it left here, the processes of xdist would inherit it and start Django before they read this file,
# all in our data folder. It is put back once they run.
del os.environ["DJANGO_SETTINGS_MODULE"]

pytest_plugins = [
    "tests.plugins.honest",
    "tests.plugins.order",
    "tests.plugins.store",
    "tests.plugins.browser",
    "tests.plugins.installation",
    "tests.plugins.people",
    "tests.plugins.index",
    "tests.plugins.limits",
]


def pytest_collection() -> None:
    """By now the other processes run."""
    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
