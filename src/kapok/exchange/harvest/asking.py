"""What a source is asked: one address, or page after page of an OAI-PMH repository."""

from collections.abc import Collection
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from kapok.core.rules import Refused, filled
from kapok.core.xml import parse
from kapok.exchange.harvest import client
from kapok.exchange.models import Harvest, Source
from kapok.exchange.models.harvests import Kind, Standing

OAI = "{http://www.openarchives.org/OAI/2.0/}"
MOST_PAGES = 200
# Kapok's own format loses nothing; every repository speaks Dublin Core.
PREFIXES = ("kapok", "oai_dc")
NONE_THERE = "noRecordsMatch"
ENDINGS = {"text/csv": "csv", "application/json": "json", "application/atom+xml": "xml", "text/xml": "xml"}


@dataclass
class Brought:
    """What came: files by name, and the marks to ask with next time. No files: nothing changed."""

    files: list[tuple[str, bytes]] = field(default_factory=list)
    etag: str = ""
    modified: str = ""

    @property
    def size(self) -> int:
        return sum(len(content) for _name, content in self.files)


def hosts() -> Collection[str]:
    """The hosts that may be asked: those of the sources that the Secretariat let in."""
    known = Source.objects.filter(harvest__standing__in=(Standing.ACTIVE, Standing.HELD, Standing.PAUSED))
    return {client.check_address(address) for address in known.values_list("address", flat=True) if address}


def ask(harvest: Harvest) -> Brought:
    """Fetch what lies at the source now. Raises `Refused` in a sentence."""
    if harvest.kind == Kind.OAI:
        return repository(harvest)
    address = harvest.source.address
    got = client.fetch(address, hosts=hosts(), etag=harvest.etag, modified=harvest.modified)
    if got.content is None:
        return Brought(etag=harvest.etag, modified=harvest.modified)
    return Brought([(name_of(address, got.kind), got.content)], got.etag, got.modified)


def name_of(address: str, kind: str) -> str:
    """A name for the kept file: the last part of the address, with an ending that fits."""
    last = address.partition("?")[0].rstrip("/").rpartition("/")[2][:80] or "file"
    return last if "." in last else f"{last}.{ENDINGS.get(kind, 'xml')}"


def repository(harvest: Harvest) -> Brought:
    """Every page of a repository, in the best format that it speaks."""
    base, allowed = harvest.source.address.partition("?")[0], hosts()
    for prefix in PREFIXES:
        pages = pages_of(base, allowed, prefix)
        if pages is not None:
            return Brought([(f"page-{number}.xml", content) for number, content in enumerate(pages, 1)])
    raise Refused(_("This repository gives its records in no format that we read."))


def pages_of(base: str, allowed: Collection[str], prefix: str) -> list[bytes] | None:
    """The pages in one format; None when the repository does not speak it."""
    pages: list[bytes] = []
    asked = {"verb": "ListRecords", "metadataPrefix": prefix}
    while len(pages) < MOST_PAGES:
        content = client.fetch(f"{base}?{urlencode(asked)}", hosts=allowed).content or b""
        answer = parse(content)
        error = answer.find(f"{OAI}error")
        if error is not None and error.get("code") != NONE_THERE:
            if pages or error.get("code") != "cannotDisseminateFormat":
                why = (error.text or error.get("code"))[:200]
                raise Refused(filled(_("The repository answered: %(why)s"), why=why))
            return None
        pages.append(content)
        token = answer.findtext(f".//{OAI}resumptionToken") or ""
        if not token.strip():
            return pages
        asked = {"verb": "ListRecords", "resumptionToken": token.strip()}
    raise Refused(_("The repository has more pages than are read at once."))
