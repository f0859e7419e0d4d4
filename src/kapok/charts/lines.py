"""Lines over time or along another order: shapes and dashes tell them apart."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kapok.charts import looks, words
from kapok.charts.bars import LINE, table
from kapok.charts.canvas import SIZE, Canvas
from kapok.charts.drawing import Drawing, sayer
from kapok.charts.measure import ticks, width, wrapped
from kapok.charts.points import Series, Value, by_key, keys_of
from kapok.core.cldr import compact

HEIGHT = 220
MARGIN = 0.05
# A single line of up to so many points has each figure written at it.
ALL_SAID = 6


@dataclass(frozen=True, slots=True)
class Lines:
    """The picture: a grid with round figures, and a line for each series; a missing figure leaves a hole."""

    series: Sequence[Series]
    say: Callable[[Value], str]

    def definitions(self, ident: str) -> str:
        """The shapes of the points."""
        return looks.signs(ident, (f"p{looks.look(at)}" for at in range(len(self.series))))

    def draw(self, canvas: Canvas) -> float:
        """Draw legend, grid, lines and the axis from the top down."""
        y = legend(canvas, self.series) if len(self.series) > 1 else 0.0
        held = [float(one.value) for each in self.series for one in each.points if one.value is not None]
        steps = ticks(held or [0])
        foot = y + 22 + HEIGHT
        gutter = max(width(compact(tidy(step)), 12) for step in steps) + 10
        places = self.places(gutter / canvas.frame.room + MARGIN)

        def level(value: float) -> float:
            return foot - (value - steps[0]) / (steps[-1] - steps[0]) * HEIGHT

        for step in steps:
            canvas.line(gutter / canvas.frame.room, level(step), 1, level(step), "axis" if step == 0 else "grid")
            canvas.text(0, level(step) + 4, compact(tidy(step)), "small soft")
        for at, one in enumerate(self.series):
            self.line(canvas, at, one, places, level)
        self.axis(canvas, foot + 18, places)
        return foot + 28

    def places(self, begin: float) -> dict[str, float]:
        """Where each point stands along the axis; a single one in the middle."""
        keys = list(keys_of(self.series))
        if len(keys) == 1:
            return {keys[0]: (begin + 1 - MARGIN) / 2}
        return {key: begin + at * (1 - MARGIN - begin) / (len(keys) - 1) for at, key in enumerate(keys)}

    def line(
        self, canvas: Canvas, at: int, series: Series, places: dict[str, float], level: Callable[[float], float]
    ) -> None:
        """One line with its points and their figures."""
        number = looks.look(at)
        held = by_key(series)
        before: tuple[float, float] | None = None
        for key, place in places.items():
            value = held[key].value if key in held else None
            here = (place, level(float(value))) if value is not None else None
            if before and here:
                canvas.line(*before, *here, f"s{number} d{number}")
            before = here
        said = self.said(series)
        for key, place in places.items():
            point = held.get(key)
            if point is None or point.value is None:
                continue
            y = level(float(point.value))
            with canvas.link(point.url, f"{point.label}, {series.label}: {self.say(point.value)}"):
                if point.url:
                    canvas.raw(f'<circle class="ground" cx="{canvas.place(place)}" cy="{y:.1f}" r="12"/>')
                canvas.sign(place, y, f"p{number}", f"c{number} s{number}")
            if key in said:
                words = self.say(point.value)
                canvas.text(inside(canvas, place, words), y - 10, words, "small strong", "middle")

    def said(self, series: Series) -> set[str]:
        """The points whose figures are written out: all of a short line, else the highest and the last."""
        held = [one for one in series.points if one.value is not None]
        if len(self.series) > 1 or not held:
            return set()
        if len(held) <= ALL_SAID and max(width(self.say(one.value), 12) for one in held) < 44:
            return {one.key for one in held}
        return {max(held, key=lambda one: one.value).key, held[-1].key}  # type: ignore[arg-type,return-value]

    def axis(self, canvas: Canvas, y: float, places: dict[str, float]) -> None:
        """The labels below, as many as have room."""
        labels = keys_of(self.series)
        widest = max((width(label, 12) for label in labels.values()), default=0) + 10
        begin, end = min(places.values(), default=0), max(places.values(), default=1)
        room = max(1, int(canvas.frame.room * (end - begin) // widest) + 1)
        every = -(-len(labels) // room) or 1
        for at, (key, label) in enumerate(labels.items()):
            if at % every == 0:
                canvas.text(inside(canvas, places[key], label), y, label, "small", "middle")


def inside(canvas: Canvas, place: float, words: str) -> float:
    """The place for the middle of words, moved so far that they stay on the picture."""
    half = width(words, 12) / 2 / canvas.frame.room
    return min(max(place, half), 1 - half)


def tidy(step: float) -> float | int:
    """A round figure without its empty fraction."""
    return int(step) if step == int(step) else step


def legend(canvas: Canvas, series: Sequence[Series]) -> float:
    """What each shape and dash stands for; answers where the picture goes on."""
    y = 0.0
    for at, one in enumerate(series):
        number = looks.look(at)
        left, turn = canvas.place(0), "-1" if canvas.frame.rtl else "1"
        ident = canvas.frame.ident
        canvas.raw(
            f'<svg x="{left}" y="{y + 9:.0f}" overflow="visible"><g transform="scale({turn} 1)">'
            f'<line x1="0" y1="0" x2="28" y2="0" class="s{number} d{number}"/>'
            f'<use href="#{ident}-p{number}" x="14" y="0" class="c{number} s{number}"/></g></svg>'
        )
        for line in wrapped(one.label, canvas.frame.room - 36, SIZE):
            canvas.text(0, y + SIZE, line, dx=36)
            y += LINE
        y += 3
    return y + 4


def lines(
    title: str,
    series: Sequence[Series],
    *,
    unit: str = "",
    summary: str = "",
    stacked: bool = False,
    head: str = "",
) -> Drawing:
    """How figures go along an order, mostly over years; `stacked` draws each line upon the sum of those before."""
    say = sayer(unit)
    shown = upon(series) if stacked else series
    told = summary or words.of_series(series, say, words.trend)
    return Drawing(
        title,
        told,
        Lines(shown, say),
        *table(series, say, head),
        linked=any(point.url for one in series for point in one.points),
        kind="lines",
    )


def upon(series: Sequence[Series]) -> list[Series]:
    """Each series upon the sum of those before it."""
    sums: dict[str, Value] = {}
    found = []
    for one in series:
        points = []
        for point in one.points:
            sums[point.key] = (sums.get(point.key) or 0) + (point.value or 0)  # type: ignore[operator]
            points.append(type(point)(point.key, point.label, sums[point.key], point.url, point.state, point.note))
        found.append(Series(one.key, one.label, points))
    return found
