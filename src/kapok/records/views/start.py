"""Beginning a record: which type, for whom, under which title; and by copying another."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kapok.core.languages import TAGS, current, words
from kapok.core.rules import Sentence
from kapok.formats.format import Format, formats
from kapok.formats.kinds import Choice, Text
from kapok.people.access import tokens
from kapok.people.models import Kind, Person
from kapok.records import besides, verbs
from kapok.records.besides import Beside
from kapok.records.formats import ORDER
from kapok.records.views.edit import own_bodies
from kapok.records.views.parts import open_record, person_of
from kapok.records.views.writing import Named
from kapok.search import index

ALIKE = 5
TELLING = 300  # characters of a title that are looked at for what is alike


@dataclass(frozen=True, slots=True)
class Card:
    """One type on the page of choices."""

    form: type[Format]
    who: Sentence


def ours() -> list[type[Format]]:
    """The record types of the registers, in the order in which people meet them."""
    place = {code: number for number, code in enumerate(ORDER)}
    return sorted((form for form in formats.values() if form.prefix), key=lambda form: place.get(form.code, len(place)))


@require_safe
def new(request: HttpRequest) -> HttpResponse:
    """Choose what to register."""
    national = _("Published by the focal point of the government; any member may draft and submit.")
    usual = _(
        "Published by an editor of the body, or by the Secretariat after review; any member may draft and submit."
    )
    cards = [Card(form, national if form.national else usual) for form in ours()]
    return render(request, "records/new.html", {"choices": cards})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, code: str) -> HttpResponse:
    """Ask for body and title, show what looks alike, and begin the draft."""
    form = formats.get(code)
    if form is None or not form.prefix:
        raise Http404(code)
    asked = Asked(request, form)
    if request.method == "POST":
        asked.look()
        if not asked.errors and not (asked.is_there and "sure" not in request.POST):
            return begin(request, asked)
    return render(request, "records/start.html", asked.context(), status=422 if asked.errors else 200)


class Asked:
    """The first questions about a new record, and what was answered."""

    def __init__(self, request: HttpRequest, form: type[Format]) -> None:
        self.request, self.form, self.person = request, form, person_of(request)
        self.kind = form.fields.get("title") or form.fields["name"]
        self.errors: dict[str, str] = {}
        self.alike: list[Any] = []
        self.near: list[Beside] = []

    @property
    def is_there(self) -> bool:
        """Is something there already that the writer should see first?"""
        return bool(self.alike or self.near)

    @property
    def title(self) -> dict[str, str]:
        """The title by language; a plain name under no language."""
        post = self.request.POST or self.request.GET
        if not isinstance(self.kind, Text):
            given = {"": post.get("title", "").strip()}
        else:
            given = {tag: post.get(f"title-{tag}", "").strip() for tag in TAGS}
        return {tag: text for tag, text in given.items() if text}

    @property
    def asks_owner(self) -> bool:
        return not self.form.national and self.form.code != "organisation"

    @cached_property
    def owner(self) -> Named:
        """The body named as owner, where one is asked for."""
        return Named.of(self.request.POST) if self.asks_owner else Named()

    def look(self) -> None:
        """Find what is missing, in the order of the page, and what is alike."""
        if self.form.national and not self.request.POST.get("government"):
            self.errors["government"] = str(self.form.fields["government"].missing)
        if self.owner.wrong:
            self.errors["owner"] = self.owner.wrong
        if not self.title:
            self.errors["title"] = str(self.kind.missing)
        self.look_around()

    def look_around(self) -> None:
        """Find what has a like title, and what rooms above know about the first answers."""
        self.alike = alike(self.form, words(self.title), self.person)
        values, problems = self.form.clean(self.raw(), final=False)
        for problem in problems.errors:
            if problem.path.split("-")[0] == self.kind.name:
                self.errors.setdefault("title", str(problem.sentence))
        self.near = besides.of_start(self.request, self.form.code, values)

    def raw(self) -> dict[str, Any]:
        """The first answers of the draft."""
        post = self.request.POST or self.request.GET
        title: Any = self.title if isinstance(self.kind, Text) else self.title.get("", "")
        facts = {self.kind.name: title} | {name: self.form.fields[name].parse(post, name) for name in self.form.first}
        return facts | ({"government": post.get("government", "")} if self.form.national else {})

    def first(self) -> list[dict[str, Any]]:
        """The questions beside the title, each a list to choose one from."""
        post = self.request.POST or self.request.GET
        return [
            {
                "name": name,
                "label": kind.label,
                "options": [(one.id, "– " * one.depth + one.label) for one in kind.choices(current())],
                "now": post.get(name, ""),
            }
            for name in self.form.first
            if isinstance(kind := self.form.fields[name], Choice)
        ]

    def country(self) -> dict[str, Any] | None:
        """The question for the government of a national record; one's own stands chosen."""
        kind = self.form.fields.get("government")
        if not self.form.national or not isinstance(kind, Choice):
            return None
        own = [body.code for body in own_bodies(self.person) if body.kind == Kind.GOVERNMENT]
        return {
            "label": kind.label,
            "hint": kind.hint,
            "options": [(one.id, one.label) for one in kind.choices(current())],
            "now": self.request.POST.get("government") or (own[0] if own else ""),
            "error": self.errors.get("government", ""),
        }

    def context(self) -> dict[str, Any]:
        named = self.owner
        # The only one that can be meant stands chosen.
        now = named.near[0] if len(named.near) == 1 else named.body
        own, typed = [*own_bodies(self.person), *named.near], "" if now else named.typed
        owner = {"own": own, "now": now, "typed": typed, "error": self.errors.get("owner", "")}
        return {
            "form": self.form,
            "country": self.country(),
            "owner": owner if self.asks_owner else None,
            "typed": self.title,
            "plain_title": not isinstance(self.kind, Text),
            "title_label": self.kind.label,
            "title_error": self.errors.get("title", ""),
            "errors": list(self.errors.items()),
            "first": self.first(),
            "alike": self.alike,
            "near": self.near,
            "ask": None,
        }


def begin(request: HttpRequest, asked: Asked) -> HttpResponse:
    """Begin the draft."""
    record = verbs.start(asked.form, by=asked.person, raw=asked.raw(), owner=asked.owner.body)
    messages.success(request, _("The draft is begun. It saves itself while you write."))
    return redirect("records:edit", record.identifier)


def alike(form: type[Format], title: str, who: Person) -> list[Any]:
    """Records of this type whose titles share the telling words."""
    if len(title) < 4:
        return []
    found = index.similar(title[:TELLING], viewer=tokens(who), kind=form.code, language=current(), limit=2 * ALIKE)
    # A record and its draft are one.
    return list({hit.extra.get("id"): hit for hit in reversed(found)}.values())[::-1][:ALIKE]


@login_required
@require_safe
def similar(request: HttpRequest, code: str) -> HttpResponse:
    """What is there already, while the first answers are given."""
    form = formats.get(code)
    if form is None or not form.prefix:
        raise Http404(code)
    asked = Asked(request, form)
    asked.look_around()
    return render(request, "records/parts/there.html", {"alike": asked.alike, "near": asked.near})


@login_required
@require_POST
def duplicate(request: HttpRequest, identifier: str) -> HttpResponse:
    """Copy a record as a new draft."""
    made = verbs.duplicate(open_record(request, identifier), by=person_of(request))
    messages.success(request, _("This is a copy as a new draft. The first one is unchanged."))
    return redirect("records:edit", made.identifier)


@login_required
@require_POST
def revise(request: HttpRequest, identifier: str) -> HttpResponse:
    """Begin a new version; where one was begun already, go on with it."""
    record = open_record(request, identifier)
    if record.working is None:
        verbs.revise(record, by=person_of(request))
    return redirect("records:edit", record.identifier)
