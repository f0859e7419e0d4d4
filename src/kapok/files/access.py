"""Who may send files, and who may fetch one straight by its own address."""

from typing import Any

from kapok.core.rules import is_signed_in
from kapok.files.models import Upload
from kapok.people.access import is_secretariat

may_upload = is_signed_in


def open_to(who: Any, upload: Upload) -> bool:
    """The one who sent it, and the Secretariat. Everybody else reads it through the record that shows it."""
    return bool(getattr(who, "is_authenticated", False)) and (upload.by_id == who.pk or is_secretariat(who, upload))
