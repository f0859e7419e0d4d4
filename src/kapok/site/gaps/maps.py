"""Gaps by country as a map or a grid of tiles; each country opens its row in full."""

from dataclasses import replace

from django.urls import get_script_prefix
from django.utils.translation import gettext as _

from kapok import vocab
from kapok.charts import Drawing, Point, tiles, world
from kapok.core.languages import current
from kapok.insight import thresholds as rules
from kapok.insight.counting import Matrix
from kapok.site.gaps.asked import Asked
from kapok.site.pages.maps import NOT_DRAWN


def gap_map(question: Asked) -> Drawing:
    """How many gaps each country has. Where nothing is registered there is no figure, which is not zero."""
    by_country = replace(question, rows="country", look="", order="", unfolded="")
    matrix = by_country.matrix()
    gaps = gaps_of(matrix)
    root = get_script_prefix()
    points = [
        Point(
            one.id,
            one.label,
            gaps.get(one.id, 0) if one.id in matrix.by_row else None,
            f"{root}gaps/row{by_country.query(row=one.id)}",
        )
        for one in vocab.countries(current())
        if one.id not in NOT_DRAWN
    ]
    draw = tiles if question.look == "tiles" else world
    return draw(_("%(what)s by country") % {"what": _("Gaps")}, points, head=_("Country"))


def gaps_of(matrix: Matrix) -> dict[str, int]:
    """The number of gaps in each row that has any."""
    found: dict[str, int] = {}
    for (row, _col), tally in matrix.cells.items():
        if tally.state == rules.GAP:
            found[row] = found.get(row, 0) + 1
    return found
