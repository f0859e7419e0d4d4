"""The pages of the matrix: the table, one row in full, the rules, and a frame for other sites."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_http_methods, require_safe
from markupsafe import Markup

from kapok import vocab
from kapok.charts import looks
from kapok.core.languages import current
from kapok.core.rules import Refused
from kapok.core.verbs import may
from kapok.insight import thresholds as rules
from kapok.insight.counting.dimensions import COLUMNS, ROWS
from kapok.insight.queries import rules as rules_in_force
from kapok.insight.verbs import set_rules
from kapok.site.find.answers import remark
from kapok.site.find.asked import whole
from kapok.site.find.facets import facets
from kapok.site.find.views import chips as search_chips
from kapok.site.gaps.asked import Asked, asked
from kapok.site.gaps.maps import gap_map
from kapok.site.gaps.table import SIDES, described, labels, table
from kapok.site.pages.countries import focal_points
from kapok.site.pages.counts import public

# The facets that the form offers; every other facet of the search page may stand in the address.
OFFERED = ("region", "group", "theme", "method", "audience", "level", "horizon", "money-kind")
VOCABULARY = {"region": "group"}
ORDER_WORDS = {
    "gap": gettext_lazy("Most gaps first"),
    "name": gettext_lazy("Name"),
    "support": gettext_lazy("Most support first"),
}
UNFOLDED_WORDS = {
    "": gettext_lazy("With something open"),
    "done": gettext_lazy("Open or completed"),
    "yes": gettext_lazy("All, also empty"),
}
LOOK_WORDS = {"": gettext_lazy("Table"), "map": gettext_lazy("Map"), "tiles": gettext_lazy("Tiles of one size")}
FILES = ("csv", "xlsx", "svg", "png")


@require_safe
def gaps(request: HttpRequest) -> HttpResponse:
    """Who needs what, and who helps: each figure opens the records it counts."""
    return public(render(request, "site/gaps.html", page_of(request)), request)


@require_safe
@xframe_options_exempt
def embed(request: HttpRequest) -> HttpResponse:
    """The same table alone, for a frame on another site; it runs no script."""
    response = render(request, "site/gaps-embed.html", page_of(request))
    response.policy = {"frame-ancestors": "*", "script-src": "'none'"}  # type: ignore[attr-defined]
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return public(response, request)


def page_of(request: HttpRequest) -> dict[str, Any]:
    """All that a page of the matrix shows: the table, or a map in its place."""
    question = asked(request.GET, request.user)
    matrix = question.matrix()
    return {
        **words_of(question),
        "table": table(question, matrix) if not question.look else None,
        "drawing": gap_map(question) if question.look else None,
        "looks": list(LOOK_WORDS.items()),
        "summary": described(matrix),
        "chips": chips(question),
        "offered": offered(question),
        "kept": kept(question),
        "rows": [(one, SIDES[one]) for one in ROWS],
        "cols": [(one, SIDES[one]) for one in COLUMNS],
        "orders": list(ORDER_WORDS.items()),
        "unfolded": list(UNFOLDED_WORDS.items()),
        "sides": SIDES,
        "states": [(state, rules.LABELS[state]) for state in rules.STATES],
        "files": [(one, one.upper(), f"gaps.{one}{question.query()}") for one in FILES],
        "wide": True,
    }


def words_of(question: Asked) -> dict[str, Any]:
    """What the table and one row in full both need: the question, signs and words."""
    return {
        "asked": question,
        "remark": remark(question.search.as_of),
        "state_words": rules.LABELS,
        "signs": signs(),
        "statuses": {one.id: one.label for one in vocab.choices("status")},
        "horizons": {one.id: one.label for one in vocab.choices("horizon")},
        "kinds": {one.id: one.label for one in vocab.choices("money-kind")},
        "active": "gaps",
    }


def signs() -> Markup:
    """The shapes of the states, drawn once for a page; charts use the same."""
    return Markup(looks.signs("s", rules.STATES))  # noqa: S704 - our own shapes


def chips(question: Asked) -> list[tuple[str, str]]:
    """The filters in use that the form does not offer, each with the query without it."""
    shape = "".join(f"&{name}={one}" for name, one in question.shape.items() if one)
    return [(label, f"{address or '?'}{shape}") for label, address in search_chips(question.search, current())]


def offered(question: Asked) -> list[dict[str, Any]]:
    """The selects of the form."""
    found = []
    for name in OFFERED:
        regions = vocab.regions()
        ids = [one.id for one in vocab.vocabulary(VOCABULARY.get(name, name)).terms if not one.broader]
        if name in {"region", "group"}:
            ids = [one for one in ids if (one in regions) == (name == "region")]
        chosen = question.search.filters.get(name, ())
        ids += [one for one in chosen if one not in ids]
        named = facets()[name].named(ids, current())
        entries = [(one, named[one], one in chosen) for one in ids]
        found.append({"name": name, "label": facets()[name].label, "entries": entries, "several": len(chosen) > 1})
    return found


def kept(question: Asked) -> list[tuple[str, str]]:
    """What the form must hand on although it has no box for it."""
    pairs = [(name, one) for name, ids in question.search.filters.items() if name not in OFFERED for one in ids]
    return [*pairs, *((name, one) for name, one in (("q", question.search.q), ("as", question.look)) if one)]


@require_safe
def row(request: HttpRequest) -> HttpResponse:
    """One row in full: for each column its state, needs, support, money and last confirmation."""
    question = asked(request.GET, request.user)
    matrix = question.matrix()
    value = request.GET.get("row", "")
    if value not in matrix.by_row:
        known = facets()[question.rows].named([value], current()).get(value, "")
        if not value or (known == value and not vocab.term(question.rows, value)):
            raise Http404(_("The matrix has no such row."))
    name = labels(question.rows, [value])[value]
    cols = [one for one in matrix.cols if matrix.cell(value, one)]
    named = labels(question.cols, cols)
    entries = [(one, named[one], matrix.cell(value, one)) for one in cols]
    order = {state: at for at, state in enumerate(rules.STATES)}
    entries.sort(key=lambda entry: order[entry[2].state])
    writes = question.rows == "country" and focal_points(value).exists()
    about = {"row": value, "name": name, "entries": entries, "whole": matrix.by_row.get(value), "writes": writes}
    return public(render(request, "site/gaps-row.html", words_of(question) | about), request)


@require_http_methods(["GET", "HEAD", "POST"])
def rules_page(request: HttpRequest) -> HttpResponse:
    """What each state means, with the numbers in force; the Secretariat sets them."""
    held = rules_in_force()
    allowed = may(request.user, set_rules, held)
    error = ""
    if request.method == "POST":
        given = {name: request.POST.get(name, "") for name in ("crowd", "ending_months", "stale_months")}
        try:
            numbers = {name: whole(said, 0, 9999) for name, said in given.items()}
            set_rules(held, by=request.user, **numbers)  # type: ignore[arg-type]
        except Refused as refused:
            if not allowed:
                raise
            error = str(refused)
        else:
            messages.success(request, _("The rules are set. Every matrix shows its states by them from now on."))
            return redirect("gaps:rules")
    page = {
        "rules": held,
        "may_set": allowed,
        "error": error,
        "states": states(held),
        "signs": signs(),
        "active": "gaps",
    }
    answer = render(request, "site/gaps-rules.html", page | {"active": "gaps"})
    return answer if allowed else public(answer, request)


def states(held: Any) -> list[tuple[str, Any, str]]:
    """Each state with its words and its rule, in the order in which they are tried."""
    said = {
        rules.GAP: _("There is an open need, and nothing is planned or under way."),
        rules.CROWDED: _("%(crowd)s or more initiatives are planned or under way at once.") % {"crowd": held.crowd},
        rules.STALE: _("There is support, but none of it was confirmed within %(months)s months.")
        % {"months": held.stale_months},
        rules.ENDING: _("All support ends within %(months)s months, and none is planned.")
        % {"months": held.ending_months},
        rules.COVERED: _("There is an open need, and support is planned or under way."),
        rules.UNSTATED: _("Support is planned or under way, but no need was filed."),
        rules.EMPTY: _("No open need, and nothing planned or under way."),
    }
    return [(one, rules.LABELS[one], said[one]) for one in rules.STATES]
