"""Judged on real data: a labelled sample, and the whole list of projects where it is there."""

from pathlib import Path

import pytest

from kapok.insight.overlaps.facts import Facts
from kapok.insight.overlaps.finding import near
from kapok.insight.overlaps.shelf import Shelf
from tests.insight import gef
from tests.shared import shared

LEAST = 0.9


def shelf_of(projects: dict[int, Facts]) -> Shelf:
    shelf = Shelf(wider=lambda theme: [])
    for one in projects.values():
        shelf.put(one)
    return shelf


def judged(part: str) -> tuple[float, float]:
    """Precision and recall over a part of the sample."""
    projects = gef.projects()
    shelf = shelf_of(projects)
    shown = {True: 0, False: 0}
    wanted = 0
    for pair in gef.pairs():
        if pair.part != part:
            continue
        wanted += pair.overlap
        shown[pair.overlap] += pair.second in near(shelf, shelf.seek(projects[pair.first]))[1]
    return shown[True] / (shown[True] + shown[False]), shown[True] / wanted


@pytest.mark.parametrize("part", ["tuned", "held"])
def test_what_is_shown_is_what_a_person_would_want_to_be_told(part):
    precision, recall = judged(part)

    assert precision >= LEAST
    assert recall >= LEAST


def test_the_kind_is_wrong_in_five_pairs_of_those_found():
    projects = gef.projects()
    shelf = shelf_of(projects)
    wrong, found = {}, 0
    for pair in gef.pairs():
        kinds = {one.key: one.kind for one in near(shelf, shelf.seek(projects[pair.first]), len(projects))[0]}
        if pair.overlap and pair.second in kinds:
            found += 1
            if kinds[pair.second] != pair.kind:
                wrong[pair.first, pair.second] = pair.kind, kinds[pair.second]

    assert found == 61
    assert wrong == {
        (2341, 2582): ("continues", "duplicate"),
        (2128, 2581): ("continues", "cooperate"),
        (2820, 5626): ("cooperate", "continues"),
        (2979, 2750): ("cooperate", "duplicate"),
        (2654, 2655): ("continues", "duplicate"),
    }


def test_the_sample_is_large_enough_and_gives_a_reason_for_each_label():
    pairs = gef.pairs()

    assert len(pairs) >= 60
    assert sum(pair.part == "held" for pair in pairs) >= 40
    assert all(pair.why for pair in pairs)
    assert len({frozenset((pair.first, pair.second)) for pair in pairs}) == len(pairs)


def test_of_near_equal_titles_only_those_that_share_a_country_are_shown():
    projects = listed(shared("gef-projects-2023/projects.csv")) or gef.projects()
    shelf = shelf_of(projects)

    alike = [
        (one, projects[found.key])
        for one in projects.values()
        for found in near(shelf, shelf.seek(one))[0]
        if found.alike >= 90
    ]

    assert alike
    assert [(one.key, other.key) for one, other in alike if not set(one.countries) & set(other.countries)] == []


def listed(path: Path | None) -> dict[int, Facts]:
    """The whole list of projects, whose areas stand for themes; empty where it is not there."""
    names = {"ID": "id", "Title": "title", "Type": "type", "Approval FY": "year"}
    lists = {"Countries": "countries", "Focal Areas": "area", "Agencies": "agencies"}
    found = {}
    for row in gef.rows(path) if path else ():
        own = {ours: row[theirs] for theirs, ours in names.items()}
        own |= {ours: row[theirs].replace(", ", "; ") for theirs, ours in lists.items()}
        found[int(row["ID"])] = gef.facts(own, "area")
    return found
