"""The pages of the matrix: words, weights, files, the frame, and the rules."""

import csv
import io

import pytest
from openpyxl import load_workbook

from kapok.core.models import Entry
from kapok.insight import keeping
from kapok.insight.models import MatrixRules
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(index):
    make.record("initiative", countries=[{"id": "KEN"}, {"id": "PER"}])
    make.record("need", government="KEN", theme="a")
    make.record("need", government="VNM", theme="i", rank=2)
    keeping.drain()
    index()


def test_the_table_says_states_in_words_and_opens_what_it_counts(client, world):
    page = client.get("/en/gaps").content.decode()

    assert "2 open needs · 1 initiative planned or under way · 2 cells are gaps · 0 cells are crowded" in page
    assert '<span class="unseen">Gap: </span>' in page
    assert 'href="/en/search?type=need&amp;need-state=open&amp;country=KEN&amp;theme=a"' in page
    assert page.index("Kenya") < page.index("Viet Nam") < page.index("Peru")
    by_name = client.get("/en/gaps?order=name").content.decode()
    assert by_name.index("Kenya") < by_name.index("Peru") < by_name.index("Viet Nam")


def test_rows_are_sorted_by_gaps_and_empty_ones_unfold(client, world):
    assert "Afghanistan" not in client.get("/en/gaps?order=gap").content.decode()

    page = client.get("/en/gaps?all=yes").content.decode()

    assert "Afghanistan" in page
    assert len(page.encode()) < 400_000
    packed = client.get("/en/gaps?all=yes", headers={"accept-encoding": "gzip"})
    assert len(packed.content) < 60_000


def test_rows_with_completed_support_only_are_folded_said_and_unfolded_by_one_link(client, world, index):
    make.record("initiative", countries=[{"id": "TUV"}], starts="2001", ends="2003")
    keeping.drain()
    index()
    address, row = "/en/gaps?all=done", 'row=TUV"'

    folded, unfolded = (client.get(one).content.decode() for one in ("/en/gaps", address))

    assert "1 row with completed support only is folded: show it" in folded
    assert f'href="{address}"' in folded
    assert row not in folded
    assert row in unfolded
    assert "is folded: show it" not in unfolded
    assert row in client.get("/en/gaps?status=completed").content.decode()


def test_the_map_has_the_gaps_of_each_country_and_opens_its_row(client, world):
    page, tiles = (client.get(f"/en/gaps?as={one}&theme=a&theme=i").content.decode() for one in ("map", "tiles"))

    for one in (page, tiles):
        assert 'gaps/row?theme=a&amp;theme=i&amp;row=KEN"><title>Kenya: 1</title>' in one
        assert 'row=CHE"><title>Switzerland: no figure</title>' in one
        assert "any opinion" in one or "no opinion" in one
        assert "<table" not in one
    assert client.get("/en/gaps/row?theme=a&theme=i&row=KEN").status_code == 200
    assert "Gaps by country" in client.get("/en/gaps.svg?as=map").content.decode()
    assert "<table" not in client.get("/en/gaps/embed?as=map").content.decode()


def test_a_row_is_shown_in_full_and_an_unknown_one_is_not_there(client, world):
    page = client.get("/en/gaps/row?row=KEN").content.decode()

    assert "highest rank 1" in page
    assert "Short term" in page
    assert client.get("/en/gaps/row?row=XXX").status_code == 404
    assert client.get("/en/gaps/row?row=CHE").status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        "rows=x&cols=y&order=z",
        "from=abc&to=20",
        "as_of=2026-13-45",
        "theme=nothing&country=",
        "q=%00%22",
        "cols=year&rows=funder",
    ],
)
def test_whatever_the_address_says_there_is_a_page(client, world, query):
    for path in ("gaps", "gaps/embed", "gaps.csv", "gaps.svg"):
        assert client.get(f"/en/{path}?{query}").status_code == 200


def test_files_hold_a_line_for_each_cell(client, world):
    lines = list(csv.reader(io.StringIO(client.get("/en/gaps.csv").content.decode("utf-8-sig"))))
    book = load_workbook(io.BytesIO(client.get("/en/gaps.xlsx").content)).active

    assert [line[:4] for line in lines[1:]] == [
        ["Kenya", "Institutional capacity", "Gap", "1"],
        ["Kenya", "Human resources capacity development and training", "No need filed", "0"],
        ["Kenya", lines[3][1], "No need filed", "0"],
        ["Peru", "Human resources capacity development and training", "No need filed", "0"],
        ["Peru", lines[5][1], "No need filed", "0"],
        ["Viet Nam", lines[6][1], "Gap", "1"],
    ]
    assert book.max_row == len(lines)
    assert client.get("/en/gaps.svg").content.startswith(b"<svg")
    assert client.get("/en/gaps.png").content.startswith(b"\x89PNG")


def test_only_the_frame_may_be_framed_and_it_runs_no_script(client, world):
    frame, page = client.get("/en/gaps/embed"), client.get("/en/gaps")

    assert "frame-ancestors *" in frame["Content-Security-Policy"]
    assert "script-src 'none'" in frame["Content-Security-Policy"]
    assert "X-Frame-Options" not in frame
    assert b"<script" not in frame.content
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]
    assert page["X-Frame-Options"] == "DENY"


def test_the_secretariat_sets_the_rules_and_nobody_else(as_, world):
    numbers = {"crowd": "2", "ending_months": "6", "stale_months": "12"}
    for who in ("visitor", "member", "focal_point"):
        assert as_(who).post("/en/gaps/rules", numbers).status_code == 403
    assert not MatrixRules.objects.exists()

    answer = as_("secretariat").post("/en/gaps/rules", numbers)

    assert answer.status_code == 302
    assert Entry.objects.get(verb="insight.set_rules").details == {"before": "3/12/24", "after": "2/6/12"}
    assert "2 or more initiatives" in as_("visitor").get("/en/gaps/rules").content.decode()


def test_numbers_that_make_no_sense_are_refused_in_words(as_, world):
    page = as_("secretariat").post("/en/gaps/rules", {"crowd": "many", "ending_months": "6", "stale_months": "12"})

    assert "greater than or equal to 2" in page.content.decode()
    assert not MatrixRules.objects.exists()


def test_programs_get_the_same_figures_with_their_addresses(client, world):
    said = client.get("/api/v1/matrix?rows=country&cols=theme").json()

    assert said["total"]["needs"] == 2
    cell = next(cell for cell in said["cells"] if (cell["row"], cell["col"]) == ("KEN", "a"))
    assert (cell["needs"], cell["state"], cell["count"]) == (1, "gap", 1)
    for one in [*said["cells"], said["total"], *(row["total"] for row in said["rows"])]:
        path = one["url"].partition("/search")[2]
        assert client.get(f"/api/v1/search{path}").json()["total"] == one["count"]
    assert client.get("/api/v1/matrix?rows=planet").status_code == 422
