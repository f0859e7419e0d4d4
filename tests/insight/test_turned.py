"""Lists turned around count and find the same as going through them one by one, however long they are."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kapok.insight.counting.figures import ADDS, CLASSES, PACKED
from kapok.insight.counting.turned import LANES, PIECE, columns_of, lanes_of, last_of, turned

KEYS = 5


def world(spells, seed, share):
    """Spells with up to three numbers each, what each is to a cell, what it is worth, and which are chosen."""
    dice = np.random.default_rng(seed)
    lengths = dice.integers(0, 4, spells)
    at = np.concatenate([[0], np.cumsum(lengths)])
    ids = np.concatenate([dice.permutation(KEYS)[:length] for length in lengths] + [np.zeros(0, np.int64)])
    return at, ids.astype(np.int32), dice.integers(0, CLASSES, spells), dice.random(spells), dice.random(spells) < share


def one_by_one(at, ids, classes, worth, mask):
    """The six figures of each key, and the worth of its best spell."""
    figures, best = {}, {}
    for spell in np.flatnonzero(mask).tolist():
        for key in ids[at[spell] : at[spell + 1]].tolist():
            held = figures.setdefault(key, [0] * LANES)
            for lane in ADDS[classes[spell]]:
                held[lane] += 1
            best[key] = max(best.get(key, -1.0), worth[spell])
    return {key: held for key, held in figures.items() if any(held)}, best


def in_lists(at, ids, classes, worth, mask):
    lists = columns_of(turned("side", at, ids, worth), "side")
    keys, lanes = lanes_of(lists, np.where(mask, PACKED[classes], np.uint64(0)))
    figures = {key: held for key, held in zip(keys.tolist(), lanes.tolist(), strict=True) if any(held)}
    keys, spells = last_of(lists, mask)
    return figures, dict(zip(keys.tolist(), worth[spells].tolist(), strict=True))


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 60), st.integers(0, 2**32 - 1), st.sampled_from([0.0, 0.05, 0.5, 1.0]))
def test_lists_say_the_same_as_their_spells(spells, seed, share):
    made = world(spells, seed, share)

    assert in_lists(*made) == one_by_one(*made)


@pytest.mark.parametrize("share", [0.0005, 0.3, 1.0])
def test_lists_longer_than_a_lane_holds_are_counted_in_pieces(share):
    made = world(8 * PIECE, 11, share)

    assert in_lists(*made) == one_by_one(*made)
    assert max(np.bincount(made[1])) > 2 * PIECE


def test_only_those_asked_for_stand_in_the_lists():
    at, ids, _classes, worth, mask = world(200, 3, 0.4)

    lists = columns_of(turned("side", at, ids, worth, mask), "side")

    assert set(lists.spells.tolist()) <= set(np.flatnonzero(mask).tolist())
    assert len(lists.spells) == sum(int(at[one + 1] - at[one]) for one in np.flatnonzero(mask))
