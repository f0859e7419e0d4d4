"""The document as a PDF that readers of screens can use (PDF/UA), set by typst."""

import json
import re
from pathlib import Path
from typing import Any

import typst
from django.utils.translation import gettext as _

from kapok.core.rules import Refused
from kapok.core.typesetting import families, typeset
from kapok.documents.blocks import Document
from kapok.documents.plainly import data

SOURCE = (Path(__file__).parent / "data" / "document.typ").read_text()
LATIN = ("Times New Roman", "Liberation Serif", "Noto Serif", "Libertinus Serif", "DejaVu Serif")
OWN = {
    "ar": ("Simplified Arabic", "Noto Naskh Arabic", "Amiri", "Noto Sans Arabic", "DejaVu Sans"),
    "zh": ("SimSun", "Noto Serif CJK SC", "Noto Serif SC", "Noto Sans CJK SC", "WenQuanYi Zen Hei"),
}
FACE_MISSING = re.compile(r"the text `\"(?P<text>.*?)\"` could not be displayed")


def to_pdf(document: Document) -> bytes:
    """The document as a PDF; refused with a sentence when no face of this machine has its letters."""
    said = data(document)
    for block in said["blocks"]:
        if block["kind"] == "picture":
            block["png"] = list(block.pop("png"))
            del block["svg"]
    given = {"document": json.dumps({**said, "faces": faces(document.language), "year": document.date.year})}
    try:
        return typeset(SOURCE, given, kind="pdf", accessible=True)
    except typst.TypstError as error:
        raise trouble(error) from error


def faces(language: str) -> list[str]:
    """The faces of this machine for a language, the best first."""
    there = families()
    return [name for name in (*LATIN, *OWN.get(language, ()), *OWN["ar"], *OWN["zh"]) if name in there]


def trouble(error: Any) -> Exception:
    """Why there is no PDF, for the reader; anything that is our own fault is raised as it is."""
    found = FACE_MISSING.search(str(error))
    if not found:
        return RuntimeError(str(error))
    return Refused(
        _(
            "No font on this server can show “%(text)s”, so there is no PDF. Take the Word file, or ask whoever runs "
            "the server to install the Noto fonts."
        )
        % {"text": found["text"][:40]}
    )
