"""A response and its sections: read, answer, two versions of one section."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kapok.core.cache import public
from kapok.core.languages import current
from kapok.core.rules import Refused, allow
from kapok.core.verbs import may
from kapok.surveys import access, verbs
from kapok.surveys.answering.carrying import before
from kapok.surveys.answering.conditions import asked
from kapok.surveys.answering.forms import items, parse
from kapok.surveys.answering.values import Values, is_answered, shown
from kapok.surveys.models import Part, PartAside, Response, Section
from kapok.surveys.queries import answers_in_force, being_written
from kapok.surveys.questionnaires.sheet import Sheet, sheet_of
from kapok.surveys.views.parts import carried_words, is_insider, open_response, page, person_of


@public
@require_safe
def response(request: HttpRequest, pk: int) -> HttpResponse:
    """A response: its sections, how far each is, and what comes next."""
    found = open_response(request, pk)
    sheet = sheet_of(found.questionnaire)
    inside = is_insider(request, found) and not found.is_submitted
    parts = {part.section_id: part for part in found.parts.select_related("editor")} if inside else {}
    values = being_written(parts.values()) if inside else answers_in_force(found)
    now = asked(sheet, values)
    names = entrusted(found) if inside else {}
    rows: list[dict[str, Any]] = [
        {
            "section": section,
            "done": sum(is_answered(values.get(each.key)) for each in sheet.in_section[section.key]),
            "asked": sum(each.key in now and each.kind != "heading" for each in sheet.in_section[section.key]),
            "people": names.get(section.pk, []),
            "part": parts.get(section.pk),
        }
        for section in sheet.sections
    ]
    done, all_of = sum(row["done"] for row in rows), sum(row["asked"] for row in rows)
    more: dict[str, Any] = {"rows": rows, "writing": inside, "done": done, "all": all_of, "unlooked": waiting(values)}
    return page(request, "response", found, "response", **more)


def waiting(values: Values) -> int:
    """How many carried answers nobody looked at yet."""
    return sum(bool(value.get("carried")) and not value.get("kept") for value in values.values())


def entrusted(found: Response) -> dict[int, list[str]]:
    """Names of the people to whom each section was entrusted."""
    names: dict[int, list[str]] = {}
    for each in found.delegations.filter(ended_at=None).select_related("person"):
        names.setdefault(each.section_id, []).append(each.person.label)
    return names


@require_http_methods(["GET", "HEAD", "POST"])
def section(request: HttpRequest, pk: int, key: str) -> HttpResponseBase:
    """One section: a form for those who answer it, else the answers in force."""
    found = open_response(request, pk)
    sheet = sheet_of(found.questionnaire)
    here = sheet.section(key)
    if here is None:
        raise Http404(key)
    part = found.parts.filter(section=here).select_related("editor", "response").first()
    if request.method == "POST":
        if part is None:
            raise Http404(key)
        allow(access.may_answer, request.user, part)
        return written(request, found, sheet, part, here)
    if part and may(request.user, verbs.write, part):
        return asked_page(request, found, sheet, part, here)
    inside = is_insider(request, found) and not found.is_submitted
    values = being_written(found.parts.all()) if inside else answers_in_force(found)
    return read_page(request, found, sheet, here, values)


def read_page(request: HttpRequest, found: Response, sheet: Sheet, here: Section, values: Values) -> HttpResponse:
    """The answers of a section to read."""
    rows = [
        {"question": each, "value": values.get(each.key) or {}, "shown": shown(sheet, each, values.get(each.key))}
        for each in sheet.in_section[here.key]
    ]
    return page(request, "read", found, "response", rows=rows, **around(sheet, here))


def around(sheet: Sheet, here: Section) -> dict[str, Any]:
    """The sections before and after this one."""
    place = sheet.sections.index(here)
    return {
        "here": here,
        "sections": sheet.sections,
        "earlier": sheet.sections[place - 1] if place else None,
        "later": sheet.sections[place + 1] if place + 1 < len(sheet.sections) else None,
    }


def asked_page(
    request: HttpRequest,
    found: Response,
    sheet: Sheet,
    part: Part,
    here: Section,
    values: Values | None = None,
    errors: dict[str, str] | None = None,
) -> HttpResponse:
    """The form of a section."""
    own = part.values if values is None else values
    everything = {**being_written(found.parts.all()), **own}
    keys = frozenset(each.key for each in sheet.in_section[here.key])
    shown_items = items(sheet, here, own, asked(sheet, everything), before(found, keys), errors or {})
    more = {
        "items": shown_items,
        "part": part,
        "unlooked": sum(item.waits for item in shown_items),
        "errors": [(f"q-{key}", f"{key}: {said}") for key, said in (errors or {}).items()],
        "second": part.asides.filter(person=person_of(request)).first(),
        **around(sheet, here),
    }
    return page(request, "section", found, "response", status=422 if errors else 200, **more)


def written(request: HttpRequest, found: Response, sheet: Sheet, part: Part, here: Section) -> HttpResponseBase:
    """Keep what was sent, then go on; what is not right is told, and not kept."""
    values, errors = parse(sheet, here, request.POST, part.values, current())
    given = request.POST.get("revision", "")
    revision = int(given) if given.isdecimal() and len(given) < 10 else 0
    by_itself = "X-Autosave" in request.headers
    try:
        part = verbs.save(part, by=person_of(request), values=values, revision=revision)
    except verbs.Conflict as conflict:
        address = reverse("surveys:aside", args=[found.pk, conflict.aside.pk])
        if not by_itself:
            return redirect(address)
        words = {"sentence": str(conflict.sentence), "url": address, "url_words": _("Compare both texts")}
        return JsonResponse(words, status=409)
    except Refused as refused:
        if not by_itself:
            raise
        return JsonResponse({"sentence": str(refused.sentence)}, status=403)
    if by_itself:
        return JsonResponse({"revision": part.revision, "fields": {"revision": part.revision}})
    if errors:
        return asked_page(request, found, sheet, part, here, values, errors)
    return go_on(request, found, sheet, here)


def go_on(request: HttpRequest, found: Response, sheet: Sheet, here: Section) -> HttpResponse:
    """To the place that the pressed button names."""
    later = around(sheet, here)["later"]
    if request.POST.get("do") == "next" and later:
        return redirect("surveys:section", found.pk, later.key)
    if request.POST.get("do") == "stay":
        messages.success(request, _("The draft is saved."))
        return redirect("surveys:section", found.pk, here.key)
    return redirect(found)


@require_POST
@login_required
def prefill(request: HttpRequest, pk: int) -> HttpResponse:
    """Carry over what the last report said to questions not answered yet."""
    found = open_response(request, pk)
    count = verbs.prefill(found, by=person_of(request))
    if count:
        messages.success(request, carried_words(count))
    else:
        messages.info(request, _("There was nothing to carry over."))
    return redirect(found)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def aside(request: HttpRequest, pk: int, number: int) -> HttpResponseBase:
    """Two versions of one section, question by question: nothing is lost."""
    found = open_response(request, pk)
    by = person_of(request)
    asides = PartAside.objects.select_related("part", "part__section", "part__editor", "part__response")
    kept = get_object_or_404(asides.filter(part__response=found, person=by), pk=number)
    part, sheet = kept.part, sheet_of(found.questionnaire)
    allow(access.may_answer, by, part)
    unlike = [
        each for each in sheet.in_section[part.section.key] if kept.values.get(each.key) != part.values.get(each.key)
    ]
    if request.method == "POST":
        mine = {each.key for each in unlike if request.POST.get(f"q-{each.key}") == "mine"}
        chosen = {key: value for key, value in part.values.items() if key not in mine}
        chosen |= {key: kept.values[key] for key in mine if key in kept.values}
        given = request.POST.get("revision", "")
        revision = int(given) if given.isdecimal() and len(given) < 10 else 0
        verbs.settle(part, by=by, aside=kept, values=chosen, revision=revision)
        messages.success(request, _("Both texts are one now. Look it over and go on."))
        return redirect("surveys:section", found.pk, part.section.key)
    rows = [
        {
            "question": each,
            "theirs": shown(sheet, each, part.values.get(each.key)),
            "mine": shown(sheet, each, kept.values.get(each.key)),
            "usual": "theirs" if kept.values.get(each.key) == kept.base.get(each.key) else "mine",
        }
        for each in unlike
    ]
    return page(request, "aside", found, "response", rows=rows, part=part, here=part.section)
