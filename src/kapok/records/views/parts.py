"""What the pages of the room share."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from kapok.core.languages import words
from kapok.core.rules import Refused, Sentence
from kapok.core.verbs import may
from kapok.files.models import Upload
from kapok.people.models import Person
from kapok.records import access, verbs
from kapok.records.models import Draft, Record, Stage, Working
from kapok.records.showing import badges, freshness_mark

# The pages that show or change the draft, by the name they have among the tabs.
OF_THE_DRAFT = {"draft", "edit", "review"}


def person_of(request: HttpRequest) -> Person:
    """The person signed in; views ask only where that was made sure."""
    if not isinstance(request.user, Person):
        raise Refused(_("Sign in first: this is done in your own name."))
    return request.user


def open_record(request: HttpRequest, identifier: str) -> Record:
    """A record whose page this person may open, or 404."""
    record = access.visible_to(request.user).filter(identifier=identifier.upper()).first()
    if record is None:
        raise Http404(identifier)
    return record


def open_draft(request: HttpRequest, identifier: str) -> Draft:
    """A draft that this person may read, or 404."""
    drafts = access.drafts_visible_to(request.user)
    draft = drafts.filter(record__identifier=identifier.upper()).first()
    if draft is None:
        raise Http404(identifier)
    return draft


def see_trail(request: HttpRequest, record: Record) -> bool:
    """Is this one of the people of the record?"""
    return access.may_see_trail(request.user, record)


def tabs(request: HttpRequest, record: Record, here: str) -> list[tuple[str, str, bool]]:
    """The pages about one record that this person can open; none where there is only one."""
    who = request.user
    if not who.is_authenticated:
        return []
    names: list[tuple[str, Sentence]] = []
    if record.number:
        names.append(("read", _("Record")))
    if record.working is not None and see_trail(request, record):
        names.append(("draft", _("Draft")))
    if may(who, verbs.write, record):
        names.append(("edit", _("Edit")))
    changes = record.working is not None and (record.number or record.working.stage == Working.SUBMITTED)
    if changes and see_trail(request, record):
        names.append(("review", _("Changes and review")))
    if see_trail(request, record):
        names += [("people", _("Sharing")), ("history", _("History"))]
    shown = [(str(label), reverse(f"records:{name}", args=[record.identifier]), name == here) for name, label in names]
    return shown if len(shown) > 1 else []


def about(
    request: HttpRequest, record: Record, here: str, *, titles: dict[str, str] | None = None, **more: Any
) -> dict[str, Any]:
    """What every page about a record needs. `titles` are of the text looked at, where that is an earlier version.

    Pages of the draft bear its own title, the others the published one.
    """
    known: dict[str, str] = record.titles
    if titles is None:
        titles = record.working.titles if here in OF_THE_DRAFT and record.working else known
    title = words(titles)
    return {
        "record": record,
        "titles": titles,
        "title": title or _("Untitled"),
        "published_titles": known if record.stage == Stage.PUBLISHED and title != words(known) else {},
        "form": record.form,
        "tabs": tabs(request, record, here),
        "freshness": freshness_mark(record),
        "marks": list(badges(record, record.values)) if record.number else [],
        "is_published": record.stage == Stage.PUBLISHED,
        **more,
    }


def page(request: HttpRequest, name: str, record: Record, here: str, *, status: int = 200, **more: Any) -> HttpResponse:
    """A page about a record."""
    return render(request, f"records/{name}.html", about(request, record, here, **more), status=status)


def shelf(record: Record) -> dict[str, Any]:
    """Where the files of a record are read, and how large each is, for its form."""
    sizes = Upload.objects.filter(thing=record.reference).values_list("token", "size")
    return {"files": reverse("records:file", args=[record.identifier, "x"])[:-1], "sizes": dict(sizes)}


def refuse_unless(allowed: bool, sentence: Sentence) -> None:
    """Go on, or refuse in a sentence."""
    if not allowed:
        raise Refused(sentence)


def sentence_of(refused: PermissionDenied) -> str:
    """The sentence of a refusal, for a message."""
    return str(getattr(refused, "sentence", "") or refused)
