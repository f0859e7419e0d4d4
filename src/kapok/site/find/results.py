"""Results as a list shows them: words, marks and badges, from what the index kept, without the database."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import get_script_prefix
from django.utils.translation import gettext as _
from markupsafe import Markup, escape

from kapok import vocab
from kapok.core.languages import best, direction
from kapok.formats.format import formats
from kapok.search.questions import Hit, Segments
from kapok.site import show
from kapok.site.find.facets import WINDOWS

MANY_COUNTRIES = 4


@dataclass(frozen=True, slots=True)
class Result:
    """One line of a list."""

    identifier: str
    address: str
    type: str
    title: Markup
    snippet: Markup
    meta: list[str]
    badges: list[tuple[str, str]]
    extra: Mapping[str, Any]


def result(hit: Hit, language: str) -> Result:
    """What a list shows of a hit."""
    extra = hit.extra
    form = formats.get(str(extra.get("format", "")))
    draft = "/draft" if extra.get("draft") else ""
    return Result(
        identifier=str(extra.get("id", "")),
        address=f"{get_script_prefix()}records/{extra.get('id')}{draft}",
        type=str(form.label) if form else "",
        title=spoken(marked(hit.title) or _("Untitled"), hit.language, language),
        snippet=snippet(hit, language),
        meta=meta(extra, language),
        badges=badges(extra),
        extra=extra,
    )


def marked(segments: Segments) -> Markup:
    """Text with what was found in `<mark>`."""
    return Markup("").join(
        Markup("<mark>{}</mark>").format(text) if found else escape(text) for text, found in segments
    )


def spoken(text: Markup | str, tag: str, language: str) -> Markup:
    """Text marked with its own language where that is not the page's."""
    if not tag or tag == language:
        return Markup("<bdi>{}</bdi>").format(text)
    name = show.language_name(tag)
    return Markup('<bdi lang="{}" dir="{}">{}</bdi> <small class="tongue">{}</small>').format(
        tag, direction(tag), text, name
    )


def snippet(hit: Hit, language: str) -> Markup:
    """The words around what was found, or the summary."""
    if any(found for _text, found in hit.snippet):
        return Markup('<bdi dir="auto">{}</bdi>').format(marked(hit.snippet))
    summary, tag = best(hit.extra.get("summary") or {}, language)
    return spoken(summary, tag, language) if summary else Markup("")


def meta(extra: Mapping[str, Any], language: str) -> list[str]:
    """The line of facts: where, when, by whom."""
    said = [countries(extra.get("countries") or [], language), span(extra)]
    if extra.get("format") == "need" and extra.get("rank"):
        said.append(_("Rank %(rank)s") % {"rank": extra["rank"]})
    owner = best(extra.get("owner") or {}, language)[0]
    if owner and extra.get("format") not in {"need", "organisation"}:
        said.append(owner)
    return list(dict.fromkeys(one for one in said if one))


def countries(ids: list[str], language: str) -> str:
    """A few countries by name, and how many more."""
    names = [vocab.label("country", one, language) for one in ids[:MANY_COUNTRIES]]
    left = len(ids) - len(names)
    joined = show.listed(names)
    return _("%(countries)s and %(count)s more") % {"countries": joined, "count": left} if left > 0 else joined


def span(extra: Mapping[str, Any]) -> str:
    """When: the closing day of what one can apply for, else the years of what lasts."""
    days = extra.get("days") or {}
    if days.get("closes"):
        return _("Closes %(day)s") % {"day": show.date(days["closes"], "medium")}
    years = [days[name][:4] for name in ("starts", "ends") if days.get(name)]
    return "–".join(dict.fromkeys(years))


def badges(extra: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Marks of state, each a kind and its words."""
    found: list[tuple[str, str]] = []
    if extra.get("illustrative"):
        found.append(("illustrative", _("Illustrative")))
    if extra.get("draft"):
        found.append(("draft", _("Draft")))
    if extra.get("status"):
        found.append((extra["status"], vocab.label("status", extra["status"])))
    if window := extra.get("window"):
        found.append(("closing" if window == "closing-soon" else window, str(WINDOWS[window])))
    if extra.get("need_state"):
        found.append(("type", vocab.label("need-state", extra["need_state"])))
    if extra.get("freshness") == "not-confirmed":
        found.append(("unconfirmed", vocab.label("freshness", "not-confirmed")))
    if extra.get("reviewed") is False:
        found.append(("unreviewed", _("Not yet reviewed")))
    return found
