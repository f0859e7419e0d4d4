"""The words inside files: read within limits, found with the record that shows them, by nobody else."""

import pytest

from kapok.core.jobs import run_pending
from kapok.files import jobs, verbs
from kapok.files.models import Contents, Upload
from kapok.records import verbs as records
from kapok.search import index as room
from kapok.search.questions import Question
from tests import make
from tests.files.samples import packed, sent

pytestmark = pytest.mark.django_db
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
OPEN = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"


def office(part, content, **more):
    return packed({"[Content_Types].xml": b"<Types/>", part: content.encode(), **more})


def open_document(kind, content):
    mimetype = f"application/vnd.oasis.opendocument.{kind}".encode()
    return packed({"mimetype": mimetype, "content.xml": content.encode()})


def pdf(text):
    stream = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET"
    objects = (
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /Contents 4 0 R /MediaBox [0 0 612 792]"
        " /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
    )
    body, places = "%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{one}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 5\n0000000000 65535 f \n{table}trailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF\n"
    return (body + end).encode()


FILES = {
    "a.pdf": pdf("Tanager sampling"),
    "a.docx": office(
        "word/document.xml",
        f'<w:document xmlns:w="{WORD}"><w:body><w:p><w:r><w:t>Tanager </w:t></w:r><w:r><w:t>sampling</w:t></w:r></w:p>'
        "</w:body></w:document>",
    ),
    "a.xlsx": packed(
        {
            "xl/workbook.xml": b"<workbook/>",
            "xl/sharedStrings.xml": f'<sst xmlns="{SHEET}"><si><t>Tanager sampling</t></si></sst>'.encode(),
        }
    ),
    "a.pptx": packed(
        {
            "ppt/presentation.xml": b"<x/>",
            "ppt/slides/slide1.xml": f'<x xmlns:a="{DRAWING}"><a:p><a:t>Tanager sampling</a:t></a:p></x>'.encode(),
        }
    ),
    "a.odt": open_document(
        "text", f'<x xmlns:text="{OPEN}"><text:p>Tanager <text:span>sampling</text:span></text:p></x>'
    ),
    "a.ods": open_document("spreadsheet", f'<x xmlns:text="{OPEN}"><text:p>Tanager sampling</text:p></x>'),
    "a.csv": "Tanager sampling;é".encode("latin-1"),
    "a.txt": "Tanager sampling".encode("utf-16"),
}


def uploaded(name, thing="", by=None):
    return verbs.upload(thing, by=by or make.person(), sent=sent(name, FILES[name]))


@pytest.mark.parametrize("name", FILES)
def test_words_are_read_from_each_kind_of_file(name):
    kept = uploaded(name)

    run_pending()

    contents = Contents.objects.get(upload=kept)
    assert contents.why == ""
    assert "Tanager sampling" in contents.text


def record_with_file(name="a.docx", private=False):
    """A published resource whose page shows a file."""
    record = make.record("resource")
    officer = make.secretariat()
    records.revise(record, by=officer)
    kept = uploaded(name, record.reference, officer)
    values = {**record.values, "files": [{"file": kept.token, "name": "Manual", "language": "en"}]}
    records.save(record, by=officer, raw=values, revision=1)
    return record, kept, officer


def found(words):
    return [hit.key for hit in room.ask(Question(q=words)).hits]


def test_a_record_is_found_by_the_words_inside_its_published_file(index):
    record, _kept, officer = record_with_file()
    run_pending()
    index()
    assert found("tanager") == []

    records.publish(record, by=officer)
    index()

    assert found("tanager") == [record.reference]
    records.withdraw(record, by=officer, reason="Superseded.")
    index()
    assert found("tanager") == []


def test_a_file_read_after_its_publication_is_found_then(index):
    record, _kept, officer = record_with_file()
    records.publish(record, by=officer)
    index()
    assert found("tanager") == []

    run_pending()
    index()

    assert found("tanager") == [record.reference]


def test_a_private_file_is_found_by_nobody(index, monkeypatch):
    record, _kept, officer = record_with_file()
    run_pending()
    records.publish(record, by=officer)
    monkeypatch.setattr(record.form.fields["files"], "private", True)

    index()

    assert found("tanager") == []
    monkeypatch.undo()


def test_what_was_never_read_is_read_at_night():
    kept = uploaded("a.txt")
    run_pending()
    Contents.objects.all().delete()

    jobs.read_missing()
    run_pending()

    assert Contents.objects.get().upload == kept


def test_a_damaged_file_is_remembered_with_the_reason_and_not_tried_again():
    kept = uploaded("a.docx")
    Upload.objects.get(pk=kept.pk).path.write_bytes(b"PK\x03\x04 broken")

    run_pending()

    contents = Contents.objects.get()
    assert (contents.text, bool(contents.why)) == ("", True)
    jobs.read_missing()
    assert "files.read" not in run_pending()


LIMITED = "from kapok.files.words import limit; limit(seconds=20); "


@pytest.mark.parametrize(
    ("greedy", "seconds", "why"),
    [("x = bytearray(600_000_000)", 30, "MemoryError"), ("import time; time.sleep(60)", 3, "longer than 3 seconds")],
)
def test_a_bomb_is_ended_and_the_worker_lives(greedy, seconds, why):
    with pytest.raises(jobs.Unreadable, match=why):
        jobs.run("-c", LIMITED + greedy, seconds=seconds)
