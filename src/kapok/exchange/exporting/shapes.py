"""Every shape in which records can be taken along."""

from kapok.exchange.exporting import plain, table
from kapok.exchange.exporting.shape import Shape

SHAPES: dict[str, Shape] = {shape.code: shape for shape in (table.CSV, plain.JSON, plain.LINES)}


def fitting(*codes: str) -> list[Shape]:
    """The shapes that make sense for records of these formats."""
    return [shape for shape in SHAPES.values() if shape.fits(*codes)]
