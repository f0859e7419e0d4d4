"""A donor's IATI file, a ministry's own spreadsheet and a Word form filled in Arabic: in with questions that can be
understood, out again unchanged, and undone without a trace but the trail. On a telephone, without JavaScript."""

import io
import re
from datetime import date
from importlib.resources import files

import pytest
from openpyxl import Workbook, load_workbook
from playwright.sync_api import Page, expect

from kapok.core.jobs.queue import run_pending
from kapok.core.models import Entry
from kapok.exchange.models import Import, State, Telling
from kapok.people.models import Person
from kapok.records.models import Alias, Draft, Record, Reference, Version
from tests import make
from tests.exchange.bringing import filled
from tests.shared import shared
from tests.surveys.test_answering_browser import seat

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]
SHAPES = ("csv", "json", "xlsx", "docx")


def send(page: Page, name: str, content: bytes, language: str = "en") -> Import:
    """Send a file on the page, and read it whether the page does so at once or the worker later."""
    page.goto(f"/{language}/imports")
    page.locator("input[type=file]").set_input_files({"name": name, "mimeType": "", "buffer": content})
    page.locator("main form button").first.click()
    page.wait_for_load_state()
    run_pending()
    imported = Import.objects.order_by("-pk")[0]
    page.goto(f"/{language}/imports/{imported.pk}")
    return imported


def counted(imported: Import) -> dict[str, int]:
    """How many rows are new, changed, the same, out or doubtful; what is nought is left out."""
    names = ("new", "changed", "same", "refused", "similar")
    return {name: imported.counts[name] for name in names if imported.counts[name]}


def press(page: Page, imported: Import, act: str, language: str = "en") -> None:
    """Take in or undo, as far as the worker."""
    page.goto(f"/{language}/imports/{imported.pk}" + ("/undo" if act == "undo" else ""))
    page.locator(f'form[action$="/{act}"] button').click()
    page.wait_for_load_state()
    run_pending()
    imported.refresh_from_db()
    page.goto(f"/{language}/imports/{imported.pk}")


def comes_back(page: Page, record: Record, shape: str, language: str = "en") -> None:
    """Taken along in this shape and brought back, it is the same."""
    name = "form.docx" if shape == "docx" else ""
    address = f"/{language}/records/{record.identifier}" + (f"/{name}" if name else f".{shape}")
    taken = page.request.get(address)
    assert taken.status == 200
    again = send(page, f"{record.identifier}.{shape}", taken.body(), language)
    assert counted(again) == {"same": 1}, shape


def leaves_no_trace_but_the_trail(page: Page, imported: Import, before: set[str], language: str = "en") -> None:
    """After the undo everything is as before, and the trail tells of both."""
    gone = set(Record.objects.values_list("identifier", flat=True)) - before
    press(page, imported, "undo", language)
    assert imported.state == State.UNDONE
    assert set(Record.objects.values_list("identifier", flat=True)) == before
    for kept in (Version, Draft, Alias, Reference, Telling):
        assert not kept.objects.exclude(**{f"{'source' if kept is Reference else 'record'}__identifier__in": before})
    assert page.request.get(f"/en/records/{sorted(gone)[0]}").status == 404
    verbs = set(Entry.objects.filter(thing=imported.reference).values_list("verb", flat=True))
    assert verbs >= {"exchange.apply", "exchange.undo"}


def stands(page: Page, language: str) -> None:
    """Nothing is wider than the telephone."""
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    expect(page.locator("html")).to_have_attribute("lang", re.compile(language))


@pytest.fixture
def seated(plain_page, live_server):
    def sit(person: Person) -> Page:
        page: Page = seat(plain_page, live_server, person)
        return page

    return sit


def test_a_donors_iati_file(seated):
    real = shared("iati-activities/activities/acfspain-ph.xml")
    authored = files("kapok.site.demo") / "data" / "sources" / "fund-first.xml"
    content = real.read_bytes() if real else authored.read_bytes()
    page = seated(make.secretariat())
    before = set(Record.objects.values_list("identifier", flat=True))

    imported = send(page, "activities.xml", content)
    stands(page, "en")
    new = counted(imported)["new"]
    page.goto(f"/en/imports/{imported.pk}/rows/1")
    expect(page.get_by_role("main")).to_contain_text("What was understood")
    assert page.request.get(f"/en/imports/{imported.pk}/annotated").status == 200
    press(page, imported, "apply")
    assert imported.counts["applied"] == new
    for shape in SHAPES:
        comes_back(page, imported.rows.order_by("number")[0].result, shape)
    again = counted(send(page, "activities.xml", content))
    assert again.get("same") == new
    assert not again.keys() & {"new", "changed"}
    leaves_no_trace_but_the_trail(page, imported, before)


def ministry() -> bytes:
    """Two head rows, merged cells, blank lines, a line of sums, and values as they are written by hand."""
    book = Workbook()
    sheet = book.active
    sheet.append(["Liste des projets de prévention des risques biotechnologiques"])
    sheet.append([])
    sheet.append(["N°", "Intitulé du projet", "Pays", "Période", "", "Montant", "Organisme responsable"])
    sheet.append(["", "", "", "Début", "Fin", "", ""])
    for cells in ("A1:G1", "A3:A4", "B3:B4", "C3:C4", "D3:E3", "F3:F4", "G3:G4"):
        sheet.merge_cells(cells)
    lead = "Direction des semences"
    sheet.append([1, "Laboratoire de détection", "Côte d’Ivoire", date(2021, 3, 1), "déc. 2024", "1 234,50 €", lead])
    sheet.append([])
    sheet.append([2, "Formation des inspecteurs", "Cote d'Ivoire", "FY 2020", "2022", "30 000 000 FCFA", lead])
    sheet.append([3, "Cadre juridique", "Côte d’Ivoire", "bientôt", "", "à déterminer", lead])
    sheet.append(["", "TOTAL", "", "", "", "30 001 234,50", ""])
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def test_a_ministrys_own_spreadsheet(seated):
    page = seated(make.secretariat())
    before = set(Record.objects.values_list("identifier", flat=True))

    imported = send(page, "projets.xlsx", ministry(), "fr")
    stands(page, "fr")
    assert counted(imported) == {"new": 3, "refused": 1}
    for words in ("été lu comme « 30000000 XOF »", "exercice budgétaire", "« bientôt » n’est pas une date", "la somme"):
        expect(page.get_by_role("main")).to_contain_text(words)
    page.goto(f"/fr/imports/{imported.pk}/columns")
    expect(page.get_by_role("main")).to_contain_text("elle ne fait que numéroter les lignes")
    page.goto(f"/fr/imports/{imported.pk}/rows/1")
    expect(page.get_by_role("main")).to_contain_text(re.compile(r"1.234,5"))
    expect(page.get_by_role("main")).to_contain_text("1 mars 2021")
    commented = load_workbook(io.BytesIO(page.request.get(f"/fr/imports/{imported.pk}/annotated").body())).worksheets[0]
    assert "bientôt" in commented["D8"].comment.text
    press(page, imported, "apply", "fr")
    record = imported.rows.order_by("number")[0].result
    page.goto(f"/fr/records/{record.identifier}")
    stands(page, "fr")
    for shape in SHAPES:
        comes_back(page, record, shape, "fr")
    assert counted(send(page, "projets.xlsx", ministry(), "fr")) == {"same": 3, "refused": 1}
    leaves_no_trace_but_the_trail(page, imported, before, "fr")


def test_a_word_form_filled_in_arabic(seated):
    make.record("organisation", name={"en": "Faculty of Science", "ar": "كلية العلوم"})
    before = set(Record.objects.values_list("identifier", flat=True))
    page = seated(make.secretariat())
    form = page.request.get("/ar/formats/initiative/form.docx").body()
    answers = {
        "title_ar": "تدريب مفتشي الحدود",
        "kind": "مشروع",
        "objectives_ar": "أن يتمكن المفتشون من أخذ العينات وفق إجراء واحد.",
        "scope": "وطني",
        "countries/1": "مصر",
        "starts": "٢٠٢٤/٠٣/١٥",
        "ends": "كانون الأول 2026",
        "organisations/1/organisation": "كلية العلوم",
        "organisations/1/role": "شريك",
        "budget/1/kind": "منحة",
        "budget/1/amount": "٢٥٠ ألف",
        "budget/1/currency": "جنيه",
    }

    imported = send(page, "نموذج.docx", filled(form, answers), "ar")
    stands(page, "ar")
    assert counted(imported) == {"new": 1}
    expect(page.get_by_role("main")).to_contain_text("250000")
    said = imported.rows.get(extra=False).said
    assert (said["starts"], said["ends"]) == ("2024-03-15", "2026-12")
    assert {name: said["budget"][0][name] for name in ("amount", "currency")} == {"amount": "250000", "currency": "EGP"}
    page.goto(f"/ar/imports/{imported.pk}/rows/1")
    expect(page.get_by_role("main")).to_contain_text("كلية العلوم")
    press(page, imported, "apply", "ar")
    for shape in SHAPES:
        comes_back(page, imported.rows.get(extra=False).result, shape, "ar")
    leaves_no_trace_but_the_trail(page, imported, before, "ar")
