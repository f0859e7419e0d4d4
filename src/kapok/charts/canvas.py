"""A canvas that writes SVG: places are fractions of the width along the reading direction, so that Arabic mirrors.

On a page the width is not known: places are per cent and heights are pixels, so that words keep their size on a
telephone. On its own (`width` given) a drawing has pixels everywhere.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from markupsafe import Markup, escape

from kapok.charts.measure import width as words_width

SIZE = 14
# The narrowest column a chart stands in: a telephone of 320 pixels, less the margins of the page.
NARROWEST = 272
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Frame:
    """What a drawing is made for: its id on the page, its direction, and its width where that is known.

    `flips`: the program that will draw it knows no direction of writing, so the canvas turns texts itself.
    """

    ident: str
    rtl: bool = False
    width: float | None = None
    flips: bool = False

    @property
    def room(self) -> float:
        """How many pixels words may count on."""
        return self.width or NARROWEST


def plain(words: str) -> Markup:
    """Words as they may stand in SVG: escaped, and without the characters that XML does not allow."""
    return escape(CONTROL.sub("", words))


def short(value: float) -> str:
    """A number without needless digits."""
    return f"{value:.2f}".rstrip("0").rstrip(".") or "0"


class Canvas:
    """The parts of one drawing, in the order in which they were put."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.parts: list[str] = []

    def place(self, at: float) -> str:
        """A fraction of the width, from where reading begins, as a place on the picture."""
        return self.span(1 - at if self.frame.rtl else at)

    def span(self, share: float) -> str:
        """A share of the width as a length."""
        if self.frame.width:
            return short(share * self.frame.width)
        return short(share * 100) + "%"

    def rect(self, at: float, y: float, share: float, height: float, kind: str = "", fill: str = "") -> None:
        """A rectangle that begins `at`; `kind` is its class, `fill` a pattern of this drawing."""
        begin = self.span(1 - at - share) if self.frame.rtl else self.span(at)
        paint = f' fill="url(#{self.frame.ident}-{fill})"' if fill else ""
        self.parts.append(
            f'<rect x="{begin}" y="{short(y)}" width="{self.span(share)}" height="{short(height)}"'
            f"{_class(kind)}{paint}/>"
        )

    def line(self, at: float, y: float, to: float, y_to: float, kind: str) -> None:
        """A straight line between two places."""
        self.parts.append(
            f'<line x1="{self.place(at)}" y1="{short(y)}" x2="{self.place(to)}" y2="{short(y_to)}"{_class(kind)}/>'
        )

    def text(
        self,
        at: float,
        y: float,
        words: str,
        kind: str = "",
        anchor: str = "start",
        dx: float = 0,
        turned: bool = False,
    ) -> None:
        """Words whose baseline is at `y`; `start` is where reading begins; `turned` stands them upright."""
        if not words:
            return
        flips = self.frame.rtl and self.frame.flips
        side = {"start": "end", "end": "start"}.get(anchor, anchor) if flips else anchor
        if self.frame.flips:
            kind = f"{kind} {script_of(words)}".strip()
            words = f"\u202b{words}\u202c" if self.frame.rtl else words
        shift = f' dx="{short(-dx if self.frame.rtl else dx)}"' if dx else ""
        end = f' text-anchor="{side}"' if side != "start" else ""
        if turned:
            # An inner picture is turned about its own corner; about a share of the width nothing can be turned.
            self.parts.append(
                f'<svg x="{self.place(at)}" y="{short(y)}" overflow="visible">'
                f'<text transform="rotate(-90)"{_class(kind)}{shift}{end}>{plain(words)}</text></svg>'
            )
            return
        self.parts.append(f'<text x="{self.place(at)}" y="{short(y)}"{_class(kind)}{shift}{end}>{plain(words)}</text>')

    def sign(self, at: float, y: float, name: str, kind: str = "") -> None:
        """A small shape with its middle at the place."""
        self.parts.append(f'<use href="#{self.frame.ident}-{name}" x="{self.place(at)}" y="{short(y)}"{_class(kind)}/>')

    def raw(self, svg: str) -> None:
        """A piece of SVG of our own making."""
        self.parts.append(svg)

    @contextmanager
    def link(self, url: str, label: str) -> Iterator[None]:
        """What is put within opens an address; without one nothing is added."""
        if url:
            self.parts.append(f'<a href="{plain(url)}" aria-label="{plain(label)}">')
        yield
        if url:
            self.parts.append("</a>")

    def fits(self, words: str, share: float, size: float = SIZE) -> bool:
        """Whether words have room in a share of the narrowest width."""
        return words_width(words, size) <= share * self.frame.room


def script_of(words: str) -> str:
    """The script of a text that needs faces of its own: `ar`, `han`, or nothing."""
    if any("\u0600" <= letter <= "\u06ff" or "\ufb50" <= letter <= "\ufefe" for letter in words):
        return "ar"
    return "han" if any("\u2e80" <= letter <= "\u9fff" for letter in words) else ""


def _class(kind: str) -> str:
    return f' class="{kind}"' if kind else ""
