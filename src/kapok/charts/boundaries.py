"""The outlines of the world: ours, or those of another file that an installation names."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext as _

OURS = Path(__file__).parent / "data" / "world.json"
PATH_LETTERS = set("Mmlz -0123456789.")


@dataclass(frozen=True, slots=True)
class Boundaries:
    """Paths of countries by their three letters, circles for the small ones, and their places in a grid."""

    width: int
    height: int
    land: str
    shapes: Mapping[str, str]
    circles: Mapping[str, tuple[float, float]]
    grid: tuple[int, int]
    tiles: Mapping[str, tuple[int, int]]
    source: str


def boundaries() -> Boundaries:
    """The outlines in use: those of KAPOK_BOUNDARIES where that is set."""
    return read(Path(settings.KAPOK_BOUNDARIES) if settings.KAPOK_BOUNDARIES else OURS)


@cache
def read(path: Path) -> Boundaries:
    """Read a file made by `scripts/geometry.py`; a wrong one stops with a sentence that names it."""
    try:
        held = json.loads(path.read_text())
        found = Boundaries(
            int(held["width"]),
            int(held["height"]),
            checked(held["land"]),
            {code: checked(shape) for code, shape in held["shapes"].items()},
            {code: (float(x), float(y)) for code, (x, y) in held["circles"].items()},
            (int(held["grid"][0]), 1 + max(row for _column, row in held["tiles"].values())),
            {code: (int(column), int(row)) for code, (column, row) in held["tiles"].items()},
            str(held["source"]),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        raise ImproperlyConfigured(
            f"KAPOK_BOUNDARIES: {path} is no file of boundaries ({error}). Make one with scripts/geometry.py."
        ) from error
    return found


def checked(path: str) -> str:
    """A path that holds nothing but steps."""
    if set(path) - PATH_LETTERS:
        raise ValueError("a path holds other than numbers")
    return path


def disclaimer() -> str:
    """What stands beside every map."""
    return _(
        "The map shows where the records speak of. Its names, lines and colours imply no opinion of the Secretariat or "
        "of whoever runs this site on the legal status of any country, territory, city or area, on its authorities, or "
        "on where its frontiers lie. Small States are drawn as circles, moved apart a little where they would cover "
        "each other."
    )


def grid_disclaimer() -> str:
    """What stands beside every grid."""
    return _(
        "Each country has one tile of the same size, placed roughly where it lies. No borders are drawn, and neither "
        "the names nor the places of the tiles imply any opinion on the legal status of a country, territory or area."
    )
