"""What search finds of records."""

import pytest

from kapok.records import verbs
from kapok.search import index
from kapok.search.questions import Question
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def empty_index():
    """An index without anything from other tests."""
    index.forget()
    yield
    index.forget()


def keys(question: Question) -> list[str]:
    index.drain()
    return [hit.key for hit in index.ask(question).hits]


def test_a_published_record_is_found_by_words_in_another_language():
    made = make.record("resource", title={"en": "Sampling of living modified organisms"})

    assert keys(Question(q="ЖИО")) == [made.reference]
    assert keys(Question(q="OVM")) == [made.reference]


def test_a_draft_is_found_by_its_people_only():
    author = make.person()
    made = make.draft("resource", by=author)

    assert keys(Question(q="manual")) == []
    assert keys(Question(q="manual", viewer=author.tokens())) == [f"{made.reference}/draft"]
    assert keys(Question(q="manual", viewer=make.person().tokens())) == []


def test_a_withdrawn_record_is_no_longer_found():
    made = make.record("resource")
    assert keys(Question(q="manual")) == [made.reference]

    verbs.withdraw(made, by=make.secretariat(), reason="Superseded.")

    assert keys(Question(q="manual")) == []


def test_private_answers_are_not_findable():
    make.record("expert", government="KEN", mail="hidden.address@example.org")
    make.record("initiative", notes="the secret canary")

    assert keys(Question(q="canary")) == []
    assert keys(Question(q="hidden.address@example.org")) == []


def test_country_region_and_group_are_counted():
    make.record("initiative", countries=[{"id": "sids"}, {"id": "KEN"}], scope="regional")
    index.drain()

    asked = Question(filters={"type": ("initiative",)}, facets=("country", "region"))
    counts = {name: dict(found) for name, found in index.ask(asked).facets.items()}

    assert counts["country"]["KEN"] == counts["country"]["TUV"] == 1
    assert counts["region"]["africa"] == 1
