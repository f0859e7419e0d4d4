"""The document as a page: the same blocks, notes at the end, charts as pictures."""

import base64
from typing import Any

from django.template.loader import render_to_string
from markupsafe import Markup

from kapok.documents.blocks import Document
from kapok.documents.plainly import data


def to_html(document: Document) -> Markup:
    """An `<article>` to set into a page, in the language of the document."""
    said = data(document)
    notes: list[str] = []
    for block in said["blocks"]:
        for part in block.get("parts", ()):
            number_note(part, notes)
        if block["kind"] == "picture":
            block["address"] = "data:image/svg+xml;base64," + base64.b64encode(block.pop("svg")).decode()
            del block["png"]
    context = {"document": said, "notes": notes}
    return Markup(render_to_string("documents/document.html", context, using="jinja2"))  # noqa: S704


def number_note(part: dict[str, Any], notes: list[str]) -> None:
    """Give a note its number."""
    if part["kind"] == "note":
        notes.append(part["text"])
        part["number"] = len(notes)
