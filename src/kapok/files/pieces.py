"""Files that arrive in pieces over bad lines: each piece is kept, so that a broken upload goes on where it stopped."""

import re
import time
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import gettext_lazy as _

from kapok.core.rules import Refused
from kapok.files.keeping import room_for
from kapok.files.kinds import LARGEST

PIECE = 256 * 1024
KEPT_SECONDS = 24 * 3600
MOST_OPEN = 10
NAME = re.compile(r"[A-Za-z0-9-]{8,40}")


class Elsewhere(Refused):
    """The piece does not go on where the file stops; `size` says where that is."""

    def __init__(self, size: int) -> None:
        super().__init__(_("The file goes on at another place."))
        self.size = size


def unfinished() -> Path:
    """Where all files lie that are still on their way."""
    return Path(settings.MEDIA_ROOT) / "pieces"


def folder(person: int) -> Path:
    """Where the unfinished files of a person lie."""
    return unfinished() / str(person)


def add(person: int, name: str, at: int, piece: bytes) -> Path:
    """Put a piece behind those that came before; the same piece sent twice is told where the file stands."""
    if not NAME.fullmatch(name) or len(piece) > PIECE:
        raise Refused(_("This piece of a file is not as Kapok expects it. Send the file again."))
    path = folder(person) / name
    path.parent.mkdir(parents=True, exist_ok=True)
    size = path.stat().st_size if path.exists() else 0
    if size != at:
        raise Elsewhere(size)
    if size + len(piece) > LARGEST:
        path.unlink(missing_ok=True)
        raise Refused(_("This file is larger than 20 MB. Send a smaller one, or give a link to it."))
    if not size and len(list(path.parent.iterdir())) >= MOST_OPEN:
        tidy(path.parent, 0)
    with room_for(path), path.open("ab") as file:
        file.write(piece)
    return path


def whole(path: Path, name: str) -> SimpleUploadedFile:
    """The finished file, as if it had come at once; its pieces are gone."""
    content = path.read_bytes()
    path.unlink(missing_ok=True)
    return SimpleUploadedFile(name, content)


def tidy(place: Path, age: float = KEPT_SECONDS) -> None:
    """Remove unfinished files nobody went on with."""
    for path in place.glob("*"):
        if path.is_file() and time.time() - path.stat().st_mtime >= age:
            path.unlink(missing_ok=True)
