"""Files that are broken, hostile or odd: a sentence that helps, nothing written, and never for long."""

import html
import io
import time
import zipfile
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from kapok.core.jobs.queue import run_pending
from kapok.exchange.importing.said import spoken
from kapok.exchange.models import Import, State, Telling
from kapok.records.models import Record
from tests import make
from tests.core.hostile import HOSTILE
from tests.exchange.bringing import counts, read, take, workbook
from tests.files.samples import office, packed
from tests.records.forms import signed_in

pytestmark = pytest.mark.django_db

SHEET = "xl/worksheets/sheet1.xml"
GOOD = "Project code;Project title;Countries\nP-1;Laboratory for seeds;Kenya\nP-2;School of soils;Peru\n"
WHOLE = workbook(["Project code", "Project title", "Countries"], ["P-1", "Laboratory for seeds", "Kenya"])


def bomb() -> bytes:
    """A workbook whose sheet unpacks to 300 MB."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w") as entry:
            for _round in range(300):
                entry.write(b" " * 2**20)
    return held.getvalue()


def entities(where: str) -> bytes:
    """A workbook with entities in one of its parts."""
    held = io.BytesIO(WHOLE)
    parts = {name: zipfile.ZipFile(held).read(name) for name in zipfile.ZipFile(held).namelist()}
    parts[where] = b'<!DOCTYPE x [<!ENTITY a "b">]>' + parts[where]
    return packed(parts)


def part_of(where: str, change: Callable[[bytes], bytes]) -> bytes:
    """A workbook with one of its parts changed."""
    archive = zipfile.ZipFile(io.BytesIO(WHOLE))
    parts = {name: archive.read(name) for name in archive.namelist()}
    parts[where] = change(parts[where])
    return packed(parts)


def wide(xml: bytes) -> bytes:
    """A sheet with a million cells more in its first row."""
    return xml.replace(b"</row>", b"<c><v>1</v></c>" * 1_000_000 + b"</row>", 1)


def far() -> bytes:
    """A workbook of a few kilobytes that claims to be ours; laid out it would have 17 billion cells."""
    book = Workbook()
    book.create_sheet("kapok")["XFD1048576"] = "x"
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


BAD = {
    "nothing at all": ("a.csv", b" \n ", "This file is empty"),
    "a truncated workbook": ("a.xlsx", WHOLE[:-200], "damaged"),
    "half a workbook": ("a.xlsx", WHOLE[: len(WHOLE) // 2], "damaged"),
    "a program": ("a.csv", b"MZ\x90\x00program", "not understood"),
    "a picture with another name": ("a.xlsx", b"\x89PNG\r\n\x1a\n0000", "not understood"),
    "no text": ("a.csv", b"a;b\n\x00\x01;\x02\n", "not a text table"),
    "a million columns": ("a.csv", b"a;" * 1_000_000 + b"\n" + b"1;" * 1_000_000, "1000001 columns"),
    "a zip bomb": ("a.xlsx", bomb(), "far too large"),
    "entities in a sheet": ("a.xlsx", entities("xl/worksheets/sheet1.xml"), "damaged"),
    "entities in the strings": ("a.xlsx", entities("xl/workbook.xml"), "damaged"),
    "a sheet that is cut within a whole workbook": (
        "a.xlsx",
        part_of(SHEET, lambda xml: xml[: xml.index(b'<row r="2"')]),
        "damaged",
    ),
    "a document type after a long comment": (
        "a.xlsx",
        part_of(SHEET, lambda xml: b"<!--" + b" " * 300_000 + b'--><!DOCTYPE x [<!ENTITY a "b">]>' + xml),
        "damaged",
    ),
    "a million columns of a workbook": ("a.xlsx", part_of(SHEET, wide), "far too large"),
    "three thousand columns of a workbook": ("a.xlsx", workbook(["x"] * 3000, ["1"] * 3000), "3000 columns"),
    "a workbook that claims to be ours and reaches to the last cell": ("a.xlsx", far(), "more cells than"),
    "an external entity in a zip": ("a.zip", packed({"a.xml": HOSTILE["external file"]}), "document type"),
    "macros": ("a.xlsm", office("xl/workbook.xml", xl___vbaProject__bin=b"x"), "macros"),
    "an archive in an archive": ("a.zip", packed({"a.zip": packed({"x": b"1"})}), "archives within"),
    "an empty archive": ("a.zip", packed({"__MACOSX/x": b"1"}), "archive is empty"),
    "broken JSON": ("a.json", b'[{"id": "INI-000001", "values": {"title"', "not JSON"),
    "JSON of something else": ("a.json", b'{"a": 1}', "neither a record"),
    "deep JSON": ("a.json", b"[" * 100_000, "not JSON"),
    "heads only": ("a.csv", b"Project code;Project title;Countries\n", "No row"),
    "an old workbook that is none": ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 2000, "damaged"),
}


@pytest.mark.parametrize("what", BAD)
def test_a_bad_file_is_told_in_a_sentence(what):
    name, content, sentence = BAD[what]
    begun = time.monotonic()

    imported = read(content, name)

    said = " ".join(spoken(note) for note in [*imported.notes, *imported.problems])
    assert sentence in said
    assert imported.state == State.UNREADABLE or imported.counts["refused"]
    assert not Record.objects.exists()
    assert time.monotonic() - begun < 20


@pytest.mark.parametrize("what", [what for what in HOSTILE if what not in ("empty", "no xml")])
def test_hostile_xml_is_told_in_a_sentence(what):
    imported = read(HOSTILE[what], "a.xml")

    assert imported.state == State.UNREADABLE
    assert imported.notes[0]["say"]


ODD = {
    "a mark at the beginning": b"\xef\xbb\xbf" + GOOD.encode(),
    "UTF-16": GOOD.encode("utf-16"),
    "old line ends": GOOD.replace("\n", "\r").encode(),
    "Windows line ends": GOOD.replace("\n", "\r\n").encode(),
    "commas": GOOD.replace(";", ",").encode(),
    "tabs": GOOD.replace(";", "\t").encode(),
    "strokes": GOOD.replace(";", "|").encode(),
    "an older encoding": GOOD.replace("soils", "sols épuisés, forêts dégradées").encode("cp1252"),
    "another order": b"Countries;Project title;Code\nKenya;Laboratory for seeds;P-1\nPeru;School of soils;P-2\n",
    "lines above": b"Ministry of Environment;;\nList of 2026;;\n;;\n" + GOOD.encode(),
    "two rows of heads": b"About it;;Where\n" + GOOD.encode(),
    "empty lines and columns": GOOD.replace("P-2;", ";;;\n\nP-2;").encode(),
    "a zip": packed({"one.csv": GOOD.encode(), ".hidden": b"x"}),
    "heads of a database": GOOD.replace("Project code", "project_id")
    .replace("Project title", "project_title")
    .encode(),
    "French heads": GOOD.replace("Project title", "Intitulé du projet").replace("Countries", "Pays").encode(),
    "Arabic heads": GOOD.replace("Project title", "عنوان المشروع").replace("Countries", "البلدان").encode(),
}


@pytest.mark.parametrize("what", ODD)
def test_an_odd_file_is_read_all_the_same(what):
    imported = read(ODD[what], "a.csv")

    assert counts(imported) == {"rows": 2, "new": 2}
    assert [row.said["countries"] for row in imported.rows.filter(extra=False)] == [[{"id": "KEN"}], [{"id": "PER"}]]


def test_rows_without_identifiers_are_told_apart_by_their_words():
    blank = "Project code;Project title;Countries\n;Laboratory for seeds;Kenya\n;Laboratory for seeds;Kenya\n"

    imported = read(blank)

    assert counts(imported) == {"rows": 2, "new": 1, "similar": 1}


def test_merged_cells_hold_their_value_in_each_row():
    rows = (["Project title", "Countries"], ["Laboratory for seeds", "Kenya"], ["School of soils", None])

    imported = read(workbook(*rows, merged="B2:B3"), "a.xlsx")

    assert [row.said["countries"] for row in imported.rows.all()] == [[{"id": "KEN"}], [{"id": "KEN"}]]
    assert "Merged cells" in imported.notes[0]["say"]


def test_formulas_are_read_by_their_results_and_told():
    book = Workbook()
    book.active.append(["Project title", "Countries", "Budget"])
    book.active.append(["Laboratory for seeds", "Kenya", "=1+1"])
    held = io.BytesIO()
    book.save(held)

    imported = read(held.getvalue(), "a.xlsx")

    assert "calculates some cells" in imported.notes[0]["say"]
    assert counts(imported) == {"rows": 1, "new": 1}


def test_damage_in_the_middle_keeps_what_was_read_before():
    one = "<iati-activity><iati-identifier>X-{0}</iati-identifier><title>Seeds number {0}</title></iati-activity>"
    whole = "<iati-activities version='1.04'>" + "".join(one.format(number) for number in range(80))

    imported = read(whole + "<iati-activity><title>cut", "a.xml")

    assert (imported.state, imported.counts["rows"]) == (State.READ, 80)
    assert "Reading stopped" in spoken(imported.notes[-1])


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_table_that_is_too_long_is_told_and_the_rows_before_were_read(kind, monkeypatch):
    for reader in ("csvs", "workbooks"):
        monkeypatch.setattr(f"kapok.exchange.importing.{reader}.MOST_ROWS", 260)
    rows = [["Project title", "Countries"], *([f"Laboratory {number} for seeds", "Kenya"] for number in range(300))]

    imported = read(workbook(*rows) if kind == "xlsx" else "".join(f"{one};{two}\n" for one, two in rows), "a.x")

    assert "Reading stopped" in spoken(imported.notes[-1])
    assert "more than 260 rows" in spoken(imported.notes[-1])
    assert imported.counts["rows"] == {"csv": 260, "xlsx": 259}[kind]


def test_a_table_that_breaks_off_within_a_cell_keeps_the_rows_before():
    rows = "".join(f"P-{number};Laboratory {number} for seeds;Kenya\n" for number in range(3))

    imported = read(f'Project code;Project title;Countries\n{rows}P-9;"Laboratory that is cut', options={"whole": True})

    assert counts(imported) == {"rows": 3, "new": 3}
    assert "Reading stopped" in spoken(imported.notes[-1])
    assert "a quotation mark is missing" in spoken(imported.notes[-1])


def test_a_list_that_breaks_off_says_of_no_record_that_it_is_gone():
    head = "Project code;Project title;Countries\n"
    rows = [f"P-{number};{title} for seeds;Kenya\n" for number, title in enumerate(["Laboratory", "School", "Fund"])]
    take(read(head + "".join(rows), source="Ministry", options={"whole": True}))

    take(read(head + rows[0].replace("seeds", "soils") + 'P-1;"Scho', source="Ministry", options={"whole": True}))
    assert not Telling.objects.exclude(gone_at=None).exists()

    take(read(head + rows[0].replace("seeds", "trees"), source="Ministry", options={"whole": True}))
    assert Telling.objects.exclude(gone_at=None).count() == 2


def test_a_sheet_that_is_damaged_midway_keeps_the_rows_before():
    rows = [[f"P-{number}", f"Laboratory {number} for seeds", "Kenya"] for number in range(20)]
    whole = workbook(["Project code", "Project title", "Countries"], *rows)
    archive = zipfile.ZipFile(io.BytesIO(whole))
    parts = {name: archive.read(name) for name in archive.namelist()}
    parts[SHEET] = parts[SHEET][: parts[SHEET].index(b'<row r="12"')] + b"<row r="

    imported = read(packed(parts), "a.xlsx")

    assert counts(imported) == {"rows": 10, "new": 10}
    assert "This workbook is damaged" in spoken(imported.notes[-1])


@pytest.mark.parametrize(("what", "name"), [("csv", "table.xlsx"), ("xlsx", "table.csv"), ("xlsx", "table.json")])
def test_what_a_file_is_is_told_by_its_bytes_not_by_its_name(what, name):
    imported = read(WHOLE if what == "xlsx" else GOOD, name)

    assert counts(imported)["new"] == imported.counts["rows"]


def upload(name: str, content: bytes) -> tuple[Import | None, str]:
    """A file sent through the page by a member, read by the worker, and the page that tells of it."""
    client = signed_in(make.person())
    answer = client.post("/imports", {"files": SimpleUploadedFile(name, content), "type": "initiative"}, follow=True)
    run_pending()
    imported = Import.objects.first()
    if imported is None:
        assert answer.status_code == 422
        return None, answer.content.decode()
    page = client.get(f"/imports/{imported.pk}")
    assert (answer.status_code, page.status_code) == (200, 200)
    return imported, page.content.decode()


@pytest.mark.parametrize("what", [*BAD, *(f"xml: {name}" for name in HOSTILE)])
def test_a_bad_file_is_told_on_the_page_and_nothing_is_written(what):
    name, content = ("a.xml", HOSTILE[what[5:]]) if what.startswith("xml: ") else BAD[what][:2]
    begun = time.monotonic()

    imported, page = upload(name, content)

    assert not Record.objects.exists()
    assert imported is None or imported.state == State.UNREADABLE or not imported.rows.exclude(outcome="refused")
    assert imported is None or imported.notes or imported.problems
    assert what.startswith("xml: ") or BAD[what][2] in html.unescape(page).replace("\u202f", "").replace(",", "")
    assert time.monotonic() - begun < 60


@pytest.mark.parametrize("what", ODD)
def test_an_odd_file_is_read_through_the_page(what):
    imported, page = upload("a.csv", ODD[what])

    assert imported is not None
    assert counts(imported) == {"rows": 2, "new": 2}
    assert "Laboratory for seeds" in page
