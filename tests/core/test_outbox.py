"""Notes to the index are part of the change."""

import pytest
from django.db import connection, transaction

from kapok.core.models import Outbox
from kapok.core.outbox import note

pytestmark = pytest.mark.django_db


def test_a_note_is_written_with_the_change_and_goes_with_it():
    with pytest.raises(RuntimeError), transaction.atomic():  # noqa: PT012
        note("record:INI-000001")
        raise RuntimeError

    note("record:INI-000002")

    assert [(kept.key, kept.topic) for kept in Outbox.objects.all()] == [("record:INI-000002", "search")]


def test_a_note_knows_its_transaction_where_order_of_numbers_is_not_order_of_commit():
    note("record:INI-000001")

    assert (Outbox.objects.get().transaction is not None) == (connection.vendor == "postgresql")
