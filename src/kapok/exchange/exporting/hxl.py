"""Initiatives as a 3W table (who does what, where and when) with the tags of the Humanitarian Exchange Language."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from kapok import vocab
from kapok.core.languages import best
from kapok.exchange.exporting.portions import of_countries
from kapok.exchange.exporting.rows import Taken
from kapok.exchange.exporting.shape import Shape, Taking
from kapok.exchange.exporting.table import MARK, lines
from kapok.formats.cells import guarded
from kapok.formats.kinds import resolve
from kapok.records.formats.initiative import span
from kapok.records.payload import address_of

TAGS = (
    "#activity+code",
    "#activity+name",
    "#org+code",
    "#org+name",
    "#org+role",
    "#sector+code+list",
    "#sector+name+list",
    "#country+code+v_iso3",
    "#country+name",
    "#indicator+country+share+pct",
    "#status+name",
    "#date+start",
    "#date+end",
    "#meta+url",
)


def write(taking: Taking) -> Iterator[bytes]:
    """Heads, tags, then a row for each organisation and country of each initiative."""
    yield MARK.encode() + lines([heads(), list(TAGS)])
    for some in taking.rows:
        mine = [one for one in some if one.record.format == "initiative"]
        names = resolve(part.get("organisation", "") for one in mine for part in one.values.get("organisations", ()))
        yield lines([[guarded(cell) for cell in row] for one in mine for row in rows(one, names, taking)])


def heads() -> list[str]:
    """The heads in the reader's language; programs read the tags below."""
    return [
        _("Identifier"),
        _("Initiative"),
        _("Identifier of the organisation"),
        _("Organisation"),
        _("Role"),
        _("Identifiers of the themes"),
        _("Themes"),
        _("Country code"),
        _("Country"),
        _("Share of the country in per cent"),
        _("Status"),
        _("Starts on"),
        _("Ends on"),
        _("Web address"),
    ]


def rows(one: Taken, names: Mapping[str, Any], taking: Taking) -> Iterator[list[str]]:
    """Who, with whom, on what, where and when."""
    values, language = one.values, taking.language
    start, end = span(values)
    shares = of_countries(values.get("countries", ()), start)
    themes = [item["id"] for item in values.get("themes", ())]
    status = one.record.form.state_of(values, taking.made_at.date())
    for part in values.get("organisations") or [{}]:
        target = names.get(part.get("organisation", ""))
        for country, share in shares.items() or [("", None)]:
            yield [
                one.record.identifier,
                best(values.get("title"), language)[0],
                part.get("organisation", ""),
                best(target.title, language)[0] if target else "",
                vocab.label("organisation-role", part["role"], language) if part.get("role") else "",
                "; ".join(themes),
                "; ".join(vocab.label("theme", theme, language) for theme in themes),
                country,
                vocab.label("country", country, language) if country else "",
                f"{share:f}" if share is not None else "",
                vocab.label("status", status, language),
                start.isoformat() if start else "",
                end.isoformat() if end else "",
                address_of(one.record),
            ]


HXL = Shape(
    "hxl",
    lazy("HXL 3W table: who does what, where and when"),
    "text/csv; charset=utf-8",
    write,
    suffix="hxl.csv",
    only=("initiative",),
)
