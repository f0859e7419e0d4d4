"""Packed files from outside: looked at before anything is unpacked, and refused in words when they would flood us."""

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from django.utils.translation import gettext_lazy as _

from kapok.core.rules import Refused, Sentence

MOST_ENTRIES, MOST_UNPACKED, MOST_RATIO = 2000, 200 * 1024 * 1024, 100
# Below this an archive may be packed as tightly as it likes: nothing so small floods anyone.
SMALL = 10**6
NESTED = (".zip", ".docx", ".xlsx", ".pptx", ".odt", ".ods", ".7z", ".rar", ".gz")
ENCRYPTED = 0x1


@contextmanager
def opened(file: IO[bytes], damaged: Sentence, *, nested: bool = True) -> Iterator[zipfile.ZipFile]:
    """The archive, once its table of contents is in proportion; whatever breaks within the block is `damaged`.

    Its entries cannot grow past the size their table tells: reading stops there. Give `nested=False` where
    archives within the archive are refused.
    """
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as packed:
            guard(packed.infolist(), nested=nested)
            yield packed
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, OSError, EOFError):
        raise Refused(damaged) from None
    finally:
        file.seek(0)


def guard(entries: list[zipfile.ZipInfo], *, nested: bool = True) -> None:
    """Refuse archives that are out of all proportion, locked, or hold archives where none should be."""
    unpacked = sum(entry.file_size for entry in entries)
    packed = max(1, sum(entry.compress_size for entry in entries))
    if len(entries) > MOST_ENTRIES or unpacked > MOST_UNPACKED or (unpacked > SMALL and unpacked / packed > MOST_RATIO):
        raise Refused(_("This document unpacks to something far too large. Send a smaller one."))
    if any(entry.flag_bits & ENCRYPTED for entry in entries):
        raise Refused(_("This file is locked with a password. Save it without one and send it."))
    if not nested and any(entry.filename.lower().endswith(NESTED) for entry in entries):
        raise Refused(_("There are archives within this archive. Send the files themselves, packed once."))
