"""Word forms that Kapok wrote and somebody filled in."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from kapok.documents import wordform
from kapok.exchange.importing.cleaning import WORDS
from kapok.exchange.importing.reading import File
from kapok.exchange.importing.said import DROPPED, REMARK
from kapok.exchange.importing.source import Place, Told, Unreadable
from kapok.exchange.wordforms import values_of
from kapok.formats.format import formats
from kapok.formats.problems import ERROR


def told(file: File) -> Iterator[Told]:
    """The one record of a form; an answer left empty says nothing."""
    form = values_of(wordform.read(file.whole()))
    if form.format not in formats:
        raise Unreadable(
            _("This document is no form of a Kapok record. Take a fresh form and copy your answers into it.")
        )
    kinds = formats[form.format].fields
    raw = {name: value for name, value in form.values.items() if not kinds[name].is_empty(value)}
    made = Told(Place(file.name, "", 1), form.format, raw, identifier=form.identifier)
    for problem in form.problems:
        weight = DROPPED if problem.weight == ERROR else REMARK
        made.notes.add(weight, WORDS, problem.path, words=str(problem.sentence))
    yield made
