"""How figures become five tones, and what each tone stands for."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from kapok.charts.points import Value

TONES = 4


@dataclass(frozen=True, slots=True)
class Scale:
    """The highest figure of each tone, from the lightest; zero has a tone of its own."""

    tops: tuple[float, ...]

    def tone(self, value: Value) -> int | None:
        """The tone of a figure, from 0 for nothing; none for no figure."""
        if value is None:
            return None
        if value <= 0:
            return 0
        return next((at for at, top in enumerate(self.tops, 1) if float(value) <= top), len(self.tops))

    def legend(self, say: Callable[[Value], str]) -> list[tuple[int, str]]:
        """Each tone in use with its span in words."""
        found = [(0, say(0))]
        low = 0.0
        for at, top in enumerate(self.tops, 1):
            first = low + 1 if top == int(top) and low == int(low) else low
            found.append((at, say(tidy(top)) if first >= top else f"{say(tidy(first))}–{say(tidy(top))}"))
            low = top
        return found


def scale_of(values: Iterable[Value], kind: str = "count") -> Scale:
    """Four tones: quarters of a hundred for shares, else so that each tone has about as many countries."""
    if kind == "share":
        return Scale((25, 50, 75, 100))
    held = sorted(float(value) for value in values if value is not None and value > 0)
    if not held:
        return Scale((1,))
    tops = [held[max(0, -(-len(held) * part // TONES) - 1)] for part in range(1, TONES + 1)]
    return Scale(tuple(dict.fromkeys(tops)))


def tidy(value: float) -> float | int:
    """A whole number without its empty fraction."""
    return int(value) if value == int(value) else value


def spread_tones(scale: Scale) -> Sequence[int]:
    """The tones by their darkness, when there are fewer than five: the last is always the darkest."""
    return [0, *(TONES - len(scale.tops) + at for at in range(1, len(scale.tops) + 1))]
