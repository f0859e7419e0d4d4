"""The words around a document, in its own language."""

from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext as _

from kapok.core import cldr
from kapok.core.languages import code_of
from kapok.documents.blocks import Document


@dataclass(frozen=True, slots=True)
class Masthead:
    """What stands at the head of the first page and of those that follow."""

    distribution: str
    symbol: str
    date: str
    original: str
    organisation: str
    page: str
    notes: str


def masthead(document: Document) -> Masthead:
    """The masthead in the language of the document."""
    with translation.override(code_of(document.language)):
        original = document.original or document.language
        name = cldr.locale().languages.get(original, original)
        return Masthead(
            _("Distr. %(kind)s") % {"kind": document.distribution} if document.distribution else "",
            document.symbol,
            cldr.date(document.date),
            _("Original: %(language)s") % {"language": name} if document.symbol else "",
            document.organisation,
            _("Page"),
            _("Notes"),
        )
