"""A drawing: its picture, the words that say the same, and the table with every figure."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

from django.template.loader import render_to_string
from markupsafe import Markup

from kapok.charts.canvas import Canvas, Frame, plain
from kapok.charts.points import Value
from kapok.charts.standalone import STYLE
from kapok.core import cldr
from kapok.core.languages import current, direction
from kapok.core.typesetting import typeset

WIDTH = 720
PAGE = """#set page(width: auto, height: auto, margin: 6pt)
#image(bytes(sys.inputs.chart), format: "svg")"""


class Plot(Protocol):
    """What each kind of chart gives: a picture on a canvas, and its definitions and height."""

    def draw(self, canvas: Canvas) -> float:
        """Put the picture on the canvas and answer its height."""

    def definitions(self, ident: str) -> str:
        """The patterns and shapes that the picture uses."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of the table beside a chart."""

    words: str
    value: Value = None
    url: str = ""
    numeric: bool = False


@dataclass(frozen=True)
class Drawing:
    """A chart or map with all that belongs to it, in the language in which it was made."""

    title: str
    summary: str
    plot: Plot
    head: Sequence[str]
    body: Sequence[Sequence[Cell]]
    linked: bool = False
    note: str = ""
    kind: str = "bars"
    size: float = WIDTH
    language: str = field(default_factory=current)

    @cached_property
    def ident(self) -> str:
        """An id that is the same for the same figures, so that kept pages stay equal."""
        said = repr((self.title, self.kind, self.head, self.body)).encode()
        return "c" + hashlib.sha256(said).hexdigest()[:8]

    @property
    def rtl(self) -> bool:
        """Whether it is read from the right."""
        return direction(self.language) == "rtl"

    def svg(self) -> Markup:
        """The picture for a page: as wide as its place, its words in the size of the page."""
        canvas = Canvas(Frame(self.ident, self.rtl))
        height = self.plot.draw(canvas)
        role = "group" if self.linked else "img"
        box = getattr(self.plot, "box", "") or f'width="100%" height="{height:.0f}"'
        label = plain(self.title)
        return Markup(  # noqa: S704 - every word on the canvas is escaped
            f'<svg {box} role="{role}" aria-label="{label}" class="plot">{self._defs()}{"".join(canvas.parts)}</svg>'
        )

    def figure(self, downloads: Sequence[tuple[str, str]] = (), *, table: bool = True, level: int = 3) -> Markup:
        """The picture with title, summary, table and the given (label, address) downloads."""
        context = {"drawing": self, "downloads": downloads, "table": table, "level": level}
        return Markup(render_to_string("charts/figure.html", context, using="jinja2"))  # noqa: S704

    def rows(self) -> list[list[str]]:
        """The table as plain text and figures: the head, then each row."""
        return [list(self.head), *([_plain(cell) for cell in row] for row in self.body)]

    def standalone(self, size: float | None = None) -> bytes:
        """An SVG file of its own, with its style, title, summary and note."""
        return self._file(size or self.size, flips=False).encode()

    def png(self, size: float | None = None, *, dots: int = 144) -> bytes:
        """The same as a picture of dots, for documents; the faces are those of the system."""
        picture = self._file(size or self.size, flips=True)
        return typeset(PAGE, {"chart": picture}, kind="png", dots=dots)

    def _file(self, size: float, *, flips: bool) -> str:
        # A map has its own measure; it grows with the paper.
        size = getattr(self.plot, "fixed", size)
        canvas = Canvas(Frame(self.ident, self.rtl, size, flips))
        height = self.plot.draw(canvas)
        side = "rtl" if self.rtl else "ltr"
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{size:.0f}" height="{height:.0f}" '
            f'viewBox="0 0 {size:.0f} {height:.0f}" role="img" direction="{side}" lang="{self.language}">'
            f"<title>{plain(self.title)}</title><desc>{plain(self.summary)} {plain(self.note)}</desc>"
            f'<style>{STYLE}</style><rect class="paper" width="100%" height="100%"/>'
            f"{self._defs()}{''.join(canvas.parts)}</svg>"
        )

    def _defs(self) -> str:
        made = self.plot.definitions(self.ident)
        return f"<defs>{made}</defs>" if made else ""


def _plain(cell: Cell) -> str:
    return str(cell.value) if cell.numeric and cell.value is not None else cell.words


def figure_cell(value: Value, say: Callable[[Value], str], url: str = "", *, nothing: str = "–") -> Cell:
    """A cell with a figure; where there is none, a dash."""
    return Cell(say(value) if value is not None else nothing, value, url, numeric=True)


def sayer(unit: str) -> Callable[[Value], str]:
    """How figures of this unit are written."""
    # A percentage stands close to its sign, but in French, Spanish and Russian.
    between = "" if unit == "%" and current() not in {"fr", "es", "ru"} else "\u00a0" if unit == "%" else " "
    return lambda value: between.join(filter(None, [cldr.number(value), unit])) if value is not None else "–"
