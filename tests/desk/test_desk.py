"""The desk of each role: what waits, the most urgent first, and nothing of others."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kapok.core.rules import SYSTEM
from kapok.desk import lists
from kapok.mail.models import Letter, State
from kapok.people.models import Request, Role
from kapok.records import jobs, reports, verbs
from kapok.records.models import Record
from kapok.search.models import SavedSearch
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def day(time_machine):
    """Go to a day; the clock stands still there."""

    def go(text):
        time_machine.move_to(datetime.fromisoformat(text).replace(hour=8, tzinfo=UTC), tick=False)

    return go


def signed_in(person):
    client = Client(headers={"accept-language": "en"})
    client.force_login(person)
    return client


def held(who):
    """What each list holds for a person; empty ones are left out."""
    return {name: number for name, number in lists.totals(who).items() if number}


def submitted(by, owner=None, code="resource", **more):
    made = make.draft(code, by=by, owner=owner, **more)
    return verbs.submit(made, by=by)


def test_a_visitor_is_sent_to_sign_in():
    for path in ("/desk", "/desk/records", "/desk/waiting/review", "/desk/confirm", "/desk/letters", "/desk/log"):
        answer = Client().get(path)
        assert (answer.status_code, answer["Location"]) == (302, f"/account/login/?next={path}")
    assert Client().post("/desk/steps").status_code == 302


def test_an_empty_desk_says_what_to_do():
    page = signed_in(make.person()).get("/desk").text

    assert "Nothing waits for you." in page
    assert "/records/new" in page
    assert "Ask for a role" in page


def test_what_waits_for_a_member():
    member, officer = make.person(), make.secretariat()
    back = submitted(member, make.body(), title={"en": "Came back"})
    verbs.return_(back, by=officer, reason="Name the publisher.")
    away = submitted(member, make.body(), title={"en": "With others"})
    begun = make.draft("resource", by=member, title={"en": "Just begun"})

    page = signed_in(member).get("/desk").text

    assert held(member) == {"returned": 1, "drafts": 1, "sent": 1}
    assert lists.count(member) == 1
    assert "Name the publisher." in page
    assert all(one.identifier in page for one in (back, away, begun))
    assert "My desk: 1 thing waits" in page


def test_a_draft_waits_under_the_title_it_bears():
    record = make.record("resource", owner=make.body(), title={"en": "Old name"})
    editor = make.editor(record.owner)
    verbs.revise(record, by=editor)
    verbs.save(record, by=editor, raw={**record.values, "title": {"en": "New name"}}, revision=1)

    page = signed_in(editor).get("/desk").text

    assert "New name" in page
    assert "Old name" not in page


def test_drafts_of_others_stay_away():
    submitted(make.person(), make.body(), title={"en": "Canary"})
    make.draft("resource", title={"en": "Canary"})
    verbs.return_(submitted(make.person(), make.body(), title={"en": "Canary"}), by=make.secretariat(), reason="x")

    for stranger in (make.person(), make.editor(), make.focal_point("KEN"), make.administrator()):
        client = signed_in(stranger)
        assert held(stranger) == {}
        for path in ("/desk", "/desk/records", *(f"/desk/waiting/{name}" for name in lists.NAMED)):
            assert "Canary" not in client.get(path).text


def test_reviews_national_for_the_focal_point_others_for_editors_and_the_secretariat():
    owner = make.body()
    member, editor, focal, officer = make.person(), make.editor(owner), make.focal_point("KEN"), make.secretariat()
    submitted(member, owner)
    submitted(make.editor("KEN"), None, "need", government="KEN")

    assert [held(who).get("review") for who in (member, editor, focal, officer)] == [None, 1, 1, 1]
    assert [one.record.format for one in lists.to_review(focal)] == ["need"]
    assert [one.record.format for one in lists.to_review(officer)] == ["resource"]


def test_what_waits_is_counted_anew_and_by_the_roles_of_now():
    owner, who = make.body(), make.person()
    made = submitted(make.person(), owner)
    before = held(who)
    make.editor(owner, who)
    as_editor = held(who)
    verbs.return_(made, by=who, reason="Name the publisher.")

    assert [before, as_editor, held(who)] == [{}, {"review": 1}, {}]


def test_escalated_reviews_stand_first_then_those_due_first(day):
    day("2026-03-02")
    owner, officer = make.body(), make.secretariat()
    first = submitted(make.person(), owner, title={"en": "Due first"})
    day("2026-03-03")
    late = submitted(make.person(), owner, title={"en": "Escalated"})
    verbs.escalate(late, by=SYSTEM)
    day("2026-03-04")
    last = submitted(make.person(), owner, title={"en": "Due last"})
    day("2026-03-18")

    page = signed_in(officer).get("/desk/waiting/review").text

    places = [page.index(one.identifier) for one in (late, first, last)]
    assert places == sorted(places)
    assert "1 working day late" in page
    assert "2 working days late" in page
    assert "due today" in page


def test_confirmations_and_reports_of_my_bodies(day, django_capture_on_commit_callbacks):
    day("2026-01-10")
    owner, other = make.body(), make.body()
    editor = make.editor(owner)
    with django_capture_on_commit_callbacks(execute=True):
        over = make.record("initiative", owner=owner, starts="2011", ends="2013")
        make.record("initiative", owner=other, starts="2011", ends="2013")
    make.record("organisation", owner=other)
    day("2027-02-10")
    jobs.turn()

    page = signed_in(editor).get("/desk").text

    assert held(editor) == {"confirm": 1, "report": 1}
    assert f"/records/{over.identifier}/report" in page
    assert f"/bodies/{owner.code}/confirm" in page
    assert "ended on 31 December 2013" in page


def test_an_initiative_leaves_the_list_with_its_report(day, django_capture_on_commit_callbacks):
    day("2026-01-10")
    owner = make.body()
    editor = make.editor(owner)
    with django_capture_on_commit_callbacks(execute=True):
        over = make.record("initiative", owner=owner, starts="2011", ends="2013")
        assert not reports.is_reported(over)
    assert held(editor) == {"report": 1}

    verbs.revise(over, by=editor)
    given = {"kind": "end-of-cycle", "accomplishments": {"en": "Done."}}
    verbs.save(over, by=editor, raw={**over.values, "reports": [given]}, revision=1)
    with django_capture_on_commit_callbacks(execute=True):
        verbs.publish(over, by=editor)

    assert held(editor) == {}


def test_requests_wait_for_those_who_may_grant_them():
    asker, kenya = make.person(), make.government("KEN")
    Request.objects.create(person=asker, body=kenya, role=Role.EDITOR, proof="A letter of the ministry")
    officer, focal, other = make.secretariat(), make.focal_point("KEN"), make.focal_point(make.government("PER"))

    assert [held(who).get("requests") for who in (officer, focal, other, asker)] == [1, 1, None, None]
    assert "A letter of the ministry" in signed_in(focal).get("/desk").text


def test_letters_that_could_not_be_sent_wait_for_staff():
    Letter.objects.create(key="k", name="x", address="a@example.org", language="en", subject="Lost", message_id="<1@x>",
                          state=State.FAILED, error="no such box")  # fmt: skip

    assert [held(who).get("letters") for who in (make.secretariat(), make.administrator(), make.editor())] == [
        1, 1, None
    ]  # fmt: skip


def test_the_menu_counts_what_waits_in_one_question():
    member = make.person()
    verbs.return_(submitted(member, make.body()), by=make.secretariat(), reason="x")
    member.forget_designations()
    assert member.designations_now() == ()

    with CaptureQueriesContext(connection) as asked:
        assert lists.count(member) == 1

    assert len(asked) == 1
    assert "1 thing waits for you" in signed_in(member).get("/account").text


@pytest.mark.parametrize("path", ["/desk", "/desk/records", "/desk/waiting/review", "/desk/waiting/confirm",
                                  "/desk/log", "/desk/letters"])  # fmt: skip
def test_three_cost_as_many_questions_as_one(day, path):
    owner = make.body()
    who = make.secretariat(make.editor(owner))
    counts = []
    for number in (1, 2):
        for _time in range(number):
            day("2025-01-10")
            make.record("organisation", owner=owner)
            day("2026-12-10")
            submitted(make.person(), owner)
        jobs.turn()
        Letter.objects.create(key=f"k{number}", name="x", address="a@example.org", language="en", subject="Lost",
                              message_id=f"<{number}@x>", state=State.FAILED)  # fmt: skip
        client = signed_in(who)
        client.get(path)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(path).status_code == 200
        counts.append(len(asked))

    assert counts[0] == counts[1]
    assert counts[1] <= (20 if path == "/desk" else 10)


def test_saved_searches_stand_on_the_desk_of_their_keeper():
    member = make.person()
    SavedSearch.objects.create(person=member, name="Seeds in Kenya", query="?q=seeds")

    assert "Seeds in Kenya" in signed_in(member).get("/desk").text
    assert "Seeds in Kenya" not in signed_in(make.person()).get("/desk").text


def test_first_steps_by_role_can_be_put_away_and_come_back():
    said = {
        make.person(): "Ask for a role",
        make.editor(): "Confirm what is right",
        make.focal_point("KEN"): "Name editors",
        make.secretariat(): "Designate focal points",
        make.administrator(): "Designate the Secretariat",
    }
    for person, words in said.items():
        client = signed_in(person)
        page = client.get("/desk").text
        assert "What can I do here?" in page
        assert words in page
        assert client.post("/desk/steps").status_code == 302
        assert "Put these steps away" not in client.get("/desk").text
        assert "Put these steps away" in client.get("/desk?steps=1").text


def test_every_step_leads_somewhere(index):
    from kapok.desk.steps import steps

    index()
    focal = make.focal_point("KEN")
    for person in (make.person(), make.editor(), focal, make.secretariat(), make.administrator()):
        client = signed_in(person)
        found = steps(person)
        assert len(found) == 5
        assert {one.path: client.get(one.path, follow=True).status_code for one in found} == {
            one.path: 200 for one in found
        }


def test_a_list_that_does_not_exist_is_not_found():
    assert signed_in(make.person()).get("/desk/waiting/nothing").status_code == 404


def test_my_records_are_filtered_and_a_strange_body_is_refused():
    owner, other = make.body(), make.body()
    editor = make.editor(owner)
    mine, draft = make.record("organisation", owner=owner), make.draft("resource", by=editor, owner=owner)
    theirs = make.record("organisation", owner=other)
    invited = make.record("resource", owner=other)
    invited.editors.add(editor)
    client = signed_in(editor)

    def shown(query):
        page = client.get(f"/desk/records{query}").text
        return {one for one in (mine, draft, theirs, invited) if one.identifier in page}

    assert shown("") == {mine, draft, invited}
    assert shown(f"?body={owner.code}") == {mine, draft}
    assert shown("?type=organisation") == {mine}
    assert shown("?state=draft") == {draft}
    assert shown("?freshness=fresh") == {mine}
    assert shown("?freshness=overdue") == set()
    assert "No record fits." in client.get("/desk/records?freshness=overdue").text
    refused = client.get(f"/desk/records?body={other.code}")
    assert refused.status_code == 403
    assert "You see the records of bodies you act for." in refused.text
    assert client.get("/desk/records?body=NOBODY").status_code == 404
    assert theirs.identifier in signed_in(make.secretariat()).get(f"/desk/records?body={other.code}").text


def test_what_i_may_confirm_has_its_link(day):
    day("2025-01-10")
    owner = make.body()
    editor = make.editor(owner)
    mine = make.record("organisation", owner=owner)
    day("2026-12-10")
    jobs.turn()

    page = signed_in(editor).get("/desk/records").text

    assert f"/records/{mine.identifier}/confirm" in page
    assert "Not confirmed" in page


def test_merged_and_discarded_records_are_left_out():
    owner = make.body()
    editor = make.editor(owner)
    keep, double = make.record("organisation", owner=owner), make.record("organisation", owner=owner)
    verbs.merge(double, by=editor, into=keep)
    gone = make.draft("resource", by=editor, owner=owner)
    verbs.discard(gone, by=editor)

    page = signed_in(editor).get("/desk/records").text

    assert keep.identifier in page
    assert double.identifier not in page
    assert gone.identifier not in page
    assert Record.objects.count() == 3


def test_confirming_several_leads_to_ones_body_or_to_the_choice():
    owner = make.body()
    editor = make.editor(owner)

    assert signed_in(editor).get("/desk/confirm")["Location"] == f"/bodies/{owner.code}/confirm"
    make.editor("KEN", who=editor)
    assert signed_in(editor).get("/desk/confirm")["Location"] == "/desk#confirm"
