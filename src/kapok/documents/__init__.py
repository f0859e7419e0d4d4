"""Documents: Word, PDF and HTML in the manner of United Nations meeting documents, and Word forms to fill offline.

The room knows nothing of records or surveys: it is given blocks and questions, and gives bytes.
"""

from kapok.documents.blocks import (
    Annex,
    Bullet,
    Document,
    Emphasis,
    Footnote,
    Heading,
    Paragraph,
    Picture,
    Strong,
    SubParagraph,
    Table,
)
from kapok.documents.html import to_html
from kapok.documents.pdf import to_pdf
from kapok.documents.symbols import Symbol
from kapok.documents.word import to_docx

__all__ = [
    "Annex",
    "Bullet",
    "Document",
    "Emphasis",
    "Footnote",
    "Heading",
    "Paragraph",
    "Picture",
    "Strong",
    "SubParagraph",
    "Symbol",
    "Table",
    "to_docx",
    "to_html",
    "to_pdf",
]
