"""Charts say what their figures say: lengths add up, nothing leaves the picture, nothing is lost."""

import gzip
import re
from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from kapok.charts import Point, Series, bars, heat, lines
from kapok.charts.measure import ticks, width, wrapped

SVG = "{http://www.w3.org/2000/svg}"
FIGURES = st.lists(st.integers(0, 10**9) | st.none(), min_size=1, max_size=12)


def series(*columns, url="", state=""):
    """Series from lists of figures."""
    return [Series(str(at), f"Series {at}", points(figures, url, state)) for at, figures in enumerate(columns)]


def points(figures, url, state):
    return [Point(str(at), f"Label {at}", one, url and f"{url}{at}", state) for at, one in enumerate(figures)]


def shapes(drawing, name, kind):
    """The elements of the file that have a name and a class."""
    root = etree.fromstring(drawing.standalone(1000))
    return [one for one in root.iter(SVG + name) if kind in (one.get("class") or "").split()]


@given(FIGURES)
def test_bars_are_as_long_as_their_figures(figures):
    drawing = bars("Title", series(figures))
    found = [float(one.get("width")) for one in shapes(drawing, "rect", "c1")]
    expected = [value for value in figures if value]
    most = max([value or 0 for value in figures] + [0]) or 1

    assert found == pytest.approx([value / most * 1000 for value in expected], abs=0.02)


@given(st.lists(st.integers(0, 100), min_size=1, max_size=8))
def test_percentages_fill_their_share_of_the_row(figures):
    alone = bars("Title", series(figures), unit="%", top=100)
    beside = bars("Title", series(figures, figures), unit="%", top=100)
    shown = [value for value in figures if value]

    assert [float(one.get("width")) for one in shapes(alone, "rect", "c1")] == pytest.approx(
        [value * 10 for value in shown], abs=0.02
    )
    longest = [float(one.get("width")) for one in shapes(beside, "rect", "c1") if one.get("width") != "16"]
    assert longest == pytest.approx([value * 7.4 for value in shown], abs=0.02)


def test_a_figure_above_the_top_is_not_cut_off():
    most, half = shapes(bars("Title", series([200, 100]), top=100), "rect", "c1")

    assert (most.get("width"), half.get("width")) == ("1000", "500")


@given(st.lists(st.tuples(st.integers(0, 500), st.integers(0, 500)), min_size=1, max_size=8))
def test_stacked_bars_end_where_their_sum_ends(pairs):
    drawing = bars("Title", series([a for a, _ in pairs], [b for _, b in pairs]), stacked=True)
    ends = {}
    for one in (*shapes(drawing, "rect", "c1"), *shapes(drawing, "rect", "s2")):
        if float(one.get("width")) != 16 or one.get("y") not in {"2", "24"}:
            end = float(one.get("x")) + float(one.get("width"))
            ends[one.get("y")] = max(ends.get(one.get("y"), 0), end)
    sums = [a + b for a, b in pairs]

    assert sorted(ends.values()) == pytest.approx(sorted(s / max(sums) * 1000 for s in sums if s), abs=0.05)


@given(FIGURES, FIGURES)
@pytest.mark.parametrize("draw", [bars, lines])
def test_nothing_is_drawn_outside_the_picture(draw, one, other):
    root = etree.fromstring(draw("Title", series(one, other)).standalone(700))
    high = float(root.get("height"))

    for each in root.iter(SVG + "rect", SVG + "line", SVG + "text"):
        if each.getparent().tag == SVG + "pattern" or each.getparent().tag == SVG + "g":
            continue
        for name in ("x", "x1", "x2"):
            if (at := each.get(name)) is not None:
                assert -0.01 <= float(at) <= 700.01
        for name in ("y", "y1", "y2"):
            if (at := each.get(name)) is not None:
                assert -0.01 <= float(at) <= high + 0.01


def test_losses_lie_on_the_other_side_of_zero():
    drawing = bars("Change", series([50, -50]))
    gain, loss = shapes(drawing, "rect", "c1")

    assert (gain.get("x"), gain.get("width")) == ("500", "500")
    assert (loss.get("x"), loss.get("width")) == ("0", "500")


def test_a_missing_figure_leaves_a_hole_in_a_line():
    whole, holed = lines("Title", series([1, 2, 3, 4])), lines("Title", series([1, None, 3, 4]))

    assert len(shapes(whole, "line", "s1")) == 3
    assert len(shapes(holed, "line", "s1")) == 1


def test_in_arabic_bars_grow_from_the_right():
    with translation.override("ar"):
        drawing = bars("Title", series([100, 25]))
    first, second = shapes(drawing, "rect", "c1")

    assert (first.get("x"), second.get("x"), second.get("width")) == ("0", "750", "250")


def test_on_a_page_places_are_shares_and_words_keep_their_size():
    svg = bars("Title", series([4, 1])).svg()

    assert 'width="25%"' in svg
    assert "viewBox" not in svg
    assert re.search(r" style=|<script|<style|\son\w+=", svg) is None


def test_the_table_holds_every_figure():
    drawing = heat("Title", series([1, None], [Decimal("2.50"), 4]))

    assert drawing.rows() == [
        ["Name", "Label 0", "Label 1"],
        ["Series 0", "1", "–"],
        ["Series 1", "2.50", "4"],
    ]


def test_every_cell_of_a_grid_opens_what_it_counts():
    drawing = heat("Title", series([1, 2], [3, 4], url="/search?n="))

    assert re.findall(r'<a href="([^"]+)" aria-label="([^"]+)"', drawing.svg()) == [
        ("/search?n=0", "Series 0, Label 0: 1"),
        ("/search?n=1", "Series 0, Label 1: 2"),
        ("/search?n=0", "Series 1, Label 0: 3"),
        ("/search?n=1", "Series 1, Label 1: 4"),
    ]


@given(st.lists(st.integers(-(10**12), 10**12), min_size=1, max_size=6))
def test_an_axis_has_few_round_numbers_that_hold_all_figures(figures):
    steps = ticks(figures)

    assert 2 <= len(steps) <= 7
    assert steps[0] <= min(0, *figures, 0)
    assert steps[-1] >= max(0, *figures, 0)


@given(st.text(max_size=80), st.integers(40, 300))
def test_wrapping_loses_no_letter(text, most):
    lines_ = wrapped(text, most, 14)

    assert "".join("".join(lines_).split()) == "".join(text.split())
    assert all(width(line, 14) <= most for line in lines_ if len(line) > 1)


def test_a_chart_of_many_figures_stays_light():
    drawing = bars("Title", series(*[list(range(40))] * 5, url="/search?type=initiative&theme="))

    assert len(gzip.compress(drawing.svg().encode())) < 15_000
