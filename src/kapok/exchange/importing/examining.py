"""The dry run: read the files, understand each row, compare it with the register, and keep what was found."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_noop

from kapok.core.rules import SYSTEM, Refused, apart
from kapok.exchange.importing import cleaning, iati, jsons, judging, libraries, ours, reading
from kapok.exchange.importing.comparing import Register
from kapok.exchange.importing.organisations import Organisations
from kapok.exchange.importing.rows import complete
from kapok.exchange.importing.said import DROPPED, REFUSED, REMARK, Note
from kapok.exchange.importing.source import Told, Unreadable, some
from kapok.exchange.importing.tables import Table
from kapok.exchange.models import Import, Outcome, Remembered, Row, Source, State
from kapok.files.models import Upload
from kapok.formats.format import format_of
from kapok.formats.kinds import supposing

MOST_PROBLEMS = 2000
WEIGHTS = (REFUSED, DROPPED, REMARK)
FIRST_CHUNK, CHUNK = 50, 250
COUNTED = ("new", "changed", "same", "refused", "similar")
BROKE_OFF = gettext_noop("Reading stopped: %(why)s The rows before that were read.")


class Stopped(Exception):
    """Somebody asked to stop."""


class Examination:
    """One dry run. It changes nothing but the import's own rows, so it may begin anew at any time."""

    def __init__(self, imported: Import) -> None:
        self.imported = imported
        self.by: Any = imported.by or SYSTEM
        self.organisations = Organisations()
        self.registers: dict[str, Register] = {}
        # In which row each identifier stood first; what the rows said is read again when one comes twice.
        self.seen: dict[tuple[str, str], int] = {}
        self.pending: dict[int, dict[str, Any]] = {}
        self.counts: dict[str, int] = dict.fromkeys(("rows", *COUNTED, "dropped", "drafts", "open"), 0)
        self.notes: list[Note] = []
        self.match: dict[str, Any] = {}
        self.problems: dict[tuple[str, str, str, str], list[Any]] = {}
        self.begun = time.monotonic()

    def run(self) -> Import:
        """Read everything; what cannot be read at all leaves the import unreadable, with the sentence."""
        imported = self.imported
        imported.rows.all().delete()
        imported.state, imported.stop, imported.done = State.READING, False, 0
        imported.save(update_fields=["state", "stop", "done"])
        try:
            with supposing(self.organisations.targets):
                self.read()
        except Refused as refused:
            self.broke_off(refused)
        except Stopped:
            pass
        self.finish()
        return imported

    def broke_off(self, refused: Refused) -> None:
        """The file is damaged somewhere: what was read before stays; nothing at all makes it unreadable."""
        sentence, facts = apart(refused.sentence)
        if self.counts["rows"]:
            # What breaks off is no whole list: whatever it names no more may stand in the part that is missing.
            self.imported.options["whole"] = False
            self.notes.append({"weight": DROPPED, "say": BROKE_OFF, "why": sentence, "with": facts})
            return
        self.imported.state = State.UNREADABLE
        self.notes = [{"weight": REFUSED, "say": sentence, "with": facts}]

    def read(self) -> None:
        """Chunk after chunk, the first one small so that something is seen at once."""
        told, size, broken = self.told(), FIRST_CHUNK, None
        while broken is None:
            chunk, broken = some(told, size)
            if not chunk:
                break
            self.keep(chunk)
            size = CHUNK
            if Import.objects.filter(pk=self.imported.pk, stop=True).exists():
                raise Stopped
        if broken:
            raise broken
        if not self.counts["rows"]:
            raise Unreadable(NO_ROWS)

    def told(self) -> Iterator[Told]:
        """All records that the files tell of."""
        for one in self.imported.files:
            with Upload.objects.get(token=one["token"]).path.open("rb") as content:
                for file in reading.files(one["name"], content):
                    yield from self.of_file(file)

    def of_file(self, file: reading.File) -> Iterator[Told]:
        """The records of one file, by its kind."""
        form, language = self.imported.format or "initiative", self.imported.options.get("language") or "en"
        if library := libraries.reader_of(file):
            yield from library(file, self.imported.format or "resource")
        elif file.kind == "xml":
            yield from iati.told(file, self.organisations, language)
        elif file.kind == "json":
            yield from jsons.told(file, self.organisations, form, language)
        elif file.kind == "docx":
            yield from ours.form(file, self.organisations)
        elif file.kind == "zip":
            raise Unreadable(reading.STRANGE)
        elif file.kind == "xlsx" and (told := ours.workbook(file, self.organisations)) is not None:
            yield from told
        else:
            yield from self.of_tables(file)

    def of_tables(self, file: reading.File) -> Iterator[Told]:
        """The rows of the tables in a file."""
        form = format_of(self.imported.format or "initiative")
        remembered = Remembered.objects.filter(by=self.imported.by, format=form.code).first()
        options = {**self.imported.options, "source": self.imported.source.name if self.imported.source else ""}
        for sheet in reading.sheets(file):
            given = self.imported.match.get(f"{sheet.file}/{sheet.name}", {})
            table = Table(sheet, form, remembered.columns if remembered else {}, given)
            self.match[table.key] = table.plain()
            self.notes += [note for note in table.notes if note not in self.notes]
            yield from table.told(self.organisations, options)

    def keep(self, chunk: list[Told]) -> None:
        """Understand, compare and keep some rows."""
        for code in dict.fromkeys(told.format for told in chunk):
            self.register(code).fetch([told for told in chunk if told.format == code])
        rows = [self.row(told) for told in chunk]
        imported = self.imported
        imported.done, imported.counts = self.counts["rows"], self.counts
        imported.problems = self.told_problems() if self.counts["rows"] <= CHUNK else imported.problems
        imported.match, imported.notes = self.match or imported.match, self.notes
        imported.first_seconds = imported.first_seconds or time.monotonic() - self.begun
        with transaction.atomic():
            Row.objects.bulk_create(rows)
            imported.save(update_fields=["done", "counts", "match", "notes", "problems", "first_seconds"])
        self.pending = {}

    def said(self, number: int) -> dict[str, Any]:
        """What an earlier row said: one of this chunk, or one that is kept already."""
        if number not in self.pending:
            self.pending[number] = self.imported.rows.values_list("said", flat=True).get(number=number)
        return self.pending[number]

    def register(self, code: str) -> Register:
        if code not in self.registers:
            self.registers[code] = Register(format_of(code), self.by, self.imported.source)
        return self.registers[code]

    def row(self, told: Told) -> Row:
        """One row of the report."""
        form = format_of(told.format)
        complete(form, told)
        if told.identifiers and "identifiers" in form.fields:
            known = told.raw.setdefault("identifiers", [])
            known += [
                {"key": f"i{at}", "scheme": scheme, "identifier": code}
                for at, (scheme, code) in enumerate(told.identifiers, 1)
                if {"scheme": scheme, "identifier": code}
                not in [{"scheme": one.get("scheme"), "identifier": one.get("identifier")} for one in known]
            ]
        said = cleaning.clean(form, told.raw, told.notes)
        self.counts["rows"] += 1
        self.pending[self.counts["rows"]] = said
        judged = judging.judge(self, told, said, self.counts["rows"])
        self.counts[judged.outcome] += 1
        self.counts["dropped"] += len(told.notes.of(DROPPED))
        self.counts["drafts"] += judged.draft
        self.gather(told, self.counts["rows"])
        titles = form.title_of(judged.values or said)
        return Row(
            imported=self.imported,
            number=self.counts["rows"],
            file=told.place.file[:200],
            sheet=told.place.sheet[:100],
            line=told.place.line,
            format=told.format,
            title=next(iter(titles.values()), "")[:300],
            outcome=judged.outcome,
            target=judged.target,
            score=judged.score,
            reasons=judged.reasons,
            cells=told.cells,
            said=said,
            values=judged.values if judged.outcome == Outcome.CHANGED else {},
            problems=told.notes.found,
            before=judged.before,
        )

    def gather(self, told: Told, number: int) -> None:
        """Count what is said again and again, so that a reader sees it once."""
        for note in told.notes.found:
            key = (
                note["weight"],
                note["say"] + str(note.get("with", {}).get("words", "")),
                note["path"],
                note["value"],
            )
            if key in self.problems:
                self.problems[key][1] += 1
            elif len(self.problems) < MOST_PROBLEMS:
                self.problems[key] = [note, 1, number, told.format]

    def propose(self) -> None:
        """The organisations nobody knows yet, as rows of their own after all others."""
        rows = [
            Row(
                imported=self.imported,
                number=self.counts["rows"] + at,
                extra=True,
                format="organisation",
                title=next(iter(values["name"].values()), "")[:300],
                outcome=Outcome.NEW,
                cells={"placeholder": placeholder},
                said=values,
                values=values,
                before={"draft": not judging.publishes_any(self)},
            )
            for at, (placeholder, values) in enumerate(self.organisations.proposed.items(), 1)
        ]
        Row.objects.bulk_create(rows)
        self.counts["organisations"] = len(rows)

    def finish(self) -> None:
        """Leave the import ready to be looked at."""
        imported = self.imported
        with transaction.atomic():
            if imported.state == State.READING:
                self.propose()
                imported.state = State.READ
            imported.problems = self.told_problems()
            imported.counts, imported.notes, imported.match = self.counts, self.notes, self.match
            imported.read_at = datetime.now(UTC)
            imported.seconds = round(time.monotonic() - self.begun, 2)
            imported.save()

    def told_problems(self) -> list[dict[str, Any]]:
        """Each problem once, the heaviest and commonest first."""
        found = sorted(self.problems.values(), key=lambda one: (WEIGHTS.index(one[0]["weight"]), -one[1], one[2]))
        return [{**note, "rows": rows, "first": first, "format": code} for note, rows, first, code in found]


NO_ROWS = gettext_noop("No row with anything to take in was found in this file.")


def source_named(name: str, body: Any) -> Source:
    """The source of this name, made when it is new."""
    made, _new = Source.objects.get_or_create(name=name[:200], defaults={"body": body})
    return made
