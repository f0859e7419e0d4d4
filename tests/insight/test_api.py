"""Overlaps and matches for programs: what the pages show, with addresses and reasons."""

import pytest

from kapok.insight.models import Overlap
from kapok.insight.overlaps import keeping
from kapok.search import index as search
from tests import make

pytestmark = pytest.mark.django_db


def test_overlaps_carry_both_records_and_the_reasons(client):
    first, second = make.record("initiative"), make.record("initiative")
    keeping.look(first)
    keeping.look(second)
    assert Overlap.objects.exists()

    answer = client.get("/api/v1/overlaps?country=ken").json()

    (one,) = answer["overlaps"]
    assert (answer["total"], answer["pages"], one["kind"]) == (1, 1, "cooperate")
    assert {one["first"]["id"], one["second"]["id"]} == {first.identifier, second.identifier}
    assert one["first"]["url"].endswith(f"/records/{one['first']['id']}")
    assert {reason["code"] for reason in one["reasons"]} == {"country", "theme", "time"}
    assert client.get("/api/v1/overlaps?country=PER").json()["total"] == 0
    assert client.get("/api/v1/overlaps?page=0").status_code == 422


def test_matches_answer_for_a_need_and_the_other_way(client, index):
    need = make.record("need")
    expert = make.record("expert", government="UGA", themes=["i"])
    search.drain()

    of_need = client.get(f"/api/v1/matches?record={need.identifier}").json()
    of_expert = client.get(f"/api/v1/matches?record={expert.identifier}").json()

    for answer in (of_need, of_expert):
        (one,) = answer["matches"]
        assert (one["need"]["id"], one["other"]["id"], one["type"]) == (need.identifier, expert.identifier, "expert")
        assert [reason["code"] for reason in one["reasons"]] == ["theme", "from"]
    assert client.get("/api/v1/matches?record=NED-999999").status_code == 404
    assert client.get("/api/v1/matches").json()["detail"] == "query.record: Field required"
