"""Measure whether time tells a known address from an unknown one: signing in, asking for a password, joining.

`DATA=folder python -m benchmarks.probing`. The answers' words are compared by tests; this compares how long they take.
Both kinds of address take turns, so that other work of the machine troubles both alike; the share by which the
medians of processor time differ is what an unloaded machine would show.
"""

import json
import sys
import time
from collections.abc import Callable
from statistics import median
from uuid import uuid4

import django

django.setup()

from allauth.account.models import EmailAddress  # noqa: E402
from django.core.cache import cache  # noqa: E402
from django.test import Client  # noqa: E402

from kapok.people.models import Person  # noqa: E402

TURNS = 15
PASSWORD = "purple lantern over rivers"


def main() -> int:
    """Each way of asking, with an address that has an account and with one that has none."""
    known = f"known-{uuid4().hex[:8]}@example.org"
    person = Person.objects.create_user(email=known, name="Known", password=PASSWORD)
    EmailAddress.objects.create(user=person, email=known, verified=True, primary=True)
    for name, ask in {"sign in": sign_in, "ask for a password": reset, "join": join}.items():
        print(json.dumps(compared(name, ask, known)), flush=True)
    return 0


def sign_in(email: str) -> object:
    """A wrong password."""
    return Client().post("/account/login/", {"login": email, "password": "another lantern"}, HTTP_HOST="localhost")


def reset(email: str) -> object:
    """A code for a new password."""
    return Client().post("/account/password/reset/", {"email": email}, HTTP_HOST="localhost")


def join(email: str) -> object:
    """A new account."""
    facts = {"email": email, "password1": PASSWORD, "name": "Officer", "language": "en", "agreed": "on"}
    return Client().post("/account/signup/", facts, HTTP_HOST="localhost")


def compared(name: str, ask: Callable[[str], object], known: str) -> dict[str, object]:
    """The medians of both, by the clock on the wall and by the processor."""
    taken: dict[str, list[tuple[float, float]]] = {"known": [], "unknown": []}
    ask(known), ask(unknown())  # what is loaded once is loaded now
    for _turn in range(TURNS):
        for kind, email in (("known", known), ("unknown", unknown())):
            cache.clear()  # the limits on guessing would answer instead
            wall, worked = time.perf_counter(), time.process_time()
            ask(email)
            taken[kind].append((time.perf_counter() - wall, time.process_time() - worked))
    walls = {kind: median(wall for wall, _cpu in both) for kind, both in taken.items()}
    works = {kind: median(cpu for _wall, cpu in both) for kind, both in taken.items()}
    return {
        "bench": f"account probing: {name}",
        "turns": TURNS,
        "known_ms": round(walls["known"] * 1000, 1),
        "unknown_ms": round(walls["unknown"] * 1000, 1),
        "known_cpu_ms": round(works["known"] * 1000, 1),
        "unknown_cpu_ms": round(works["unknown"] * 1000, 1),
        "cpu_difference": round(abs(works["known"] - works["unknown"]) / max(works.values()), 3),
    }


def unknown() -> str:
    """An address nobody has."""
    return f"nobody-{uuid4().hex[:10]}@example.org"


if __name__ == "__main__":
    sys.exit(main())
