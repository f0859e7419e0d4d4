"""Gather every sentence marked for translation into the catalogues of the six languages.

Reads Python, Jinja2 and Django templates; keeps every translation there is; guesses none.
Nothing but Babel is needed: no gettext of the system.
"""

import copy
import io
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_python
from babel.messages.pofile import read_po, write_po
from jinja2.ext import babel_extract

HOME = Path(__file__).resolve().parent.parent
SOURCE = HOME / "src" / "kapok"
LOCALES = ("ar", "en", "es", "fr", "ru", "zh_Hans")
KEYWORDS = DEFAULT_KEYWORDS | {
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
JINJA = {
    "trimmed": "true",
    "trim_blocks": "true",
    "lstrip_blocks": "true",
    "silent": "false",
    "extensions": "jinja2.ext.do",
}
DAY = datetime(2026, 1, 1, tzinfo=UTC)
NOTES = ["translators:", "Translators:"]

Found = tuple[int, str | None, Any, list[str]]
# Babel's readers give line, function, what is said, and notes; its types say less than that.
read_python: Any = extract_python
read_jinja: Any = babel_extract


def of_python(path: Path) -> Iterator[Found]:
    with path.open("rb") as file:
        yield from read_python(file, KEYWORDS, NOTES, {"encoding": "utf-8"})


def of_jinja(path: Path) -> Iterator[Found]:
    with path.open("rb") as file:
        yield from read_jinja(file, KEYWORDS, NOTES, JINJA)


def of_django(path: Path) -> Iterator[Found]:
    """Django turns its templates into something like Python; spaces in front would confuse the reader of Python."""
    from django.utils.translation.template import templatize

    text = "\n".join(line.strip() for line in templatize(path.read_text(), origin=str(path)).splitlines())
    yield from read_python(io.BytesIO(text.encode()), KEYWORDS, NOTES, {"encoding": "utf-8"})


def sources() -> Iterator[tuple[Path, Iterator[Found]]]:
    """Every file with its sentences."""
    for path in sorted(SOURCE.rglob("*")):
        if path.suffix == ".py" and "migrations" not in path.parts:
            yield path, of_python(path)
        elif "jinja2" in path.parts and path.suffix in {".html", ".txt", ".xml"}:
            yield path, of_jinja(path)
        elif "templates" in path.parts and path.suffix in {".html", ".txt"}:
            yield path, of_django(path)


def gather() -> Catalog:
    """All sentences of the house, each with the files that use it."""
    template = Catalog(project="Kapok", charset="utf-8", fuzzy=False)
    for path, found in sources():
        place = path.relative_to(SOURCE).as_posix()
        for _line, function, said, notes in found:
            add(template, place, function, said, notes)
    return template


def add(template: Catalog, place: str, function: str | None, said: Any, notes: list[str]) -> None:
    """One call of gettext, ngettext, pgettext or npgettext."""
    name = (function or "").removesuffix("_lazy")
    parts = [part for part in (said if isinstance(said, tuple) else (said,)) if isinstance(part, str)]
    context = parts.pop(0) if name in {"pgettext", "npgettext"} and len(parts) > 1 else None
    if not parts or not parts[0]:
        return
    key: Any = tuple(parts[:2]) if name in {"ngettext", "npgettext"} else parts[0]
    message = template.add(key, locations=[(place, 0)], user_comments=notes, context=context)
    message.flags.discard("python-brace-format")


def update(locale: str, template: Catalog) -> Catalog:
    """The catalogue of one language with the sentences of today; what was translated stays."""
    path = SOURCE / "locale" / locale / "LC_MESSAGES" / "django.po"
    catalogue = Catalog(locale=locale, project="Kapok", charset="utf-8", fuzzy=False)
    if path.exists():
        with path.open("rb") as file:
            catalogue = read_po(file, locale=locale)
    # Catalogues would share the sentences of the template, and what English repeats would stand in all of them.
    catalogue.update(copy.deepcopy(template), no_fuzzy_matching=True, update_header_comment=False)
    catalogue.obsolete.clear()
    catalogue.header_comment = f"# Kapok in {locale}. Made by `make messages`; translate the empty ones."
    # A moment in the header would make every run a change.
    catalogue.creation_date = catalogue.revision_date = DAY
    catalogue.last_translator = catalogue.language_team = "Kapok"
    if locale == "en":
        for message in catalogue:
            speak_for_itself(message)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalogue, width=110, include_lineno=False, ignore_obsolete=True, sort_output=True)
    return catalogue


def speak_for_itself(message: Message) -> None:
    """The sentences are written in English, so the English catalogue repeats them."""
    if message.id:
        message.string = message.id


def missing(catalogue: Catalog) -> list[Message]:
    """What is not translated, or not in every plural."""
    return [
        message
        for message in catalogue
        if message.id and not (all(message.string) if isinstance(message.string, tuple | list) else message.string)
    ]


def main() -> int:
    import django
    from django.conf import settings

    settings.configure(USE_I18N=True, INSTALLED_APPS=[])
    django.setup()
    template = gather()
    print(f"{len(template)} sentences")
    for locale in LOCALES:
        print(f"{locale}: {len(missing(update(locale, template)))} to translate")
    return 0


if __name__ == "__main__":
    sys.exit(main())
