"""Typst: pages and pictures set by a program inside ours. Words are given as data, never as source to compile."""

from functools import cache
from pathlib import Path
from tempfile import gettempdir
from typing import Literal

import typst


@cache
def fonts() -> typst.Fonts:
    """The faces of the system and those typst brings along, looked for once."""
    return typst.Fonts()


def families() -> frozenset[str]:
    """The names of all faces there are."""
    return _families()


@cache
def _families() -> frozenset[str]:
    return frozenset(fonts().families())


def typeset(
    source: str,
    given: dict[str, str],
    *,
    kind: Literal["pdf", "png"],
    dots: float | None = None,
    accessible: bool = False,
) -> bytes:
    """Compile a source of ours; it finds what is `given` in `sys.inputs`. `accessible` makes a PDF/UA."""
    compiler = typst.Compiler(source.encode(), root=Path(gettempdir()), font_paths=fonts(), sys_inputs=given)
    made = compiler.compile(format=kind, ppi=dots, pdf_standards=["ua-1"] if accessible else [])
    return made if isinstance(made, bytes) else b"".join(made or [])
