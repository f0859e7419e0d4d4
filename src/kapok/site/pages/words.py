"""Help by role, what Kapok is, and what machines look for: site map, robots and the security contact."""

from collections.abc import Callable
from datetime import UTC, date, datetime

from django.conf import settings
from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from kapok.core.rules import Sentence
from kapok.formats.format import formats
from kapok.records.models import Record, Stage
from kapok.site.context import MENU
from kapok.site.pages.counts import public

PER_FILE = 10_000
# (address, template, title): the pages of words.
PAGES = (
    ("help", "help/index", _("Help")),
    ("help/searching", "help/searching", _("Finding things")),
    ("help/gaps", "help/gaps", _("Reading the matrix of gaps")),
    ("help/registering", "help/registering", _("Registering a record")),
    ("help/importing", "help/importing", _("Bringing a file in")),
    ("help/confirming", "help/confirming", _("Keeping records fresh")),
    ("help/overlaps", "help/overlaps", _("How overlaps are found")),
    ("help/reports", "help/reports", _("How a national report is answered")),
    ("help/matches", "help/matches", _("How matches are found")),
    ("help/focal-point", "help/focal-point", _("How a focal point is designated")),
    ("help/figures", "help/figures", _("Figures from national reports")),
    ("api", "help/api", _("For developers: API")),
    ("data", "help/data", _("Open data")),
    ("about", "help/about", _("About Kapok")),
    ("accessibility", "help/accessibility", _("Accessibility")),
    ("privacy", "help/privacy", _("Privacy")),
)
# The pages of lists that search engines may begin from.
LISTS = ("", "registers", "gaps", "countries", "organisations", "calendar", "vocabularies")


def words_page(address: str, template: str, title: Sentence) -> Callable[[HttpRequest], HttpResponse]:
    """The view of one page of words."""

    @require_safe
    def view(request: HttpRequest) -> HttpResponse:
        page = {
            "heading": title,
            "pages": [(one, label) for one, _template, label in PAGES if one.startswith("help")],
            "here": address,
            "site": settings.ADDRESS,
            "forms": list(formats.values()),
            "active": "help",
        }
        return public(render(request, f"site/{template}.html", page), request)

    return view


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What programs that gather pages may read: everything that is of use in a search engine."""
    closed = ("/account", "/desk", "/people", "/records/new", "/search/save", "/searches", "/bodies", "/imports")
    prefixes = ("", *(f"/{tag}" for tag in ("ar", "en", "es", "fr", "ru", "zh")))
    lines = ["User-agent: *", *(f"Disallow: {prefix}{path}" for path in closed for prefix in prefixes)]
    return HttpResponse("\n".join([*lines, f"Sitemap: {settings.ADDRESS}/sitemap.xml", ""]), content_type="text/plain")


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """Whom to tell about a weakness (RFC 9116)."""
    today = date.today()
    until = datetime(today.year + 1, today.month, 1, tzinfo=UTC)
    lines = (
        f"Contact: {settings.ADDRESS}/contact",
        f"Expires: {until:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: en, fr, es, ar, ru, zh",
        f"Canonical: {settings.ADDRESS}/.well-known/security.txt",
        "",
    )
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def xml(request: HttpRequest, template: str, **facts: object) -> HttpResponse:
    """A file for machines, kept for visitors like a page."""
    return public(render(request, template, facts, content_type="application/xml"), request)


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """The files that the site map is made of."""
    last = Record.objects.aggregate(last=Max("pk"))["last"] or 0
    files = ["pages", *(f"records-{number}" for number in range(1, -(-last // PER_FILE) + 1))]
    return xml(request, "site/sitemap-index.xml", files=files, site=settings.ADDRESS)


@require_safe
def sitemap_pages(request: HttpRequest) -> HttpResponse:
    """The pages that are no records: lists and words."""
    menu = [path.lstrip("/") for _key, _label, path in MENU if "?" not in path]
    paths = dict.fromkeys([*LISTS, *menu, *(one for one, _template, _title in PAGES)])
    return xml(request, "site/sitemap.xml", places=[(path, None) for path in paths], site=settings.ADDRESS)


@require_safe
def sitemap_records(request: HttpRequest, number: int) -> HttpResponse:
    """The published records, a part at a time; a part is a stretch of numbers, so that it costs the same anywhere."""
    if not 1 <= number < 10_000:
        raise Http404
    stretch = Record.objects.filter(
        pk__gt=(number - 1) * PER_FILE, pk__lte=number * PER_FILE, stage=Stage.PUBLISHED
    ).order_by("pk")
    rows = stretch.values_list("identifier", "changed_at", "published_at")
    places = [(f"records/{identifier}", changed or published) for identifier, changed, published in rows]
    return xml(request, "site/sitemap.xml", places=places, site=settings.ADDRESS)
