"""The page of a record: what it shows, what it keeps to itself, and where a moved record leads."""

import json

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kapok.core.models import Entry
from kapok.files import verbs as files
from kapok.records import verbs
from kapok.records.models import Record
from tests import make
from tests.files.samples import pdf
from tests.records.forms import get, signed_in

pytestmark = pytest.mark.django_db


def initiative(**changes):
    return make.record("initiative", **changes)


def test_read_shows_answers_under_headings_and_leads_to_other_records():
    lead = make.record("organisation")
    made = initiative(lead=lead.identifier)

    page = get(Client(), f"/records/{made.identifier}")

    assert page.status == 200
    assert page.title == "Detecting living modified organisms at the border (INI-000001) – Kapok"
    for words in (
        "Project",
        "Kenya",
        "January 2025",
        "Institute for Biosafety Research",
        "Inspectors can take samples",
    ):
        assert words in page.text
    assert page.tree.xpath(f"//main//a[@href='/records/{lead.identifier}']")


def test_read_never_shows_what_is_private():
    made = initiative(notes="Our secret plan", contact=[{"office": "Desk", "mail": "hidden@example.org"}])

    for address in (
        f"/records/{made.identifier}",
        f"/records/{made.identifier}.json",
        f"/records/{made.identifier}/versions/1",
    ):
        said = Client().get(address).content.decode()
        assert "Desk" in said
        assert "secret plan" not in said
        assert "hidden@example.org" not in said


def test_counts_of_few_people_are_not_published():
    made = initiative(participants=[{"country": "KEN", "planned": 40, "actual": 3}])

    page = get(Client(), f"/records/{made.identifier}")
    data = Client().get(f"/records/{made.identifier}.json").json()

    assert "fewer than five" in page.text
    assert page.tree.xpath("//td[@class='num']/text()") == ["40"]
    assert data["values"]["participants"][0].get("actual") is None


def test_money_of_unlike_kinds_is_never_added():
    line = {"amount": "100", "currency": "USD"}
    made = initiative(budget=[{**line, "kind": "grant"}, {**line, "kind": "grant"}, {**line, "kind": "loan"}])

    facts = get(Client(), f"/records/{made.identifier}").tree.xpath("//dd/bdi[@class='amount']/text()")

    assert facts == ["USD\xa0200", "USD\xa0100"]


def test_text_in_another_language_is_marked_with_it():
    made = make.record("news", title={"fr": "Un atelier"}, text={"fr": "Premier.\n\nDeuxième."})

    page = get(Client(), f"/en/records/{made.identifier}")

    assert page.tree.xpath("//h1/span[@lang='fr' and @dir='ltr']/text()") == ["Un atelier"]
    assert page.tree.xpath("//main//p[@lang='fr']/text()") == ["Premier.", "Deuxième."]
    assert "French" in page.text


def test_what_points_to_the_record_is_listed_by_type():
    made = initiative()
    make.record("resource", part_of=made.identifier, title={"en": "Final report"})

    page = get(Client(), f"/records/{made.identifier}")

    (section,) = page.tree.xpath("//section[@aria-labelledby='referring']")
    assert section.xpath(".//h3/text()") == ["Resources"]
    assert section.xpath(".//li//a//text()") == ["Final report"]


def test_linked_data_cannot_end_its_element():
    made = make.record("news", title={"en": "</script><script>alert(1)</script>"})

    source = Client().get(f"/records/{made.identifier}").content.decode()

    assert "<script>alert" not in source
    script = source.partition('<script type="application/ld+json">')[2].partition("</script>")[0]
    assert json.loads(script)["name"] == [{"@language": "en", "@value": "</script><script>alert(1)</script>"}]


def test_a_lower_case_identifier_leads_to_the_record():
    made = initiative()

    assert Client().get(f"/records/{made.identifier.lower()}").headers["Location"] == f"/records/{made.identifier}"


def test_an_unknown_identifier_gets_help():
    page = get(Client(), "/records/INI-999999")

    assert page.status == 404
    assert "There is no record INI-999999" in page.text
    assert page.tree.xpath("//main//a[contains(@href, 'type=initiative')]")


def test_a_draft_does_not_exist_for_strangers():
    made = make.draft("initiative")

    for person in (None, make.person()):
        client = signed_in(person) if person else Client()
        assert client.get(f"/records/{made.identifier}").status_code == 404
        assert client.get(f"/records/{made.identifier}.json").status_code == 404
    assert get(signed_in(made.author), f"/records/{made.identifier}").response.request["PATH_INFO"].endswith("/draft")


def test_a_withdrawn_record_is_gone_with_its_reason():
    made = initiative()
    verbs.withdraw(made, by=make.secretariat(), reason="It was registered twice.")

    page = get(Client(), f"/records/{made.identifier}")

    assert page.status == 410
    assert "It was registered twice." in page.text
    assert "Inspectors can take samples" not in page.text
    assert "Inspectors" not in Client().get(f"/records/{made.identifier}.json").content.decode()
    assert Client().get(f"/records/{made.identifier}/versions/1").status_code == 404


def test_a_merged_record_leads_to_the_one_it_stands_for_through_any_number_of_merges():
    first, second, third = (make.record("resource") for _one in range(3))
    secretariat = make.secretariat()
    verbs.merge(first, by=secretariat, into=second)
    verbs.merge(second, by=secretariat, into=third)

    answer = Client().get(f"/records/{first.identifier}")

    assert (answer.status_code, answer.headers["Location"]) == (301, f"/records/{third.identifier}")


@pytest.mark.parametrize("references", [1, 3])
def test_the_page_takes_few_queries_however_much_it_links(references):
    others = [make.record("organisation") for _one in range(references)]
    roles = [{"organisation": one.identifier, "role": "lead"} for one in others]
    made = initiative(lead=others[0].identifier, organisations=roles)
    for _one in range(references):
        make.record("resource", part_of=made.identifier)
    client = Client()
    client.get(f"/records/{made.identifier}")

    with CaptureQueriesContext(connection) as asked:
        client.get(f"/records/{made.identifier}")

    assert len(asked) <= 12


def test_visitors_get_a_page_that_may_be_kept_and_members_do_not(index):
    made = initiative()
    index()

    assert Client().get(f"/records/{made.identifier}").headers["Kapok-Cache"] == "public"
    assert "Kapok-Cache" not in signed_in(make.person()).get(f"/records/{made.identifier}").headers


def test_looking_changes_nothing():
    made = initiative()
    verbs.revise(made, by=make.secretariat())
    client, before = signed_in(make.secretariat()), Entry.objects.count()

    for page in (
        "",
        "/draft",
        "/edit",
        "/edit?check=1",
        "/review",
        "/history",
        "/compare",
        "/people",
        "/report",
        "/letter",
        "/confirm",
        "/withdraw",
        "/merge",
        "/discard",
    ):
        assert client.get(f"/records/{made.identifier}{page}").status_code == 200, page

    assert Entry.objects.count() == before
    assert Record.objects.get(pk=made.pk).draft.revision == 1


def test_a_letter_reaches_the_contact_who_stays_unknown(django_capture_on_commit_callbacks):
    made = initiative(contact=[{"office": "Desk", "mail": "hidden@example.org"}])
    page = get(Client(), f"/records/{made.identifier}/letter")

    with django_capture_on_commit_callbacks(execute=True):
        sent = page.press("text", name="A reader", mail="reader@example.org", text="May we have the training material?")

    assert "Your letter is on its way" in sent.tree.text_content()
    (letter,) = mail.outbox
    assert (letter.bcc, letter.to, letter.reply_to) == (["hidden@example.org"], [], ["reader@example.org"])
    assert "May we have the training material?" in letter.body
    assert "hidden@example.org" not in page.response.content.decode()
    assert "training material" not in str(Entry.objects.latest("pk").details)


def test_a_letter_needs_an_answerable_sender_and_there_is_a_limit():
    made = initiative()
    page = get(Client(), f"/records/{made.identifier}/letter")

    wrong = page.press("text", name="A\nB", mail="nowhere", text="Hi")

    assert wrong.status == 422
    assert [place for place, _said in wrong.summary()] == ["mail", "text"]
    given = {"name": "A reader", "mail": "reader@example.org", "text": "May we have the training material?"}
    answers = [page.press("text", **given | {"name": f"Reader {number}"}).status for number in range(6)]
    assert answers == [200, 200, 200, 200, 200, 422]


def test_a_letter_sent_twice_arrives_once(django_capture_on_commit_callbacks):
    made = initiative()
    page = get(Client(), f"/records/{made.identifier}/letter")
    given = {"name": "A reader", "mail": "reader@example.org", "text": "May we have the training material?"}

    with django_capture_on_commit_callbacks(execute=True):
        answers = [page.press("text", **given).status for _one in range(2)]

    assert answers == [200, 200]
    assert len(mail.outbox) == 1


def test_a_file_is_given_through_the_record_that_shows_it_and_no_other_way():
    sender, made = make.person(), initiative()
    kept = files.upload(made.reference, by=sender, sent=pdf("plan.pdf"))
    shown = make.record("resource", files=[{"file": kept.token, "name": "Plan"}])

    answer = Client().get(f"/records/{shown.identifier}/files/{kept.token}")

    assert answer.status_code == 200
    assert b"".join(answer.streaming_content).startswith(b"%PDF")
    assert Client().get(f"/records/{made.identifier}/files/{kept.token}").status_code == 404
    assert Client().get(f"/files/{kept.token}").status_code == 404


def test_the_sources_stand_on_the_page():
    made = make.record("resource")
    made.sources = [{"address": "https://example.org/list", "words": "The list", "taken_on": "2026-01-31"}]
    made.save()

    page = get(Client(), f"/records/{made.identifier}")

    assert "Source: The list, taken over on 31 Jan 2026" in page.text
