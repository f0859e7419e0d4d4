"""The log of letters and the trail: for the Secretariat and administrators."""

import pytest
from django.test import Client

from kapok.core.jobs import run_pending
from kapok.mail.models import Letter, State
from kapok.records import verbs
from tests import make

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


def test_long_lists_have_pages():
    for number in range(60):
        letter(f"k{number}")
    client = signed_in(make.administrator())

    first, second = client.get("/desk/letters").text, client.get("/desk/letters?page=2").text

    assert "About k59" in first
    assert "About k9<" not in first
    assert "About k9<" in second
