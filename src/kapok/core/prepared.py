"""Questions to the database whose SQL is written once.

Django builds and compiles the SQL of a query set each time it is asked: 0.5 to 5 milliseconds, several times what
the database needs for the answer. A page that asks a dozen questions spends half its time so. Here the SQL is kept,
and only the arguments change.
"""

from collections.abc import Callable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from functools import wraps
from itertools import count
from typing import Any, TypeVar, TypeVarTuple

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import QuerySet
from django.db.models.sql.compiler import SQLCompiler

Arguments = TypeVarTuple("Arguments")
Row = TypeVar("Row")
Shape = tuple[tuple[type, int], ...]

ALONE = -1
STAND_IN = 1_900_000_000
# All of them, for the test that compares each with what Django answers.
questions: list[Callable[..., list[Any]]] = []


@dataclass(frozen=True, slots=True)
class Written:
    """A query set with its SQL, and which argument stands at each place of it."""

    query_set: QuerySet[Any, Any]
    compiler: SQLCompiler
    sql: str
    places: list[Callable[[Sequence[Any]], Any]]
    converters: Any

    def ask(self, values: Sequence[Any]) -> list[Any]:
        """The rows for these arguments, read by Django as ever."""
        compiler = copy(self.compiler)
        compiler.connection = connections[self.query_set.db]
        filled = self.sql, tuple(place(values) for place in self.places)
        # On this one compiler, what would be worked out anew is given.
        compiler.as_sql = lambda *_said, **_named: filled  # type: ignore[method-assign]
        compiler.get_converters = lambda expressions: self.converters  # type: ignore[method-assign]
        asked = self.query_set.all()
        asked.query.get_compiler = lambda *_said, **_named: compiler  # type: ignore[method-assign]
        return list(asked)


def prepared(make: Callable[[*Arguments], QuerySet[Any, Row]]) -> Callable[[*Arguments], list[Row]]:
    """A function that makes a query set of its arguments becomes one that answers with the rows.

    Arguments are whole numbers, texts, and sequences of these for `__in`; each must arrive in the SQL as it is.
    The function is called once for each shape of arguments, with stand-ins: it must not look at them, nor at the
    clock, the language or the reader. `TypeError` tells of an argument that the SQL does not hold.
    """
    kept: dict[Shape, Written | None] = {}

    @wraps(make)
    def ask(*given: *Arguments) -> list[Row]:
        full = [padded(one) for one in given]
        shape = tuple(shape_of(one) for one in full)
        if shape not in kept:
            kept[shape] = write(make, shape)
        written = kept[shape]
        return written.ask([*flat(full)]) if written else []

    questions.append(ask)
    return ask


def padded(given: Any) -> Any:
    """A sequence as long as the next power of two, its last value repeated: few lengths, so little SQL is kept."""
    if isinstance(given, int | str):
        return given
    values = [*given]
    return values and values + values[-1:] * ((1 << (len(values) - 1).bit_length()) - len(values))


def shape_of(given: Any) -> tuple[type, int]:
    """The type of an argument and, of a sequence, its length; what has one shape has one SQL."""
    if isinstance(given, list):
        return (type(given[0]) if given else int), len(given)
    return type(given), ALONE


def flat(given: Sequence[Any]) -> Iterator[Any]:
    """All values, those of sequences one by one."""
    for one in given:
        if isinstance(one, list):
            yield from one
        else:
            yield one


def write(make: Callable[..., QuerySet[Any, Any]], shape: Shape) -> Written | None:
    """The SQL for a shape; nothing where no row can answer, as for an empty sequence."""
    numbers = count(STAND_IN)

    def stand_in(kind: type) -> Any:
        return next(numbers) if issubclass(kind, int) else f"stand-in {next(numbers)}"

    given = [stand_in(kind) if size == ALONE else [stand_in(kind) for _ in range(size)] for kind, size in shape]
    query_set = make(*given)
    compiler = query_set.query.get_compiler(using=query_set.db)
    try:
        sql, parameters = compiler.as_sql()
    except EmptyResultSet:
        return None
    at = {value: place for place, value in enumerate(flat(given))}
    if missing := at.keys() - {one for one in parameters if isinstance(one, int | str)}:
        raise TypeError(f"{make.__qualname__}: an argument does not arrive in the SQL as it is: {missing}")
    columns = [column for column, *_ in compiler.select[: compiler.col_count]]
    return Written(query_set, compiler, sql, [filler(one, at) for one in parameters], compiler.get_converters(columns))


def filler(parameter: Any, at: dict[Any, int]) -> Callable[[Sequence[Any]], Any]:
    """What to put at a place of the SQL: the argument that stood in for it, or what always stands there."""
    place = at.get(parameter) if isinstance(parameter, int | str) else None
    if place is None:
        return lambda _values: parameter
    # PostgreSQL is told the size of a number by its type.
    kind = type(parameter)
    return (lambda values: values[place]) if kind in (int, str) else (lambda values: kind(values[place]))
