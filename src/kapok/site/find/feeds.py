"""Any list as a feed (Atom) and as a calendar (iCalendar), for everybody and without an account."""

import hashlib
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from icalendar import Calendar, Event

from kapok.core.languages import best, current
from kapok.search import index
from kapok.search.documents import PUBLIC
from kapok.search.questions import Hit, Question, Sort
from kapok.site.find.asked import Asked, asked
from kapok.site.find.away import given
from kapok.site.find.results import marked
from kapok.site.find.stamps import Stamps, stamps
from kapok.site.find.views import described

ENTRIES = 50
LATEST, LARGEST_PAGE = 500, 100
BEGINNING = datetime(2003, 9, 11, tzinfo=UTC)  # before anything was registered: the Protocol entered into force


def publicly(question: Asked, sort: Sort, most: int, page: int = 1) -> tuple[Hit, ...]:
    """What a visitor finds, whoever asks: feeds are read by programs that sign in nowhere."""
    wanted = Question(
        q=question.q,
        filters=question.filters,
        alternatives=question.alternatives,
        viewer=(PUBLIC,),
        language=current(),
        sort=sort,
        page=page,
        per_page=most,
    )
    return given(index.ask(wanted)).hits


def identifier(hit: Hit) -> str:
    """The identifier of what was found."""
    return str(hit.extra.get("id", ""))


def address(hit: Hit) -> str:
    """The full address of what was found, in the language of the reader."""
    return f"{settings.ADDRESS}/{current()}/records/{identifier(hit)}"


def title(hit: Hit) -> str:
    """Its title as plain text."""
    return str(marked(hit.title).striptags()) or _("Untitled")


@require_safe
def feed(request: HttpRequest) -> HttpResponseBase:
    """The newest of a list, as Atom."""
    body, changed = atom(asked(request.GET))
    return answered(request, body, "application/atom+xml", changed)


def atom(question: Asked) -> tuple[bytes, datetime]:
    """The feed of a question in the language in force, and when anything in it changed last."""
    hits = publicly(question, "newest", ENTRIES)
    known = stamps(identifier(hit) for hit in hits)
    query = question.address()
    made = Atom1Feed(
        title=f"Kapok: {described(question, current())}",
        link=f"{settings.ADDRESS}/{current()}/search{query}",
        description=_("New records of the registers of capacity-building for biosafety"),
        language=current(),
        feed_url=f"{settings.ADDRESS}/{current()}/search/feed{query}",
        author_name="Kapok",
    )
    for hit in sorted(
        (hit for hit in hits if identifier(hit) in known), key=lambda one: known[identifier(one)], reverse=True
    ):
        published, changed = known[identifier(hit)]
        made.add_item(
            title=title(hit),
            link=address(hit),
            description=escape(best(hit.extra.get("summary") or {})[0]),
            unique_id=f"{settings.ADDRESS}/records/{identifier(hit)}",
            pubdate=published,
            updateddate=changed,
            author_name=best(hit.extra.get("owner") or {})[0] or None,
            categories=[hit.kind],
        )
    return made.writeString("utf-8").encode(), newest(known)


def newest(known: Stamps) -> datetime:
    """The last change of anything in the list."""
    return max((changed for _published, changed in known.values()), default=BEGINNING)


def answered(request: HttpRequest, body: bytes, kind: str, changed: datetime) -> HttpResponseBase:
    """The file, or word that the reader's copy is still good."""
    response = HttpResponse(body, content_type=f"{kind}; charset=utf-8")
    response["Access-Control-Allow-Origin"] = "*"
    etag = f'"{hashlib.sha256(body).hexdigest()[:24]}"'
    response["ETag"] = etag
    response["Last-Modified"] = http_date(changed.timestamp())
    if not request.user.is_authenticated:
        response["Kapok-Cache"] = "public"
    return get_conditional_response(request, etag, int(changed.timestamp()), response) or response


@require_safe
def search_calendar(request: HttpRequest) -> HttpResponseBase:
    """The deadlines and events of a list, as iCalendar."""
    question = asked(request.GET)
    return calendar_file(request, described(question, current()), many(question))


def many(question: Asked) -> Iterable[Hit]:
    """The newest of a list, a page at a time until it ends."""
    for page in range(1, LATEST // LARGEST_PAGE + 1):
        hits = publicly(question, "newest", LARGEST_PAGE, page)
        yield from hits
        if len(hits) < LARGEST_PAGE:
            return


def calendar_file(request: HttpRequest, name: str, hits: Iterable[Hit]) -> HttpResponseBase:
    """A calendar of the days of these records."""
    body, changed = ics(name, hits)
    response = answered(request, body, "text/calendar", changed)
    response.headers.setdefault("Content-Disposition", 'inline; filename="kapok.ics"')
    return response


def ics(name: str, hits: Iterable[Hit]) -> tuple[bytes, datetime]:
    """The calendar itself in the language in force, and when anything in it changed last."""
    listed = {identifier(hit): hit for hit in hits if hit.extra.get("days")}
    known = stamps(listed)
    made = Calendar()
    made.add("prodid", "-//Kapok//Capacity-building for biosafety//EN")
    made.add("version", "2.0")
    made.add("x-wr-calname", f"Kapok: {name}")
    for one, hit in listed.items():
        if one in known:
            for event in events(hit, known[one][1]):
                made.add_component(event)
    return made.to_ical(), newest(known)


def events(hit: Hit, changed: datetime) -> Iterable[Event]:
    """What a record puts into a calendar: its closing day, and the days on which it takes place."""
    days: dict[str, Any] = hit.extra.get("days") or {}
    if closes := days.get("closes"):
        yield event(hit, "closes", _("Closes: %(title)s") % {"title": title(hit)}, closes, closes, changed)
    if hit.kind != "initiative" and (starts := days.get("starts")):
        yield event(hit, "starts", title(hit), starts, max(starts, days.get("ends") or starts), changed)


def event(hit: Hit, part: str, summary: str, first: str, last: str, changed: datetime) -> Event:
    """An event of whole days."""
    made = Event()
    made.add("uid", f"{identifier(hit)}-{part}@{settings.ADDRESS.partition('://')[2]}")
    made.add("summary", summary)
    made.add("dtstart", date.fromisoformat(first))
    made.add("dtend", date.fromisoformat(last) + timedelta(days=1))
    made.add("dtstamp", changed)
    made.add("url", address(hit))
    made.add("description", best(hit.extra.get("summary") or {})[0])
    return made
