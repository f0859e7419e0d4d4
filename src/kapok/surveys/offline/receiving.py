"""A file that came back, whichever kind it is."""

from django.utils.translation import gettext as _

from kapok.core.rules import Refused
from kapok.surveys.offline import excel, word
from kapok.surveys.offline.taking import Came

READERS = {"docx": word.read, "xlsx": excel.read}


def reading(content: bytes, name: str) -> Came:
    """What the file says. Raises `Refused` in a sentence."""
    ending = name.rpartition(".")[2].lower()
    if ending not in READERS:
        raise Refused(_("Send the form as you downloaded it: a Word document (.docx) or a workbook (.xlsx)."))
    return READERS[ending](content)
