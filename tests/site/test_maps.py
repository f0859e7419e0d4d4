"""The map of countries: the figures of the table, each State a link, files to take along."""

import csv
import io
import re

import pytest
from lxml import etree

from kapok.search import index
from tests.site.pages import page, within
from tests.site.world import world

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def records():
    index.forget()
    world()
    yield
    index.forget()


def figures(tree):
    """Each State of the picture with its figure and what it opens."""
    found = {}
    for link in within(tree, "//*[.canvas]//a"):
        name, _, figure = link.findtext("title").rpartition(": ")
        found[name] = (int(figure), link.get("href"))
    return found


@pytest.mark.parametrize("kind", ["", "&as=tiles"])
@pytest.mark.parametrize("show", ["needs", "now", "initiatives", "open", "experts", "resources"])
def test_the_map_has_the_figures_of_the_table(client, show, kind):
    shown = figures(page(client, f"/en/countries/map?show={show}{kind}"))
    table = page(client, "/en/countries")
    head = [one.text_content() for one in within(table, "//thead/th | //thead/tr/th")]
    at = ["needs", "now", "initiatives", "open", "experts", "resources"].index(show) + 1

    rows = {row[0].text_content(): int(row[at].text_content()) for row in within(table, "//tbody/tr")}
    rows.pop("European Union")
    assert len(head) == 7
    assert {name: figure for name, (figure, _) in shown.items()} == rows
    assert shown["Kenya"][1] == "/en/countries/KEN"
    assert any(rows.values())


def test_an_unknown_question_shows_the_initiatives(client):
    tree = page(client, "/fr/countries/map?show=nonsense&as=globe")

    assert within(tree, "//*[.picks]//a[@aria-current]")[0].get("href") == "/fr/countries/map?show=initiatives"


def test_the_map_stands_beside_its_disclaimer_in_arabic(client):
    tree = page(client, "/ar/countries/map")

    assert "المركز القانوني" in within(tree, "//*[.disclaimer]")[0].text_content()


@pytest.mark.parametrize("ending", ["svg", "png", "csv"])
def test_the_map_can_be_taken_along(client, ending):
    response = client.get(f"/en/countries/map.{ending}?show=needs")

    assert response.status_code == 200
    assert response["Content-Disposition"] == f'attachment; filename="kapok-countries-needs.{ending}"'
    assert response["Content-Security-Policy"].startswith("default-src 'none'")
    if ending == "svg":
        assert etree.fromstring(response.content).findtext("{*}title") == "Open needs by country"
    elif ending == "csv":
        rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
        assert rows[0] == ["Country", "Figure"]
        assert ["Kenya", "3"] in rows
        assert len(rows) == 198
    else:
        assert response.content.startswith(b"\x89PNG")


def test_another_ending_is_nothing(client):
    assert client.get("/en/countries/map.exe").status_code == 404


def test_the_picture_runs_nothing(client):
    html = client.get("/en/countries/map").content.decode()
    picture = re.search(r"<svg [^>]*class=\"plot\".*?</svg>", html, re.DOTALL).group()

    assert not re.search(r"<script| style=|\son\w+=|javascript:", picture)
