"""Hostile XML and archives are refused in a sentence, quickly, and without reading anything else."""

import io
import re
import resource
import time
import zipfile
from pathlib import Path

import pytest

from kapok.core import archives, xml
from kapok.core.rules import Refused
from tests.core.hostile import DECLARED, HOSTILE

DAMAGED = "It is damaged."


def packed(entries: dict[str, bytes]) -> io.BytesIO:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return held


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_xml_is_refused(name, monkeypatch):
    monkeypatch.setattr("socket.socket.connect", lambda *given: pytest.fail("it asked the network"))
    begun = time.monotonic()

    for read in (xml.parse, lambda content: list(xml.iterate(content, "a", "b"))):
        with pytest.raises(Refused, match=r"\.$"):
            read(HOSTILE[name])

    assert time.monotonic() - begun < 5


@pytest.mark.parametrize("name", DECLARED)
def test_what_is_declared_is_named(name):
    with pytest.raises(Refused, match="document type"):
        xml.parse(HOSTILE[name])


def test_elements_come_one_by_one_and_are_forgotten():
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    content = b"<all v='2.03'>" + b"<one><t>words</t></one>" * 200_000 + b"</all>"
    found = 0

    for element in xml.iterate(content, "one"):
        found += 1
        assert element.findtext("t") == "words"
        assert element.getroottree().getroot().get("v") == "2.03"

    assert found == 200_000
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 40_000


def test_what_stood_before_the_damage_was_read():
    read = xml.iterate(b"<all><one/>\n<one/>\n<one", "one")

    assert [next(read).tag, next(read).tag] == ["one", "one"]
    with pytest.raises(Refused, match="at line 3"):
        next(read)


def test_a_right_file_is_read_whole():
    assert xml.parse(b"<?xml version='1.0'?><a><!-- x --><b>\xc3\xa9</b></a>").findtext("b") == "é"


def test_a_right_archive_is_opened():
    with archives.opened(packed({"a.xml": b"<a/>"}), DAMAGED) as archive:
        assert archive.read("a.xml") == b"<a/>"


@pytest.mark.parametrize(
    ("entries", "sentence"),
    [
        ({"bomb": b"0" * 5_000_000}, "far too large"),
        ({f"{number}": b"" for number in range(2001)}, "far too large"),
        ({"inner.zip": b"PK"}, "archives within"),
        ({"Sheet.XLSX": b"PK"}, "archives within"),
    ],
)
def test_an_archive_out_of_proportion_is_refused(entries, sentence):
    with pytest.raises(Refused, match=sentence), archives.opened(packed(entries), DAMAGED, nested=False):
        pytest.fail("it was opened")


def test_a_damaged_archive_is_refused_whenever_it_breaks():
    whole = packed({"a": b"words" * 100}).getvalue()

    with pytest.raises(Refused, match="It is damaged"), archives.opened(io.BytesIO(whole[:-9]), DAMAGED):
        pytest.fail("it was opened")
    broken = bytearray(whole)
    broken[35:45] = b"0123456789"
    with (
        pytest.raises(Refused, match="It is damaged"),
        archives.opened(io.BytesIO(bytes(broken)), DAMAGED) as archive,
    ):
        archive.read("a")


def test_a_locked_archive_is_refused():
    locked = bytearray(packed({"a": b"words"}).getvalue())
    locked[locked.index(b"PK\x01\x02") + 8] |= 1

    with pytest.raises(Refused, match="password"), archives.opened(io.BytesIO(bytes(locked)), DAMAGED):
        pytest.fail("it was opened")


def test_300_megabytes_in_a_small_file_cost_nothing():
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/bomb.xml", "w") as entry:
        for _round in range(300):
            entry.write(b"\x00" * 2**20)
    begun, before = time.monotonic(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    with pytest.raises(Refused, match="far too large"), archives.opened(held, DAMAGED):
        pytest.fail("it was opened")

    assert time.monotonic() - begun < 1
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000


def test_nothing_else_parses_xml():
    made = r"XMLParser|etree\.(parse|fromstring|XML|iterparse)|iterparse|minidom|xml\.(sax(?!\.saxutils)|etree|dom)"
    parsers = re.compile(rf"\b({made})\b")
    own = Path(xml.__file__)

    strangers = [str(path) for path in own.parents[1].rglob("*.py") if path != own and parsers.search(path.read_text())]

    assert parsers.search(own.read_text())
    assert strangers == []
