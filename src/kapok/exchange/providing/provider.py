"""The OAI-PMH provider: every public record as Dublin Core and in Kapok's own shape, with the traces of what is gone.

Lists go by the order in which records were registered, and a token tells after which one to go on: a record that
changes meanwhile makes nobody skip another. Withdrawn and merged records stay as deleted for ever.
"""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Min, Q, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe
from lxml import etree

from kapok.exchange.providing.asked import (
    PREFIXES,
    VERBS,
    Listing,
    Wrong,
    known,
    listing_of,
    moment,
    prefix_of,
    verb_of,
)
from kapok.exchange.providing.dublin import OAI_DC, dublin
from kapok.formats.format import formats
from kapok.formats.kinds import knowing
from kapok.records.access import visible_to
from kapok.records.models import Record, Stage
from kapok.records.payload import Links, described, links_of

OAI = "http://www.openarchives.org/OAI/2.0/"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
KAPOK = "urn:kapok:record:1"
SCHEMAS = {
    "oai_dc": ("http://www.openarchives.org/OAI/2.0/oai_dc.xsd", OAI_DC),
    "kapok": (f"{settings.ADDRESS}/oai/kapok.xsd", KAPOK),
}
XSD = f"""<?xml version="1.0" encoding="UTF-8"?>
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="{KAPOK}" elementFormDefault="qualified">
  <xs:element name="record">
    <xs:complexType>
      <xs:simpleContent>
        <xs:extension base="xs:string">
          <xs:attribute name="id" type="xs:string" use="required"/>
          <xs:attribute name="type" type="xs:string" use="required"/>
        </xs:extension>
      </xs:simpleContent>
    </xs:complexType>
  </xs:element>
</xs:schema>
"""
NAMES: dict[Any, str] = {None: OAI, "xsi": XSI}
OURS: dict[Any, str] = {None: KAPOK}
PER_ANSWER = 200
EPOCH = datetime(2003, 9, 11, tzinfo=UTC)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def oai(request: HttpRequest) -> HttpResponse:
    """One request of the protocol; it may be posted, and changes nothing."""
    given = request.POST if request.method == "POST" else request.GET
    root = etree.Element(f"{{{OAI}}}OAI-PMH", nsmap=NAMES)
    root.set(f"{{{XSI}}}schemaLocation", f"{OAI} http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd")
    add(root, "responseDate", stamp(timezone.now()))
    address = add(root, "request", f"{settings.ADDRESS}/oai")
    try:
        verb = verb_of(given)
        with override("en"):
            answer = ANSWERS[verb](given)
        for name, value in known(("verb", *VERBS[verb][0], *VERBS[verb][1]), given).items():
            address.set(name, value)
        root.append(answer)
    except Wrong as wrong:
        add(root, "error", wrong.sentence).set("code", wrong.code)
    body = etree.tostring(root, encoding="utf-8", xml_declaration=True)
    response = HttpResponse(body, content_type="text/xml; charset=utf-8")
    response["Access-Control-Allow-Origin"] = "*"
    return response


@require_safe
def schema(request: HttpRequest) -> HttpResponse:
    """The schema of Kapok's own metadata: an identifier, a type, and the record as the API gives it in JSON."""
    return HttpResponse(XSD, content_type="application/xml; charset=utf-8")


def add(parent: Any, tag: str, text: str = "") -> Any:
    """An element of the protocol."""
    made = etree.SubElement(parent, f"{{{OAI}}}{tag}")
    if text:
        made.text = clean(text)
    return made


def clean(text: str) -> str:
    """A text without what XML cannot hold."""
    return "".join(sign for sign in text if sign in "\t\n" or (sign >= " " and sign not in "\ufffe\uffff"))


def stamp(when: datetime) -> str:
    """A moment as the protocol writes it."""
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def everything() -> QuerySet[Record]:
    """What is public or was once."""
    stages = (Stage.PUBLISHED, Stage.WITHDRAWN, Stage.MERGED)
    return visible_to(AnonymousUser()).filter(number__gte=1, stage__in=stages, changed_at__isnull=False)


def host() -> str:
    return urlsplit(settings.ADDRESS).hostname or "localhost"


def identify(given: QueryDict) -> Any:
    """Who we are."""
    made = etree.Element(f"{{{OAI}}}Identify")
    add(made, "repositoryName", "Kapok")
    add(made, "baseURL", f"{settings.ADDRESS}/oai")
    add(made, "protocolVersion", "2.0")
    add(made, "adminEmail", settings.DEFAULT_FROM_EMAIL)
    first = everything().aggregate(first=Min("changed_at"))["first"]
    add(made, "earliestDatestamp", stamp(first or EPOCH))
    add(made, "deletedRecord", "persistent")
    add(made, "granularity", "YYYY-MM-DDThh:mm:ssZ")
    return made


def metadata_formats(given: QueryDict) -> Any:
    """The two formats; every record has both."""
    if "identifier" in given:
        record_of(given.get("identifier", ""))
    made = etree.Element(f"{{{OAI}}}ListMetadataFormats")
    for prefix in PREFIXES:
        one = add(made, "metadataFormat")
        schema, namespace = SCHEMAS[prefix]
        for tag, text in (("metadataPrefix", prefix), ("schema", schema), ("metadataNamespace", namespace)):
            add(one, tag, text)
    return made


def sets(given: QueryDict) -> Any:
    """A set for each type."""
    if "resumptionToken" in given:
        raise Wrong("badResumptionToken", "The list of sets is short and has no token.")
    made = etree.Element(f"{{{OAI}}}ListSets")
    for form in formats.values():
        one = add(made, "set")
        add(one, "setSpec", form.code)
        add(one, "setName", str(form.plural))
    return made


def record_of(identifier: str) -> Record:
    """The record behind `oai:host:INI-000123`."""
    scheme, _colon, rest = identifier.partition(":")
    place, _colon, code = rest.partition(":")
    found = everything().filter(identifier=code).first() if (scheme, place) == ("oai", host()) else None
    if found is None:
        raise Wrong("idDoesNotExist", "There is no record with this identifier.")
    return found


def get_record(given: QueryDict) -> Any:
    """One record."""
    prefix = prefix_of(given)
    record = record_of(given.get("identifier", ""))
    made = etree.Element(f"{{{OAI}}}GetRecord")
    write(made, record, prefix, links_of([record]))
    return made


def list_records(given: QueryDict) -> Any:
    """A stretch of records."""
    listing = listing_of(given)
    made = etree.Element(f"{{{OAI}}}ListRecords")
    some = stretch(listing)
    with knowing(target for one in some for _field, target in one.form.references(one.values)):
        links = links_of(some) if listing.prefix == "kapok" else Links({}, {})
        for record in some:
            write(made, record, listing.prefix, links)
    go_on(made, listing, some)
    return made


def list_identifiers(given: QueryDict) -> Any:
    """A stretch of headers."""
    listing = listing_of(given)
    made = etree.Element(f"{{{OAI}}}ListIdentifiers")
    some = stretch(listing)
    for record in some:
        made.append(header(record))
    go_on(made, listing, some)
    return made


def chosen(listing: Listing) -> QuerySet[Record]:
    """The records of a list. Moments are kept finer than a second, so the last second counts whole."""
    wanted = Q()
    if listing.set:
        wanted &= Q(format=listing.set)
    if listing.begin:
        wanted &= Q(changed_at__gte=moment(listing.begin, "from"))
    if listing.end:
        wanted &= Q(changed_at__lt=moment(listing.end, "until", last=True))
    return everything().filter(wanted).order_by("pk")


def stretch(listing: Listing) -> list[Record]:
    """The next records of a list."""
    some = list(chosen(listing).filter(pk__gt=listing.after).prefetch_related("aliases")[: PER_ANSWER + 1])
    if not some and not listing.after:
        raise Wrong("noRecordsMatch", "No record matches.")
    return some


def go_on(made: Any, listing: Listing, some: list[Record]) -> None:
    """The token for what follows; an empty one ends a list that had several answers."""
    more = len(some) > PER_ANSWER
    if more:
        made.remove(made[-1])
    if not more and not listing.after:
        return
    total = listing.total if listing.total >= 0 else chosen(listing).count()
    token = ""
    if more:
        cursor = listing.cursor + PER_ANSWER
        token = replace(listing, after=some[PER_ANSWER - 1].pk, cursor=cursor, total=total).token()
    one = add(made, "resumptionToken", token)
    one.set("completeListSize", str(total))
    one.set("cursor", str(listing.cursor))


def header(record: Record) -> Any:
    """What identifies a record, and whether it is gone."""
    made = etree.Element(f"{{{OAI}}}header")
    if record.stage != Stage.PUBLISHED:
        made.set("status", "deleted")
    add(made, "identifier", f"oai:{host()}:{record.identifier}")
    add(made, "datestamp", stamp(record.changed_at or EPOCH))
    add(made, "setSpec", record.format)
    return made


def write(made: Any, record: Record, prefix: str, links: Links) -> None:
    """A record with its metadata, or without where it is gone."""
    one = add(made, "record")
    one.append(header(record))
    if record.stage != Stage.PUBLISHED:
        return
    within = add(one, "metadata")
    if prefix == "oai_dc":
        within.append(dublin(record))
        return
    inner = etree.SubElement(within, f"{{{KAPOK}}}record", nsmap=OURS)
    inner.set("id", record.identifier)
    inner.set("type", record.format)
    inner.text = clean(json.dumps(described(record, links), ensure_ascii=False, default=str))


ANSWERS: dict[str, Callable[[QueryDict], Any]] = {
    "Identify": identify,
    "ListMetadataFormats": metadata_formats,
    "ListSets": sets,
    "GetRecord": get_record,
    "ListIdentifiers": list_identifiers,
    "ListRecords": list_records,
}
