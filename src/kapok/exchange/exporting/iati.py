"""Initiatives as activities of the International Aid Transparency Initiative, version 2.03.

What Kapok does not know is left out rather than guessed: there are budgets where a year is known, and no transactions,
because their days are not. Kapok is a secondary reporter: it tells what the owners of the records registered.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from lxml import etree

from kapok import vocab
from kapok.core.languages import TAGS, best
from kapok.exchange.exporting.portions import of_countries, percentages
from kapok.exchange.exporting.rows import Taken, named
from kapok.exchange.exporting.shape import Shape, Taking
from kapok.formats.kinds import first_day, last_day, term_id
from kapok.records.formats.initiative import span
from kapok.records.models import Alias, Record
from kapok.records.payload import address_of

VERSION = "2.03"
ROLES = {"funder": "1", "lead": "2", "country-driven-by": "2", "partner": "4", "implementing": "4", "other": "4"}
KINDS = {
    "government-national": "10",
    "government-subnational": "11",
    "ngo": "21",
    "academic-research": "80",
    "private-sector": "70",
    "development-bank-fund": "40",
    "un-system": "40",
    "intergovernmental": "40",
    "reio": "40",
}
STATUSES = {"planned": "1", "ongoing": "2", "completed": "4", "cancelled": "5", "suspended": "6", "unknown": "2"}
SCOPES = {"global": "1", "regional": "2", "subregional": "2", "national": "4", "subnational": "6"}
STATES = {"committed": "2"}
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# Developing countries, unspecified: for activities that are global.
WORLD = "998"
OWN = "99"


def write(taking: Taking) -> Iterator[bytes]:
    """The root, then one activity after another."""
    moment = taking.made_at.strftime("%Y-%m-%dT%H:%M:%SZ")
    yield b'<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f'<iati-activities version="{VERSION}" generated-datetime="{moment}">\n'.encode()
    for some in taking.rows:
        names = Names([one for one in some if one.record.format == "initiative"])
        for one in names.rows:
            yield etree.tostring(activity(one, names, taking), encoding="utf-8", pretty_print=True)
    yield b"</iati-activities>\n"


class Names:
    """The organisations and initiatives that some activities name, looked up at once."""

    def __init__(self, rows: list[Taken]) -> None:
        self.rows = rows
        named(rows)
        wanted = {target for one in rows for _field, target in one.record.form.references(one.values)}
        found = Record.objects.filter(identifier__in=wanted)
        self.records = {record.identifier: record for record in found}
        aliases = Alias.objects.filter(record__in=found, scheme__iexact="iati").select_related("record")
        self.iati = {one.record.identifier: one.identifier for one in aliases}

    def refs(self, identifier: str) -> str:
        """The identifier under which IATI knows an organisation, where its record tells one."""
        record = self.records.get(identifier)
        told = record.values.get("identifiers", []) if record else []
        own = next((one["identifier"] for one in told if one.get("scheme", "").casefold() == "iati"), "")
        return self.iati.get(identifier) or own


def activity(one: Taken, names: Names, taking: Taking) -> Any:
    """One activity, its elements in the order of the schema."""
    record, values = one.record, one.values
    changed = (record.changed_at or record.published_at or taking.made_at).strftime("%Y-%m-%dT%H:%M:%SZ")
    made = etree.Element("iati-activity", {"last-updated-datetime": changed, LANG: "en"})
    add(made, "iati-identifier", text=f"{settings.ORGANISATION}-{record.identifier}")
    reporting = add(made, "reporting-org", ref=settings.ORGANISATION, type="40", **{"secondary-reporter": "1"})
    add(reporting, "narrative", text="Kapok")
    narratives(add(made, "title"), values.get("title") or {}, record.identifier)
    for code, name in (("1", "description"), ("2", "objectives")):
        if any((values.get(name) or {}).values()):
            narratives(add(made, "description", type=code), values[name])
    participants(made, values, names)
    others(made, record, values)
    add(made, "activity-status", code=STATUSES[record.form.state_of(values, taking.made_at.date())])
    dates(made, values, taking.made_at.date())
    scope = SCOPES.get(values.get("scope", ""))
    if scope:
        add(made, "activity-scope", code=scope)
    countries(made, values)
    places(made, values)
    themes(made, values)
    budgets(made, values)
    links(made, record, values)
    if parent := names.iati.get(values.get("part_of", "")):
        add(made, "related-activity", ref=parent, type="1")
    results(made, values)
    return made


def add(parent: Any, tag: str, *, text: str = "", **attributes: str) -> Any:
    """An element with its attributes; those without a value are left out."""
    made = etree.SubElement(parent, tag, {name: value for name, value in attributes.items() if value})
    if text:
        made.text = "".join(sign for sign in text if sign in "\t\n" or sign >= " ")
    return made


def narratives(parent: Any, texts: Mapping[str, str] | str, otherwise: str = "") -> None:
    """A text in each of its languages."""
    given = {"en": texts} if isinstance(texts, str) else texts
    said = {tag: given[tag] for tag in TAGS if given.get(tag)} or {"en": otherwise}
    for tag, words in said.items():
        add(parent, "narrative", text=words, **{LANG: tag})


def participants(made: Any, values: Mapping[str, Any], names: Names) -> None:
    """The organisations with their roles."""
    for part in values.get("organisations", ()):
        record = names.records.get(part.get("organisation", ""))
        if record is None:
            continue
        kind = KINDS.get(term_id(record.values.get("kind", "")), "90")
        role = ROLES[term_id(part.get("role", "other"))]
        one = add(made, "participating-org", ref=names.refs(record.identifier), role=role, type=kind)
        narratives(one, record.values.get("name") or {}, record.identifier)


def others(made: Any, record: Record, values: Mapping[str, Any]) -> None:
    """Other names of the activity: reference numbers and what other registers call it."""
    if number := values.get("reference_number"):
        add(made, "other-identifier", ref=number, type="A1")
    told = [(one["scheme"], one["identifier"]) for one in values.get("identifiers", ())]
    told += [(one.scheme, one.identifier) for one in record.aliases.all()]
    for scheme, identifier in dict.fromkeys(told):
        one = add(made, "other-identifier", ref=identifier, type="A9")
        add(add(one, "owner-org"), "narrative", text=scheme)


def dates(made: Any, values: Mapping[str, Any], today: date) -> None:
    """First and last day: actual once they have come, planned before."""
    start, end = span(values)
    for day, planned, actual in ((start, "1", "2"), (end, "3", "4")):
        if day:
            add(made, "activity-date", **{"iso-date": day.isoformat(), "type": actual if day <= today else planned})


def countries(made: Any, values: Mapping[str, Any]) -> None:
    """The recipient countries, groups expanded, with percentages that make exactly 100."""
    shares = of_countries(values.get("countries", ()), span(values)[0])
    several = len(shares) > 1
    for code, share in shares.items():
        percentage = f"{share:f}" if several else ""
        term = vocab.term("country", code)
        if term and code != "EUR":
            add(made, "recipient-country", code=term.facts["iso2"], percentage=percentage)
    if "EUR" in shares:
        percentage = f"{shares['EUR']:f}" if several else ""
        one = add(made, "recipient-region", vocabulary=OWN, code="EUR", percentage=percentage)
        add(one, "narrative", text=vocab.label("country", "EUR", "en"))
    if not shares:
        add(made, "recipient-region", vocabulary="1", code=WORLD)


def places(made: Any, values: Mapping[str, Any]) -> None:
    """Places below the country."""
    for part in values.get("places", ()):
        one = add(made, "location")
        add(add(one, "name"), "narrative", text=part["name"])
        if "latitude" in part and "longitude" in part:
            point = add(one, "point", srsName="http://www.opengis.net/def/crs/EPSG/0/4326")
            add(point, "pos", text=f"{part['latitude']} {part['longitude']}")


def themes(made: Any, values: Mapping[str, Any]) -> None:
    """The themes of Kapok as a vocabulary of its own, and as sectors of OECD-DAC where all of them have one."""
    shares = percentages(values.get("themes", ()))
    sectors: dict[str, Decimal] = {}
    for theme, share in shares.items():
        codes = [one.code.rpartition("/")[2] for one in maps(theme) if one.scheme == "dac"]
        code = next((code for code in codes if len(code) == 5 and code.isdigit()), "")
        sectors[code] = sectors.get(code, Decimal(0)) + share
    if sectors and "" not in sectors:
        for code, share in sectors.items():
            add(made, "sector", vocabulary="1", code=code, percentage=f"{share:f}" if len(sectors) > 1 else "")
    uri = f"{settings.ADDRESS}/vocabularies/theme"
    for theme, share in (shares or {"other": Decimal(100)}).items():
        percentage = f"{share:f}" if len(shares) > 1 else ""
        one = add(made, "sector", vocabulary=OWN, code=theme, percentage=percentage, **{"vocabulary-uri": uri})
        narratives(one, dict(vocab.vocabulary("theme").by_id[theme].labels))


def maps(theme: str) -> list[Any]:
    """What other lists call a theme, or the broader ones it belongs to."""
    found: list[Any] = []
    for one in (theme, *vocab.ancestors("theme", theme)):
        term = vocab.term("theme", one)
        found.extend(term.maps if term else ())
    return found


def budgets(made: Any, values: Mapping[str, Any]) -> None:
    """The lines of the budget that name their year. In-kind gifts and hopes for later money are no budget."""
    for line in values.get("budget", ()):
        year, amount = line.get("year"), line.get("amount")
        if not year or amount is None or not line.get("currency") or line.get("kind") in {"in-kind", "leverage"}:
            continue
        begin = f"{year}-01-01"
        one = add(made, "budget", type="1", status=STATES.get(line.get("state", ""), "1"))
        add(one, "period-start", **{"iso-date": begin})
        add(one, "period-end", **{"iso-date": f"{year}-12-31"})
        add(one, "value", text=amount, currency=line["currency"], **{"value-date": begin})


def links(made: Any, record: Record, values: Mapping[str, Any]) -> None:
    """The page of the record, and the links it gives."""
    told = [(address_of(record), {"en": f"Kapok {record.identifier}"})]
    told += [(one["address"], one.get("words") or {"en": one["address"]}) for one in values.get("links", ())]
    for address, words in told:
        one = add(made, "document-link", url=address, format="text/html")
        narratives(add(one, "title"), words)
        add(one, "category", code="A12")


def results(made: Any, values: Mapping[str, Any]) -> None:
    """Results with indicators; periods of which both ends and a figure are known."""
    for result in values.get("results", ()):
        indicators = [one for one in result.get("indicators", ()) if best(one.get("title"))[0]]
        if not indicators or not best(result.get("title"))[0]:
            continue
        made_result = add(made, "result", type="1")
        narratives(add(made_result, "title"), result["title"])
        for one in indicators:
            indicator = add(made_result, "indicator", measure="1")
            narratives(add(indicator, "title"), one["title"])
            for period in one.get("periods", ()):
                measured(indicator, period)


def measured(indicator: Any, period: Mapping[str, Any]) -> None:
    """One period of an indicator."""
    begin, end = first_day(period.get("starts")), last_day(period.get("ends"))
    if not begin or not end or not ("target" in period or "actual" in period):
        return
    one = add(indicator, "period")
    add(one, "period-start", **{"iso-date": begin.isoformat()})
    add(one, "period-end", **{"iso-date": max(end, begin + timedelta(days=1)).isoformat()})
    for name in ("target", "actual"):
        if name in period:
            add(one, name, value=period[name])


IATI = Shape(
    "iati",
    _("IATI 2.03, for aid information systems"),
    "application/xml; charset=utf-8",
    write,
    suffix="iati.xml",
    only=("initiative",),
)
