"""Maps show every State, each where it can be seen and opened, whatever its size."""

import gzip
import json
import math
import re

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.utils import translation
from lxml import etree

from kapok import vocab
from kapok.charts import Point, tiles, world
from kapok.charts.boundaries import boundaries
from kapok.charts.scales import scale_of

MAPS = [world, tiles]


def points(value=lambda at: at % 7):
    return [
        Point(one.id, one.label, value(at), f"/countries/{one.id}")
        for at, one in enumerate(vocab.countries())
        if one.id != "EUR"
    ]


def members():
    return {term.id for term in vocab.vocabulary("country").terms if term.facts.get("un_member") == "yes"}


@pytest.mark.parametrize("draw", MAPS)
def test_every_member_of_the_united_nations_can_be_opened(draw):
    found = re.findall(r'href="/countries/(\w+)"><title>([^<]+)</title>', draw("Title", points()).svg())

    assert len(members()) == 193
    assert members() - {code for code, _ in found} == set()
    assert len({code for code, _ in found}) == len(found) == len(points())
    assert ("KEN", f"Kenya: {next(one.value for one in points() if one.key == 'KEN')}") in found


@pytest.mark.parametrize("draw", MAPS)
@pytest.mark.parametrize("tag", ["en", "ar", "ru"])
def test_a_map_is_light_and_stands_beside_its_table_and_disclaimer(draw, tag):
    with translation.override(tag):
        drawing = draw("Title", points(lambda at: at * 3))

        assert len(gzip.compress(drawing.svg().encode())) < 20_000
        assert len(drawing.rows()) == len(points()) + 1
        assert drawing.note
        assert (tag == "en") == drawing.note.isascii()
        assert drawing.summary


def test_no_two_circles_cover_each_other_and_none_leaves_the_sheet():
    held = boundaries()
    spots = list(held.circles.values())
    gaps = [math.dist(a, b) for at, a in enumerate(spots) for b in spots[at + 1 :]]

    assert min(gaps) > 9
    assert all(5 < x < held.width - 5 and 5 < y < held.height - 5 for x, y in spots)


def test_each_tile_is_alone_in_its_place():
    held = boundaries()

    assert len(set(held.tiles.values())) == len(held.tiles) == 197
    west, east = held.tiles["USA"], held.tiles["JPN"]
    north, south = held.tiles["NOR"], held.tiles["ZAF"]
    assert west[0] < east[0]
    assert north[1] < south[1]


def test_no_outline_crosses_the_whole_sheet():
    for code, path in boundaries().shapes.items():
        for ring in path.split("z")[:-1]:
            steps = [int(one) for one in re.findall(r"-?\d+", ring.split("l")[1])]
            assert max(abs(one) for one in steps) < 200, code


def test_no_figure_is_hatched_and_zero_is_not():
    svg = world("Title", [Point("KEN", "Kenya", None), Point("PER", "Peru", 0), Point("FJI", "Fiji", 9)]).svg()

    assert re.search(r'<g><title>Kenya: no figure</title><path class="coast" fill="url\(#\w+-none\)"', svg)
    assert '<g><title>Peru: 0</title><path class="coast t0"' in svg
    assert '<g><title>Fiji: 9</title><circle class="coast t4"' in svg


@pytest.mark.parametrize("draw", MAPS)
def test_a_map_that_leaves_the_page_is_whole(draw):
    root = etree.fromstring(draw("Title <b>", points()).standalone())

    assert root.findtext("{*}title") == "Title <b>"
    assert root.get("viewBox").startswith("0 0 1000 ")


@pytest.mark.parametrize(
    ("values", "tops"),
    [
        ([], (1,)),
        ([0, None], (1,)),
        ([5], (5,)),
        ([1, 2, 3, 4], (1, 2, 3, 4)),
        ([1, 1, 1, 1, 1, 1, 1, 90], (1, 90)),
        (range(1, 101), (25, 50, 75, 100)),
    ],
)
def test_tones_divide_the_figures(values, tops):
    scale = scale_of(values)

    assert scale.tops == tops
    assert scale.tone(0) == 0
    assert scale.tone(None) is None
    for value in values:
        if value:
            assert scale.tone(value) in range(1, len(tops) + 1)


def test_another_file_of_boundaries_can_be_given(settings, tmp_path):
    file = tmp_path / "own.json"
    file.write_text(
        json.dumps(
            {
                "width": 1000, "height": 400, "land": "", "shapes": {"KEN": "M1 1l5 0 0 5z"}, "circles": {},
                "grid": [1, 1], "tiles": {"KEN": [0, 0]}, "source": "own",
            }
        )
    )  # fmt: skip
    settings.KAPOK_BOUNDARIES = str(file)

    assert "M1 1l5 0 0 5z" in world("Title", [Point("KEN", "Kenya", 1)]).svg()


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"width": 1, "height": 1, "land": "<script>"}'])
def test_a_wrong_file_of_boundaries_stops_with_its_name(settings, tmp_path, content):
    file = tmp_path / "wrong.json"
    file.write_text(content)
    settings.KAPOK_BOUNDARIES = str(file)

    with pytest.raises(ImproperlyConfigured, match=r"wrong\.json is no file of boundaries"):
        world("Title", points())
