"""Files brought in, as a test wants them: read at once, taken in at once."""

import io
import zipfile
from typing import Any

from lxml import etree
from openpyxl import Workbook

from kapok.core.jobs.queue import run_pending
from kapok.core.rules import SYSTEM
from kapok.documents.wordform.marks import W
from kapok.exchange.importing import verbs
from kapok.exchange.importing.examining import Examination
from kapok.exchange.importing.merging import Own, merge
from kapok.exchange.importing.said import Notes
from kapok.exchange.merging import emptied
from kapok.exchange.models import Import
from kapok.formats.format import Format


def read(content: str | bytes, name: str = "table.csv", by: Any = SYSTEM, **facts: Any) -> Import:
    """A file after its dry run."""
    data = content.encode() if isinstance(content, str) else content
    form = facts.pop("form", "initiative")
    imported = verbs.bring([(name, io.BytesIO(data))], by=by, form=form, **facts)
    return Examination(imported).run()


def take(imported: Import, by: Any = SYSTEM) -> Import:
    """Its good rows taken in by the worker."""
    verbs.apply(imported, by=by)
    run_pending()
    imported.refresh_from_db()
    return imported


def undo(imported: Import, by: Any = SYSTEM) -> Import:
    """All of it taken back by the worker."""
    verbs.undo(imported, by=by)
    run_pending()
    imported.refresh_from_db()
    return imported


def counts(imported: Import) -> dict[str, int]:
    """The counts that are not zero, without what is told beside them."""
    beside = {"dropped", "drafts", "open", "organisations", "applied", "apply_seconds"}
    return {name: count for name, count in imported.counts.items() if count and name not in beside}


def said(imported: Import) -> list[str]:
    """What is said of the rows, heaviest first, in English."""
    return [note["say"] % note["with"] for note in imported.problems]


def workbook(*rows: list[Any], sheet: str = "Projects", merged: str = "") -> bytes:
    """An XLSX file of one sheet."""
    book = Workbook()
    page = book.active
    page.title = sheet
    for row in rows:
        page.append(row)
    if merged:
        page.merge_cells(merged)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def onto(form: type[Format], kept: Any, raw: Any) -> Any:
    """The values of a record after a form of ours came back with these answers, as an import lays them upon it."""
    seen = form.public(kept)
    own = Own(emptied(form, raw), seen)
    return merge(form, kept, form.clean(raw, final=False)[0], {}, [], Notes(), own=own).values


def filled(content: bytes, answers: dict[str, str]) -> bytes:
    """A form after somebody wrote into its boxes."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(held, "w") as new:
        for name in old.namelist():
            raw = old.read(name)
            if name == "word/document.xml":
                root = etree.fromstring(raw)
                for control in root.iter(f"{{{W}}}sdt"):
                    tag = control.find(f"{{{W}}}sdtPr/{{{W}}}tag").get(f"{{{W}}}val")
                    if tag in answers:
                        for empty in control.findall(f"{{{W}}}sdtPr/{{{W}}}showingPlcHdr"):
                            empty.getparent().remove(empty)
                        next(control.iter(f"{{{W}}}t")).text = answers[tag]
                raw = etree.tostring(root)
            new.writestr(name, raw)
    return held.getvalue()
