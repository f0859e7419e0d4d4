"""Where a country lies: a small window on the map, with its neighbours and without links."""

import re
from collections.abc import Mapping
from functools import cache

from django.utils.translation import gettext as _
from markupsafe import Markup

from kapok.charts.boundaries import Boundaries, boundaries, disclaimer
from kapok.charts.canvas import plain

Box = tuple[float, float, float, float]
SMALLEST = 150.0
SHAPE = 3 / 2


def locator(code: str, label: str) -> Markup:
    """The window with its disclaimer; nothing where the boundaries do not know the country."""
    held = boundaries()
    box = boxes(held.source).get(code) if code in held.shapes else None
    if box is None and code not in held.circles:
        return Markup()
    x, y, wide, high = window(box or around(held, code), held)
    near = "".join(
        held.shapes[one] for one, other in boxes(held.source).items() if one != code and meets(other, x, y, wide, high)
    )
    own = f'<path class="coast t4" d="{held.shapes[code]}"/>' if box else circle(held, code)
    name = plain(_("%(name)s on the map") % {"name": label})
    return Markup(  # noqa: S704 - the label is escaped and the paths hold numbers only
        f'<svg class="plot locator" viewBox="{x:.0f} {y:.0f} {wide:.0f} {high:.0f}" role="img" aria-label="{name}">'
        f'<path class="land" d="{near}"/>{own}</svg><p class="disclaimer">{plain(disclaimer())}</p>'
    )


def circle(held: Boundaries, code: str) -> str:
    """A small State, as a circle."""
    x, y = held.circles[code]
    return f'<circle class="coast t4" cx="{x:g}" cy="{y:g}" r="4.5"/>'


def around(held: Boundaries, code: str) -> Box:
    """The place of a circle as a box."""
    x, y = held.circles[code]
    return x - 5, y - 5, x + 5, y + 5


def window(box: Box, held: Boundaries) -> Box:
    """A part of the sheet with the box in its middle and as much again around it."""
    left, top, right, bottom = box
    wide = max(SMALLEST, (right - left) * 2, (bottom - top) * 2 * SHAPE)
    wide = min(wide, float(held.width))
    high = min(wide / SHAPE, float(held.height))
    x = min(max((left + right - wide) / 2, 0), held.width - wide)
    y = min(max((top + bottom - high) / 2, 0), held.height - high)
    return x, y, wide, high


def meets(box: Box, x: float, y: float, wide: float, high: float) -> bool:
    """Whether a box reaches into a window."""
    left, top, right, bottom = box
    return right >= x and left <= x + wide and bottom >= y and top <= y + high


@cache
def boxes(source: str) -> Mapping[str, Box]:
    """The box of each outline; `source` tells one file of boundaries from another."""
    return {code: box_of(path) for code, path in boundaries().shapes.items()}


def box_of(path: str) -> Box:
    """The box of a path made of whole steps."""
    spots: list[tuple[float, float]] = []
    first = (0.0, 0.0)
    for letter, body in re.findall(r"([Mml])([^Mmlz]*)", path):
        numbers = [float(one) for one in re.findall(r"-?[\d.]+", body)]
        at = spots[-1] if spots and letter == "l" else first
        for across, down in zip(numbers[::2], numbers[1::2], strict=True):
            at = (across, down) if letter == "M" else (at[0] + across, at[1] + down)
            spots.append(at)
        if letter in "Mm":
            first = at
    return min(x for x, _y in spots), min(y for _x, y in spots), max(x for x, _y in spots), max(y for _x, y in spots)
