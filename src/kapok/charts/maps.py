"""Maps: the world in tones, and a grid with one tile for each country; each opens its page by mouse and keyboard."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kapok.charts import words
from kapok.charts.bars import table
from kapok.charts.boundaries import Boundaries, boundaries, disclaimer, grid_disclaimer
from kapok.charts.canvas import Canvas, plain
from kapok.charts.drawing import Drawing, sayer
from kapok.charts.measure import width
from kapok.charts.points import Point, Series, Value
from kapok.charts.scales import Scale, scale_of, spread_tones

WIDE = 1000
RADIUS = 4.5
TEXT = 17
TILE = WIDE / 27


@dataclass(frozen=True, slots=True)
class Map:
    """What both maps share: the points by their letters, the scale, and the key beneath."""

    points: Sequence[Point]
    say: Callable[[Value], str]
    scale: Scale
    held: Boundaries
    fixed: int = WIDE

    @property
    def box(self) -> str:
        """The size on a page: it grows with its place."""
        return f'viewBox="0 0 {WIDE} {self.height:.0f}"'

    @property
    def height(self) -> float:
        """Picture and key."""
        return self.picture_height + 58

    @property
    def picture_height(self) -> float:
        """The picture alone."""
        return float(self.held.height)

    def definitions(self, ident: str) -> str:
        """The hatching of those without a figure."""
        return (
            f'<pattern id="{ident}-none" width="8" height="8" patternUnits="userSpaceOnUse">'
            '<rect class="paper" width="8" height="8"/><path class="hatch" d="M-2 2L2-2M0 8L8 0M6 10L10 6"/></pattern>'
        )

    def draw(self, canvas: Canvas) -> float:
        """Draw the picture and its key."""
        self.picture(canvas)
        self.key(canvas, self.picture_height + 14)
        return self.height

    def picture(self, canvas: Canvas) -> None:
        """Draw the countries."""
        known = {point.key: point for point in self.points}
        canvas.raw(f'<path class="land" d="{self.held.land}"/>')
        for code in self.held.shapes.keys() - known.keys():
            canvas.raw(f'<path class="land" d="{self.held.shapes[code]}"/>')
        # Circles come last, so that no neighbour covers them.
        for point in sorted(self.points, key=lambda one: one.key in self.held.circles):
            shape = self.shape(canvas, point)
            if shape:
                canvas.raw(linked(point, shape, self.say))

    def shape(self, canvas: Canvas, point: Point) -> str:
        """The outline of a country in its tone; nothing when the boundaries do not know it."""
        if point.key in self.held.shapes:
            return f'<path {self.look(canvas, point.value)} d="{self.held.shapes[point.key]}"/>'
        if point.key in self.held.circles:
            x, y = self.held.circles[point.key]
            return f'<circle {self.look(canvas, point.value)} cx="{x:g}" cy="{y:g}" r="{RADIUS}"/>'
        return ""

    def look(self, canvas: Canvas, value: Value) -> str:
        """The class of a tone, or the hatching where there is no figure."""
        tone = self.scale.tone(value)
        if tone is None:
            return f'class="coast" fill="url(#{canvas.frame.ident}-none)"'
        return f'class="coast t{spread_tones(self.scale)[tone]}"'

    def key(self, canvas: Canvas, y: float) -> None:
        """What the tones stand for, in one line from where reading begins."""
        at = 8.0
        darkness = spread_tones(self.scale)
        entries = [(f'class="coast t{darkness[tone]}"', said) for tone, said in self.scale.legend(self.say)]
        if any(point.value is None for point in self.points):
            entries.append((f'class="coast" fill="url(#{canvas.frame.ident}-none)"', _("no figure")))
        for look, said in entries:
            x = WIDE - at - 26 if canvas.frame.rtl else at
            canvas.raw(f'<rect x="{x:g}" y="{y:g}" width="26" height="20" {look}/>')
            canvas.text((at + 34) / WIDE, y + 16, said, "map-text")
            at += 34 + width(said, TEXT) + 26


@dataclass(frozen=True, slots=True)
class Grid(Map):
    """One tile for each country, with its letters and its figure."""

    @property
    def picture_height(self) -> float:
        """As many rows as the grid has."""
        return self.held.grid[1] * TILE

    def picture(self, canvas: Canvas) -> None:
        """Draw the tiles."""
        for point in self.points:
            if point.key in self.held.tiles:
                canvas.raw(linked(point, self.tile(canvas, point), self.say))

    def tile(self, canvas: Canvas, point: Point) -> str:
        """A tile: letters above, figure below."""
        column, row = self.held.tiles[point.key]
        x, y = column * TILE, row * TILE
        tone = self.scale.tone(point.value)
        on = f" on{spread_tones(self.scale)[tone]}" if tone else ""
        said = self.say(point.value) if point.value is not None else "–"
        figure = said if width(said, 13) <= TILE else "+"
        side = f'width="{TILE - 2:.0f}" height="{TILE - 2:.0f}"'
        return (
            f'<rect {self.look(canvas, point.value)} x="{x:.0f}" y="{y:.0f}" {side}/>'
            f'<text class="tile-code{on}" x="{x + TILE / 2 - 1:.0f}" y="{y + 14:.0f}">{plain(point.key)}</text>'
            f'<text class="tile-figure{on}" x="{x + TILE / 2 - 1:.0f}" y="{y + 29:.0f}">{plain(figure)}</text>'
        )


def linked(point: Point, shape: str, say: Callable[[Value], str]) -> str:
    """A shape with its name and figure for those who point at it or hear it; a link when it opens something."""
    name = plain(": ".join([point.label, say(point.value) if point.value is not None else _("no figure")]))
    if point.url:
        return f'<a href="{plain(point.url)}"><title>{name}</title>{shape}</a>'
    return f"<g><title>{name}</title>{shape}</g>"


def world(
    title: str, points: Sequence[Point], *, summary: str = "", scale: str = "count", unit: str = "", head: str = ""
) -> Drawing:
    """A map in tones; keys are ISO 3166 letters. `scale` is `count`, or `share` for per cent."""
    return mapped(Map, "world", disclaimer(), title, points, summary, scale, unit, head)


def tiles(
    title: str, points: Sequence[Point], *, summary: str = "", scale: str = "count", unit: str = "", head: str = ""
) -> Drawing:
    """A grid of equal tiles without borders: the small States are as large as the large ones."""
    return mapped(Grid, "tiles", grid_disclaimer(), title, points, summary, scale, unit, head)


def mapped(
    kind: type[Map],
    name: str,
    note: str,
    title: str,
    points: Sequence[Point],
    summary: str,
    scale: str,
    unit: str,
    head: str,
) -> Drawing:
    """A drawing of one of the maps."""
    say = sayer(unit)
    plot = kind(points, say, scale_of((point.value for point in points), scale), boundaries())
    series = [Series("figure", unit or _("Figure"), points)]
    return Drawing(
        title,
        summary or told(points, say),
        plot,
        *table(series, say, head or _("Country")),
        linked=any(point.url for point in points),
        note=note,
        kind=name,
        size=WIDE,
    )


def told(points: Sequence[Point], say: Callable[[Value], str]) -> str:
    """Where most is, and for how many countries there is anything."""
    some = [point for point in points if point.value]
    if not some:
        return _("There is no figure yet.")
    high = max(point.value for point in some)  # type: ignore[type-var]
    return _("Highest: %(names)s (%(figure)s). %(some)s of %(all)s countries have a figure above zero.") % {
        "names": words.names(some, high),
        "figure": say(high),
        "some": say_count(some),
        "all": say_count(points),
    }


def say_count(points: Sequence[Point]) -> str:
    """How many there are, as the reader writes numbers."""
    return sayer("")(len(points))
