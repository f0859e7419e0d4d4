"""Every figure of the matrix opens exactly the rows it counts, whatever is asked, now and as of a day."""

import os
import random
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.http import QueryDict
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kapok import vocab
from kapok.core.rules import SYSTEM
from kapok.insight import keeping
from kapok.insight.counting import Question, gather, shelf
from kapok.insight.counting.dimensions import COLUMNS, ROWS
from kapok.insight.models import Spell
from kapok.records import verbs
from kapok.records.models import Record
from kapok.site.find.answers import answer
from kapok.site.find.asked import asked as search
from kapok.site.gaps.asked import asked
from tests import make

pytestmark = pytest.mark.django_db

PLACES = ["KEN", "UGA", "PER", "VNM", "FJI", "africa", "sids"]
THEMES = ["a", "b", "i", "detection", "sampling", "c"]
DAYS = 400


@pytest.fixture
def world(index):
    """Some initiatives and needs with every kind of hole in them, some of them changed or gone."""
    dice = random.Random(7)
    lead, funder = make.record().identifier, make.record().identifier
    made = [initiative(dice, lead, funder) for _ in range(14)]
    made += [need(dice, rank) for rank in range(1, 9)]
    officer = make.secretariat()
    for at, record in enumerate(made):
        back = timedelta(days=dice.randrange(DAYS))
        record.versions.update(at=record.published_at - back)
        if at % 5 == 0:
            verbs.withdraw(record, by=SYSTEM, reason="It was a test.")
        if at % 10 == 0:
            verbs.restore(record, by=officer)
    keeping.drain()
    index()
    return made


def some(dice, ids, least=0):
    return dice.sample(ids, dice.randint(least, 3))


def initiative(dice, lead, funder):
    begins = date.today() + timedelta(days=dice.randint(-1500, 200))
    people = [{"key": "org", "organisation": lead, "role": "lead"}]
    people += [{"key": "fun", "organisation": funder, "role": "funder"}] * dice.randint(0, 1)
    budget = [{"key": "m", "kind": dice.choice(["grant", "own"]), "amount": "100.01", "currency": "USD"}]
    countries = [{"id": one} for one in some(dice, PLACES)]
    return make.record(
        "initiative",
        lead=lead,
        scope="regional" if countries else "global",
        countries=countries,
        themes=[{"id": one} for one in some(dice, THEMES, 1)],
        methods=some(dice, ["workshop", "study-visit", "equipment"]) if dice.random() < 0 else [],
        audience=some(dice, ["regulators", "media", "scientists"]),
        level=dice.choice(["", "awareness", "advanced"]),
        starts=begins.isoformat()[: dice.choice([4, 7, 10])],
        ends=(begins + timedelta(days=dice.randint(100, 1200))).isoformat() if dice.random() < 0.7 else "",
        said_status=dice.choice(["", "", "", "suspended"]),
        organisations=people,
        budget=budget * dice.randint(0, 1),
    )


def need(dice, rank):
    country = dice.choice(["KEN", "PER", "FJI"])
    return make.record("need", government=country, theme=dice.choice(THEMES), subjects=some(dice, THEMES), rank=rank)


def total(query):
    return answer(search(QueryDict(query.lstrip("?"))), None).total


def check(query):
    """Every figure of a matrix, against the search it opens."""
    question = asked(QueryDict(query))
    matrix = question.matrix()
    figures = [("", "", matrix.total)]
    figures += [(row, "", tally) for row, tally in matrix.by_row.items()]
    figures += [("", col, tally) for col, tally in matrix.by_col.items()]
    figures += [(row, col, tally) for (row, col), tally in matrix.cells.items()]
    for row, col, tally in figures:
        for what in ("needs", "planned", "ongoing", "completed", "active", "all"):
            held = getattr(tally, what)
            if held:
                opens = question.figure(what, row, col)
                assert total(opens) == held, (query, row, col, what, opens)
    return matrix


filters = st.fixed_dictionaries(
    {},
    optional={
        "country": st.sampled_from(["KEN", "PER", "TUV"]),
        "region": st.sampled_from(["africa", "grulac"]),
        "group": st.sampled_from(["sids", "ldc", "cpb-parties"]),
        "theme": st.sampled_from(["i", "detection", "a"]),
        "audience": st.sampled_from(["regulators", "media"]),
        "level": st.just("advanced"),
        "status": st.sampled_from(["ongoing", "completed", "suspended"]),
        "type": st.sampled_from(["need", "initiative"]),
        "horizon": st.just("short"),
        "money-kind": st.just("grant"),
        "freshness": st.just("fresh"),
        "lacks": st.sampled_from(["country", "level"]),
        "from": st.sampled_from(["2020", "2025"]),
        "to": st.sampled_from(["2024", "2026"]),
        "q": st.sampled_from(["laboratory", "border modified"]),
        "as_of": st.integers(1, DAYS).map(lambda days: (date.today() - timedelta(days=days)).isoformat()),
    },
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(ROWS), st.sampled_from(COLUMNS), filters)
def test_every_figure_opens_exactly_the_rows_it_counts(world, rows, cols, chosen):
    query = QueryDict(mutable=True)
    query.update({"rows": rows, "cols": cols, **chosen})

    check(query.urlencode())


@pytest.mark.parametrize(
    "query", ["", "rows=region", "rows=funder&cols=year", "country=KEN&country=PER&theme=detection"]
)
def test_usual_questions_have_figures_that_agree(world, query):
    assert check(query).total


def test_a_record_counts_once_in_a_row_a_column_and_the_whole(world):
    matrix = asked(QueryDict("")).matrix()

    published = Record.objects.filter(stage="published")
    assert matrix.total.needs == published.filter(format="need").count()
    assert sum(tally.needs for tally in matrix.by_row.values()) == matrix.total.needs
    several = [
        row for row in matrix.rows if matrix.by_row[row].needs < sum(matrix.cell(row, c).needs for c in matrix.cols)
    ]
    assert several  # a need with two themes stands in two cells and counts once in its row


def test_money_adds_up_to_the_cent_by_row_by_column_and_in_all(world):
    matrix = asked(QueryDict("")).matrix()

    whole = matrix.total.usd
    assert whole
    for tallies in (matrix.by_row, matrix.by_col, matrix.cells):
        for kind, cents in whole.items():
            assert sum(tally.usd.get(kind, 0) for tally in tallies.values()) == cents
    lines = [
        line
        for record in Record.objects.filter(stage="published", format="initiative")
        for line in record.values.get("budget", ())
    ]
    assert sum(whole.values()) == 10001 * len(lines)


def test_a_publication_shows_at_once_and_a_saved_copy_answers_the_same(world, index):
    before = asked(QueryDict("")).matrix().total.needs
    record = make.record("need", government="VNM", rank=77)
    keeping.drain()
    index()

    after = check("")
    assert after.total.needs == before + 1
    verbs.withdraw(record, by=SYSTEM, reason="It was a test.")
    keeping.drain()
    index()
    assert check("").total.needs == before

    gather()

    held = shelf()
    assert not held.changed
    assert check("").total.needs == before


def test_a_day_before_everything_holds_nothing_and_today_is_the_present(world):
    assert not check("as_of=2001-01-01").total
    assert check(f"as_of={date.today().isoformat()}").total
    assert Spell.objects.exclude(valid_until=None).exists()


def test_before_the_registers_began_support_stands_by_its_own_dates(client, index):
    under_way = make.record("initiative", starts="2009-03", ends="2013-12")
    make.record("initiative", starts="2013-01", ends="2014-12")
    make.record("need")
    keeping.drain()
    index()

    matrix = check("as_of=2012-06-30")
    said = client.get("/api/v1/matrix?as_of=2012-06-30").json()
    listed = client.get("/api/v1/search?as_of=2012-06-30").json()
    page = client.get("/en/gaps?as_of=2012-06-30").content.decode()

    assert (matrix.total.needs, matrix.total.planned, matrix.total.ongoing) == (0, 0, 1)
    assert {tally.state for tally in matrix.cells.values()} == {"unstated"}
    assert said["total"]["ongoing"] == 1
    assert said["remark"].startswith("These registers began after that day.")
    assert [one["id"] for one in listed["results"]] == [under_way.identifier]
    assert said["remark"] in page
    assert not client.get(f"/api/v1/matrix?as_of={date.today()}").json()["remark"]


def test_a_list_of_the_past_shows_what_stood_then(world):
    record = make.record("need", government="VNM", rank=78)
    record.versions.update(at=timezone.now() - timedelta(days=30))
    verbs.revise(record, by=make.focal_point("VNM"))
    record.draft.values = record.values | {"title": {"en": "Something else now"}}
    record.draft.save()
    verbs.publish(record, by=make.focal_point("VNM"))
    keeping.drain()
    day = (date.today() - timedelta(days=3)).isoformat()

    then = answer(search(QueryDict(f"type=need&country=VNM&as_of={day}")), None)

    assert [hit.extra["title"]["en"] for hit in then.hits] == ["A laboratory that can detect living modified organisms"]
    assert vocab.label("country", "VNM")


def test_columns_keep_few_files_open_and_those_of_another_folder_none(world, settings, tmp_path):
    """A process may have some thousand open; the columns are nearly five hundred."""

    def opened():
        return [one for one in map(os.path.realpath, Path("/proc/self/fd").glob("*")) if one.endswith(".npy")]

    shelf().matrix(Question())
    assert len(opened()) < 20

    settings.DATA = tmp_path / "another"
    shelf()
    assert not [one for one in opened() if "another" not in one]
