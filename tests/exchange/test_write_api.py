"""Writing through `/api/v1/`: the verbs, rules and sentences of the pages."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from kapok.core.models import Entry
from kapok.exchange.models import Answered
from kapok.exchange.tokens import verbs as tokens
from kapok.records import verbs
from kapok.records.models import Draft, Record, Stage, Working
from tests import make

pytestmark = pytest.mark.django_db
ALL = ("drafts", "submit", "publish", "confirm")


class Program:
    """A program that writes with a token."""

    def __init__(self, person: Any, *scopes: str) -> None:
        self.person = person
        _token, self.secret = tokens.make_token(person, by=person, name="Ours", scopes=scopes or ALL, days=30)

    def send(self, method: str, address: str, body: Any = None, **headers: str) -> Any:
        given = {"authorization": f"Bearer {self.secret}"} | {
            name.replace("_", "-"): value for name, value in headers.items()
        }
        return Client().generic(
            method, f"/api/v1/{address}", json.dumps(body or {}), content_type="application/json", headers=given
        )


def news(**changes: Any) -> dict[str, Any]:
    return make.values("news", **changes)


@pytest.fixture
def editor():
    return make.editor()


def body_code(person):
    return person.designations_now()[0].body.code


def test_a_record_is_begun_changed_checked_and_published(editor):
    program = Program(editor)

    begun = program.send("POST", "drafts", {"type": "news", "values": news(), "owner": body_code(editor)})
    address = begun["Location"].removeprefix("/api/v1/")
    changed = program.send("PATCH", address, {"values": {"title": {"en": "New date"}}}, if_match=begun["ETag"])
    checked = program.send("POST", f"{address}/validate")
    published = program.send("POST", f"{address}/publish", {"note": "From our database"})

    assert [one.status_code for one in (begun, changed, checked, published)] == [201, 200, 200, 200]
    assert changed.json()["values"]["title"] == {"en": "New date"}
    assert changed["ETag"] == '"2"'
    assert checked.json() == {"complete": True, "errors": [], "remarks": []}
    record = Record.objects.get(identifier=published.json()["id"])
    assert (record.stage, record.versions.get().note) == (Stage.PUBLISHED, "From our database")


def test_wrong_values_are_refused_at_their_fields_in_the_words_of_the_form(editor):
    program = Program(editor)
    _values, problems = Record(format="news").form.clean({"link": "nonsense", "title": 7, "stranger": 1}, final=False)

    answer = program.send("POST", "drafts", {"type": "news", "values": {"link": "nonsense", "title": 7, "stranger": 1}})

    said = answer.json()
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    assert [(one["field"], one["detail"]) for one in said["errors"]] == [
        (one.path, str(one.sentence)) for one in problems.errors
    ]
    assert not Draft.objects.exists()


def test_an_incomplete_draft_is_not_submitted_and_each_gap_is_named():
    program = Program(make.person())
    begun = program.send("POST", "drafts", {"type": "news", "values": {}}).json()

    answer = program.send("POST", f"drafts/{begun['id']}/submit")

    assert answer.status_code == 422
    assert {"title", "owner"} <= {one["field"] for one in answer.json()["errors"]}
    assert Draft.objects.get().stage == Working.DRAFT


def test_a_change_needs_the_revision_it_goes_on_from(editor):
    program, other = Program(editor), Program(make.secretariat())
    record = make.draft("news", by=editor, owner=editor.designations_now()[0].body)
    address = f"drafts/{record.identifier}"

    without = program.send("PATCH", address, {"values": {}})
    first = other.send("PATCH", address, {"values": {"title": {"en": "Theirs"}}}, if_match='"1"')
    second = program.send("PATCH", address, {"values": {"title": {"en": "Mine"}}}, if_match='"1"')

    assert (without.status_code, first.status_code, second.status_code) == (428, 200, 412)
    assert second.json()["revision"] == 2
    assert Draft.objects.get().values["title"] == {"en": "Theirs"}


def test_null_empties_a_field_and_what_is_left_out_stays(editor):
    program = Program(editor)
    record = make.draft("news", by=editor, link="https://example.org/")

    answer = program.send("PATCH", f"drafts/{record.identifier}", {"values": {"link": None}}, if_match='"1"')

    assert "link" not in answer.json()["values"]
    assert answer.json()["values"]["title"] == {"en": "Workshop announced"}


def test_a_key_makes_an_act_happen_once(editor):
    program = Program(editor)
    sent = {"type": "news", "values": news()}

    first = program.send("POST", "drafts", sent, idempotency_key="a-1")
    again = program.send("POST", "drafts", sent, idempotency_key="a-1")
    other = program.send("POST", "drafts", {"type": "need"}, idempotency_key="a-1")

    assert again.content == first.content
    assert (again.status_code, again["Location"], again["Idempotency-Replayed"]) == (201, first["Location"], "true")
    assert other.status_code == 409
    assert Record.objects.count() == 1


def test_a_refused_request_may_be_sent_again_with_its_key():
    author = make.person()
    program = Program(author)
    record = make.draft("news", by=author)

    refused = program.send("POST", f"drafts/{record.identifier}/submit", {}, idempotency_key="k")
    record.owner = make.body()
    record.save()
    done = program.send("POST", f"drafts/{record.identifier}/submit", {}, idempotency_key="k")

    assert (refused.status_code, done.status_code) == (422, 200)
    assert Answered.objects.get().status == 200


def test_a_token_does_only_what_it_was_made_for(editor):
    record = make.draft("news", by=editor, owner=editor.designations_now()[0].body)

    answer = Program(editor, "drafts").send("POST", f"drafts/{record.identifier}/publish")

    assert answer.status_code == 403
    assert "publish (Publish, return and withdraw)" in answer.json()["detail"]
    assert Record.objects.get().number == 0


def test_a_token_never_can_do_more_than_its_person():
    member = make.person()
    program = Program(member)
    mine, theirs = make.draft("news", by=member, owner=make.body()), make.draft("news")
    published = make.record("news")

    answers = {
        "publish mine": program.send("POST", f"drafts/{mine.identifier}/publish"),
        "read theirs": program.send("GET", f"drafts/{theirs.identifier}"),
        "withdraw": program.send("POST", f"records/{published.identifier}/withdraw", {"reason": "No."}),
        "revise": program.send("POST", f"records/{published.identifier}/revise"),
    }

    codes = {name: answer.status_code for name, answer in answers.items()}
    assert codes == {"publish mine": 403, "read theirs": 404, "withdraw": 403, "revise": 403}
    assert "submit it for review" in answers["publish mine"].json()["detail"]
    assert program.send("GET", "drafts").json()["total"] == 1


def test_submit_return_take_back_confirm_withdraw_and_restore():
    author, officer = make.person(), make.secretariat()
    writer, desk = Program(author), Program(officer)
    record = make.draft("resource", by=author, owner=make.body())
    here = f"drafts/{record.identifier}"

    steps = [
        writer.send("POST", f"{here}/submit", {"note": "Please look."}),
        writer.send("POST", f"{here}/take-back"),
        writer.send("POST", f"{here}/submit"),
        desk.send("POST", f"{here}/return", {"reason": "Name the publisher."}),
        writer.send("POST", f"{here}/submit"),
        desk.send("POST", f"{here}/publish"),
        desk.send("POST", f"records/{record.identifier}/withdraw", {"reason": "A newer one exists."}),
        desk.send("POST", f"records/{record.identifier}/restore"),
    ]
    need = make.record("need")
    confirmed = Program(make.focal_point("KEN")).send("POST", f"records/{need.identifier}/confirm")

    assert [one.status_code for one in steps] == [200] * 8
    assert steps[3].json()["reason"] == "Name the publisher."
    assert steps[-1].json()["stage"] == "published"
    assert confirmed.json()["freshness"] == "fresh"
    acts = [one.verb for one in Entry.objects.filter(thing=record.reference).order_by("pk")]
    assert acts[1:] == [
        f"records.{name}"
        for name in ("submit", "take_back", "submit", "return", "submit", "publish", "withdraw", "restore")
    ]


def test_a_report_is_added_and_published_at_once(editor):
    record = make.record("initiative", owner=editor.designations_now()[0].body)
    report = {"kind": "end-of-cycle", "accomplishments": {"en": "Two laboratories test samples."}}
    program = Program(editor)

    wrong = program.send("POST", f"records/{record.identifier}/reports", {"values": {"rating": "x"}})
    done = program.send("POST", f"records/{record.identifier}/reports", {"values": report, "publish": True})

    assert wrong.status_code == 422
    assert all(one["field"].startswith("reports-0-") for one in wrong.json()["errors"])
    assert (done.status_code, done.json()["version"]) == (200, 2)
    assert Record.objects.get(pk=record.pk).values["reports"][0]["kind"] == "end-of-cycle"


def test_a_file_is_sent_and_named_in_an_answer(editor):
    record = make.draft("resource", by=editor)
    program = Program(editor)
    headers = {"authorization": f"Bearer {program.secret}"}
    sent = SimpleUploadedFile("manual.txt", b"Sampling by the roadside")

    kept = Client().post(f"/api/v1/drafts/{record.identifier}/files", {"file": sent}, headers=headers)
    files = [{"file": kept.json()["file"], "name": "Manual"}]
    answer = program.send("PATCH", f"drafts/{record.identifier}", {"values": {"files": files}}, if_match="1")
    wrong = SimpleUploadedFile("manual.exe", b"MZ")
    refused = Client().post(f"/api/v1/drafts/{record.identifier}/files", {"file": wrong}, headers=headers)

    assert kept.status_code == 201
    assert answer.json()["values"]["files"] == files
    assert (refused.status_code, "kind of file" in refused.json()["detail"]) == (403, True)


def test_a_discarded_draft_is_gone_and_answers_with_nothing(editor):
    record = make.draft("news", by=editor)

    answer = Program(editor).send("DELETE", f"drafts/{record.identifier}")

    assert (answer.status_code, answer.content) == (204, b"")
    assert not Draft.objects.exists()


def test_writing_needs_a_token_and_a_session_is_none(editor):
    client = Client()
    client.force_login(editor)

    answer = client.post("/api/v1/drafts", {"type": "news"}, content_type="application/json")

    assert answer.status_code == 401
    assert not Record.objects.exists()


def test_what_cannot_be_read_is_refused_in_words(editor):
    headers = {"authorization": f"Bearer {Program(editor).secret}"}

    broken = Client().post("/api/v1/drafts", "{", content_type="application/json", headers=headers)
    strange = Client().post("/api/v1/drafts", '{"typ": "news"}', content_type="application/json", headers=headers)

    assert (broken.status_code, strange.status_code) == (400, 422)
    assert broken["Content-Type"] == strange["Content-Type"] == "application/problem+json"


def test_the_draft_of_a_member_is_kept_by_no_cache(editor):
    record = make.draft("news", by=editor)

    answer = Program(editor).send("GET", f"drafts/{record.identifier}")

    assert "Kapok-Cache" not in answer
    assert "no-store" in answer["Cache-Control"]
    assert verbs.check(record) is not None
