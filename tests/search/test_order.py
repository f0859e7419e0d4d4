"""On PostgreSQL a note may become visible after one with a higher number; none may be passed over."""

import os

import pytest
from django.db import connection, connections

from kapok.core import outbox
from kapok.search import notes

if os.environ["KAPOK_TEST_DB"] == "postgres":

    @pytest.mark.django_db(transaction=True)
    def test_a_note_of_an_older_open_transaction_is_waited_for():
        start = notes.now()
        other = connections.create_connection("default")
        try:
            other.set_autocommit(False)
            with other.cursor() as cursor:
                cursor.execute(
                    "INSERT INTO core_outbox (topic, key, created_at, transaction) "
                    "VALUES ('search', 'thing:slow', now(), txid_current())"
                )
            outbox.note("thing:quick")

            waiting = notes.after(start, 10)
            other.commit()
            settled = notes.after(waiting.cursor, 10)
        finally:
            other.close()

        assert waiting.keys == []
        assert settled.keys == ["thing:slow", "thing:quick"]
        assert notes.after(settled.cursor, 10).keys == []


@pytest.mark.django_db
def test_notes_are_read_in_order_each_key_once():
    start = notes.now()
    for key in ("thing:1", "thing:2", "thing:1"):
        outbox.note(key)

    assert notes.after(start, 10).keys == ["thing:1", "thing:2"]


@pytest.mark.django_db(transaction=True)
def test_a_batch_goes_on_where_the_last_one_ended():
    start = notes.now()
    for number in range(5):
        outbox.note(f"thing:{number}")

    first = notes.after(start, 3)
    second = notes.after(first.cursor, 3)

    assert first.keys + second.keys == [f"thing:{number}" for number in range(5)]
    assert first.cursor.vendor == connection.vendor
