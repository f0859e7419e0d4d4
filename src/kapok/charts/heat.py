"""Figures in a grid: how dark a cell is says how much, a sign in it says its state, and the figure stands in it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kapok.charts import looks, words
from kapok.charts.bars import LINE, table
from kapok.charts.canvas import SIZE, Canvas
from kapok.charts.drawing import Drawing, sayer
from kapok.charts.measure import width, wrapped
from kapok.charts.points import Point, Series, Value, by_key, keys_of

TALL = 26
# Heads of columns that are longer than this are numbered, and the numbers explained above.
UPRIGHT = 90


@dataclass(frozen=True, slots=True)
class Heat:
    """The picture: rows with their labels above their cells, columns with upright or numbered heads."""

    series: Sequence[Series]
    say: Callable[[Value], str]
    states: Mapping[str, str]

    def definitions(self, ident: str) -> str:
        """The signs of the states in use."""
        return looks.signs(ident, (point.state for one in self.series for point in one.points))

    def draw(self, canvas: Canvas) -> float:
        """Draw keys, heads and rows from the top down."""
        columns = keys_of(self.series)
        numbered = any(width(label, 12) > UPRIGHT for label in columns.values())
        y = self.key_of_states(canvas, 0)
        y = key_of_columns(canvas, y, list(columns.values())) if numbered else y
        heads = [str(at) for at in range(1, len(columns) + 1)] if numbered else list(columns.values())
        y = heads_of(canvas, y, heads, turned=not numbered)
        most = max((abs(float(one.value or 0)) for each in self.series for one in each.points), default=0)
        for one in self.series:
            for line in wrapped(one.label, canvas.frame.room, SIZE):
                canvas.text(0, y + SIZE, line)
                y += LINE
            self.row(canvas, y, one, columns, most)
            y += TALL + 10
        return y

    def key_of_states(self, canvas: Canvas, y: float) -> float:
        """What each sign stands for."""
        used = {point.state for one in self.series for point in one.points}
        for state, label in self.states.items():
            if state in used:
                canvas.raw(sample(canvas, y, state))
                for line in wrapped(label, canvas.frame.room - 32, SIZE):
                    canvas.text(0, y + SIZE, line, dx=32)
                    y += LINE
                y += 5
        return y

    def row(self, canvas: Canvas, y: float, series: Series, columns: Mapping[str, str], most: float) -> None:
        """The cells of one row."""
        held = by_key(series)
        share = 1 / max(1, len(columns))
        for at, (key, label) in enumerate(columns.items()):
            point = held.get(key) or Point(key, label, None)
            tone = shade(point.value, most)
            with canvas.link(point.url, self.name(series, label, point)):
                canvas.rect(
                    at * share, y, share, TALL, f"frame {point.state if point.state in looks.SIGNS else f't{tone}'}"
                )
                self.inside(canvas, (at + 0.5) * share, y, point, tone, share)

    def inside(self, canvas: Canvas, at: float, y: float, point: Point, tone: int, share: float) -> None:
        """The sign and the figure of a cell; the figure only where it has room."""
        known = point.state in looks.SIGNS
        said = self.say(point.value) if point.value is not None else ""
        both = width(said, 12) + 22 <= share * canvas.frame.room
        if known and said and both:
            canvas.sign(at - 0.22 * share, y + TALL / 2, point.state, "sign")
            canvas.text(at + 0.12 * share, y + TALL / 2 + 4, said, "small", "middle")
        elif known:
            canvas.sign(at, y + TALL / 2, point.state, "sign")
        elif width(said, 12) <= share * canvas.frame.room:
            canvas.text(at, y + TALL / 2 + 4, said, f"small on{tone}", "middle")

    def name(self, series: Series, label: str, point: Point) -> str:
        """What a cell is called for those who hear it."""
        said = [self.say(point.value), self.states.get(point.state, point.note)]
        return f"{series.label}, {label}: {', '.join(filter(None, said))}"


def shade(value: Value, most: float) -> int:
    """How dark a figure is, from 0 for nothing to 4."""
    if not value or not most:
        return 0
    return min(4, 1 + int(4 * abs(float(value)) / most * 0.9999))


def sample(canvas: Canvas, y: float, state: str) -> str:
    """A cell of a state, of a fixed size at the side where reading begins."""
    shift = -24 if canvas.frame.rtl else 0
    sign = ""
    if state in looks.SIGNS:
        sign = f'<use href="#{canvas.frame.ident}-{state}" x="{shift + 12}" y="9" class="sign"/>'
    return (
        f'<svg x="{canvas.place(0)}" y="{y:.0f}" overflow="visible">'
        f'<rect x="{shift}" width="24" height="18" class="frame {state}"/>{sign}</svg>'
    )


def key_of_columns(canvas: Canvas, y: float, labels: Sequence[str]) -> float:
    """The numbers of the columns with what they stand for."""
    for at, label in enumerate(labels, 1):
        canvas.text(0, y + SIZE, str(at), "strong small", "end", dx=18)
        for line in wrapped(label, canvas.frame.room - 28, SIZE):
            canvas.text(0, y + SIZE, line, dx=26)
            y += LINE
    return y + 8


def heads_of(canvas: Canvas, y: float, heads: Sequence[str], *, turned: bool) -> float:
    """The heads of the columns; answers where the rows begin."""
    share = 1 / max(1, len(heads))
    tall = max((width(head, 12) for head in heads), default=0) + 6 if turned else 18
    for at, head in enumerate(heads):
        if turned:
            side = "end" if canvas.frame.rtl and not canvas.frame.flips else "start"
            canvas.text((at + 0.5) * share, y + tall - 4, head, "small", side, turned=True)
        else:
            canvas.text((at + 0.5) * share, y + 12, head, "small strong", "middle")
    return y + tall + 2


def heat(
    title: str,
    rows: Sequence[Series],
    *,
    summary: str = "",
    unit: str = "",
    states: Mapping[str, str] | None = None,
    head: str = "",
) -> Drawing:
    """A grid of figures. `states` names the states of points in words, in the order of the key."""
    say = sayer(unit)
    named = states or {}
    return Drawing(
        title,
        summary or told(rows, say, named),
        Heat(rows, say, named),
        *table(rows_as_columns(rows), say, head),
        linked=any(point.url for one in rows for point in one.points),
        kind="heat",
    )


def rows_as_columns(rows: Sequence[Series]) -> list[Series]:
    """The same figures turned, so that the table reads like the picture."""
    return [Series(key, label, [point_of(row, key) for row in rows]) for key, label in keys_of(rows).items()]


def point_of(row: Series, key: str) -> Point:
    """The figure of a row in one column, named after the row."""
    found = by_key(row).get(key)
    if found is None:
        return Point(row.key, row.label, None)
    return Point(row.key, row.label, found.value, found.url, found.state, found.note)


def told(rows: Sequence[Series], say: Callable[[Value], str], states: Mapping[str, str]) -> str:
    """The highest figure and how many cells there are of each state."""
    cells = [
        Point(point.key, f"{row.label} – {point.label}", point.value, state=point.state)
        for row in rows
        for point in row.points
        if point.value is not None
    ]
    said = [words.extremes(cells, say)]
    for state, label in states.items():
        count = sum(point.state == state for row in rows for point in row.points)
        if count:
            said.append(_("%(name)s: %(summary)s") % {"name": label, "summary": f"{count}."})
    return " ".join(said)
