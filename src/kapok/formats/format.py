"""The class a record type is written as, and the register of all of them."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any, ClassVar

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from kapok.core.languages import TAGS
from kapok.core.rules import Sentence
from kapok.formats.indexing import Indexed
from kapok.formats.kinds.base import Kind
from kapok.formats.kinds.parts import Fields
from kapok.formats.problems import Problems

Values = dict[str, Any]


class Section:
    """A heading within a format: the fields written after it belong to it."""

    def __init__(self, title: Sentence, hint: Sentence = "") -> None:
        Kind.made += 1
        self.order = Kind.made
        self.title = title
        self.hint = hint
        self.name = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name


class Registered(Fields):
    """Puts each format with a code into the register."""

    def __new__(mcs, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> "Registered":
        made = super().__new__(mcs, name, bases, body)
        own = sorted((value for value in body.values() if isinstance(value, Section)), key=lambda part: part.order)
        made.sections = own  # type: ignore[attr-defined]
        if body.get("code"):
            formats[body["code"]] = made  # type: ignore[assignment]
        return made  # type: ignore[return-value]


class Format(metaclass=Registered):
    """One record type. Its attributes are its fields; what it knows beyond them stands in the methods."""

    code: ClassVar[str] = ""
    prefix: ClassVar[str] = ""
    version: ClassVar[int] = 1
    label: ClassVar[Sentence] = ""
    plural: ClassVar[Sentence] = ""
    purpose: ClassVar[Sentence] = ""
    # National records are published by the focal point; others by editors of their body or the Secretariat.
    national: ClassVar[bool] = False
    # Months until the owner is asked to confirm; None for records that have no clock.
    confirm_after: ClassVar[int | None] = 12
    # Who owns such a record: a government, an organisation, or either.
    owners: ClassVar[tuple[str, ...]] = ("government", "organisation")
    # Asked on the first page beside the title, so that what is there already can be shown before anything is written.
    first: ClassVar[tuple[str, ...]] = ()
    fields: ClassVar[dict[str, Kind]]
    sections: ClassVar[list[Section]]

    @classmethod
    def parse(cls, post: QueryDict) -> Values:
        """Raw values from a posted form."""
        return {name: kind.parse(post, name) for name, kind in cls.fields.items()}

    @classmethod
    def clean(cls, raw: Mapping[str, Any], *, final: bool = True) -> tuple[Values, Problems]:
        """The values as they are kept, and all that is wrong with them.

        `final` asks for required answers and looks at the whole; a draft may be incomplete.
        """
        problems = Problems()
        values: Values = {}
        for name, kind in cls.fields.items():
            value = kind.clean(raw.get(name), problems, name, final=final)
            if value is not None:
                values[name] = value
        for stranger in sorted(set(raw) - set(cls.fields)):
            problems.add(str(stranger)[:60], _("This format has no field “%(name)s”.") % {"name": str(stranger)[:60]})
        cls.check(values, problems, final=final)
        return values, problems

    @classmethod
    def check(cls, values: Values, problems: Problems, *, final: bool) -> None:
        """Tell what is wrong between fields. Subclasses say what."""

    @classmethod
    def derive(cls, values: Mapping[str, Any], today: date) -> dict[str, list[str]]:
        """Facets that follow from the values and the day, such as the status. Subclasses say which."""
        return {}

    @classmethod
    def state_of(cls, values: Mapping[str, Any], today: date) -> str:
        """How the thing itself stands on a day, in one term: ongoing, open. Subclasses say; most have none."""
        return ""

    @classmethod
    def days(cls, values: Mapping[str, Any]) -> dict[str, date | None]:
        """Days to sort and filter by: `starts`, `ends`, `opens`, `closes`."""
        return {}

    @classmethod
    def turns(cls, values: Mapping[str, Any], today: date) -> date | None:
        """The next day on which something derived from the calendar may change."""
        known = [day for day in cls.days(values).values() if day]
        turns = [turn for day in known for turn in (day, day + timedelta(days=1), day - timedelta(days=30))]
        return min((turn for turn in turns if turn > today), default=None)

    @classmethod
    def countries(cls, values: Mapping[str, Any]) -> list[str]:
        """The countries the record is about, groups expanded."""
        return []

    @classmethod
    def title_of(cls, values: Mapping[str, Any]) -> dict[str, str]:
        """The title by language; a plain name has the tag of no language."""
        given = values.get("title") or values.get("name") or {}
        return {"": given} if isinstance(given, str) else dict(given)

    @classmethod
    def summary_of(cls, values: Mapping[str, Any]) -> dict[str, str]:
        """A few words below the title in lists."""
        for name in ("description", "abstract", "text", "objectives", "about", "why", "eligibility", "profile"):
            given = values.get(name)
            if isinstance(given, Mapping):
                return dict(given)
        return {}

    @classmethod
    def index(cls, values: Mapping[str, Any], today: date) -> Indexed:
        """All that search must know of the values."""
        out = Indexed()
        for name, kind in cls.fields.items():
            if name in values and not kind.private:
                kind.index(values[name], out)
        for facet, ids in cls.derive(values, today).items():
            out.count(facet, ids)
        return out

    @classmethod
    def references(cls, values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """Pairs of field and identifier for every link to another record."""
        for name, kind in cls.fields.items():
            for target in kind.references(values.get(name)) if name in values else ():
                yield name, target

    @classmethod
    def public(cls, values: Mapping[str, Any]) -> Values:
        """The values without what is private, for pages, exports and the API."""
        return {name: without_private(kind, values[name]) for name, kind in shown(cls.fields) if name in values}

    @classmethod
    def grouped(cls) -> list[tuple[Section | None, list[Kind]]]:
        """The fields under their sections, in order."""
        groups: list[tuple[Section | None, list[Kind]]] = [(None, [])]
        parts: list[Section | Kind] = [*cls.sections, *cls.fields.values()]
        marks = sorted(parts, key=lambda part: part.order)
        for part in marks:
            if isinstance(part, Section):
                groups.append((part, []))
            else:
                groups[-1][1].append(part)
        return [group for group in groups if group[1]]

    @classmethod
    def languages(cls, values: Any) -> list[str]:
        """The languages in which any text of the record is written."""
        found: set[str] = set()
        pending = [values]
        while pending:
            value = pending.pop()
            if isinstance(value, Mapping):
                found.update(tag for tag in value if tag in TAGS and isinstance(value[tag], str))
                pending.extend(value.values())
            elif isinstance(value, list):
                pending.extend(value)
        return [tag for tag in TAGS if tag in found]


def shown(fields: Mapping[str, Kind]) -> Iterator[tuple[str, Kind]]:
    """The fields that the public may see."""
    return ((name, kind) for name, kind in fields.items() if not kind.private)


def without_private(kind: Kind, value: Any) -> Any:
    """A value without the private fields of its parts."""
    part = getattr(kind, "part", None)
    if part is None:
        return value
    keep = dict(shown(part.fields))
    return [
        {
            name: without_private(keep[name], inner) if name in keep else inner
            for name, inner in item.items()
            if name in keep or name == "key"
        }
        for item in value
    ]


formats: dict[str, type[Format]] = {}


def format_of(code: str) -> type[Format]:
    """The format with a code; `KeyError` when there is none."""
    return formats[code]


def by_prefix(identifier: str) -> type[Format] | None:
    """The format that an identifier tells: `INI-000123` is an initiative."""
    prefix = identifier.partition("-")[0].upper()
    return next((form for form in formats.values() if form.prefix == prefix), None)
