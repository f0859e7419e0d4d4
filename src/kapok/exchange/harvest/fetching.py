"""One fetch: ask the source, try what came in a dry run, and take it in unless too much would vanish."""

import hashlib
import time
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from kapok.core.languages import LANGUAGES
from kapok.core.news import announce
from kapok.core.rules import SYSTEM, Refused, Sentence, filled
from kapok.exchange.harvest.asking import Brought, ask
from kapok.exchange.importing import verbs as importing
from kapok.exchange.importing.applying import Application, named_by, unnamed
from kapok.exchange.importing.examining import Examination
from kapok.exchange.models import Fetch, Harvest, Import, Telling
from kapok.exchange.models.harvests import Result, Standing
from kapok.exchange.models.imports import State

# Above this share of a source's records, a fetch that would lose them waits for a person (and above this number).
MOST_VANISHING, FEW = 0.20, 2
MOST_FAILURES = 8
UNREAD = _("What the source sent could not be read. The page of the import says why.")
VANISHING = _("%(gone)s of %(known)s records would vanish, which is more than a fifth. Nothing was taken in.")


def said(sentence: Sentence) -> dict[str, str]:
    """A sentence in each of the six languages."""
    found = {}
    for language in LANGUAGES.values():
        with override(language.code):
            found[language.tag] = str(sentence)
    return found


def fetch(harvest: Harvest, asked: Callable[[Harvest], Brought] = ask) -> Fetch:
    """Fetch once and write down how it went; a failure is written down too, and tried again later."""
    begun = time.monotonic()
    made = Fetch(harvest=harvest, at=timezone.now(), result=Result.UNCHANGED)
    try:
        brought = asked(harvest)
        made.size = brought.size
        take(harvest, brought, made)
        harvest.failures = 0
    except Refused as refused:
        made.result, made.said = Result.FAILED, said(refused.sentence)
        harvest.failures = min(harvest.failures + 1, MOST_FAILURES)
    made.seconds = round(time.monotonic() - begun, 2)
    # A source that fails is asked less and less often, up to every eighth time.
    harvest.next_at = made.at + timedelta(days=harvest.rhythm * max(1, harvest.failures))
    harvest.save()
    made.save()
    announce("exchange.harvest", harvest.reference)
    return made


def take(harvest: Harvest, brought: Brought, made: Fetch) -> None:
    """Read what came; take it in when it is new, readable, and does not lose too much."""
    digest = hashlib.sha256(b"\0".join(content for _name, content in brought.files)).hexdigest()
    if not brought.files or digest == harvest.digest:
        harvest.etag, harvest.modified = brought.etag, brought.modified
        return
    made.imported = imported = examined(harvest, brought)
    if imported.state != State.READ:
        raise Refused(UNREAD)
    known, made.gone = vanishing(harvest, imported)
    if made.gone > FEW and made.gone > known * MOST_VANISHING:
        made.result, made.said = Result.HELD, said(filled(VANISHING, gone=made.gone, known=known))
        harvest.standing = Standing.HELD
        return
    let_in(imported)
    made.result = Result.TAKEN
    harvest.etag, harvest.modified, harvest.digest = brought.etag, brought.modified, digest


def examined(harvest: Harvest, brought: Brought) -> Import:
    """A dry run over what came, in the name of Kapok itself and of the source's body."""
    files = [(name, BytesIO(content)) for name, content in brought.files]
    imported = importing.bring(
        files,
        by=SYSTEM,
        form=harvest.format,
        body=harvest.source.body,
        source=harvest.source.name,
        options={"whole": harvest.whole},
    )
    return Examination(imported).run()


def vanishing(harvest: Harvest, imported: Import) -> tuple[int, int]:
    """How many records the source named until now, and how many of them it names no more."""
    if not imported.options.get("whole"):
        return 0, 0
    return named_by(harvest.source, harvest.format).count(), missing(harvest, imported).count()


def missing(harvest: Harvest, imported: Import) -> QuerySet[Telling]:
    """What the source named until now, and names no more in what came."""
    return unnamed(named_by(harvest.source, harvest.format), imported)


def let_in(imported: Import) -> None:
    """The good rows go in now; what looks like another record waits for a person."""
    importing.apply(imported, by=SYSTEM)
    Application(Import.objects.select_related("by", "body", "source").get(pk=imported.pk)).run()
