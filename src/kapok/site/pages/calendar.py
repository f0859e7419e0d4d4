"""Deadlines and events by month, the next ones first, and the same as a file for one's own calendar."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kapok import vocab
from kapok.formats.format import formats
from kapok.search.questions import Hit, Span
from kapok.site import show
from kapok.site.find.feeds import calendar_file
from kapok.site.find.results import Result, result
from kapok.site.find.views import DATED
from kapok.site.pages.counts import Counts, Filters, public

MONTHS, PAGES, PER_PAGE = 6, 4, 100
LAST_YEAR = 2200


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the calendar: something closes on the day, or begins."""

    day: date
    until: date
    closes: bool
    record: Result

    @property
    def lasts(self) -> bool:
        """Does it go on after its first day?"""
        return self.until > self.day


@dataclass(frozen=True, slots=True)
class Asked:
    """Which stretch of the calendar, and of what."""

    first: date
    type: str
    theme: str

    @property
    def end(self) -> date:
        """The first day after the stretch."""
        return later(self.first.replace(day=1), MONTHS)

    @property
    def filters(self) -> Filters:
        """The same for the index."""
        found: dict[str, str | tuple[str, ...]] = {"type": self.type or tuple(sorted(DATED))}
        return {**found, "theme": self.theme} if self.theme else found


def later(month: date, months: int) -> date:
    """The first day of the month so many months later, or earlier."""
    year, left = divmod(month.year * 12 + month.month - 1 + months, 12)
    return date(year, left + 1, 1)


def asked(request: HttpRequest) -> Asked:
    """What an address asks; a month that does not exist is this one."""
    today = date.today()
    try:
        month = date.fromisoformat(f"{request.GET.get('from', '')}-01")
    except ValueError:
        month = today
    first = month if today.year - 30 < month.year < LAST_YEAR and month != today else today
    kind, theme = request.GET.get("type", ""), request.GET.get("theme", "")
    return Asked(first, kind if kind in DATED else "", theme if vocab.term("theme", theme) else "")


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """The next months."""
    wanted, counts = asked(request), Counts(request.user)
    entries = sorted(
        (
            entry
            for hit in hits(counts, wanted, wanted.end.toordinal() - 1)
            for entry in of_hit(hit, wanted, counts.language)
        ),
        key=lambda entry: (entry.day, not entry.closes, entry.record.identifier),
    )
    months = [
        {"name": show.date(f"{month:%Y-%m}"), "id": f"{month:%Y-%m}", "days": by_day(found)}
        for month, found in groupby(entries, key=lambda entry: entry.day.replace(day=1))
    ]
    page = {
        "months": months,
        "asked": wanted,
        "types": [(one, str(formats[one].plural)) for one in sorted(DATED)],
        "themes": [(one.id, one.label) for one in vocab.choices("theme") if not one.depth],
        "given": {"type": wanted.type, "theme": wanted.theme},
        "earlier": f"{later(wanted.first.replace(day=1), -MONTHS):%Y-%m}",
        "later": f"{wanted.end:%Y-%m}",
        "is_now": wanted.first == date.today(),
        "active": "calendar",
    }
    return public(render(request, "site/calendar.html", page), request)


def by_day(entries: Iterable[Entry]) -> list[tuple[date, list[Entry]]]:
    """Entries in the order of their days, each day once with all that stands on it."""
    return [(day, list(found)) for day, found in groupby(entries, key=lambda entry: entry.day)]


def hits(counts: Counts, wanted: Asked, last: int | None = None) -> list[Hit]:
    """What closes or begins from the first day asked for to the last, each record once."""
    found: dict[str, Hit] = {}
    for name in ("closes", "starts"):
        span = Span(name, wanted.first.toordinal(), last)
        for page in range(1, PAGES + 1):
            answer = counts.ask(wanted.filters, most=PER_PAGE, page=page, sort="closing", spans=(span,))
            found.update((hit.key, hit) for hit in answer.hits)
            if len(answer.hits) < PER_PAGE:
                break
    return list(found.values())


def of_hit(hit: Hit, wanted: Asked, language: str) -> Iterator[Entry]:
    """The lines of a record that fall into the stretch."""
    days = {name: date.fromisoformat(day) for name, day in (hit.extra.get("days") or {}).items()}
    shown = result(hit, language)
    if (closes := days.get("closes")) and wanted.first <= closes < wanted.end:
        yield Entry(closes, closes, True, shown)
    if (starts := days.get("starts")) and wanted.first <= starts < wanted.end:
        yield Entry(starts, max(starts, days.get("ends") or starts), False, shown)


@require_safe
def calendar_ics(request: HttpRequest) -> HttpResponseBase:
    """The same from the first day on, for one's own calendar, which asks for it again and again."""
    return calendar_file(request, _("Deadlines and events"), hits(Counts(None), asked(request)))
