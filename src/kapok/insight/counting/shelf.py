"""The columns of this installation: one saved copy, and what changed since, kept in memory.

Each process opens the saved copy, which the system shares between them, and reads the rows of changed records from
the table. Its answers are therefore as new as the table, and a change costs the same however many records there are.
"""

import fcntl
import json
import shutil
import threading
import uuid
from collections import OrderedDict, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from django.conf import settings
from django.db.models import Max, QuerySet
from django.utils import timezone

from kapok.core.jobs import every, task
from kapok.insight import keeping
from kapok.insight.counting.answering import answer
from kapok.insight.counting.blocks import COUNTED, Block, Numbers, Part, Row, block_of, manifest
from kapok.insight.counting.filtering import chosen
from kapok.insight.counting.money import Money, by_record, left_out, summed
from kapok.insight.counting.questions import Matrix, Question
from kapok.insight.models import Change, Commitment, Place, Spell
from kapok.records.search import number_of

LAYOUT = 4  # raise it when the columns change: saved copies are then made anew
# The spells by what they are: whether a matrix counts them, and whether they are over.
PILES = {"now": (True, False), "past": (True, True), "rest": (False, False), "rest-past": (False, True)}
KEPT = 24  # answers kept until something changes
MOST_CHANGED = 3_000  # changed records after which a new copy is made
CHUNK = 2_000
_lock = threading.Lock()
_open: dict[Path, "Shelf"] = {}


class Shelf:
    """Saved columns with what changed since. Ask `shelf()` for the present one."""

    def __init__(self, folder: Path, epoch: str, change: int) -> None:
        self.folder, self.epoch = folder, epoch
        self.blocks = {name: Block.load(folder / name) for name in PILES}
        self.dead: dict[str, Numbers] = {}
        self.changed: set[str] = set()
        self.tail: dict[str, Block] = {}
        self.change = change
        self.kept: OrderedDict[Any, Matrix] = OrderedDict()

    def follow(self, change: int) -> None:
        """Read the rows of what changed after the last look."""
        if change == self.change:
            return
        fresh = set(Change.objects.filter(pk__gt=self.change, pk__lte=change).values_list("identifier", flat=True))
        for name, block in self.blocks.items():
            dead = block.numbered(map(number_of, fresh - self.changed))
            self.dead[name] = self.dead[name] | dead if name in self.dead else dead
        self.changed |= fresh
        spells = Spell.objects.filter(identifier__in=self.changed)
        self.tail = {name: block_of(rows(pile(spells, name))) for name in PILES}
        self.change = change
        self.kept.clear()
        if len(self.changed) > MOST_CHANGED:
            gather.using(key="gather").enqueue()

    def is_before(self, day: date) -> bool:
        """Is this a day before anything was published here?"""
        filled = [block for block in (*self.blocks.values(), *self.tail.values()) if block.size]
        return bool(filled) and day.toordinal() < min(int(block["begins"].min()) for block in filled)

    def placed(self, question: Question) -> Question:
        """The question, told whether the register began after its day."""
        return replace(question, earlier=question.as_of is not None and self.is_before(question.as_of))

    def parts(self, question: Question, every: bool = False) -> Iterator[tuple[Block, Numbers | None]]:
        """The blocks that a question concerns, each with what in it is out of date."""
        present = question.as_of is None or question.earlier
        for name, (counted, past) in PILES.items():
            if (past and present) or not (counted or every):
                continue
            yield self.blocks[name], self.dead.get(name)
            if name in self.tail and self.tail[name].size:
                yield self.tail[name], None

    def matrix(self, question: Question) -> Matrix:
        """Count everything a matrix shows. The last answers are kept until something changes or the day turns."""
        key = (timezone.now().date(), *question.key())
        found = self.kept.get(key)
        if found is None:
            placed = self.placed(question)
            found = answer(self.parts(placed), placed)
            self.kept[key] = found
            while len(self.kept) > KEPT:
                self.kept.popitem(last=False)
        else:
            self.kept.move_to_end(key)
        return found

    def money(self, question: Question, money: Money, *sides: str) -> dict[tuple[str, ...], int]:
        """Cents of USD by the values of some sides."""
        placed = self.placed(question)
        return summed(self.parts(placed), placed, money, *sides)

    def left_out(self, question: Question, money: Money) -> dict[tuple[str, str], int]:
        """Cents by currency and kind that no sum holds, because they have no rate or their year no level of prices."""
        placed = self.placed(question)
        return left_out(self.parts(placed), placed, money)

    def payers(self, question: Question, money: Money) -> list[tuple[int, int]]:
        """The records behind a sum of money, by number, each with its cents."""
        placed = self.placed(question)
        return by_record(self.parts(placed), placed, money)

    def numbers(self, question: Question) -> list[int]:
        """Every record that the question keeps, by number, those that changed last first."""
        found: list[tuple[int, int]] = []
        placed = self.placed(question)
        for block, dead in self.parts(placed, every=True):
            some = np.flatnonzero(chosen(block, placed, dead))
            found.extend(zip((-block["begins"][some]).tolist(), block["number"][some].tolist(), strict=True))
        return [number for _begins, number in sorted(found)]


def pile(spells: QuerySet[Spell], name: str) -> QuerySet[Spell]:
    """The spells of one pile."""
    counted, past = PILES[name]
    some = spells.filter(format__in=COUNTED) if counted else spells.exclude(format__in=COUNTED)
    return some.exclude(valid_until=None) if past else some.filter(valid_until=None)


def root() -> Path:
    """Where the saved columns lie."""
    path: Path = settings.DATA / "insight"
    return path


def shelf() -> Shelf:
    """The columns as of this moment."""
    place = Place.objects.first()
    if place is None:
        keeping.drain()
        place = Place.objects.get()
    change = Change.objects.aggregate(last=Max("pk"))["last"] or 0
    with _lock:
        held = _open.get(root())
        folder = current()
        if held is None or held.folder != folder or not fits(held.folder, place.epoch, change):
            if folder is None or not fits(folder, place.epoch, change):
                folder = build(place.epoch, change)
            said = manifest(folder) or {}
            # One at a time: each keeps files open.
            _open.clear()
            held = _open[root()] = Shelf(folder, said["epoch"], said["change"])
        held.follow(change)
    return held


def current() -> Path | None:
    """The folder in use."""
    try:
        return root() / (root() / "current").read_text().strip()
    except FileNotFoundError:
        return None


def fits(folder: Path, epoch: str, change: int) -> bool:
    """Were these columns made of the tables that are there now?"""
    said = manifest(folder)
    return said is not None and said["layout"] == LAYOUT and said["epoch"] == epoch and said["change"] <= change


@contextmanager
def alone() -> Iterator[None]:
    """One process at a time."""
    root().mkdir(parents=True, exist_ok=True)
    with (root() / "building.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def build(epoch: str, change: int, again: bool = False) -> Path:
    """Save the columns beside those in use and put them in their place in one step."""
    with alone():
        before = current()
        if not again and before is not None and fits(before, epoch, change):
            return before
        folder = root() / f"built-{uuid.uuid4().hex[:12]}"
        for name in PILES:
            (folder / name).mkdir(parents=True)
            block_of(rows(pile(Spell.objects.all(), name))).save(folder / name)
        said = {"layout": LAYOUT, "epoch": epoch, "change": change}
        (folder / "kapok.json").write_text(json.dumps(said))
        pointer = root() / f"current.{uuid.uuid4().hex[:8]}"
        pointer.write_text(folder.name)
        pointer.replace(root() / "current")
        for other in root().glob("built-*"):
            if other not in (folder, before):
                shutil.rmtree(other, ignore_errors=True)
    return folder


def rows(spells: QuerySet[Spell]) -> Iterator[Row]:
    """Spells with their money, some thousand at a time."""
    wanted = spells.order_by("pk")
    names = ("pk", "identifier", "format", "valid_from", "valid_until", "facts")
    last = 0
    while some := list(wanted.filter(pk__gt=last).values_list(*names)[:CHUNK]):
        last = some[-1][0]
        money: dict[int, list[Part]] = defaultdict(list)
        held = Commitment.objects.filter(spell__in=wanted.filter(pk__gte=some[0][0], pk__lte=last).values("pk"))
        names_of_part = ("country", "theme", "kind", "usd_cents", "year", "funder", "cents", "currency")
        for spell, *part in held.order_by("pk").values_list("spell", *names_of_part):
            money[spell].append(Part(*part))
        for pk, identifier, code, begins, ends, facts in some:
            yield Row(identifier, code, begins, ends, facts, money.get(pk, []))


@every("50 1 * * *", "insight.gather_nightly")
def gather_nightly() -> None:
    """Once a night, and after many changes, the columns are saved anew."""
    gather.enqueue()


@task("insight.gather")
def gather() -> None:
    """Save the columns anew, and forget the changes that no saved copy needs any more."""
    place = Place.objects.first()
    if place is None:
        return
    before = manifest(current() or root())
    change = Change.objects.aggregate(last=Max("pk"))["last"] or 0
    build(place.epoch, change, again=True)
    if before and before["epoch"] == place.epoch:
        Change.objects.filter(pk__lt=before["change"]).delete()
