"""Yesterday's code runs on today's tables: while servers are renewed one by one, nobody meets an error.

What yesterday's code reads or writes stays for one release more: a column is first no longer used, and goes with the
release after; a new one is empty or filled by the database. Steps up to the newest point in `tests/run/points.json`
are in the field already and are not judged again.
"""

from typing import Any

import pytest
from django.db import models
from django.db.migrations import operations as steps
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.models.fields import NOT_PROVIDED

from tests.run.earlier import is_ours, points

# The second half of a change in two steps names itself here, with the release that no longer used what goes.
SECOND_HALVES: dict[str, str] = {}
GOING = (steps.RemoveField, steps.RenameField, steps.DeleteModel, steps.RenameModel, steps.AlterModelTable)


def hinders(step: Operation) -> str:
    """Why yesterday's code would fail after this step; nothing, if it would not."""
    if isinstance(step, steps.SeparateDatabaseAndState):
        return next(filter(None, map(hinders, step.database_operations)), "")
    if isinstance(step, GOING):
        return "takes away or renames what yesterday's code asks for"
    if isinstance(step, steps.AddField) and not fills_itself(step.field):
        return "adds a column that yesterday's code leaves empty"
    if isinstance(step, steps.AlterField) and not step.field.null:
        return "may narrow a column that yesterday's code writes"
    if isinstance(step, steps.AddConstraint):
        return "adds a constraint that yesterday's code does not know"
    return ""


def fills_itself(field: "models.Field[Any, Any]") -> bool:
    """May a row be written without it? A default of Django's is none: only its own code knows it."""
    return field.null or field.many_to_many or field.db_default is not NOT_PROVIDED


def newer() -> list[tuple[str, Operation]]:
    """The steps since the newest point."""
    loader = MigrationLoader(None)
    point = points()[max(points())]
    known = {node for room, name in point.items() for node in loader.graph.forwards_plan((room, name))}
    found = [node for node in loader.disk_migrations if is_ours(node[0]) and node not in known]
    return [(f"{room}.{name}", step) for room, name in found for step in loader.disk_migrations[room, name].operations]


def test_yesterday_s_code_runs_on_today_s_tables():
    wrong = {f"{name}: {hinders(step)}" for name, step in newer() if name not in SECOND_HALVES and hinders(step)}

    assert wrong == set()


def test_each_room_is_in_the_newest_point_or_newer():
    rooms = {node[0] for node in MigrationLoader(None).graph.leaf_nodes() if is_ours(node[0])}

    assert rooms - {name.partition(".")[0] for name, _step in newer()} <= set(points()[max(points())])


@pytest.mark.parametrize(
    ("step", "is_hindrance"),
    [
        (steps.RemoveField("record", "values"), True),
        (steps.RenameField("record", "values", "answers"), True),
        (steps.DeleteModel("record"), True),
        (steps.AddField("record", "weight", models.IntegerField(default=0)), True),
        (steps.AddField("record", "weight", models.IntegerField(db_default=0)), False),
        (steps.AddField("record", "weight", models.IntegerField(null=True)), False),
        (steps.AlterField("record", "weight", models.IntegerField()), True),
        (steps.AlterField("record", "weight", models.IntegerField(null=True)), False),
        (steps.AddConstraint("record", models.UniqueConstraint(fields=["weight"], name="once")), True),
        (steps.CreateModel("stone", [("id", models.BigAutoField(primary_key=True))]), False),
        (steps.AddIndex("record", models.Index(fields=["weight"], name="by_weight")), False),
        (steps.RunPython(steps.RunPython.noop), False),
    ],
)
def test_what_hinders_yesterday_s_code_is_seen(step, is_hindrance):
    assert bool(hinders(step)) == is_hindrance
