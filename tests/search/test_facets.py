"""Every count equals the list it opens, for any question; the model beside the index is a plain loop."""

import random
from collections import Counter
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kapok.search import facets
from kapok.search.asking import ask
from kapok.search.engine import open_index
from kapok.search.questions import Question, Span, windows_on
from tests.search.shelf import Shelf, document

TODAY = 739_000
WORDS = ("maize", "cotton", "sorghum", "papaya", "kenaf", "soybean")
VALUES = {
    "country": [f"C{number:02}" for number in range(30)],
    "theme": list("abcdef"),
    "status": ["planned", "ongoing", "completed"],
    "organisation": [f"ORG-{number:06}" for number in range(20)],
}
TOKENS = ("public", "person:1", "body:5", "secretariat")
FACETS = (*VALUES, "window")


def _documents(count=300):
    dice = random.Random(7)
    made = []
    for number in range(count):
        facets = {
            name: tuple(dice.sample(values, dice.randint(0, min(4, len(values))))) for name, values in VALUES.items()
        }
        closes = dice.choice([None, TODAY + dice.randint(-60, 60)])
        opens = dice.choice([None, TODAY + dice.randint(-90, 20)])
        seen_by = ("public",) if dice.random() < 0.7 else tuple(dice.sample(TOKENS[1:], dice.randint(0, 2)))
        made.append(
            document(
                number,
                " ".join(dice.sample(WORDS, dice.randint(1, 4))),
                seen_by=seen_by,
                facets=facets,
                dates={"closes": closes, "opens": opens, "published": 738_000 + number % 50},
            )
        )
    return made


DOCUMENTS = _documents()


@pytest.fixture(scope="module")
def shelf():
    return Shelf(DOCUMENTS)


def _in_window(one, value):
    closes, opens = one.dates["closes"], one.dates["opens"]
    if closes is not None and opens is None:
        opens = 1
    begun = opens is not None and opens <= TODAY
    return {
        "open": begun and closes is not None and closes >= TODAY,
        "closing": begun and closes is not None and TODAY <= closes <= TODAY + 30,
        "coming": opens is not None and opens > TODAY,
        "closed": closes is not None and closes < TODAY,
    }[value]


def _has(one, facet, values):
    if facet == "window":
        return any(_in_window(one, value) for value in values)
    return bool(set(one.facets[facet]) & set(values))


def _model(asked: Question, without: str = ""):
    words = asked.q.split()
    return [
        one
        for one in DOCUMENTS
        if set(one.seen_by) & set(asked.viewer)
        and all(word in one.titles["en"].split() for word in words)
        and all(_has(one, facet, values) for facet, values in asked.filters.items() if values and facet != without)
        and all(
            (day := one.dates[span.date]) is not None
            and (span.low is None or day >= span.low)
            and (span.high is None or day <= span.high)
            for span in asked.ranges
        )
    ]


def _counts(asked: Question, facet: str):
    found = _model(asked, without=facet)
    values = list(asked.windows["window"]) if facet == "window" else VALUES[facet]
    counted = {value: sum(_has(one, facet, [value]) for one in found) for value in values}
    chosen = asked.filters.get(facet, ())
    return {value: number for value, number in counted.items() if number or value in chosen}


choices = st.fixed_dictionaries(
    {},
    optional={
        name: st.lists(st.sampled_from(values), max_size=3, unique=True).map(tuple)
        for name, values in (VALUES | {"window": ["open", "closing", "coming", "closed"]}).items()
    },
)
questions = st.builds(
    Question,
    q=st.lists(st.sampled_from(WORDS), max_size=2, unique=True).map(" ".join),
    filters=choices,
    ranges=st.sampled_from([(), (Span("published", 738_010, 738_030),), (Span("closes", None, TODAY),)]),
    viewer=st.lists(st.sampled_from(TOKENS), min_size=1, unique=True).map(tuple),
    sort=st.sampled_from(["relevance", "newest", "closing", "title"]),
    per_page=st.just(100),
    facets=st.just(FACETS),
    windows=st.just(windows_on(TODAY)),
)


@settings(max_examples=250, deadline=None)
@given(asked=questions)
def test_totals_lists_and_counts_are_those_of_a_plain_loop(shelf, asked):
    answer = ask(shelf.reader.view(), asked)
    expected = _model(asked)
    if answer.loosened:
        assert not expected
        assert all(set(_by_key(hit.key).seen_by) & set(asked.viewer) for hit in answer.hits)
        return

    assert answer.total == len(expected)
    assert {hit.key for hit in answer.hits} <= {one.key for one in expected}
    assert len(answer.hits) == min(100, len(expected))
    for facet in FACETS:
        assert dict(answer.facets[facet]) == _counts(asked, facet), facet


def _by_key(key):
    return next(one for one in DOCUMENTS if one.key == key)


def test_pages_follow_each_other_without_gaps_or_repeats(shelf):
    seen = [hit.key for page in range(1, 8) for hit in shelf.ask(sort="title", page=page, per_page=37).hits]

    assert len(seen) == len(set(seen)) == shelf.ask().total


def test_a_page_is_never_larger_than_a_hundred(shelf):
    assert len(shelf.ask(per_page=5000, viewer=TOKENS).hits) == 100
    assert shelf.ask(page=-3).page == 1


def test_orders(shelf):
    newest = [_by_key(hit.key).dates["published"] for hit in shelf.ask(sort="newest", per_page=100).hits]
    titles = [_by_key(hit.key).titles["en"] for hit in shelf.ask(sort="title", per_page=100).hits]

    assert newest == sorted(newest, reverse=True)
    assert titles == sorted(titles)


def test_closing_soonest_begins_today_and_ends_with_what_is_past():
    today = date.today().toordinal()
    days = {1: today + 9, 2: today - 5, 3: None, 4: today, 5: today + 2, 6: today - 50}
    dated = Shelf(
        document(number, "Call", dates={"closes": day, "published": 700_000 + number}) for number, day in days.items()
    )

    assert dated.found(sort="closing") == [4, 5, 1, 6, 3, 2]
    assert [dated.found(sort="closing", page=page, per_page=2) for page in (1, 2, 3, 4)] == [[4, 5], [1, 6], [3, 2], []]
    assert dated.ask(sort="closing", page=2, per_page=2).total == 6
    assert dated.found("call", sort="closing", per_page=3) == [4, 5, 1]


def test_a_facet_nobody_has_is_empty_and_a_strange_name_harmless(shelf):
    answer = shelf.ask(facets=("colour", "a.b", "x y"), filters={"a.b": ("1",)})

    assert answer.total == 0
    assert answer.facets == {"colour": [], "a.b": [("1", 0)], "x y": []}


def test_a_document_refuses_names_the_index_does_not_know():
    with pytest.raises(ValueError, match="small letters"):
        document(1, "x", facets={"a.b": ("1",)})
    with pytest.raises(ValueError, match="knows the dates"):
        document(1, "x", dates={"harvested": 1})


def test_of_thousands_of_values_the_largest_are_told_and_counted_exactly():
    rare = [(f"ORG-{number:06}",) for number in range(1_500)]
    large = [(f"ORG-{number:06}", "ORG-000000") for number in range(2_000, 2_040) for _time in range(number - 1_990)]
    held = [*rare, *large, *rare]
    crowded = Shelf(
        (document(number, "maize", facets={"organisation": some}) for number, some in enumerate(held)),
        each=len(rare) + len(large),
    )
    expected = Counter(one for some in held for one in some)

    counted = dict(crowded.ask(facets=("organisation",)).facets["organisation"])
    chosen = crowded.ask(filters={"organisation": ("ORG-000007",)}, facets=("organisation",))

    # Each of two parts leaves out values that it holds once: what is held more than twice is surely among the largest.
    assert crowded.reader.view().searcher.num_segments == 2
    assert counted == dict(expected.most_common(41))
    assert chosen.total == 2
    assert dict(chosen.facets["organisation"])["ORG-000007"] == 2
    kept = crowded.ask(facets=("organisation",), keep={"organisation": ("ORG-000008", "ORG-999999")})
    assert dict(kept.facets["organisation"]) == counted | {"ORG-000008": 2}


def test_a_value_is_kept_whatever_signs_it_is_written_with():
    strange = ("a|b", "a.b", "(", "[x", "ORG\\d", "a-b & c", "^$", "é*", "+", "{2}", "#")
    rare = [(f"ORG-{number:06}",) for number in range(1_500)]
    crowded = Shelf(
        (document(number, "maize", facets={"role": some}) for number, some in enumerate([*rare, strange, *rare])),
        each=1_500,
    )

    counted = dict(crowded.ask(facets=("role",), keep={"role": (*strange, "*", "a", ".+")}).facets["role"])

    assert counted == dict.fromkeys(strange, 1)


WAYS = {"scanned": (1, 9e9, 0), "walked each": (9e9, 1, 0), "walked together": (9e9, 1, 9e6)}


@pytest.mark.parametrize("way", WAYS)
def test_every_way_of_counting_tells_the_same_and_not_what_is_gone(monkeypatch, way):
    for name, cost in zip(("SCANNED", "WALKED", "FOUND"), WAYS[way], strict=True):
        monkeypatch.setattr(facets, name, cost)
    shelf = Shelf(DOCUMENTS)
    gone = {one.origin for one in DOCUMENTS[::3]}
    writer = open_index(shelf.reader.folder).writer(15_000_000, 1)
    for origin in gone:
        writer.delete_documents_by_term("origin", origin)
    writer.commit()
    left = [one for one in DOCUMENTS if one.origin not in gone and "public" in one.seen_by]

    for word in ("", "maize"):
        answer = ask(shelf.reader.view(), Question(word, facets=("country", "theme", "status")))
        held = [one for one in left if word in one.titles["en"]]
        expected = {name: Counter(value for one in held for value in one.facets[name]) for name in answer.facets}
        assert answer.total == len(held)
        assert {name: dict(counts) for name, counts in answer.facets.items()} == expected
