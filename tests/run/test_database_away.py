"""The database goes away and comes back: /healthz tells, people get a plain page, and nobody restarts anything."""

import json
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from scripts import postgres
from tests.plugins.installation import Installation, surroundings
from tests.run.test_serve import get, until

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]


@pytest.fixture
def server():
    if postgres.binaries() is None:
        pytest.skip(postgres.MISSING)
    made = postgres.Server()
    made.start()
    yield made
    made.stop()
    made.remove()


def status_of(address):
    """The status of a page, and what it says."""
    try:
        with urlopen(address, timeout=60) as response:
            return response.status, response.read().decode()
    except HTTPError as error:
        with error:
            return error.code, error.read().decode()


def test_kapok_outlives_its_database(server, tmp_path):
    installation = Installation(tmp_path / "data", surroundings(tmp_path / "data", server.url))
    assert installation.command("setup").returncode == 0
    address = f"http://127.0.0.1:{installation.environment['PORT']}"
    with installation.start("serve") as process:
        try:
            until(lambda: json.loads(get(f"{address}/readyz"))["status"] == "ready")
            assert status_of(f"{address}/en/records/INI-000001")[0] == 404

            server.stop()
            away = status_of(f"{address}/en/records/INI-000001")
            health = json.loads(get(f"{address}/healthz"))
            ready = status_of(f"{address}/readyz")
            server.start()
            back = until(lambda: status_of(f"{address}/en/records/INI-000001")[0] == 404)
            # The web processes and the worker may each have met the loss; all must go on by themselves.
            until(lambda: json.loads(get(f"{address}/healthz"))["status"] == "ok")
        finally:
            process.terminate()
            process.communicate(timeout=60)

    assert away[0] == 503
    assert "Nothing that was saved is lost" in away[1]
    assert (health["status"], health["database"]) == ("degraded", "away")
    assert ready[0] == 503
    assert back
