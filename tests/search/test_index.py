"""The index follows the store: note by note, whole, and provably."""

import time
from datetime import timedelta
from pathlib import Path

import pytest
import tantivy
from django.utils import timezone

from kapok.core import outbox
from kapok.core.models import Outbox
from kapok.search import describers, index, notes
from kapok.search.documents import Document
from kapok.search.engine import CURSOR, open_index
from kapok.search.questions import Question

pytestmark = pytest.mark.django_db


@pytest.fixture
def store(monkeypatch):
    """Things by name, described to the index as a room would; the index begins empty."""
    things: dict[str, str] = {}

    def describe(keys):
        return {key: [thing(key, things[key])] for key in keys if key in things}

    monkeypatch.setattr(describers, "_describers", {})
    monkeypatch.setattr(describers, "_synonyms", [])
    monkeypatch.setattr(describers, "_known", [])
    index.forget()
    index.register("thing", describe, lambda: list(things))
    yield things
    index.forget()


def thing(key, title):
    return Document(key, "thing", ("public",), {"en": title}, facets={"colour": (title.split()[0].lower(),)})


def put(store, number, title):
    store[f"thing:{number}"] = title
    outbox.note(f"thing:{number}")


def folder() -> Path:
    """The folder of the index in use."""
    current = index.place().current()
    assert current
    return current


def found(q=""):
    return sorted(hit.key for hit in index.ask(Question(q, per_page=100)).hits)


def test_what_is_noted_is_found_after_a_drain(store):
    put(store, 1, "Green maize")
    put(store, 2, "Red cotton")

    index.drain()

    assert found() == ["thing:1", "thing:2"]
    assert found("cotton") == ["thing:2"]


def test_a_change_replaces_and_a_removal_removes(store):
    put(store, 1, "Green maize")
    put(store, 2, "Red cotton")
    index.drain()

    put(store, 1, "Blue papaya")
    del store["thing:2"]
    outbox.note("thing:2")

    assert index.drain() == 2
    assert found() == found("papaya") == ["thing:1"]
    assert found("maize") == found("cotton") == []
    assert index.drain() == 0


def test_a_thing_may_have_several_documents(store, monkeypatch):
    def describe(keys):
        return {key: [thing(key, "Green maize"), thing(f"{key}/draft", "Green soybean")] for key in keys}

    index.register("pair", describe, lambda: ["pair:1"])
    index.drain()
    assert found() == ["pair:1", "pair:1/draft"]

    index.register("pair", lambda keys: {key: [thing(key, "Green rice")] for key in keys}, lambda: ["pair:1"])
    outbox.note("pair:1")
    index.drain()
    assert found() == ["pair:1"]


def test_a_word_of_removed_things_is_not_suggested(store):
    for number in range(4):
        put(store, number, "Canaryword")
    put(store, 9, "Red cotton")
    index.drain()
    assert index.suggest("canaryw")[0].text == "canaryword"

    for number in range(4):
        del store[f"thing:{number}"]
        outbox.note(f"thing:{number}")
    index.drain()

    assert index.suggest("canaryw") == []
    assert index.ask(Question("canarywor")).corrections == ()


def test_without_an_index_a_question_gets_a_sentence(store):
    answer = index.ask(Question("maize"))

    assert (answer.total, answer.hits) == (0, ())
    assert "being built" in str(answer.note)
    assert index.suggest("maize") == []
    assert index.similar("maize") == []


def test_a_missing_index_is_built_from_the_store_by_the_next_drain(store):
    store["thing:1"] = "Green maize"

    assert index.drain() == 1

    assert found("maize") == ["thing:1"]
    assert not index.ask(Question("maize")).note


@pytest.mark.parametrize("damage", ["cut", "noise", "gone"])
def test_a_damaged_index_is_told_in_words_and_built_anew(store, damage):
    put(store, 1, "Green maize")
    index.drain()
    place = folder()
    for file in [place / "meta.json"] if damage != "cut" else place.glob("*.*"):
        if damage == "gone":
            file.unlink()
        else:
            file.write_bytes(b"" if damage == "cut" else b"\x00 noise")

    answer = index.ask(Question("maize"))
    assert answer.note or answer.total == 1

    index.drain()
    assert found("maize") == ["thing:1"]
    assert index.verify().agrees


def test_other_synonyms_make_the_index_anew(store):
    put(store, 1, "Green maize")
    index.drain()
    assert found("corn") == []

    index.use_synonyms(lambda: {"maize": ["maize", "corn", "玉米"]})
    index.drain()

    assert found("corn") == found("玉米") == ["thing:1"]


def test_reindex_builds_beside_and_readers_follow(store):
    put(store, 1, "Green maize")
    index.drain()
    before = folder()
    store["thing:2"] = "Red cotton"

    assert index.reindex() == 2

    assert folder() != before
    assert not before.exists()
    assert found() == ["thing:1", "thing:2"]


def test_what_changes_while_the_index_is_built_is_not_lost(store):
    put(store, 1, "Green maize")

    def every():
        yield "thing:1"
        put(store, 1, "Blue papaya")
        put(store, 2, "Red cotton")

    index.register("thing", lambda keys: {key: [thing(key, store[key])] for key in keys}, every)
    index.reindex()

    assert found("papaya") == ["thing:1"]
    assert found("cotton") == ["thing:2"]


def test_a_thing_that_cannot_be_described_does_not_hold_up_the_others(store, caplog):
    def describe(keys):
        if "thing:2" in keys:
            raise RuntimeError("cannot")
        return {key: [thing(key, store[key])] for key in keys}

    index.register("thing", describe, lambda: list(store))
    for number in (1, 2, 3):
        put(store, number, "Green maize")

    index.drain()

    assert found() == ["thing:1", "thing:3"]
    assert "thing:2 could not be described" in caplog.text


def test_a_document_given_for_another_key_is_refused(store, caplog):
    index.register("odd", lambda keys: {key: [thing("odd:9", "Green")] for key in keys}, lambda: ["odd:1"])

    index.drain()

    assert found() == []
    assert "odd:9 was given as a document of odd:1" in caplog.text


def test_notes_without_a_room_stay_and_are_logged(store, caplog):
    index.drain()
    outbox.note("planet:1")

    index.drain()

    assert "No room describes planet" in caplog.text


def test_a_store_older_than_the_index_makes_it_anew(store):
    for number in range(3):
        put(store, number, "Green maize")
    index.drain()
    cursor = notes.Cursor("mysql", 0, 1)

    assert notes.is_behind(cursor)
    assert not notes.is_behind(notes.now())
    assert notes.is_behind(notes.now()._replace(id=10**9, transaction=10**12))


def test_applied_notes_go_after_a_week(store):
    put(store, 1, "Green maize")
    index.drain()
    Outbox.objects.update(created_at=timezone.now() - timedelta(days=8))
    put(store, 2, "Red cotton")

    assert notes.prune(notes.now()._replace(transaction=10**15)) == 1
    assert [one.key for one in Outbox.objects.all()] == ["thing:2"]


def test_verify_finds_and_mends_a_tampered_index(store):
    for number in range(1, 8):
        put(store, number, f"Green maize {number}")
    index.drain()
    assert index.verify().agrees
    writer = open_index(folder()).writer(15_000_000, 1)
    writer.delete_documents_by_term("key", "thing:1")
    writer.delete_documents_by_term("key", "thing:2")
    changed = tantivy.Document()
    for name, value in (("key", "thing:2"), ("origin", "thing:2"), ("title", "tampered"), ("seen_by", "public")):
        changed.add_text(name, value)
    foreign = tantivy.Document()
    for name, value in (("key", "thing:99"), ("origin", "thing:99"), ("title", "tampered"), ("seen_by", "public")):
        foreign.add_text(name, value)
    for row in (changed, foreign):
        row.add_bytes("digest", b"false")
        row.add_bytes("kept", b'{"kind":"thing","extra":{},"titles":{},"texts":{}}')
        writer.add_document(row)
    writer.commit()
    writer.wait_merging_threads()
    store["thing:3"] = "Changed without a note"

    report = index.verify()
    assert not report.agrees
    assert (report.missing, sorted(report.stale), report.extra) == (["thing:1"], ["thing:2", "thing:3"], ["thing:99"])
    assert any("thing:99" in str(sentence) for sentence in report.sentences())

    mended = index.verify(repair=True)
    assert mended.agrees
    assert mended.repaired
    assert index.verify().wrong == []
    assert found("tampered") == []
    assert found("changed") == ["thing:3"]


def test_the_cursor_is_nobodys_result(store):
    put(store, 1, "Green maize")
    index.drain()

    for viewer in (("public",), ("secretariat",), (), ("public", "person:1")):
        assert CURSOR not in [hit.key for hit in index.ask(Question(viewer=viewer)).hits]
    assert index.ask(Question()).total == 1


def test_another_process_sees_a_commit_at_once(store):
    put(store, 1, "Green maize")
    index.drain()
    reader = index.view()
    put(store, 2, "Red cotton")
    index.drain()

    assert index.view() is not reader
    assert found("cotton") == ["thing:2"]
    assert index.view() is index.view()


def test_a_change_costs_the_same_in_a_large_index(store):
    for number in range(3000):
        store[f"thing:{number}"] = f"Green maize {number}"
    index.drain()
    began = time.perf_counter()
    put(store, 1, "Red cotton")
    index.drain()

    assert time.perf_counter() - began < 1
    assert found("cotton") == ["thing:1"]
