"""Putting synthetic records into the search index while they are still being written, in a process of its own.

Describing a record takes longer than writing it and working out its allocations together, so that on two processors
an installation is filled in the time that the index takes.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from kapok.records.models import Record
from kapok.search import index

STRETCH = 2_000
PAUSE = 0.2


def keys(total: int) -> Iterator[str]:
    """The keys of so many records, in the order in which they come to be written, while somebody writes them."""
    last, seen, writer = 0, 0, os.getppid()
    while seen < total:
        found = list(Record.objects.filter(pk__gt=last).order_by("pk").values_list("pk", "identifier")[:STRETCH])
        yield from (f"record:{identifier}" for _pk, identifier in found)
        last, seen = found[-1][0] if found else last, seen + len(found)
        if not found and os.getppid() != writer:
            raise SystemExit("Whoever wrote the records is gone: they are not all there.")
        if not found:
            time.sleep(PAUSE)


def follow(total: int) -> None:
    """Build the index of so many records while they come."""
    done = index.reindex(keys=keys(total))
    sys.stdout.write(f"{done} documents are in the search index.\n")


@contextmanager
def followed(total: int) -> Iterator[subprocess.Popen[bytes]]:
    """Within the block records are written; at its end all of them are in the index."""
    code = f"import django; django.setup(); from {__name__} import follow; follow({total})"
    with subprocess.Popen([sys.executable, "-c", code]) as following:
        try:
            yield following
        except BaseException:
            following.kill()
            raise
