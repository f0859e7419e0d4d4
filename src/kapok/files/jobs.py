"""Reading the words of files in the background, so that they can be searched."""

import logging
import os
import subprocess
import sys
from pathlib import Path

from django.db import transaction

from kapok.core.jobs import every, task
from kapok.core.outbox import note
from kapok.files import pieces
from kapok.files.kinds import KINDS
from kapok.files.models import Contents, Upload
from kapok.files.words import READERS, SECONDS

ENDINGS = {kind: ending for ending, kind in KINDS.items() if ending in READERS}
A_NIGHT = 500
logger = logging.getLogger("kapok.files")


class Unreadable(Exception):
    """A file whose words could not be read within the limits."""


@task("files.read", attempts=2)
def read(token: str) -> None:
    """Read the words of a file once, keep them with it, and have what shows the file described anew."""
    upload = Upload.objects.filter(token=token, contents=None).first()
    if upload is None or upload.kind not in ENDINGS:
        return
    try:
        found, why = run("-m", "kapok.files.words", ENDINGS[upload.kind], str(upload.path)), ""
    except Unreadable as error:
        found, why = "", str(error)
        logger.warning("The words of file %s could not be read: %s", token, why)
    with transaction.atomic():
        _kept, new = Contents.objects.get_or_create(upload=upload, defaults={"text": found, "why": why})
        if new and found and ":" in upload.thing:
            note(upload.thing)


def run(*words: str, seconds: float = SECONDS) -> str:
    """The output of a Python of its own, which is ended when it takes too long; it limits its memory itself."""
    # Libraries for numbers would take memory for threads that nobody needs here.
    surroundings = {"PATH": os.environ.get("PATH", ""), "OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": ":".join(sys.path)}
    try:
        done = subprocess.run(
            [sys.executable, *words],
            env=surroundings,
            capture_output=True,
            timeout=seconds,
            stdin=subprocess.DEVNULL,
            cwd=Path("/"),
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Unreadable(f"it took longer than {seconds:g} seconds") from None
    if done.returncode:
        last = done.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
        raise Unreadable(last[:200] or f"it was ended by the system ({-done.returncode})")
    return done.stdout.decode("utf-8", "replace")


@every("50 1 * * *", "files.read_missing")
def read_missing() -> None:
    """Read what was never read: files from before, and those whose job was given up."""
    missing = Upload.objects.filter(contents=None, kind__in=ENDINGS).order_by("pk")
    for token in missing.values_list("token", flat=True)[:A_NIGHT]:
        read.using(key=token).enqueue(token)


@every("55 1 * * *", "files.tidy_pieces")
def tidy_pieces() -> None:
    """Remove files that came in pieces and were never finished."""
    for place in pieces.unfinished().glob("*"):
        pieces.tidy(place)
