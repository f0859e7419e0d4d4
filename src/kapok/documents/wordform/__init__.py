"""Word forms: questions as a Word document to fill in without a connection, and the answers read back.

Every answer is a content control that carries the key of its question, so that what was written comes back whatever
else was changed in the document. What the form is about travels hidden and signed. The room knows nothing of records:

    content = write(WordForm(title, intro, "ar", groups, {"format": "initiative"}))
    reading = read(content)          # .hidden, .genuine, .answers, .unread
"""

from kapok.documents.wordform.asks import KINDS, Ask, Group, Reading, Unread, WordForm
from kapok.documents.wordform.reading import read
from kapok.documents.wordform.writing import write

__all__ = ["KINDS", "Ask", "Group", "Reading", "Unread", "WordForm", "read", "write"]
