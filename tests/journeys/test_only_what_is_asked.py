"""Into each form every field of every table is put besides: nothing changes but what the form asks for."""

import re
from typing import Any

import pytest
from django.apps import apps
from django.core import serializers
from django.db import models
from django.test import Client

from tests import make
from tests.journeys.sheet import Sheet
from tests.journeys.sheets import ACTS
from tests.records.forms import signed_in

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
# What nobody would type: it is looked for in every column afterwards.
WORD, NUMBER, DAY = "canary-besides", 987_654, "1987-06-05"
# A note goes with what is handed over, from whichever page; the files of a record are a question in several parts.
ASKED = {
    "hand_in": {"note"},
    "publish": {"note", "files"},
    "submit": {"note", "files"},
    "save_a_draft": {"files"},
}
OURS = [model for model in apps.get_models(include_auto_created=True) if model.__module__.startswith("kapok.")]


def besides() -> dict[str, Any]:
    """A value for each field of each table, recognisable where it can be."""
    found: dict[str, Any] = {}
    for model in OURS:
        for field in model._meta.concrete_fields:
            for name in {field.name, field.attname}:
                found[name] = sample(field)
    return found | {"role": "administrator", "is_staff": "on", "is_superuser": "on", "pk": NUMBER}


def sample(field: Any) -> Any:
    """Something that this field would take."""
    if isinstance(field, models.BooleanField):
        return "on"
    if isinstance(field, models.DateTimeField):
        return f"{DAY}T04:03:02"
    if isinstance(field, models.DateField):
        return DAY
    if isinstance(field, models.IntegerField | models.ForeignKey | models.DecimalField):
        return NUMBER
    if isinstance(field, models.JSONField):
        return f'{{"{WORD}": "{WORD}"}}'
    return field.choices[-1][0] if field.choices else WORD


def everything() -> str:
    """All rows of all tables as one text."""
    return "".join(serializers.serialize("json", model._base_manager.all()) for model in OURS)


def flags() -> dict[str, int]:
    """How many rows say yes, for each field that says yes or no; and how many hold each of the words a field knows."""
    found: dict[str, int] = {}
    for model in OURS:
        for field in model._meta.concrete_fields:
            label = f"{model._meta.label}.{field.name}"
            if isinstance(field, models.BooleanField):
                found[label] = model._base_manager.filter(**{field.name: True}).count()
            elif field.choices:
                found[label] = model._base_manager.filter(**{field.name: field.choices[-1][0]}).count()
    return found


def grown(sheet: Sheet) -> dict[str, int]:
    """What sending a form adds to the flags."""
    before = flags()
    assert sheet.send().status_code < 500
    return {name: number - before[name] for name, number in flags().items() if number != before[name]}


@pytest.mark.parametrize("name", ACTS)
def test_a_form_takes_no_more_than_it_asks_for(name):
    wanted = [grown(ACTS[name]()) for _time in range(2)][1]
    sheet = ACTS[name]()
    asked = set(sheet.sent) | sheet.asks | ASKED.get(name, set())
    sheet.sent |= {name: value for name, value in besides().items() if name not in asked}

    found = grown(sheet)

    said = everything()
    assert found == wanted
    assert re.findall(f".{{0,60}}(?:{WORD}|{NUMBER}|{DAY})", said) == []


@pytest.mark.parametrize("role", ["visitor", "member", "editor", "focal_point", "secretariat", "administrator"])
def test_fields_sent_to_each_page_of_the_account_give_no_role(role):
    person = None if role == "visitor" else (make.person() if role == "member" else getattr(make, role)())
    client = signed_in(person) if person else Client()
    before = flags()

    for address in ("/account", "/account/roles/ask", "/account/tokens", "/people/designate", "/account/signup/"):
        assert client.post(address, besides()).status_code < 500

    now = flags()
    assert {name: now[name] for name in before if name.startswith("people.")} == {
        name: number for name, number in before.items() if name.startswith("people.")
    }
