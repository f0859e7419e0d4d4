"""A Kapok as it was at an earlier point, with rows in every table of then: made by its own migrations and models.

Runs in a process of its own: `fill(point, place)` before today's `kapok setup`, `compare(place)` after it.
"""

import hashlib
import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models
from django.db.migrations.executor import MigrationExecutor

POINTS = Path(__file__).with_name("points.json")
ROWS = 3
MOMENT, DAY = datetime(2026, 11, 1, 12, tzinfo=UTC), date(2026, 11, 1)
PLAIN: "dict[type[models.Field[Any, Any]], Any]" = {
    models.DateTimeField: MOMENT,
    models.DateField: DAY,
    models.BooleanField: True,
    models.DecimalField: Decimal("1"),
    models.FloatField: 0.5,
    models.BinaryField: b"kept",
}
as_json = partial(json.dumps, cls=DjangoJSONEncoder, sort_keys=True, ensure_ascii=False)


def points() -> dict[str, dict[str, str]]:
    """The last migration of each room at each point from which an upgrade is promised."""
    found: dict[str, dict[str, str]] = json.loads(POINTS.read_text())
    return found


def tables(of: Any, rooms: set[str]) -> list[type[models.Model]]:
    """The models of our rooms, those first that others point to."""
    left = [model for model in of.get_models() if model._meta.app_label in rooms]
    found: list[type[models.Model]] = []
    while left:
        ready = [model for model in left if not needed(model) & {one._meta.label for one in left}]
        assert ready, left
        found += ready
        left = [model for model in left if model not in ready]
    return found


def needed(model: type[models.Model]) -> set[str]:
    """The models whose rows must be there before one of this."""
    keys = [field for field in model._meta.concrete_fields if isinstance(field, models.ForeignKey)]
    return {key.related_model._meta.label for key in keys} - {model._meta.label}  # type: ignore[union-attr]


def fill(point: str, place: str) -> None:
    """Build the tables of then, put rows into each, and keep what they say."""
    executor = MigrationExecutor(connection)
    others = [node for node in executor.loader.graph.leaf_nodes() if not is_ours(node[0])]
    ours = [(room, name) for room, name in points()[point].items()]
    state = executor.migrate([*others, *ours])
    said: dict[str, list[dict[str, Any]]] = {}
    for model in tables(state.apps, set(points()[point])):
        for number in range(1, ROWS + 1 + (model._meta.label == "records.Record")):
            model._base_manager.create(**row(model, number))
        said[model._meta.label] = list(model._base_manager.order_by("pk").values())
    Path(place).write_text(as_json(said))


def is_ours(room: str) -> bool:
    return apps.get_app_config(room).name.startswith("kapok.")


def row(model: type[models.Model], number: int) -> dict[str, Any]:
    """A row of a table: plausible where Kapok will read it, anything of the right kind elsewhere."""
    fields = [field for field in model._meta.concrete_fields if not isinstance(field, models.AutoField)]
    made = {field.name: value(field, number) for field in fields}
    meant = MEANT.get(model._meta.label)
    return made | (meant(number) if meant else {})


def value(field: Any, number: int) -> Any:
    """Something of the field's kind."""
    if isinstance(field, models.ForeignKey):
        if field.related_model is field.model:
            return None
        # A second record beside the first is another one.
        besides = field.name in {"second", "other"} and field.related_model._meta.object_name == "Record"
        place = number if besides else number - 1
        rows = list(field.related_model._base_manager.order_by("pk"))
        return rows[place % len(rows)]
    if field.choices:
        return field.choices[0][0]
    for kind, sample in PLAIN.items():
        if isinstance(field, kind):
            return sample
    if isinstance(field, models.JSONField):
        return field.get_default() if field.has_default() else {}
    if isinstance(field, models.IntegerField):
        return number
    return f"{number}-{field.name}"[: field.max_length or 100]


def record(number: int) -> dict[str, Any]:
    """A published organisation."""
    values = {"name": {"en": f"Institute {number}", "ar": "معهد"}, "kind": "academic-research", "country": "KEN"}
    facts = {"identifier": f"ORG-{number:06}", "format": "organisation", "stage": "published", "values": values}
    return facts | {"number": 1, "merged_into": None, "withdrawn_because": "", "freshness": "no-clock"}


def version(number: int) -> dict[str, Any]:
    return {"number": 1, "values": record(number)["values"]}


def body(number: int) -> dict[str, Any]:
    return {"code": f"ORG-{number:06}", "kind": "organisation", "country": "KEN", "names": {"en": f"Body {number}"}}


def entry(number: int) -> dict[str, Any]:
    """An entry of the trail, chained as it was then."""
    previous = entry(number - 1)["digest"] if number > 1 else ""
    facts = {"verb": "records.publish", "thing": f"record:ORG-{number:06}", "capacity": "", "details": {"é": number}}
    said = [facts["verb"], facts["thing"], facts["capacity"], MOMENT.isoformat(), facts["details"], previous]
    digest = hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
    return facts | {"at": MOMENT, "previous": previous, "digest": digest}


def spell(number: int) -> dict[str, Any]:
    """A stretch of time that is still going on."""
    facts = {"identifier": f"ORG-{number:06}", "format": "organisation", "valid_until": None}
    return facts | {"facts": {"facets": {}, "days": {}}}


MEANT: dict[str, Callable[[int], dict[str, Any]]] = {
    "core.Entry": entry,
    "core.Outbox": lambda number: {"topic": "search", "key": f"record:ORG-{number:06}", "transaction": 1},
    "insight.Place": lambda _number: {"cursor": ["sqlite", 0, 0]},
    "insight.Spell": spell,
    "people.Body": body,
    "people.Person": lambda number: {"email": f"person{number}@example.org", "language": "en", "erased_at": None},
    "records.Record": record,
    "records.Version": version,
    "records.Draft": lambda number: {"values": record(number)["values"], "stage": "draft"},
    "surveys.Response": lambda number: {"state": "draft", "number": 0, "submitted_at": None},
    "search.SavedSearch": lambda number: {"query": f"?type=need&page={number}", "frequency": "weekly"},
}


def compare(place: str) -> None:
    """Every row of then is there, and today's models read in it what was written."""
    then: dict[str, list[dict[str, Any]]] = json.loads(Path(place).read_text())
    for label, rows in then.items():
        model = apps.get_model(label)
        names = [name for name in rows[0] if name in {field.attname for field in model._meta.concrete_fields}]
        assert set(names) == set(rows[0]), f"{label} lost {set(rows[0]) - set(names)}"
        keys = [one[model._meta.pk.attname] for one in rows]
        now = json.loads(as_json(list(model._base_manager.filter(pk__in=keys).order_by("pk").values(*names))))
        assert now == rows, label
        assert all(str(one) for one in model._base_manager.all()), label
    assert len(then) > 15
