"""Choosing who answered yes so that regions, least developed countries and small islands all come out as published."""

import hashlib
from collections.abc import Callable, Iterable, Mapping

Signature = tuple[bool, ...]


class Unfit(ValueError):
    """No choice fits all the figures."""


def shuffled(name: str, countries: Iterable[str]) -> list[str]:
    """The countries in an order that is always the same for a name and looks like none."""
    return sorted(countries, key=lambda country: hashlib.sha256(f"{name} {country}".encode()).digest())


def choose(
    name: str,
    pools: Mapping[str, Iterable[str]],
    sizes: Mapping[str, int],
    across: Mapping[str, tuple[frozenset[str], int]],
) -> set[str]:
    """So many from each pool that each group across the pools has its number too.

    Starts with the first of each pool and exchanges two countries of one pool as long as that brings the
    groups nearer to their numbers.
    """
    order = {pool: shuffled(name, countries) for pool, countries in pools.items()}
    chosen = {pool: order[pool][: sizes[pool]] for pool in order}
    left = {pool: order[pool][sizes[pool] :] for pool in order}
    members = [group for group, _wanted in across.values()]

    def signature(country: str) -> Signature:
        return tuple(country in group for group in members)

    missing = [
        wanted - sum(country in group for countries in chosen.values() for country in countries)
        for group, wanted in across.values()
    ]
    while any(missing):
        found = best_exchange(chosen, left, missing, signature)
        if found is None:
            raise Unfit(f"{name}: {missing} are still missing and no exchange helps")
        pool, out, back, missing = found
        chosen[pool][chosen[pool].index(out)] = back
        left[pool][left[pool].index(back)] = out
    return {country for countries in chosen.values() for country in countries}


def best_exchange(
    chosen: Mapping[str, list[str]],
    left: Mapping[str, list[str]],
    missing: list[int],
    signature: Callable[[str], Signature],
) -> tuple[str, str, str, list[int]] | None:
    """The exchange within one pool that leaves the least missing, if one leaves less than now."""
    best, least = None, sum(map(abs, missing))
    for pool in chosen:
        outs = {signature(country): country for country in reversed(chosen[pool])}
        backs = {signature(country): country for country in reversed(left[pool])}
        for leaves, out in outs.items():
            for comes, back in backs.items():
                after = [gap + before - now for gap, before, now in zip(missing, leaves, comes, strict=True)]
                if sum(map(abs, after)) < least:
                    best, least = (pool, out, back, after), sum(map(abs, after))
    return best


def ticks_for(percents: Mapping[str, int], at_least: int) -> dict[str, int]:
    """The smallest numbers of ticks, at least so many in all, whose shares round to the percentages."""
    for total in range(at_least, at_least + 1000):
        low = {key: -(-((2 * percent - 1) * total) // 200) for key, percent in percents.items()}
        high = {key: -(-((2 * percent + 1) * total) // 200) - 1 for key, percent in percents.items()}
        spare = total - sum(low.values())
        if spare < 0 or sum(high.values()) < total or any(high[key] < low[key] for key in low):
            continue
        for key in low:
            more = min(spare, high[key] - low[key])
            low[key] += more
            spare -= more
        return low
    raise Unfit(f"no total of ticks fits {dict(percents)}")


def deal(counts: Mapping[str, int], people: list[str]) -> dict[str, list[str]]:
    """Give out so many of each option that everybody gets nearly the same number and nothing twice."""
    held: dict[str, list[str]] = {one: [] for one in people}
    for option, number in counts.items():
        for one in sorted(people, key=lambda one: len(held[one]))[:number]:
            held[one].append(option)
    return held
