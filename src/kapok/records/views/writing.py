"""What happens when the form of a draft is sent: small buttons, saving, and going on."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kapok.core.languages import current
from kapok.core.rules import Refused
from kapok.formats import asking
from kapok.formats.asking import Place, name_of
from kapok.formats.format import format_of
from kapok.formats.kinds import Target
from kapok.formats.problems import Problems
from kapok.people.models import Body, Person
from kapok.people.queries import bodies_like
from kapok.records import telling, verbs
from kapok.records.finding import find
from kapok.records.models import Draft, Record
from kapok.records.queries import target
from kapok.records.views.uploading import take_files

SMALL = ("_add", "_remove", "_up", "_find", "_pick", "_new", "_upload")


@dataclass
class Writing:
    """One sent form: what was typed, what was found for it, and where to go on."""

    request: HttpRequest
    record: Record
    by: Person
    found: dict[str, list[Target]] = field(default_factory=dict)
    typed: dict[str, str] = field(default_factory=dict)
    problems: Problems = field(default_factory=Problems)
    upload_problems: Problems = field(default_factory=Problems)
    at: str = ""

    @cached_property
    def raw(self) -> dict[str, Any]:
        """The answers as they were sent."""
        return self.record.form.parse(self.request.POST)

    @property
    def is_autosave(self) -> bool:
        return "X-Autosave" in self.request.headers or "autosave" in self.request.POST

    @property
    def revision(self) -> int:
        """The revision that the writer began from; nonsense counts as long ago."""
        given = self.request.POST.get("revision", "")
        return int(given) if given.isdecimal() and len(given) < 10 else 0

    @cached_property
    def owner(self) -> "Named":
        """The body named as owner, if the form asked for it."""
        return Named.of(self.request.POST)

    def small_button(self) -> None:
        """Do what one of the buttons within the form asks."""
        self.at = asking.act(self.record.form, self.raw, self.request.POST) or ""
        for name, do in (("_find", self.find), ("_pick", self.pick), ("_new", self.make)):
            if name in self.request.POST:
                do(self.request.POST[name])

    def place(self, path: str) -> Place | None:
        """Where a path leads in the raw answers."""
        bare = path.removesuffix("--more")
        reached = asking.reach(self.record.form.fields, self.raw, bare, self.request.POST)
        return reached[0] if reached else None

    def words_at(self, path: str, place: Place) -> str:
        """What was typed in the box of a link; for several links, in the box for one more."""
        value = place.holder.get(place.name) or ""
        if isinstance(value, list):
            unclear = [one for one in value if getattr(place.kind, "understand")(one) is None]  # noqa: B009
            place.holder[place.name] = [one for one in value if one not in unclear]
            return str(unclear[-1]) if unclear else ""
        return str(value)

    def find(self, path: str) -> None:
        """List candidates for the words typed in a box."""
        place = self.place(path)
        formats = getattr(place.kind, "formats", None) if place else None
        if place is None or formats is None:
            return
        words = self.words_at(path, place)
        here = place.path + ("--more" if path.endswith("--more") else "")
        self.typed[here] = words
        self.found[here] = find(words, formats, self.by)
        self.at = f"{here}-found"

    def pick(self, given: str) -> None:
        """Put a chosen candidate into its box."""
        path, _bar, identifier = given.partition("|")
        if place := self.place(path):
            self.put(path, place, identifier)

    def put(self, path: str, place: Place, identifier: str) -> None:
        """Let a box point to a record."""
        if place.kind.several:
            self.words_at(path, place)
            place.holder[place.name] = [*(place.holder.get(place.name) or []), identifier]
        else:
            place.holder[place.name] = identifier
        self.at = place.path

    def make(self, path: str) -> None:
        """Register what was typed as a new organisation, and point to it."""
        place = self.place(path)
        if place is None or "organisation" not in getattr(place.kind, "formats", ()):
            return
        if words := self.words_at(path, place):
            made = verbs.start(format_of("organisation"), by=self.by, raw={"name": {current(): words[:300]}})
            self.put(path, place, made.identifier)
            said = _("%(name)s is begun as a draft on your desk. Complete and submit it, so that it can be shown.")
            messages.info(self.request, said % {"name": name_of(target(made))})

    def save(self) -> Draft:
        """Keep what was typed. What is not right is told, and not kept."""
        if not self.is_autosave:
            take_files(self)
        _values, self.problems = self.record.form.clean(self.raw, final=False)
        self.problems.found.extend(self.upload_problems.found)
        if self.owner.wrong:
            self.problems.add("owner", self.owner.wrong)
        return verbs.save(self.record, by=self.by, raw=self.raw, revision=self.revision, owner=self.owner.body)

    def go_on(self) -> HttpResponse:
        """Do what the pressed button says, once the draft is kept."""
        identifier = self.record.identifier
        edit = reverse("records:edit", args=[identifier])
        match self.request.POST.get("do", "save"):
            case "preview":
                return redirect("records:draft", identifier)
            case "submit" | "publish" as act:
                return hand_over(self.request, self.record, self.by, act)
            case "check":
                return redirect(f"{edit}?check=1")
        if not any(name in self.request.POST for name in SMALL):
            messages.success(self.request, _("The draft is saved."))
        return redirect(edit + (f"#{self.at}" if self.at else ""))


def hand_over(request: HttpRequest, record: Record, by: Person, act: str) -> HttpResponse:
    """Submit or publish; where answers are missing, back to the form that marks them."""
    edit = reverse("records:edit", args=[record.identifier])
    try:
        if act == "publish":
            verbs.publish(record, by=by, note=request.POST.get("note", "").strip()[:1000])
            messages.success(request, _("The record is published."))
            return redirect("records:read", record.identifier)
        verbs.submit(record, by=by, note=request.POST.get("note", "").strip()[:1000])
    except verbs.Incomplete:
        return redirect(f"{edit}?check=1")
    if telling.nobody_decides(record):
        messages.warning(request, _("The record is submitted. Its government has no focal point yet; see below."))
    else:
        messages.success(request, _("The record is submitted. You will hear within ten working days."))
    return redirect("records:draft", record.identifier)


def autosaved(writing: Writing) -> JsonResponse:
    """The answer to a form that saves itself."""
    try:
        draft = writing.save()
    except verbs.Conflict as conflict:
        address = reverse("records:aside", args=[writing.record.identifier, conflict.aside.pk])
        words = {"sentence": str(conflict.sentence), "url": address, "url_words": _("Compare both texts")}
        return JsonResponse(words, status=409)
    except Refused as refused:
        return JsonResponse({"sentence": str(refused.sentence)}, status=403)
    facts = {"revision": draft.revision, "saved_at": timezone.localtime(draft.saved_at).isoformat()}
    return JsonResponse({**facts, "fields": {"revision": draft.revision}})


def written_owner(post: QueryDict) -> str:
    """The code of the chosen body, or what was typed for another one."""
    given = post.get("owner", "")
    return post.get("owner-other", "") if given == "other" else given


def body_from(written: str) -> Body | None:
    """The body that a code or “Name (CODE)” means."""
    text = written.strip()
    if not text:
        return None
    code = text[text.rfind("(") + 1 : -1] if text.endswith(")") and "(" in text else text
    return Body.objects.filter(code__iexact=code).first()


@dataclass(frozen=True, slots=True)
class Named:
    """The owner that a form names: what was typed, the body of this code or name, and else those it may mean."""

    typed: str = ""
    body: Body | None = None
    near: tuple[Body, ...] = ()

    @classmethod
    def of(cls, post: QueryDict) -> "Named":
        """Looked up once; those it may mean are there to choose from, also without a script."""
        typed = written_owner(post)
        body, words = body_from(typed), typed.strip()[:100]
        return cls(typed, body, tuple(bodies_like(words)) if words and body is None else ())

    @property
    def wrong(self) -> str:
        """What to say when there is no body of this name; nothing otherwise."""
        if self.body or not self.typed.strip():
            return ""
        if self.near:
            return _("Is this the body that you mean? Choose one from the list.")
        return _("There is no body of this name or code. Try a part of its name, or register the organisation first.")


@require_safe
def suggest(request: HttpRequest) -> JsonResponse:
    """Records to point to, while one types in a box."""
    found = find(request.GET.get("q", ""), request.GET.getlist("type"), request.user)
    results = [{"id": one.identifier, "label": name_of(one), "note": str(format_of(one.format).label)} for one in found]
    return JsonResponse({"results": results})
