"""What must be there before Kapok can serve; every step is safe to repeat and quick when nothing changed."""

import hashlib
from collections.abc import Callable
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from kapok.site.command.ground import Trouble, cannot_write


def prepare(echo: Callable[[str], None]) -> None:
    """Messages, database, cache table, questionnaires, static files, search index."""
    from django.conf import settings
    from django.core.management import call_command
    from django.db import OperationalError

    for name in ("files", "cache", "index", "mail"):
        (settings.DATA / name).mkdir(exist_ok=True)
    compile_messages(settings.LOCALE_PATHS[0])
    try:
        if _migrations_waiting():
            echo("Bringing the database up to date…")
            call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
        fill_lists()
    except OperationalError as error:
        raise Trouble(f"The database does not answer: {error}. Is DATABASE_URL right, and does it run?") from error
    collect_static(settings.DATA)


def fill_lists() -> None:
    """A government for each country, and the questionnaires that come with Kapok."""
    from kapok import vocab
    from kapok.people import governments
    from kapok.surveys.questionnaires import loading

    governments.ensure((country.id, country.labels) for country in vocab.vocabulary("country").terms)
    loading.ensure()


def _migrations_waiting() -> bool:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def compile_messages(folder: Path) -> int:
    """Compile the catalogues that are newer than what was compiled from them, and count them."""
    count = 0
    for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        try:
            compile_one(source, target)
        except OSError as error:
            raise Trouble(cannot_write(folder, error)) from error
        count += 1
    return count


def compile_one(source: Path, target: Path) -> None:
    """Compile one catalogue; the new file takes the place of the old one in a single step."""
    with source.open("rb") as file:
        catalogue = read_po(file)
    fresh = target.with_suffix(".mo.new")
    with fresh.open("wb") as file:
        write_mo(file, catalogue)
    fresh.replace(target)


def collect_static(data: Path) -> None:
    """Collect, hash and compress the static files, when one of them changed since the last time."""
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            stat = Path(storage.path(path)).stat()
            digest.update(f"{path} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    stamp = data / "static" / ".stamp"
    if stamp.exists() and stamp.read_text() == digest.hexdigest():
        return
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    stamp.parent.mkdir(exist_ok=True)
    stamp.write_text(digest.hexdigest())
