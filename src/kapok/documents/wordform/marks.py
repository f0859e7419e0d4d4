"""Names that the writer and the reader of forms share, and the hidden part with its signature."""

import json
from collections.abc import Mapping
from typing import Any

from django.core.signing import BadSignature, Signer

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
OURS = "urn:kapok:wordform:1"
PROPERTY = "kapok"
# Word takes no tag longer than this; a longer key travels in the hidden part under a short name.
LONGEST_TAG = 64
# An option of a list of check boxes: the key of the question, then that of the option.
OPTION = "="
CHECKED, UNCHECKED = "☒", "☐"
SALT = "kapok.wordform"


def sealed(hidden: Mapping[str, str], tags: Mapping[str, str], places: list[str]) -> str:
    """The hidden part as text: what the form is about with its signature, long tags, and the words of empty places."""
    about = dict(hidden)
    said = {"about": about, "tags": dict(tags), "places": places, "signature": signature(about)}
    return json.dumps(said, ensure_ascii=False, sort_keys=True)


def opened(text: str) -> dict[str, Any]:
    """The hidden part; empty when it is missing or is none of ours."""
    try:
        said = json.loads(text)
    except ValueError:
        return {}
    return said if isinstance(said, dict) and isinstance(said.get("about"), dict) else {}


def genuine(said: Mapping[str, Any]) -> bool:
    """Is what the form is about as Kapok wrote it?"""
    try:
        Signer(salt=SALT).unsign(f"{canonical(said.get('about', {}))}:{said.get('signature', '')}")
    except BadSignature:
        return False
    return True


def signature(about: Mapping[str, str]) -> str:
    return Signer(salt=SALT).signature(canonical(about))


def canonical(about: Mapping[str, Any]) -> str:
    return json.dumps(dict(about), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
