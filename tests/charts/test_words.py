"""What a chart says in words, in the reader's language, and that hostile words stay words."""

import pytest
from django.utils import translation
from lxml import etree

from kapok.charts import Point, Series, bars, heat, lines
from kapok.charts.standalone import STYLE
from tests.house.places import SOURCE

HOSTILE = [
    start + middle + end
    for start in ("", '"', "'", "]]>", "-->", "</text>", "</svg>", "\u202e", "&#60;", "{{7*7}}")
    for middle in ("<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "javascript:alert(1)", "#set page()")
    for end in ("", "<!--", "<![CDATA[", "${x}", "\x00")
]


def one(*figures, names=("Kenya", "Peru", "Viet Nam", "Fiji", "Togo")):
    return [Series("n", "Initiatives", [Point(name, name, value) for name, value in zip(names, figures, strict=False)])]


@pytest.mark.parametrize(
    ("figures", "said"),
    [
        ((1234, 5, 7), "Highest: Kenya (1,234). Lowest: Peru (5)."),
        ((9, 9, 1), "Highest: Kenya and Peru (9). Lowest: Viet Nam (1)."),
        ((9, 9, 9, 9, 1), "Highest: Kenya, Peru and 2 others (9). Lowest: Togo (1)."),
        ((3, 3), "All stand at 3."),
        ((3, 1, None), "Highest: Kenya (3). Lowest: Peru (1). 1 has no figure."),
        ((3,), "Kenya: 3."),
        ((None, None), "There is no figure yet."),
        ((), "There is no figure yet."),
    ],
)
def test_bars_say_their_highest_and_lowest(figures, said):
    assert bars("Title", one(*figures)).summary == said


def test_lines_say_where_they_go():
    assert lines("Title", one(40, 12, 8)).summary == (
        "Between Kenya and Viet Nam it falls from 40 to 8. Highest: Kenya (40). Lowest: Viet Nam (8)."
    )
    assert lines("Title", one(1, 2)).summary.startswith("Between Kenya and Peru it rises from 1 to 2.")
    assert lines("Title", one(1, 2, 1)).summary.startswith("It stands at 1 both in Kenya and in Viet Nam.")


def test_a_grid_counts_its_states():
    cells = [Point("a", "A", 1, state="gap"), Point("b", "B", 2, state="gap"), Point("c", "C", 3, state="covered")]
    drawing = heat("Title", [Series("k", "Kenya", cells)], states={"gap": "Gap", "covered": "Covered"})

    assert drawing.summary.endswith("Gap: 2. Covered: 1.")


@pytest.mark.parametrize("tag", ["ar", "es", "fr", "ru", "zh-hans"])
def test_the_summary_is_in_the_language_of_the_page(tag):
    with translation.override(tag):
        said = bars("Title", one(3, 1, None)).summary

    assert "Highest" not in said
    assert "Kenya" in said
    assert "no figure" not in said


def test_given_words_are_kept():
    assert bars("Title", one(3, 1), summary="Kenya leads.").summary == "Kenya leads."


@pytest.mark.parametrize("draw", [bars, lines, heat])
def test_hostile_words_stay_words(draw):
    assert len(HOSTILE) == 200
    points = [Point(str(at), words, at, f"/search?q={at}") for at, words in enumerate(HOSTILE)]
    drawing = draw(HOSTILE[0], [Series("n", HOSTILE[6], points)], summary=HOSTILE[11])

    page = etree.fromstring(f'<div xmlns="http://www.w3.org/1999/xhtml">{drawing.svg()}</div>')
    file = etree.fromstring(drawing.standalone())
    known = {"div", "svg", "defs", "pattern", "g", "rect", "path", "circle", "line", "use"}
    known |= {"text", "a", "title", "desc", "style"}
    for root in (page, file):
        for element in root.iter():
            assert etree.QName(element).localname in known
            assert not [name for name in element.attrib if name.startswith("on") or name == "style"]


def test_each_class_has_its_look_on_pages_and_in_files():
    points = [Point(str(at), str(at), at, "/x", state) for at, state in enumerate(("gap", "covered", "stale", ""))]
    series = [Series(str(at), str(at), points) for at in range(7)]
    sheet = (SOURCE / "site" / "static" / "kapok" / "kapok.css").read_text()

    for drawing in (bars("T", series), lines("T", series), heat("T", series, states={"gap": "Gap"})):
        used = {
            name for each in etree.fromstring(drawing.standalone()).iter() for name in (each.get("class") or "").split()
        }
        unstyled = {name for name in used if f".{name}" not in sheet or f".{name}" not in STYLE}
        assert unstyled <= {"d1"}


def test_a_picture_of_dots_can_be_made():
    with translation.override("ar"):
        png = bars("العنوان", one(3, 1)).png()

    assert png.startswith(b"\x89PNG")
    assert len(png) < 60_000
