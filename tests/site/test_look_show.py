"""Dates, numbers, money and texts in the reader's language."""

import datetime as dt

import pytest
from django.http import QueryDict
from django.template import engines
from django.utils import translation

from kapok.core import cldr
from kapok.core.languages import LANGUAGES, code_of
from kapok.site import show

DAY = {
    "ar": "3 نوفمبر 2026",
    "en": "3 November 2026",
    "es": "3 de noviembre de 2026",
    "fr": "3 novembre 2026",
    "ru": "3 ноября 2026\u202fг.",
    "zh": "2026年11月3日",
}
MONEY = {
    "ar": "USD\xa01,250,000",
    "en": "USD\xa01,250,000",
    "es": "USD\xa01.250.000",
    "fr": "USD\xa01\u202f250\u202f000",
    "ru": "USD\xa01\xa0250\xa0000",
    "zh": "USD\xa01,250,000",
}
PERCENT = {"ar": "12.3%", "en": "12.3%", "es": "12,3\xa0%", "fr": "12,3\xa0%", "ru": "12,3\xa0%", "zh": "12.3%"}


@pytest.mark.parametrize("tag", LANGUAGES)
def test_day_money_and_share_as_each_language_writes_them(tag: str) -> None:
    with translation.override(code_of(tag)):
        shown = (show.date(dt.date(2026, 11, 3)), show.money(1_250_000), show.percent(0.1234, 1))

    assert shown == (DAY[tag], MONEY[tag], PERCENT[tag])


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("2012", "2012"),
        ("2012-06", "June 2012"),
        ("2012-06-30", "30 June 2012"),
        ("2012-13", "2012-13"),
        ("soon", "soon"),
        ("", ""),
        (None, ""),
        (dt.datetime(2026, 11, 3, 23, 5, tzinfo=dt.UTC), "3 November 2026"),
    ],
)
def test_a_day_may_be_known_only_in_part(given: str | dt.date | None, shown: str) -> None:
    assert show.date(given) == shown


def test_a_number_is_written_in_another_language_where_one_is_named() -> None:
    assert [cldr.number(1_250, tag=tag) for tag in ("en", "es", "fr")] == ["1,250", "1.250", "1\u202f250"]
    assert cldr.number(1_250) == "1,250"


def test_a_moment_says_its_zone() -> None:
    assert show.moment(dt.datetime(2026, 11, 3, 14, 5, tzinfo=dt.UTC)) == "3 Nov 2026, 14:05 UTC"


def test_a_short_day_names_its_month_in_arabic_too_and_its_comma_is_arabic() -> None:
    with translation.override("ar"):
        assert show.date("2026-11-03", "medium") == "3 نوفمبر 2026"
        assert show.moment(dt.datetime(2026, 11, 3, 14, 5, tzinfo=dt.UTC)) == "3 نوفمبر 2026، 14:05 UTC"


@pytest.mark.parametrize(("amount", "shown"), [(None, ""), (0, "EUR\xa00"), (10.5, "EUR\xa010.50")])
def test_money_shows_cents_only_where_there_are_some(amount: float | None, shown: str) -> None:
    assert show.money(amount, "EUR") == shown


@pytest.mark.parametrize(("value", "shown"), [(None, ""), (9_999, "9,999"), (1_284_300, "1.3M")])
def test_large_numbers_are_short_on_tiles(value: int | None, shown: str) -> None:
    assert show.compact(value) == shown


@pytest.mark.parametrize(
    "payload",
    [
        "<script>alert(1)</script>",
        '<img src=x onerror="alert(1)">',
        "[x](javascript:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "![x](https://example.org/tracker.png)",
        '<a href="https://example.org" onclick="alert(1)">x</a>',
        "<svg/onload=alert(1)>",
    ],
)
def test_marked_text_never_comes_alive(payload: str) -> None:
    html = str(show.markdown(payload))

    assert not any(sign in html for sign in ("<script", "<img", "<svg", "<a href", 'href="javascript', 'href="data'))


def test_marked_text_keeps_its_simple_shape() -> None:
    html = show.markdown("# Title\n\nSome *words*, a [link](https://example.org).\n\n- one")

    assert html == (
        '<h2>Title</h2>\n<p>Some <em>words</em>, a <a href="https://example.org" rel="nofollow noopener ugc">link</a>.'
        "</p>\n<ul>\n<li>one</li>\n</ul>\n"
    )


def test_highlight_escapes_and_leaves_out_overlaps() -> None:
    marked = show.highlight("<b> and rice", [(8, 12), (0, 3), (9, 12)])

    assert marked == "<mark>&lt;b&gt;</mark> and <mark>rice</mark>"


def test_query_sets_and_drops_and_begins_at_page_one() -> None:
    given = QueryDict("q=rice&country=KEN&country=UGA&page=3")

    assert show.query(given, country="KEN", type=None) == "?q=rice&country=KEN"
    assert show.query(given, country=["UGA", "TZA"]) == "?q=rice&country=UGA&country=TZA"
    assert show.query(None) == "?"


def test_templates_escape_and_have_real_plurals() -> None:
    page = engines["jinja2"].from_string(
        "{{ bad }} {% trans count=n %}{{ count }} record{% pluralize %}{{ count }} records{% endtrans %}"
    )

    assert page.render({"bad": "<b>", "n": 1}) == "&lt;b&gt; 1 record"
    assert page.render({"bad": "", "n": 3}) == " 3 records"
