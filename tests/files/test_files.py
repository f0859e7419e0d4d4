"""What is taken, what is refused and why, and how files are given out."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from PIL import Image

from kapok.core.models import Entry
from kapok.core.rules import Refused
from kapok.files import images, verbs
from kapok.files.kinds import LARGEST
from kapok.files.models import Upload
from tests import make
from tests.files.samples import RELATION, office, open_document, packed, pdf, picture, sent
from tests.records.forms import signed_in

pytestmark = pytest.mark.django_db

PNG, JPG = picture("PNG"), picture("JPEG")
RIGHT = {
    "a.pdf": b"%PDF-1.4 x",
    "a.docx": office(),
    "a.xlsx": office("xl/workbook.xml"),
    "a.pptx": office("ppt/presentation.xml"),
    "a.odt": open_document(),
    "a.ods": open_document("spreadsheet"),
    "a.csv": "nom;élevé\n1;2".encode(),
    "a.txt": b"\xff\xfea\x00",
    "a.png": PNG,
    "a.jpg": JPG,
    "A.JPEG": JPG,
}
HYPERLINK = RELATION.format(kind="hyperlink", to="https://example.org").encode()
TEMPLATE = RELATION.format(kind="attachedTemplate", to="https://evil.example/x.dotm").encode()
WRONG = {
    "a.zip": (packed({"x": b"1"}), "kind of file is not taken"),
    "a.exe": (b"MZ", "kind of file is not taken"),
    "a.svg": (b"<svg/>", "kind of file is not taken"),
    "a.docm": (office(), "kind of file is not taken"),
    "noending": (b"text", "kind of file is not taken"),
    "b.pdf": (b"PK\x03\x04", "not what its name says"),
    "b.png": (JPG, "not what its name says"),
    "b.txt": (b"MZ\x90", "not what its name says"),
    "b.csv": (b"a\x00b", "not what its name says"),
    "b.docx": (office("xl/workbook.xml"), "not what its name says"),
    "b.odt": (open_document("spreadsheet"), "not what its name says"),
    "c.docx": (b"PK\x03\x04 broken", "damaged"),
    "d.docx": (office(word___vbaProject__bin=b"x"), "macros"),
    "d.odt": (packed({"mimetype": b"application/vnd.oasis.opendocument.text", "Basic/Module.xml": b"x"}), "macros"),
    "e.docx": (office(word____rels___settings__xml__rels=TEMPLATE), "template from elsewhere"),
    "f.docx": (office(word___inner__zip=b"x"), "programs inside"),
    "g.xlsx": (office("xl/workbook.xml", big=b"0" * 5_000_000), "far too large"),
    "h.txt": (b"", "empty"),
    "i.png": (PNG[:60], "image is damaged"),
    "i.jpg": (b"\xff\xd8\xff\xe0" + b"\x00" * 20, "image is damaged"),
}


@pytest.mark.parametrize("name", RIGHT)
def test_a_right_file_is_kept_whole(name):
    kept = verbs.upload("record:INI-000001", by=make.person(), sent=sent(name, RIGHT[name]))

    if not kept.kind.startswith("image/"):
        assert kept.path.read_bytes() == RIGHT[name]
    assert (kept.name, kept.size) == (name, kept.path.stat().st_size)
    assert Entry.objects.latest("pk").thing == f"file:{kept.token}"


def test_a_document_with_links_is_taken():
    content = office(word____rels___document__xml__rels=HYPERLINK)

    assert verbs.upload("x", by=make.person(), sent=sent("a.docx", content)).size == len(content)


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_file_is_refused_in_a_sentence(name):
    content, sentence = WRONG[name]

    with pytest.raises(Refused, match=sentence):
        verbs.upload("x", by=make.person(), sent=sent(name, content))

    assert not Upload.objects.exists()


def test_a_file_that_is_too_large_is_refused():
    with pytest.raises(Refused, match="larger than 20 MB"):
        verbs.upload("x", by=make.person(), sent=sent("a.pdf", b"%PDF-" + b"0" * LARGEST))


def test_visitors_send_no_files():
    with pytest.raises(Refused, match="Sign in first"):
        verbs.upload("x", by=AnonymousUser(), sent=pdf())  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\papers\\plan.txt", "plan.txt"),
        ("a\r\nSet-Cookie: x.txt", "aSet-Cookie: x.txt"),
        ("exe\u202etxt.txt", "exetxt.txt"),
        ("…" * 300 + ".txt", "…" * 150 + ".txt"),
    ],
)
def test_names_are_made_harmless(given, kept):
    assert verbs.plain_name(given) == kept


def test_a_file_goes_out_as_a_download_that_no_browser_runs():
    person = make.person()
    kept = verbs.upload("x", by=person, sent=pdf("été 2026.pdf"))

    answer = signed_in(person).get(f"/files/{kept.token}")

    assert answer.headers["Content-Disposition"] == "attachment; filename*=utf-8''%C3%A9t%C3%A9%202026.pdf"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["Content-Type"] == "application/pdf"
    answer.close()


def test_a_file_does_not_exist_for_strangers():
    kept = verbs.upload("x", by=make.person(), sent=pdf())

    assert Client().get(f"/files/{kept.token}").status_code == 404
    assert signed_in(make.person()).get(f"/files/{kept.token}").status_code == 404
    open_to_staff = signed_in(make.secretariat()).get(f"/files/{kept.token}")
    assert open_to_staff.status_code == 200
    open_to_staff.close()


def test_an_image_is_drawn_anew_without_the_place_where_it_was_taken():
    kept = verbs.upload("", by=make.person(), sent=sent("field.jpg", picture("JPEG", place=True) + b"<?php tail"))

    with Image.open(kept.path) as image:
        assert not image.getexif()
        # The camera was held on its side; the new picture stands upright.
        assert image.size == (30, 40)
    assert b"<?php" not in kept.path.read_bytes()
    assert kept.size == kept.path.stat().st_size


def test_an_image_bomb_is_refused_before_it_is_unpacked(monkeypatch):
    monkeypatch.setattr(images, "MOST_PIXELS", 1_000)

    with pytest.raises(Refused, match="more than 50 million pixels"):
        verbs.upload("", by=make.person(), sent=sent("bomb.png", PNG))


def test_a_long_side_is_made_shorter(monkeypatch):
    monkeypatch.setattr(images, "LONGEST", 20)

    kept = verbs.upload("", by=make.person(), sent=sent("wide.png", PNG))

    with Image.open(kept.path) as image:
        assert image.size == (20, 15)
