"""Putting bytes in their place: whole or not at all. A disk without room is told in one sentence, said here alone."""

import hashlib
import logging
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from kapok.core.rules import Refused

logger = logging.getLogger("kapok.files")


@contextmanager
def room_for(path: Path) -> Iterator[None]:
    """Whoever sends more than the disk takes is told so; what was written of it goes, and the log says why."""
    try:
        yield
    except OSError as error:
        path.unlink(missing_ok=True)
        logger.error("A file could not be kept: %s", error)
        raise Refused(
            _("The file could not be kept: the disk of this site is full. Please tell the Secretariat.")
        ) from None


def put(chunks: Iterable[bytes], path: Path) -> tuple[str, int]:
    """Write the bytes beside their place, make them durable, move them there; their SHA-256 and their number."""
    part, digest, size = path.with_suffix(".part"), hashlib.sha256(), 0
    with room_for(part):
        path.parent.mkdir(parents=True, exist_ok=True)
        with part.open("wb") as file:
            for chunk in chunks:
                digest.update(chunk)
                size += len(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    return digest.hexdigest(), size
