"""The JSON Schema of a format, for the API and for anyone who writes records by program."""

from typing import Any

from kapok.formats.format import Format, shown

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema(form: type[Format], address: str = "") -> dict[str, Any]:
    """The schema of the public values of a format."""
    public = dict(shown(form.fields))
    described: dict[str, Any] = {
        "$schema": DIALECT,
        "$id": address,
        "title": str(form.label),
        "description": str(form.purpose) or (form.__doc__ or "").strip(),
        "version": form.version,
        "type": "object",
        "properties": {name: kind.schema() for name, kind in public.items()},
        "required": [name for name, kind in public.items() if kind.required],
        "additionalProperties": False,
    }
    return described
