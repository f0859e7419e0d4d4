"""The trail in the reader's words: which act, on what, in which role, and what was kept of it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import TextChoices
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kapok import vocab
from kapok.core import cldr
from kapok.core.languages import current, words
from kapok.core.models import Entry
from kapok.core.rules import Sentence
from kapok.core.shortening import shorten
from kapok.core.verbs import label_of
from kapok.desk.details import BOOLEANS, CHOICES, DAYS, LABELS, PEOPLE, SILENT
from kapok.formats.format import by_prefix, formats
from kapok.insight.models import MatrixRules
from kapok.people.letters import KINDS
from kapok.people.models import Body, Person, Role
from kapok.surveys.models import Section

# The names in the trail that are not those of a model.
NAMED: dict[str, Sentence] = {
    "insight:rules": gettext_lazy("The rules of the matrix"),
    "records:illustrative": gettext_lazy("The illustrative records"),
    "sources:illustrative": gettext_lazy("The illustrative sources"),
    "surveys:synthetic": gettext_lazy("The synthetic responses"),
}
MODELS = {
    "letter": "mail.letter",
    "search": "search.savedsearch",
    "file": "files.upload",
    "token": "exchange.token",
    "harvest": "exchange.source",
    "source": "exchange.source",
    "import": "exchange.import",
    "response": "surveys.response",
    "questionnaire": "surveys.questionnaire",
    "indicators": "surveys.indicatorset",
    "snapshot": "surveys.snapshot",
    "wording": "surveys.wording",
    "offer": "insight.offer",
    "designation": "people.designation",
    "request": "people.request",
}
LONGEST = 200
ORDER = {key: at for at, key in enumerate(LABELS)}


@dataclass(frozen=True, slots=True)
class Act:
    """One line of the trail."""

    entry: Entry
    label: str
    thing: str
    code: str
    href: str
    role: str
    details: list[tuple[str, str]]


def acts(entries: Iterable[Entry]) -> list[Act]:
    """Some entries in words; the people, bodies and sections they name are looked up at once."""
    held = list(entries)
    telling = Telling(held)
    return [telling.act(entry) for entry in held]


class Telling:
    """The words for some entries."""

    def __init__(self, entries: list[Entry]) -> None:
        everything = [entry.details for entry in entries]
        numbers = {number for details in everything for key in PEOPLE if (number := number_of(details.get(key)))}
        numbers |= {number for entry in entries if (number := number_of(entry.thing))}
        codes = {str(details["body"]) for details in everything if details.get("body")}
        codes |= {entry.thing.partition(":")[2] for entry in entries if entry.thing.startswith("body:")}
        codes |= {word for entry in entries for word in entry.capacity.replace(",", " ").split()}
        sections = {str(key) for details in everything for key in keys_of(details)}
        self.people = {one.pk: one.label for one in Person.objects.filter(pk__in=numbers)} if numbers else {}
        self.bodies = {one.code: one.label() for one in Body.objects.filter(code__in=codes)} if codes else {}
        found = Section.objects.filter(key__in=sections).order_by("-pk") if sections else ()
        self.sections = {one.key: words(one.title) for one in found}

    def act(self, entry: Entry) -> Act:
        """One entry."""
        kind, _colon, name = entry.thing.partition(":")
        if kind == "record":
            thing, code, href = "", name, reverse("records:history", args=[name])
        else:
            thing, code = self.thing(entry.thing)
            href = f"{reverse('desk:log')}?thing={entry.thing}"
        details = list(self.details(entry))
        return Act(entry, label_of(entry.verb), thing, code, href, self.role(entry.capacity), details)

    def thing(self, reference: str) -> tuple[str, str]:
        """What the act was about: its kind in words, and the number or code that tells it from others."""
        kind, _colon, name = reference.partition(":")
        if reference in NAMED:
            return str(NAMED[reference]), ""
        if kind == "person":
            return self.people.get(number_of(reference), _("A former member")), ""
        if kind == "body":
            return self.bodies.get(name, ""), "" if name in self.bodies else name
        try:
            label = str(apps.get_model(MODELS.get(kind, kind))._meta.verbose_name)
        except (LookupError, ValueError):
            return "", name or reference
        return label[:1].upper() + label[1:], name[:12]

    def role(self, capacity: str) -> str:
        """The roles in which the person acted: `editor KEN, secretariat` in words."""
        held = [one.strip().partition(" ") for one in capacity.split(",") if one.strip()]
        return "; ".join(
            f"{Role(role).label}, {self.bodies.get(code, code)}" if code else str(Role(role).label)
            for role, _space, code in held
            if role in Role.values
        )

    def details(self, entry: Entry) -> Iterator[tuple[str, str]]:
        """What was kept of the act, each with its label; what only machines read stays out."""
        # In one order whatever the database: PostgreSQL keeps the names in an order of its own.
        for key, value in sorted(entry.details.items(), key=lambda pair: ORDER.get(pair[0], len(ORDER))):
            if key in SILENT or value in ("", None, [], {}):
                continue
            said = self.said(key, value, entry)
            if said:
                yield str(LABELS.get(key, _("Further facts"))), shorten(said, LONGEST)

    def said(self, key: str, value: Any, entry: Entry) -> str:
        """One detail in words."""
        if key in CHOICES:
            return chosen(CHOICES[key], value)
        if key in BOOLEANS or isinstance(value, bool):
            return str(_("Yes") if value else _("No"))
        if key in DAYS:
            return cldr.date(str(value)[:10])
        if key in PEOPLE:
            return self.people.get(number_of(value), _("A former member"))
        own = getattr(self, f"of_{key}", None)
        said: str = own(value, entry) if own else plainly(value)
        return said

    def of_body(self, value: str, entry: Entry) -> str:
        return self.bodies.get(value, value)

    def of_roles(self, value: str, entry: Entry) -> str:
        return self.role(value)

    def of_section(self, value: str, entry: Entry) -> str:
        return self.sections.get(value, value)

    def of_sections(self, value: list[str], entry: Entry) -> str:
        return "; ".join(self.sections.get(key, key) for key in value)

    def of_format(self, value: str, entry: Entry) -> str:
        return str(formats[value].plural) if value in formats else ""

    def of_changed(self, value: Iterable[str], entry: Entry) -> str:
        """The fields that were changed, by the labels of the format."""
        form = by_prefix(entry.thing.partition(":")[2])
        fields: Mapping[str, Any] = form.fields if form else {}
        return "; ".join(str(kind.label) for name, kind in fields.items() if name in value)

    def of_values(self, value: Mapping[str, Any], entry: Entry) -> str:
        """What a discarded text had answers to: fields of a record, or sections of a report."""
        return self.of_changed(value, entry) or self.of_sections(list(value), entry)

    def of_learned(self, value: Mapping[str, str], entry: Entry) -> str:
        return "; ".join(head for head in value if head)

    def of_sources(self, value: list[dict[str, str]], entry: Entry) -> str:
        return "; ".join(one.get("words") or one.get("url") or "" for one in value)

    def of_left_out(self, value: list[str], entry: Entry) -> str:
        """The sentences alone, without the places of the fields before them."""
        return " ".join(one.partition(": ")[2] or one for one in value)

    def of_countries(self, value: list[str], entry: Entry) -> str:
        return "; ".join(vocab.label("country", code, current()) for code in value)

    def of_size(self, value: int, entry: Entry) -> str:
        return cldr.filesize(value)

    def of_before(self, value: str, entry: Entry) -> str:
        return rules_said(value)

    def of_after(self, value: str, entry: Entry) -> str:
        return rules_said(value)

    def of_kind(self, value: str, entry: Entry) -> str:
        """Of letters, or of what is done jointly."""
        return str(KINDS[value]) if value in KINDS else vocab.label("joint-action", value, current())


def number_of(value: Any) -> int:
    """The number of a person, from itself or from `person:7`; 0 where there is none."""
    kind, _colon, number = str(value or "").rpartition(":")
    return int(number) if kind in ("", "person") and number.isdecimal() and len(number) < 10 else 0


def keys_of(details: Mapping[str, Any]) -> list[Any]:
    """The keys of sections that details name."""
    values = details.get("values")
    more = [*details.get("sections", ()), *(values if isinstance(values, dict) else ())]
    return [details["section"], *more] if details.get("section") else more


def chosen(choices: type[TextChoices], value: Any) -> str:
    """The labels of one or several of a set of choices; a sentence stays as it was written."""
    labels = dict(choices.choices)
    return "; ".join(str(labels.get(one, one)) for one in (value if isinstance(value, list) else [value]))


def rules_said(value: str) -> str:
    """The three figures of the rules of the matrix, each with its question."""
    asked = {field.name: str(field.verbose_name) for field in MatrixRules._meta.fields}
    labels = [asked[name] for name in ("crowd", "ending_months", "stale_months")]
    return "; ".join(f"{label}: {figure}" for label, figure in zip(labels, value.split("/"), strict=False))


def plainly(value: Any) -> str:
    """Numbers and texts as they are, lists joined."""
    if isinstance(value, list):
        return "; ".join(plainly(one) for one in value)
    if isinstance(value, dict):
        return "; ".join(plainly(one) for one in value.values())
    return cldr.number(value) if isinstance(value, int) else str(value)
