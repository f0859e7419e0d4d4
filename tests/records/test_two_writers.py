"""Two people on one draft, in any order, from forms of any age: no text is ever overwritten unseen."""

import random

import pytest

from kapok.records import verbs
from kapok.records.models import Aside, Draft
from tests import make

pytestmark = pytest.mark.django_db
RUNS = 500


def saved(record, by, text, held):
    """The draft, or the aside of a text that came second."""
    try:
        return verbs.save(record, by=by, raw=text, revision=held)
    except verbs.Conflict as conflict:
        return conflict.aside


def test_no_save_overwrites_what_its_writer_has_not_seen():
    chance = random.Random(20261123)
    body = make.body()
    writers = [make.editor(body), make.editor(body)]
    record = make.draft("news", by=writers[0], owner=body)
    by_whom = {1: writers[0].pk}
    refused = 0

    for run in range(RUNS):
        by = chance.choice(writers)
        newest = Draft.objects.get(record=record).revision
        held = max(1, newest - chance.choice((0, 0, 0, 1, 2, 3)))
        unseen = any(by_whom[revision] != by.pk for revision in range(held + 1, newest + 1))
        text = {"title": {"en": f"Run {run}"}}
        kept = saved(record, by, text, held)
        if isinstance(kept, Aside):
            refused += 1
            assert unseen, f"run {run}: a conflict with oneself"
            assert Aside.objects.get(pk=kept.pk).values == text
            assert Draft.objects.get(record=record).revision == newest
        else:
            assert not unseen, f"run {run}: somebody's text was overwritten"
            assert (kept.revision, kept.values) == (newest + 1, text)
            by_whom[kept.revision] = by.pk

    assert 20 < refused < RUNS - 100
