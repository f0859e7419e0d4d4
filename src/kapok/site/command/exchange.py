"""The handler of `kapok export`."""

import sys
from collections.abc import Iterable
from pathlib import Path

from kapok.site.command.ground import Arguments, Trouble, house

# What feed readers and calendars take, made by the same code as on the search page.
LISTS = ("atom", "ics")


def export(arguments: Arguments) -> int:
    """Write every public record, or those of one type, into a file; `-` is the standard output."""
    house()
    from django.utils.translation import override

    from kapok.core.languages import code_of
    from kapok.exchange.exporting.rows import registered
    from kapok.exchange.exporting.shape import Taking
    from kapok.exchange.exporting.shapes import SHAPES
    from kapok.formats.format import formats

    known = [*SHAPES, *LISTS]
    if arguments.format not in known:
        raise Trouble(f"There is no format “{arguments.format}”. These are the ones there are: {', '.join(known)}.")
    if arguments.type and arguments.type not in formats:
        raise Trouble(f"There is no type “{arguments.type}”. These are the ones there are: {', '.join(formats)}.")
    if arguments.format in LISTS:
        save(arguments.out, [listed(arguments)])
        return 0
    shape = SHAPES[arguments.format]
    if arguments.type and not shape.fits(arguments.type):
        raise Trouble(f"The format “{shape.code}” is for these types only: {', '.join(shape.only)}.")
    form = formats.get(arguments.type)
    with override(code_of(arguments.language)):
        taking = Taking(registered(*([arguments.type] if form else shape.only)), form, arguments.language)
        save(arguments.out, shape.write(taking))
    return 0


def listed(arguments: Arguments) -> bytes:
    """The newest as the search page gives them to feed readers and calendars; they come from the search index."""
    from django.http import QueryDict
    from django.utils.translation import override

    from kapok.core.languages import code_of, current
    from kapok.search import index
    from kapok.site.find.asked import asked
    from kapok.site.find.feeds import atom, ics, many
    from kapok.site.find.views import described

    if index.waiting() is None:
        raise Trouble("The search index is not built yet: start Kapok, or run `kapok reindex`.")
    with override(code_of(arguments.language)):
        question = asked(QueryDict(f"type={arguments.type}" if arguments.type else ""))
        if arguments.format == "atom":
            return atom(question)[0]
        return ics(described(question, current()), many(question))[0]


def save(out: str, pieces: Iterable[bytes]) -> None:
    """Write beside the file and put it in place at the end, so that nobody reads half a file."""
    if out == "-":
        for piece in pieces:
            sys.stdout.buffer.write(piece)
        return
    place = Path(out)
    beside = place.with_name(f".{place.name}.part")
    try:
        with beside.open("wb") as file:
            file.writelines(pieces)
        beside.replace(place)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise Trouble(f"{out} could not be written: {error.strerror}.") from None
