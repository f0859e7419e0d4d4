"""`kapok backup` and `kapok restore`: one file that holds everything and proves that it is whole.

The file is a packed archive: `manifest.json` (counts and hashes), `tables/*.jsonl`, `files/…`, `secret.key`.
It is read in one snapshot, so Kapok may go on working meanwhile; it goes back into SQLite and PostgreSQL alike.
"""

import hashlib
import io
import json
import os
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import IO, Any

from kapok.site.command.ground import Arguments, Trouble, cannot_write, house

FORMAT = 1


def backup(arguments: Arguments) -> int:
    """Write the file beside its place, then put it there whole."""
    house()
    target = Path(arguments.file).resolve()
    part = target.with_name(target.name + ".part")
    try:
        with tarfile.open(part, "w:gz", compresslevel=5) as archive:
            manifest = write(archive)
        with part.open("rb") as file:
            os.fsync(file.fileno())
        part.replace(target)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise Trouble(cannot_write(target.parent, error)) from error
    report("Saved", manifest)
    return 0


def report(word: str, manifest: dict[str, Any]) -> None:
    rows = sum(table["rows"] for table in manifest["tables"].values())
    print(f"{word}: {rows} rows in {len(manifest['tables'])} tables, {len(manifest['files'])} files")
    print(f"canonical hash of the database: {manifest['hash']}")


@contextmanager
def snapshot() -> Iterator[str]:
    """A connection of its own that sees the database as it is now until the end, without holding up writers."""
    from django.db import connections, transaction

    own = {**connections.settings["default"], "CONN_MAX_AGE": 0}
    options = {name: value for name, value in own["OPTIONS"].items() if name != "pool"}
    if own["ENGINE"].endswith("postgresql"):
        from psycopg import IsolationLevel

        options["isolation_level"] = IsolationLevel.REPEATABLE_READ
    else:
        options["transaction_mode"] = "DEFERRED"
    connections.settings["snapshot"] = own | {"OPTIONS": options}
    try:
        with transaction.atomic(using="snapshot"):
            yield "snapshot"
    finally:
        connections["snapshot"].close()
        del connections.settings["snapshot"]


def write(archive: tarfile.TarFile) -> dict[str, Any]:
    """Tables, files and the manifest."""
    from django.apps import apps
    from django.conf import settings
    from django.db import connections
    from django.db.migrations.recorder import MigrationRecorder

    from kapok.site.command.tables import label, tables, write_table

    manifest: dict[str, Any] = {"format": FORMAT, "made_at": datetime.now(UTC).isoformat(), "tables": {}, "files": {}}
    with snapshot() as alias, tempfile.TemporaryDirectory(dir=settings.DATA, prefix="backup-") as folder:
        applied = MigrationRecorder(connections[alias]).applied_migrations()
        manifest["migrations"] = sorted([app, name] for app, name in applied)
        for model in tables(apps):
            path = Path(folder) / f"{label(model)}.jsonl"
            digest = write_table(model, alias, path)
            manifest["tables"][label(model)] = {"rows": digest.count, "hash": str(digest)}
            archive.add(path, f"tables/{path.name}")
            path.unlink()
    manifest["hash"] = canonical(manifest["tables"])
    for path in finished(settings.MEDIA_ROOT):
        name = path.relative_to(settings.MEDIA_ROOT).as_posix()
        with path.open("rb") as file:
            manifest["files"][name] = hashlib.file_digest(file, "sha256").hexdigest()
        archive.add(path, f"files/{name}")
    if (settings.DATA / "secret.key").exists():
        archive.add(settings.DATA / "secret.key", "secret.key")
    content = json.dumps(manifest, indent=1).encode()
    entry = tarfile.TarInfo("manifest.json")
    entry.size, entry.mode = len(content), 0o600
    archive.addfile(entry, io.BytesIO(content))
    return manifest


def finished(folder: Path) -> list[Path]:
    """The files that are there for good. What still arrives grows and goes meanwhile, and is sent again."""
    from kapok.files.pieces import unfinished

    found = (path for path in folder.rglob("*") if unfinished() not in path.parents)
    return sorted(path for path in found if path.suffix != ".part" and path.is_file())


def canonical(tables: dict[str, dict[str, Any]]) -> str:
    """One hash for the whole database, the same on every engine."""
    said = "\n".join(f"{name} {table['rows']} {table['hash']}" for name, table in sorted(tables.items()))
    return hashlib.sha256(said.encode()).hexdigest()


def restore(arguments: Arguments) -> int:
    """Check the file, fill the database in one transaction, lay the files out, build the index."""
    house()
    source = Path(arguments.file)
    try:
        with tarfile.open(source, "r:*") as archive:
            manifest = read_manifest(archive)
            make_ready(manifest, force=arguments.force)
            fill(archive, manifest)
            lay_out(archive, manifest)
    except (OSError, tarfile.TarError, EOFError) as error:
        raise Trouble(f"{source} cannot be read as a backup: {error}") from error
    from kapok.insight.keeping import rebuild as allocate
    from kapok.site.command.keep import rebuild_index
    from kapok.site.command.prepare import prepare

    prepare(print)
    rebuild_index()
    allocate()
    report("Restored", manifest)
    return 0


def member(archive: tarfile.TarFile, name: str) -> IO[bytes]:
    """One file within the backup."""
    try:
        file = archive.extractfile(name)
    except KeyError:
        file = None
    if file is None:
        raise Trouble(f"The backup is not whole: {name} is missing in it.")
    return file


def read_manifest(archive: tarfile.TarFile) -> dict[str, Any]:
    """What the backup holds, once it is sure that it is all there and stays in its folder."""
    manifest: dict[str, Any] = json.load(member(archive, "manifest.json"))
    if manifest["format"] != FORMAT:
        raise Trouble("This backup was written by another version of Kapok in a form that this one cannot read.")
    for name in manifest["files"]:
        if PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts:
            raise Trouble(f"The backup names a file outside its folder: {name}.")
    wanted = {f"tables/{name}.jsonl" for name in manifest["tables"]} | {f"files/{name}" for name in manifest["files"]}
    if lacking := sorted(wanted - set(archive.getnames())):
        raise Trouble(f"The backup is not whole: {lacking[0]} is missing in it.")
    return manifest


def make_ready(manifest: dict[str, Any], *, force: bool) -> None:
    """Give the database the tables of the time of the backup; refuse to overwrite what someone may need."""
    from django.contrib.auth import get_user_model
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    then = {(app, name) for app, name in manifest["migrations"]}
    now = set(executor.loader.applied_migrations)
    if unknown := sorted(then - set(executor.loader.graph.nodes) - set(executor.loader.replacements)):
        raise Trouble(f"The backup comes from a newer Kapok (it knows {unknown[0][0]}.{unknown[0][1]}). Update first.")
    if now - then:
        raise Trouble("The database is newer than the backup. Restore into an empty data folder or database.")
    if now == then and get_user_model()._default_manager.exists() and not force:
        raise Trouble(
            "There are persons in this database already. Use an empty DATA folder, or --force to replace all."
        )
    graph = executor.loader.graph
    targets = [
        node for node in then if node in graph.nodes and not (set(map(key_of, graph.node_map[node].children)) & then)
    ]
    executor.migrate(targets)


def key_of(node: Any) -> tuple[str, str]:
    key: tuple[str, str] = node.key
    return key


def fill(archive: tarfile.TarFile, manifest: dict[str, Any]) -> None:
    """All rows in one transaction: the database holds the whole backup or is as before."""
    from django.db import connection, transaction
    from django.db.migrations.loader import MigrationLoader

    from kapok.site.command.tables import LEFT_OUT, empty, label, read_table, reset_sequences, tables

    loader = MigrationLoader(connection)
    apps = loader.project_state(list(loader.applied_migrations)).apps
    found = tables(apps)
    with transaction.atomic():
        empty(tables(apps, LEFT_OUT), "default")
        for model in found:
            name = label(model)
            if name not in manifest["tables"]:
                continue
            with member(archive, f"tables/{name}.jsonl") as file:
                digest = read_table(model, "default", iter(file))
            if str(digest) != manifest["tables"][name]["hash"]:
                raise Trouble(
                    f"The backup is damaged: table {name} does not have the hash it had. Nothing was changed."
                )
        reset_sequences(found, "default")


def lay_out(archive: tarfile.TarFile, manifest: dict[str, Any]) -> None:
    """The uploaded files, each checked against its hash before it takes its place; and the key."""
    from django.conf import settings

    for name, expected in manifest["files"].items():
        content = member(archive, f"files/{name}").read()
        if hashlib.sha256(content).hexdigest() != expected:
            raise Trouble(f"The backup is damaged: the file {name} does not have the hash it had.")
        place = settings.MEDIA_ROOT / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    if "secret.key" in archive.getnames() and not os.environ.get("KAPOK_SECRET_KEY"):
        key = settings.DATA / "secret.key"
        key.touch(mode=0o600)
        key.write_bytes(member(archive, "secret.key").read())
