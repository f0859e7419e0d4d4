"""What a viewer may not see leaves no trace: not in totals, counts, corrections, suggestions or likenesses."""

import pytest

from tests.search.shelf import Shelf, document

PUBLIC, OWNER, OTHER = ("public",), ("public", "body:5"), ("public", "body:6")
SECRET = {"seen_by": ("body:5", "secretariat"), "facets": {"country": ("ZZZ",), "organisation": ("ORG-000009",)}}


@pytest.fixture(scope="module")
def shelf():
    return Shelf(
        [
            document(1, "Public training in seed testing", facets={"country": ("KEN",)}),
            document(2, "Confidential canaryword negotiation", texts={"en": "tanager"}, **SECRET),
            document(3, "Nobody sees canaryword", seen_by=()),
        ]
    )


def test_the_owner_sees_it_and_so_something_could_leak(shelf):
    assert shelf.found("canaryword", viewer=OWNER) == [2]
    assert shelf.found("canaryword", viewer=("secretariat",)) == [2]
    assert shelf.suggest("canary", OWNER)[0].text == "canaryword"
    assert [hit.key for hit in shelf.similar("canaryword negotiation", OWNER)] == ["record:INI-000002"]
    assert dict(shelf.ask(viewer=OWNER, facets=("country",)).facets["country"]) == {"KEN": 1, "ZZZ": 1}


@pytest.mark.parametrize("viewer", [PUBLIC, OTHER, (), ("person:5",), ("body:50",), ("",)])
def test_others_find_no_trace_of_it(shelf, viewer):
    for q in ("canaryword", '"canaryword negotiation"', "INI-000002", "tanager", "confidential"):
        answer = shelf.ask(q, viewer=viewer, facets=("country", "organisation"))
        assert (answer.total, answer.hits, answer.corrections) == (0, (), ())
        assert answer.facets == {"country": [], "organisation": []}
    everything = shelf.ask(viewer=viewer, facets=("country", "organisation", "type"))
    assert everything.total == (1 if "public" in viewer else 0)
    assert "ZZZ" not in dict(everything.facets["country"])
    assert everything.facets["organisation"] == []
    assert shelf.suggest("canaryw", viewer) == shelf.suggest("tanag", viewer) == []
    assert shelf.similar("canaryword negotiation", viewer) == []
    assert shelf.similar(key="record:INI-000002", viewer=viewer) == []


def test_a_slip_is_not_mended_with_a_word_of_a_hidden_document(shelf):
    assert shelf.ask("canarywrd", viewer=OTHER).corrections == ()
    assert shelf.ask("canarywrd", viewer=OWNER).correction == "canaryword"


def test_similar_finds_what_shares_telling_words_but_not_itself(shelf):
    assert [hit.key for hit in shelf.similar("testing of seeds and training")] == ["record:INI-000001"]
    assert shelf.similar(key="record:INI-000001") == []
    assert shelf.similar("seed testing", kind="opportunity") == []
    assert shelf.similar("") == shelf.similar("the of and") == []


def test_suggestions_complete_words_and_open_things(shelf):
    said = [(one.text, one.key) for one in shelf.suggest("public tes")]

    assert said == [("public testing", ""), ("Public training in seed testing", "record:INI-000001")]
    assert shelf.suggest("") == shelf.suggest("   ") == []
    assert [one.key for one in shelf.suggest("ini-000001")] == ["record:INI-000001"]
