"""An installation of an earlier point, with rows in every table, becomes one of today and loses nothing."""

import json

import pytest

from tests.run import earlier

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]
START = "import django; django.setup(); from tests.run import earlier; "
READ = (
    START
    + """
import sys
from django.test import Client
from kapok.people.models import Person
earlier.compare(sys.argv[1])
client = Client(HTTP_HOST="localhost")
for signed_in in (False, True):
    if signed_in:
        client.force_login(Person.objects.get(email="person1@example.org"))
    for number in (1, 2, 3):
        page = client.get(f"/en/records/ORG-{number:06}")
        assert page.status_code == 200 and f"Institute {number}" in page.content.decode(), page.status_code
    for address in ("/en/", "/en/search?q=institute", "/en/countries/KEN", "/en/records/ORG-000001/history"):
        assert client.get(address).status_code == 200, address
    assert client.get("/api/v1/records/ORG-000003").json()["values"]["name"]["ar"] == "معهد"
assert "ORG-000002" in client.get("/en/search?q=institute").content.decode()
"""
)


def run(installation, script, *words):
    """Run a script of ours against an installation, and have it end well."""
    installation.environment.setdefault("DJANGO_SETTINGS_MODULE", "kapok.site.settings")
    running = installation.python(script, *words)
    assert running.wait(timeout=300) == 0


@pytest.mark.parametrize("point", earlier.points())
def test_an_earlier_installation_becomes_one_of_today_with_all_its_rows(fresh, tmp_path, point):
    fresh.data.mkdir()
    kept = tmp_path / "then.json"
    run(fresh, START + "import sys; earlier.fill(*sys.argv[1:])", point, str(kept))

    upgraded = fresh.command("setup")
    again = fresh.command("reindex")

    assert upgraded.returncode == 0, upgraded.stderr
    assert again.returncode == 0, again.stderr
    run(fresh, READ, str(kept))
    proved = fresh.command("verify", "--repair")
    assert proved.returncode == 0, proved.stdout
    assert "trail: all right" in proved.stdout
    assert sum(map(len, json.loads(kept.read_text()).values())) > 60
