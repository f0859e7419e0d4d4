"""Word: a document with real numbering, real footnotes, repeated table heads, and Arabic from the right."""

from kapok.documents.word.writer import to_docx

__all__ = ["to_docx"]
