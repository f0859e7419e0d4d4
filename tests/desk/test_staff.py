"""The log of letters and the trail: for the Secretariat and administrators."""

import ast

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import html

from kapok.core import trail
from kapok.core.jobs import run_pending
from kapok.core.rules import SYSTEM
from kapok.desk import details
from kapok.mail.models import Letter, State
from kapok.records import verbs
from tests import make
from tests.house.places import SOURCE

pytestmark = pytest.mark.django_db


def signed_in(person):
    client = Client(headers={"accept-language": "en"})
    client.force_login(person)
    return client


def letter(key, **more):
    given = {"name": "x", "address": "a@example.org", "language": "en", "subject": f"About {key}", "text": "Secret"}
    return Letter.objects.create(key=key, message_id=f"<{key}@x>", **(given | more))


@pytest.mark.parametrize("path", ["/desk/log", "/desk/letters"])
def test_both_are_for_staff_and_others_read_why(path):
    for person in (make.person(), make.editor(), make.focal_point("KEN")):
        refused = signed_in(person).get(path)
        assert refused.status_code == 403
        assert "for the Secretariat and administrators" in refused.text
    assert {signed_in(who).get(path).status_code for who in (make.secretariat(), make.administrator())} == {200}


def test_the_log_of_letters_is_filtered_and_never_shows_their_words():
    letter("one", state=State.FAILED, error="no such box")
    letter("two", address="b@example.org")
    client = signed_in(make.secretariat())

    every, failed, one = (client.get(f"/desk/letters{query}").text for query in ("", "?state=failed", "?to=b@"))

    assert ("About one" in every, "About two" in every) == (True, True)
    assert ("About one" in failed, "About two" in failed, "no such box" in failed) == (True, False, True)
    assert ("About one" in one, "About two" in one) == (False, True)
    assert "Secret" not in every


def test_a_failed_letter_is_sent_again_from_its_page(mailoutbox):
    failed, waiting = letter("one", state=State.FAILED), letter("two", state=State.SENT, sent_at="2026-01-01T00:00Z")
    client = signed_in(make.secretariat())

    assert client.post(f"/desk/letters/{failed.pk}/again").status_code == 302
    run_pending()

    assert [one.subject for one in mailoutbox] == ["About one"]
    assert client.post(f"/desk/letters/{waiting.pk}/again").status_code == 403
    assert signed_in(make.person()).post(f"/desk/letters/{failed.pk}/again").status_code == 403
    assert client.get(f"/desk/letters/{failed.pk}/again").status_code == 405


def test_the_trail_is_filtered_by_act_person_and_thing():
    officer = make.secretariat()
    one, two = make.record("resource"), make.record("organisation")
    verbs.withdraw(one, by=officer, reason="Superseded by another.")
    client = signed_in(officer)

    def shown(query):
        page = client.get(f"/desk/log?{query}").text
        return [one.identifier in page, two.identifier in page]

    assert shown("") == [True, True]
    assert shown("verb=records.withdraw") == [True, False]
    assert shown(f"person={officer.email}") == [True, False]
    assert shown(f"thing={two.identifier.lower()}") == [False, True]
    assert shown(f"thing={one.reference}") == [True, False]
    assert shown("thing=person:0") == [False, False]
    page = client.get("/desk/log?verb=records.withdraw").text
    assert "Superseded by another." in page
    assert f"/records/{one.identifier}/history" in page
    assert "1 entry" in page
    assert "No entry fits." in client.get("/desk/log?person=nobody").text


def test_every_fact_that_a_verb_keeps_has_words():
    kept = {"import", "row"}
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "remember":
                kept |= {keyword.arg for keyword in node.keywords if keyword.arg}

    assert len(kept) > 50
    assert kept - set(details.LABELS) - details.SILENT == set()


def test_the_trail_speaks_in_words():
    officer = make.secretariat()
    record = make.record("news", owner=make.body(names={"en": "Illustrative Institute"}))
    editor, friend = make.editor(record.owner), make.person(name="Ada")
    verbs.amend(record, by=editor, changes={"title": {"en": "Another"}}, note="Wrong name")
    verbs.invite(record, by=editor, person=friend)
    verbs.revise(record, by=editor)
    verbs.discard(record, by=editor)
    trail.write("rooms.forgotten", "rooms.thing:7", SYSTEM)

    rows = [
        [" ".join(cell.text_content().split()) for cell in row.xpath("./td")]
        for row in html.fromstring(signed_in(officer).get("/desk/log").content).xpath("//tbody/tr")
    ]

    by = f"{editor.label}Designated editor, Illustrative Institute"
    assert rows[0] == ["An act of an earlier Kapok", "7", "Kapok itself", ""]
    assert rows[1][:3] == ["Discard the draft", record.identifier, by]
    assert rows[1][3].startswith("Answered were: Title; ")
    assert rows[3] == ["Invite to edit", record.identifier, by, "Person: Ada"]
    assert rows[4] == ["Change single answers", record.identifier, by, "Fields: TitleNote: Wrong nameVersion: 2"]
    assert all("records." not in cell and "{" not in cell and "_" not in cell for row in rows for cell in row)


def test_the_trail_asks_as_often_for_three_entries_as_for_one():
    officer, bodies = make.secretariat(), [make.body() for _number in range(3)]
    client = signed_in(officer)
    client.get("/desk/log")

    def questions():
        with CaptureQueriesContext(connection) as held:
            client.get("/desk/log?verb=records.invite")
        return len(held)

    counts = []
    for body in bodies:
        record = make.record("news", owner=body)
        verbs.invite(record, by=make.editor(body), person=make.person())
        counts.append(questions())
    assert counts[0] == counts[2]


def test_long_lists_have_pages():
    for number in range(60):
        letter(f"k{number}")
    client = signed_in(make.administrator())

    first, second = client.get("/desk/letters").text, client.get("/desk/letters?page=2").text

    assert "About k59" in first
    assert "About k9<" not in first
    assert "About k9<" in second
