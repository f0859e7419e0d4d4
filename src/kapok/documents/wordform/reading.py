"""The answers of a form, read back whatever was done to it; what was not understood is listed."""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from kapok.core import archives, xml
from kapok.core.rules import Refused
from kapok.documents.wordform import marks
from kapok.documents.wordform.asks import Reading, Unread
from kapok.documents.wordform.marks import CHECKED, OPTION, PROPERTY, W14, W

MAIN, HIDDEN, PROPERTIES = "word/document.xml", re.compile(r"customXml/item\d*\.xml"), "docProps/custom.xml"
NO_FORM = _("This is no Word document, or it is damaged. Open it in Word, save it anew as .docx and send that.")
TICKS = {CHECKED, "☑", "✔", "✓", "✗", "✘", "x", "X", "×"}
DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def read(content: bytes) -> Reading:
    """What a form holds. Raises `Refused` in a sentence for what is no Word document."""
    parts = unpacked(content)
    said = hidden(parts)
    root = xml.parse(parts[MAIN])
    reader = Reader(said)
    for control in root.iter(w("sdt")):
        reader.take(control)
    if not reader.asked:
        why = _("No field of a Kapok form is left in this document. Copy your answers into a fresh form.")
        reader.unread.append(Unread("", "", why))
    about = {str(name): str(value) for name, value in said.get("about", {}).items()}
    genuine = bool(said) and marks.genuine(said)
    return Reading(about, genuine, reader.answers, frozenset(reader.asked), reader.unread)


def unpacked(content: bytes) -> dict[str, bytes]:
    """The parts we read, once the archive is known to be in proportion."""
    if not zipfile.is_zipfile(io.BytesIO(content)):
        raise Refused(NO_FORM)
    with archives.opened(io.BytesIO(content), NO_FORM) as packed:
        names = packed.namelist()
        if MAIN not in names:
            raise Refused(NO_FORM)
        wanted = [name for name in names if name in {MAIN, PROPERTIES} or HIDDEN.fullmatch(name)]
        return {name: packed.read(name) for name in wanted}


def hidden(parts: dict[str, bytes]) -> dict[str, Any]:
    """The hidden part, from where Word keeps it or from where others do."""
    for name in sorted(parts):
        if HIDDEN.fullmatch(name):
            root = xml.parse(parts[name])
            if root.tag == f"{{{marks.OURS}}}form" and (said := marks.opened(root.text or "")):
                return said
    if PROPERTIES in parts:
        for one in xml.parse(parts[PROPERTIES]):
            if one.get("name") == PROPERTY and (said := marks.opened("".join(one.itertext()))):
                return said
    return {}


def w(name: str) -> str:
    """A name of Word's language."""
    return f"{{{W}}}{name}"


class Reader:
    """Gathers the answers, control by control."""

    def __init__(self, said: dict[str, Any]) -> None:
        self.tags: dict[str, str] = said.get("tags", {})
        self.places = set(said.get("places", ()))
        self.answers: dict[str, str | list[str]] = {}
        self.asked: set[str] = set()
        self.unread: list[Unread] = []

    def take(self, control: Any) -> None:
        """One content control."""
        about = control.find(w("sdtPr"))
        tag = about.find(w("tag")) if about is not None else None
        given = tag.get(w("val"), "") if tag is not None else ""
        if not given:
            return
        key = self.tags.get(given, given)
        text = words(control.find(w("sdtContent")))
        box = about.find(f"{{{W14}}}checkbox")
        if box is not None:
            self.check(key, box, text)
        elif about.find(w("showingPlcHdr")) is not None or text.strip() in self.places or not text.strip():
            self.asked.add(key)
        else:
            self.answer(key, about, text)

    def check(self, key: str, box: Any, text: str) -> None:
        """One option of a list of check boxes. Its sign counts: some programs change only that."""
        ask, _sign, option = key.partition(OPTION)
        self.asked.add(ask)
        checked = box.find(f"{{{W14}}}checked")
        marked = checked is not None and checked.get(f"{{{W14}}}val", "1") not in {"0", "false"}
        sign = text.strip()
        if sign in TICKS or (marked and sign != marks.UNCHECKED):
            chosen = self.answers.setdefault(ask, [])
            if isinstance(chosen, list) and option not in chosen:
                chosen.append(option)

    def answer(self, key: str, about: Any, text: str) -> None:
        """A text, a day or a choice. A question that stands twice with two answers is told."""
        self.asked.add(key)
        day, lists = about.find(w("date")), [about.find(w(name)) for name in ("dropDownList", "comboBox")]
        chosen = next((one for one in lists if one is not None), None)
        value: str | None = text
        if day is not None:
            value = day_of(day, text)
        elif chosen is not None:
            value = choice(chosen, text)
        if value is None:
            self.unread.append(Unread(key, text, _("This is none of the choices offered. Choose one of the list.")))
        elif self.answers.setdefault(key, value) != value:
            said = _("This question stands twice in the form, with two answers. The first one counts.")
            self.unread.append(Unread(key, text, said))


def choice(offered: Any, text: str) -> str | None:
    """The key of what was chosen, by its words or by the key itself; None for what was not offered."""
    plain = " ".join(text.split()).casefold()
    for item in offered.iter(w("listItem")):
        value, shown = item.get(w("value"), ""), item.get(w("displayText"), item.get(w("value"), ""))
        if plain in {" ".join(shown.split()).casefold(), value.casefold()}:
            return str(value)
    return None


def day_of(about: Any, text: str) -> str:
    """The day as it is written; where that is in words or another order, the day that Word noted, if it is the same."""
    written = text.strip().translate(DIGITS)
    noted = about.get(w("fullDate"), "")[:10]
    if DAY.fullmatch(written) or not DAY.fullmatch(noted):
        return written
    numbers = {int(number) for number in re.findall(r"\d+", written)}
    return noted if {int(noted[:4]), int(noted[8:])} <= numbers else written


def words(content: Any) -> str:
    """The text of a control: paragraphs and breaks as lines, what was struck out left out."""
    if content is None:
        return ""
    return "".join(pieces(content)).strip("\n")


def pieces(element: Any) -> Iterator[str]:
    for child in element:
        name = child.tag.rpartition("}")[2] if isinstance(child.tag, str) else ""
        if name == "t":
            yield child.text or ""
        elif name == "br":
            yield "\n"
        elif name == "tab":
            yield "\t"
        elif name not in {"del", "moveFrom", "rPr", "pPr", "sdtPr", "instrText"}:
            yield from pieces(child)
            if name == "p":
                yield "\n"
