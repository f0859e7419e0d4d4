"""The facets of search: what each is called, and what its values are called in the reader's language."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

from django.utils.translation import gettext_lazy as _

from kapok import vocab
from kapok.core.languages import words
from kapok.core.rules import Sentence
from kapok.formats.format import formats
from kapok.formats.kinds import Choice, Kind, Parts, YesNo, resolve

WINDOWS: dict[str, Sentence] = {
    "open": _("Open now"),
    "closing-soon": _("Closing within 30 days"),
    "coming": _("Not yet open"),
    "closed": _("Closed"),
}
ANSWERS: dict[str, Sentence] = {"yes": _("Yes"), "no": _("No")}


@dataclass(frozen=True, slots=True)
class Facet:
    """One way to narrow a search. `named` answers the labels of ids; `only` are the types that have it."""

    name: str
    label: Sentence
    named: Callable[[list[str], str], dict[str, str]]
    by_label: bool = False
    staff: bool = False


def terms(vocabulary: str) -> Callable[[list[str], str], dict[str, str]]:
    """Values that are terms of a vocabulary."""

    def named(ids: list[str], language: str) -> dict[str, str]:
        return {one: vocab.label(vocabulary, one, language) for one in ids}

    return named


def fixed(labels: dict[str, Sentence]) -> Callable[[list[str], str], dict[str, str]]:
    """Values with words of our own."""
    return lambda ids, _language: {one: str(labels.get(one, one)) for one in ids}


def itself(ids: list[str], _language: str) -> dict[str, str]:
    """Values that speak for themselves, such as years."""
    return {one: one for one in ids}


def records(ids: list[str], language: str) -> dict[str, str]:
    """Values that are records, called by their titles."""
    targets = resolve(ids)
    return {one: words(targets[one].title, language) or one if one in targets else one for one in ids}


def roles(ids: list[str], language: str) -> dict[str, str]:
    """A role and the organisation that has it: `funder|ORG-000012`."""
    pairs = {one: one.partition("|")[::2] for one in ids}
    named = records([organisation for _role, organisation in pairs.values()], language)
    return {
        one: f"{vocab.label('organisation-role', role, language)}: {named[organisation]}"
        for one, (role, organisation) in pairs.items()
    }


def applicants(ids: list[str], language: str) -> dict[str, str]:
    """Countries whose people may apply; `all` is an offer to everybody."""
    everybody = str(_("People of all countries"))
    return {one: everybody if one == "all" else vocab.label("country", one, language) for one in ids}


def types(ids: list[str], _language: str) -> dict[str, str]:
    """Record types, in the plural."""
    return {one: str(formats[one].plural) if one in formats else one for one in ids}


LACKING: dict[str, Sentence] = {
    "country": _("No country named"),
    "region": _("No region named"),
    "group": _("No group of countries named"),
    "theme": _("No theme named"),
    "method": _("No method named"),
    "audience": _("No audience named"),
    "level": _("No level named"),
    "year": _("No years named"),
    "organisation": _("No organisation named"),
    "funder": _("No funder named"),
}


COMMON = (
    Facet("type", _("Type"), types),
    Facet("window", _("Open or closing"), fixed(WINDOWS)),
    Facet("status", _("Status"), terms("status")),
    Facet("country", _("Country"), terms("country"), by_label=True),
    Facet("region", _("Region"), terms("group"), by_label=True),
    Facet("group", _("Group of countries"), terms("group"), by_label=True),
    Facet("theme", _("Theme"), terms("theme")),
    Facet("method", _("Method"), terms("method")),
    Facet("audience", _("For whom"), terms("audience")),
    Facet("level", _("Level"), terms("level")),
    Facet("organisation", _("Organisation"), records),
    Facet("role", _("Organisation and role"), roles),
    Facet("funder", _("Funder"), records),
    Facet("language", _("Language"), terms("language")),
    Facet("year", _("Year"), itself),
    Facet("freshness", _("Freshness"), terms("freshness")),
    Facet("open-to", _("Who may apply"), applicants, by_label=True),
    Facet("reported", _("Has a report"), fixed(ANSWERS)),
    Facet("lacks", _("Without"), fixed(LACKING)),
    Facet("stage", _("Stage"), terms("stage"), staff=True),
)


@cache
def facets() -> dict[str, Facet]:
    """Every facet by name: the common ones, and those that formats declare on their fields."""
    found = {facet.name: facet for facet in COMMON}
    for form in formats.values():
        for kind in kinds(form.fields.values()):
            if kind.facet and kind.facet not in found:
                found[kind.facet] = Facet(kind.facet, kind.label, of_kind(kind))
    return found


def kinds(fields: Iterable[Kind]) -> Iterable[Kind]:
    """The fields, those within repeated parts included."""
    for kind in fields:
        yield kind
        if isinstance(kind, Parts):
            yield from kinds(kind.part.fields.values())


def of_kind(kind: Kind) -> Callable[[list[str], str], dict[str, str]]:
    """How the values of a field are called."""
    if isinstance(kind, Choice):
        return terms(kind.vocabulary)
    return fixed(ANSWERS) if isinstance(kind, YesNo) else itself
