"""Every shape in which records can be taken along. Feeds and calendars are made by the search page itself."""

from kapok.exchange.exporting import citing, hxl, iati, linked, plain, table, workbook
from kapok.exchange.exporting.shape import Shape

SHAPES: dict[str, Shape] = {
    shape.code: shape
    for shape in (
        table.CSV,
        workbook.XLSX,
        plain.JSON,
        plain.LINES,
        linked.JSONLD,
        linked.GEOJSON,
        iati.IATI,
        hxl.HXL,
        citing.BIB,
        citing.REFER,
    )
}


def fitting(*codes: str) -> list[Shape]:
    """The shapes that make sense for records of these formats."""
    return [shape for shape in SHAPES.values() if shape.fits(*codes)]
