"""Bars that lie along the reading direction: long labels have a line of their own, and every bar its figure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kapok.charts import looks, words
from kapok.charts.canvas import SIZE, Canvas
from kapok.charts.drawing import Cell, Drawing, figure_cell, sayer
from kapok.charts.measure import width, wrapped
from kapok.charts.points import Point, Series, Value, by_key, keys_of

LINE = 19
THICK = 14
THIN = 14
BETWEEN = 12
# Between the bars of a group, so that a finger hits one of them (24 pixels each).
APART = 10
# What is kept free behind the bars of a group for their figures.
FIGURES = 0.26


@dataclass(frozen=True, slots=True)
class Bars:
    """The picture: for each key a label and a bar for each series, beside each other or stacked."""

    series: Sequence[Series]
    say: Callable[[Value], str]
    stacked: bool
    top: float | None = None

    def definitions(self, ident: str) -> str:
        """The patterns of the series."""
        return looks.patterns(ident, {looks.look(at) for at in range(len(self.series))})

    def draw(self, canvas: Canvas) -> float:
        """Draw legend and groups from the top down."""
        y = legend(canvas, self.series) if len(self.series) > 1 else 0.0
        points = [by_key(one) for one in self.series]
        low, high = self.bounds(points)
        for key, label in keys_of(self.series).items():
            y = self.group(canvas, y, label, [held.get(key) for held in points], (low, high))
        return y

    def bounds(self, points: Sequence[dict[str, Point]]) -> tuple[float, float]:
        """The lowest and highest end of any bar, zero and the fixed top among them."""
        ends = [0.0, self.top or 0.0]
        for key in keys_of(self.series):
            held = [float(one[key].value or 0) for one in points if key in one]
            if self.stacked:
                held = [sum(one for one in held if one > 0), sum(one for one in held if one < 0)]
            ends += held
        return min(ends), max(ends) if max(ends) > min(ends) else min(ends) + 1

    def group(
        self, canvas: Canvas, y: float, label: str, points: Sequence[Point | None], ends: tuple[float, float]
    ) -> float:
        """One label with its bars; answers where the next begins."""
        alone = len(self.series) == 1 or self.stacked
        total = self.say(whole(points)) if alone else ""
        lines = wrapped(label, canvas.frame.room - width(total, SIZE) - 12, SIZE)
        height = LINE * len(lines) + (THICK if alone else (THIN + APART) * len(points))
        url = next((one.url for one in points if one and one.url), "") if alone else ""
        with canvas.link(url, f"{label}: {total}"):
            if url:
                canvas.rect(0, y, 1, height + 4, "ground")
            for at, line in enumerate(lines):
                canvas.text(0, y + SIZE + at * LINE, line)
            canvas.text(1, y + SIZE, total, "strong", "end")
            below = y + LINE * len(lines)
            if alone:
                self.bar(canvas, below, points, ends)
        if not alone:
            self.beside(canvas, below, label, points, ends)
        return y + height + BETWEEN

    def bar(self, canvas: Canvas, y: float, points: Sequence[Point | None], ends: tuple[float, float]) -> None:
        """One bar over the whole width: a single figure, or one piece for each series."""
        low, high = ends
        zero = -low / (high - low)
        canvas.rect(0, y, 1, THICK, "rail")
        before = after = zero
        for at, point in enumerate(points):
            value = float(point.value or 0) if point else 0.0
            share = abs(value) / (high - low)
            if value < 0:
                before -= share
                paint(canvas, before, y, share, THICK, at)
            elif value > 0:
                paint(canvas, after, y, share, THICK, at)
                after += share
        if low < 0:
            canvas.line(zero, y - 2, zero, y + THICK + 2, "axis")

    def beside(
        self, canvas: Canvas, y: float, label: str, points: Sequence[Point | None], ends: tuple[float, float]
    ) -> None:
        """The bars of several series below each other, each with its figure behind it."""
        low, high = ends
        room = 1 - FIGURES
        for at, point in enumerate(points):
            value = point.value if point else None
            share = room * abs(float(value or 0)) / (high - low)
            zero = room * -low / (high - low)
            begin = zero - share if float(value or 0) < 0 else zero
            with canvas.link(point.url if point else "", f"{label}, {self.series[at].label}: {self.say(value)}"):
                if point and point.url:
                    canvas.rect(0, y - APART / 2, 1, THIN + APART, "ground")
                if share:
                    paint(canvas, begin, y, share, THIN, at)
                canvas.text(begin + share, y + THIN - 3, self.say(value), "small", dx=5)
            y += THIN + APART


def whole(points: Sequence[Point | None]) -> Value:
    """The sum of the figures there are; none when there is none."""
    held = [point.value for point in points if point and point.value is not None]
    return sum(held[1:], held[0]) if held else None


def paint(canvas: Canvas, at: float, y: float, share: float, height: float, series: int) -> None:
    """An area in the look of a series."""
    number = looks.look(series)
    if number == 1:
        canvas.rect(at, y, share, height, "c1")
    else:
        canvas.rect(at, y, share, height, f"edge s{number}", f"f{number}")


def legend(canvas: Canvas, series: Sequence[Series]) -> float:
    """What each pattern stands for; answers where the picture goes on."""
    y = 0.0
    indent = 24 / canvas.frame.room
    for at, one in enumerate(series):
        canvas_rect(canvas, y, at)
        for line in wrapped(one.label, canvas.frame.room * (1 - indent), SIZE):
            canvas.text(0, y + SIZE, line, dx=24)
            y += LINE
        y += 3
    return y + 8


def canvas_rect(canvas: Canvas, y: float, series: int) -> None:
    """A sample of a look, of a fixed size at the side where reading begins."""
    number = looks.look(series)
    fill = "" if number == 1 else f' fill="url(#{canvas.frame.ident}-f{number})"'
    kind = "c1" if number == 1 else f"edge s{number}"
    left = canvas.place(0)
    shift = ' transform="translate(-16 0)"' if canvas.frame.rtl else ""
    canvas.raw(f'<rect x="{left}" y="{y + 2:.0f}" width="16" height="14" class="{kind}"{fill}{shift}/>')


def bars(
    title: str,
    series: Sequence[Series],
    *,
    unit: str = "",
    summary: str = "",
    stacked: bool = False,
    head: str = "",
    top: float | None = None,
) -> Drawing:
    """Figures side by side. `stacked` puts the series end to end, for parts of one sum only.

    With a `top`, the row is as long as that, whatever the figures: 83% of 100 fill 83% of it. Without one, the
    highest figure fills it. A figure above the top is never cut off.
    """
    say = sayer(unit)
    told = summary or words.of_series(series, say, words.extremes)
    return Drawing(
        title,
        told,
        Bars(series, say, stacked and len(series) > 1, top),
        *table(series, say, head),
        linked=any(point.url for one in series for point in one.points),
    )


def table(series: Sequence[Series], say: Callable[[Value], str], head: str = "") -> tuple[list[str], list[list[Cell]]]:
    """The head and the rows of the table beside a chart: a row for each key, a column for each series."""
    points = [by_key(one) for one in series]
    labels = [one.label or _("Figure") for one in series]
    body = []
    for key, label in keys_of(series).items():
        held = [one.get(key) for one in points]
        body.append(
            [Cell(label), *(figure_cell(one.value if one else None, say, one.url if one else "") for one in held)]
        )
    return [head or _("Name"), *labels], body
