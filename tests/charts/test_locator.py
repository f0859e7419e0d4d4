"""A country is shown among its neighbours, a small one as well."""

import gzip

import pytest
from lxml import html

from kapok.charts.boundaries import boundaries
from kapok.charts.locator import box_of, locator


@pytest.mark.parametrize("code", [*sorted(boundaries().shapes), *sorted(boundaries().circles)])
def test_every_country_lies_within_its_window(code):
    made = locator(code, "A <name>")
    svg = html.fragment_fromstring(made, create_parent="div").find("svg")
    x, y, wide, high = map(float, svg.get("viewbox").split())
    held = boundaries()
    if code in held.shapes:
        left, top, right, bottom = box_of(held.shapes[code])
    else:
        left, top = right, bottom = held.circles[code]

    assert svg.get("aria-label") == "A <name> on the map"
    assert x - 1 <= left
    assert right <= x + wide + 1
    assert y - 1 <= top
    assert bottom <= y + high + 1
    assert len(gzip.compress(made.encode())) < 11_000


def test_a_box_follows_the_steps_of_a_path():
    assert box_of("M10 20l5 0 0 5zm100-10l-3 0 0-4z") == (10, 6, 110, 25)


def test_what_is_on_no_map_has_no_window():
    assert locator("EUR", "European Union") == ""
