"""What rooms above show on the pages of a record. Each adds a function that answers with a template and its facts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from kapok.records.models import Record


@dataclass(frozen=True, slots=True)
class Beside:
    """One piece of a page; its template finds the facts under the name `beside`."""

    template: str
    facts: Mapping[str, Any]


# Beside the published record, beside the form of a draft with the answers so far, and beside the first questions
# about a record that is not there yet.
on_page: list[Callable[[HttpRequest, Record], Beside | None]] = []
on_form: list[Callable[[HttpRequest, Record, Mapping[str, Any]], Beside | None]] = []
on_start: list[Callable[[HttpRequest, str, Mapping[str, Any]], Beside | None]] = []


def of_page(request: HttpRequest, record: Record) -> list[Beside]:
    """Everything beside a published record."""
    return [piece for piece in (show(request, record) for show in on_page) if piece]


def of_form(request: HttpRequest, record: Record, values: Mapping[str, Any]) -> list[Beside]:
    """Everything beside a form."""
    return [piece for piece in (show(request, record, values) for show in on_form) if piece]


def of_start(request: HttpRequest, code: str, values: Mapping[str, Any]) -> list[Beside]:
    """Everything beside the first questions about a record of a type."""
    return [piece for piece in (show(request, code, values) for show in on_start) if piece]
