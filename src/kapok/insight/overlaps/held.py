"""The shelf of this process, brought up to date with what other processes changed before each question."""

import threading

from django.db.models import Count, Max, Q

from kapok.insight.models import Sketch
from kapok.insight.overlaps.facts import from_plain
from kapok.insight.overlaps.shelf import Shelf

# Another process may commit a moment after a later one: what changed in the last minute is read again.
AGAIN = 60 * 10**9


class Held:
    """A shelf with the turns of the sketches it was filled from."""

    def __init__(self) -> None:
        self.shelf = Shelf()
        self.turns: dict[int, int] = {}
        self.last = 0

    def refresh(self) -> bool:
        """Read what is new; no when the shelf does not fit the database any more and must be filled anew."""
        for sketch in Sketch.objects.filter(turn__gt=self.last - AGAIN).order_by("turn").iterator(chunk_size=2000):
            if self.turns.get(sketch.pk) != sketch.turn:
                self.take(sketch)
        counted = Sketch.objects.aggregate(all=Count("pk"), last=Max("turn", filter=Q(turn__gt=self.last)))
        return counted["all"] == len(self.turns) and counted["last"] is None

    def take(self, sketch: Sketch) -> None:
        """One sketch."""
        self.turns[sketch.pk] = sketch.turn
        self.last = max(self.last, sketch.turn)
        if sketch.alive:
            self.shelf.put(from_plain(sketch.pk, sketch.facts))
        else:
            self.shelf.drop(sketch.pk)


_lock = threading.Lock()
_held = [Held()]


def shelf() -> Shelf:
    """All published initiatives, as of now."""
    with _lock:
        if not _held[0].refresh():
            _held[0] = Held()
            _held[0].refresh()
        return _held[0].shelf


def forget() -> None:
    """Begin with an empty shelf, as tests do between each other."""
    with _lock:
        _held[0] = Held()
