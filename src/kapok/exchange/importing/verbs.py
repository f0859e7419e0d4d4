"""What people do with an import: bring a file in, correct its match, decide about rows, take in, stop, undo."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import IO, Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kapok.core.jobs.tasks import tasks
from kapok.core.rules import Refused, System
from kapok.core.verbs import remember, verb
from kapok.exchange.importing import access
from kapok.exchange.models import Import, Outcome, Remembered, Row, Source, State
from kapok.exchange.models.imports import Decision
from kapok.files.keeping import put
from kapok.files.models import Upload
from kapok.files.verbs import plain_name
from kapok.people.models import Body, Person
from kapok.vocab.finding import fold

Actor = Person | System
BLOCK = 1 << 20
MOST_FILES = 50


def bring(
    files: Sequence[tuple[str, IO[bytes]]],
    *,
    by: Actor,
    form: str = "",
    body: Body | None = None,
    source: str = "",
    options: Mapping[str, Any] | None = None,
) -> Import:
    """Keep one file or several on the way in; reading them changes nothing in the registers."""
    person = by if isinstance(by, Person) else None
    named = source.strip() or (body.label("en") if body else "") or (person.label if person else "") or "Tables"
    made = Import(by=person, body=body, format=form, options=dict(options or {}))
    return keep(made, by=by, files=files, source=named)


@verb("exchange.bring", _("Bring a file in"), access.may_bring)
def keep(imported: Import, *, by: Actor, files: Sequence[tuple[str, IO[bytes]]], source: str) -> Import:
    """Keep the files under names of our own, and the import that they make."""
    if not files:
        raise Refused(_("Choose a file first."))
    if len(files) > MOST_FILES:
        raise Refused(_("Send at most %(most)s files at once.") % {"most": MOST_FILES})
    imported.source = Source.objects.get_or_create(name=source[:200], defaults={"body": imported.body})[0]
    imported.save()
    imported.files = [store(name, content, imported) for name, content in files]
    imported.save(update_fields=["files"])
    remember(files=[one["name"] for one in imported.files], format=imported.format, source=source)
    return imported


def store(name: str, content: IO[bytes], imported: Import) -> dict[str, str]:
    """Write one file to its place."""
    kept = Upload(name=plain_name(name), size=0, kind="application/octet-stream", thing=imported.reference)
    kept.by = imported.by
    content.seek(0)
    if not content.read(1):
        raise Refused(_("This file is empty."))
    content.seek(0)
    kept.digest, kept.size = put(iter(partial(content.read, BLOCK), b""), kept.path)
    kept.save()
    return {"token": kept.token, "name": kept.name}


@verb("exchange.match", _("Correct the match of columns"), access.may_match)
def rematch(
    imported: Import, *, by: Actor, columns: Mapping[str, Mapping[int, str]], options: Mapping[str, Any] | None = None
) -> Import:
    """Say what the columns of each table hold; the file is read again so, and the sender's next one too."""
    learned: dict[str, str] = {}
    for table, said in columns.items():
        kept = imported.match.get(table)
        if kept is None:
            continue
        for column in kept["columns"]:
            key = said.get(column["number"])
            if key is not None and key != column["key"]:
                column["key"], column["why"] = key, "remembered"
                learned[fold(column["head"])] = key
    imported.options = {**imported.options, **(options or {})}
    imported.state, imported.stop = State.WAITING, False
    imported.save()
    if isinstance(by, Person) and learned:
        known, _new = Remembered.objects.get_or_create(by=by, format=imported.format)
        known.columns |= {head: key for head, key in learned.items() if head}
        known.save()
    remember(learned=learned)
    tasks["exchange.read"].using(key=imported.reference).enqueue(imported.pk)
    return imported


@verb("exchange.decide", _("Decide about rows of an import"), access.may_decide)
def decide(imported: Import, *, by: Actor, rows: Sequence[int], decision: str) -> Import:
    """Say of rows that look like a record whether they are it, or take what the file says against others."""
    if decision not in Decision.values:
        raise Refused(_("Choose what should happen with these rows."))
    found = Row.objects.filter(imported=imported, number__in=rows, applied_at=None)
    if decision == Decision.TAKE:
        found = found.exclude(target=None)
    count = found.exclude(outcome=Outcome.REFUSED).update(decision=decision)
    remember(rows=list(rows)[:200], decision=decision, count=count)
    return imported


@verb("exchange.apply", _("Take the good rows in"), access.may_apply)
def apply(imported: Import, *, by: Actor) -> Import:
    """Let the rows that are right go in, in the name of whoever brought the file; the rest stays to be mended."""
    imported.state, imported.stop = State.APPLYING, False
    imported.save(update_fields=["state", "stop"])
    tasks["exchange.apply"].using(key=imported.reference).enqueue(imported.pk)
    return imported


@verb("exchange.stop", _("Stop an import"), access.may_stop)
def stop(imported: Import, *, by: Actor) -> Import:
    """Ask whatever is going on to stop after the rows at hand; what went in can be undone."""
    imported.stop = True
    imported.save(update_fields=["stop"])
    return imported


@verb("exchange.undo", _("Undo an import"), access.may_undo)
def undo(imported: Import, *, by: Actor) -> Import:
    """Take back all that came in with it: new records go, changed ones are as before, later changes stay."""
    imported.state, imported.stop = State.UNDOING, False
    imported.undone_by = by if isinstance(by, Person) else None
    imported.save(update_fields=["state", "stop", "undone_by"])
    tasks["exchange.undo"].using(key=imported.reference).enqueue(imported.pk)
    return imported


@verb("exchange.discard", _("Discard an import"), access.may_discard_import)
def discard(imported: Import, *, by: Actor) -> None:
    """Forget a file that was read and never went in."""
    remember(files=[one["name"] for one in imported.files], at=timezone.now().isoformat())
    forget(imported)


def forget(imported: Import) -> None:
    """Take an import and its files away."""
    for one in imported.files:
        upload = Upload.objects.filter(token=one["token"]).first()
        if upload:
            upload.path.unlink(missing_ok=True)
            upload.delete()
    imported.delete()
