"""A backup holds everything, proves that it is whole, and goes back into either database."""

import json
import re
import tarfile

import pytest

pytestmark = pytest.mark.timeout(400)
FILL = """
from kapok.core.models import Entry, Job
from kapok.core.rules import SYSTEM
from kapok.core import trail
from kapok.people.accounts import createadmin
from django.conf import settings
from django.utils import timezone
person = createadmin("a@body.example", "correct horse battery staple", "Амина 培训")
for number in range(3):
    trail.write("tests.act", person, person, {"number": number, "text": {"ar": "تدريب"}, "share": 0.1})
Job.objects.create(name="tests.later", run_after=timezone.now(), arguments={"args": ["é"], "kwargs": {}})
(settings.MEDIA_ROOT / "a" / "b").mkdir(parents=True)
(settings.MEDIA_ROOT / "a" / "b" / "paper.pdf").write_bytes(bytes(range(256)))
"""


@pytest.fixture(scope="module")
def filled(prepared, copy_of):
    installation = copy_of(prepared)
    done = installation.command("manage", "shell", "-v0", "-c", FILL)
    assert done.returncode == 0, done.stderr
    return installation


@pytest.fixture(scope="module")
def saved(filled, tmp_path_factory):
    path = tmp_path_factory.mktemp("saved") / "kapok.tar.gz"
    done = filled.command("backup", str(path))
    assert done.returncode == 0, done.stderr
    return path, digest(done)


def digest(done):
    """The canonical hash that a command printed."""
    return re.search(r"canonical hash of the database: (\w{64})", done.stdout).group(1)


def rewrite(source, target, name, content):
    """The same archive with one member changed, or without it."""
    with tarfile.open(source) as old, tarfile.open(target, "w:gz") as new:
        for member in old.getmembers():
            if member.name != name:
                new.addfile(member, old.extractfile(member))
            elif content is not None:
                place = target.with_name("changed")
                place.write_bytes(content)
                new.add(place, name)


def test_what_is_restored_is_what_was_saved(saved, fresh, tmp_path):
    path, before = saved

    restored = fresh.command("restore", str(path))
    again = fresh.command("backup", str(tmp_path / "again.tar.gz"))

    assert restored.returncode == 0, restored.stderr
    assert digest(restored) == digest(again) == before
    assert (fresh.data / "files" / "a" / "b" / "paper.pdf").read_bytes() == bytes(range(256))
    numbered = fresh.command("createadmin", "b@body.example", "--password", "correct horse battery staple")

    assert numbered.returncode == 0, "new rows are numbered after the restored ones: " + numbered.stderr
    assert fresh.command("verify").returncode == 0


def test_a_restore_goes_into_the_other_engine_too(saved, fresh, tmp_path):
    """On PostgreSQL, what was saved there goes into SQLite and back."""
    if "DATABASE_URL" in fresh.environment:
        fresh.environment.pop("DATABASE_URL")

    restored = fresh.command("restore", str(saved[0]))

    assert restored.returncode == 0, restored.stderr
    assert digest(fresh.command("backup", str(tmp_path / "other.tar.gz"))) == saved[1]


def test_a_database_with_persons_is_not_overwritten_unasked(saved, filled):
    refused = filled.command("restore", str(saved[0]))
    forced = filled.command("restore", str(saved[0]), "--force")

    assert refused.returncode == 2
    assert "There are persons in this database already" in refused.stderr
    assert forced.returncode == 0, forced.stderr
    assert digest(forced) == saved[1]


def test_a_damaged_backup_changes_nothing(saved, installation, tmp_path):
    path = tmp_path / "damaged.tar.gz"
    with tarfile.open(saved[0]) as archive:
        table = archive.extractfile("tables/people.person.jsonl").read()
    rewrite(saved[0], path, "tables/people.person.jsonl", table.replace(b"a@body", b"x@body"))
    rows = "from kapok.people.models import Person; print(Person.objects.count())"
    before = installation.command("manage", "shell", "-v0", "-c", rows).stdout

    done = installation.command("restore", str(path), "--force")

    assert done.returncode == 2
    assert "table people.person does not have the hash it had" in done.stderr
    assert installation.command("manage", "shell", "-v0", "-c", rows).stdout == before


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("manifest.json", None, "manifest.json is missing"),
        ("files/a/b/paper.pdf", b"other", "paper.pdf does not have the hash it had"),
        ("tables/core.entry.jsonl", None, "core.entry.jsonl is missing"),
    ],
)
def test_a_backup_that_is_not_whole_is_refused_in_words(saved, installation, tmp_path, name, content, words):
    path = tmp_path / "part.tar.gz"
    rewrite(saved[0], path, name, content)

    done = installation.command("restore", str(path))

    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("place", ["../outside", "/tmp/outside", "a/../../outside"])
def test_a_backup_cannot_write_outside_its_folder(saved, installation, tmp_path, place):
    path = tmp_path / "evil.tar.gz"
    with tarfile.open(saved[0]) as archive:
        manifest = json.load(archive.extractfile("manifest.json"))
    manifest["files"] = {place: "0" * 64}
    rewrite(saved[0], path, "manifest.json", json.dumps(manifest).encode())

    done = installation.command("restore", str(path))

    assert done.returncode == 2
    assert "names a file outside its folder" in done.stderr


def test_a_backup_of_a_newer_kapok_is_refused(saved, installation, tmp_path):
    path = tmp_path / "newer.tar.gz"
    with tarfile.open(saved[0]) as archive:
        manifest = json.load(archive.extractfile("manifest.json"))
    manifest["migrations"].append(["core", "9999_tomorrow"])
    rewrite(saved[0], path, "manifest.json", json.dumps(manifest).encode())

    done = installation.command("restore", str(path))

    assert "The backup comes from a newer Kapok (it knows core.9999_tomorrow)" in done.stderr


def test_something_else_is_not_a_backup(installation, tmp_path):
    path = tmp_path / "note.txt"
    path.write_text("not a backup")

    assert "cannot be read as a backup" in installation.command("restore", str(path)).stderr


def test_a_backup_that_cannot_be_written_leaves_nothing_half_done(filled, tmp_path):
    done = filled.command("backup", str(tmp_path / "nowhere" / "kapok.tar.gz"))

    assert done.returncode == 2
    assert not (tmp_path / "nowhere").exists()
