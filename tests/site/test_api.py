"""The reading interface."""

import pytest
from django.test import Client

from kapok.search import index
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def empty_index():
    """An index without anything from other tests."""
    index.forget()
    yield
    index.forget()


def get(client: Client, address: str, status: int = 200):
    answer = client.get(f"/api/v1/{address}")
    assert answer.status_code == status, answer.content
    return answer.json()


def test_search_counts_what_its_addresses_open(client):
    for country in ("KEN", "PER"):
        make.government(country)
        make.record("need", government=country, theme="i" if country == "KEN" else "c")
    make.record("need", government="KEN", theme="c", rank=2)
    index.drain()

    answer = get(client, "search?type=need")

    assert answer["total"] == 3
    for name, counts in answer["facets"].items():
        for one in counts:
            query = one["url"].partition("?")[2]
            assert get(client, f"search?{query}")["total"] == one["count"], (name, one)


def test_a_record_is_given_without_what_is_private(client):
    made = make.record("expert", government="KEN", mail="hidden@example.org")

    answer = get(client, f"records/{made.identifier}")

    assert answer["values"]["name"] == "Expert in detection"
    assert "hidden@example.org" not in str(answer)
    assert "sex" not in answer["values"]


def test_a_record_names_what_it_points_to_and_what_points_to_it(client):
    lead, hidden = make.record("organisation"), make.draft("organisation")
    made = make.record("initiative", lead=lead.identifier)

    out = get(client, f"records/{made.identifier}")["references"]
    back = get(client, f"records/{lead.identifier}")["referred_by"]

    address = f"http://127.0.0.1:8000/records/{lead.identifier}"
    assert {"field": "organisations", "id": lead.identifier, "title": lead.titles, "url": address} in out
    assert [(one["field"], one["id"]) for one in back] == [("organisations", made.identifier)]
    assert hidden.identifier not in str(out)


def test_what_is_not_public_is_not_there(client):
    made = make.draft("resource")

    answer = get(client, f"records/{made.identifier}", 404)

    assert answer["status"] == 404
    assert "no public record" in answer["detail"]


def test_groups_know_their_members_on_a_day(client):
    terms = {one["id"]: one for one in get(client, "vocabularies/group?as_of=2012-06-30")["terms"]}

    assert len(terms["cpb-parties"]["members"]) == 163


def test_a_wrong_parameter_is_refused_in_words(client):
    assert get(client, "search?page=0", 422)["title"] == "A parameter is not of the kind asked for."
    assert get(client, "vocabularies/group?as_of=yesterday", 422)["status"] == 422
    assert get(client, "vocabularies/none", 404)["status"] == 404


def test_every_format_is_a_schema(client):
    for line in get(client, "formats")["formats"]:
        described = get(client, f"formats/{line['code']}")
        assert described["type"] == "object"
        assert set(described["required"]) <= set(described["properties"])


def test_the_interface_describes_itself(client):
    paths = get(client, "openapi.json")["paths"]

    assert {"/api/v1/search", "/api/v1/records/{identifier}", "/api/v1/vocabularies/{code}"} <= set(paths)
