"""Forms that are filled in and not yet sent: one for each act that creates or changes something."""

from itertools import count
from typing import Any

from django.conf import settings
from django.test import Client

from kapok.insight.matches import verbs as matches
from kapok.insight.overlaps import keeping as overlaps
from kapok.people.models import Request
from kapok.people.models import Role as Roles
from kapok.records import verbs
from kapok.records.links import confirm_link
from kapok.records.models import Record
from kapok.surveys import verbs as answers
from tests import make
from tests.exchange.bringing import read
from tests.journeys.sheet import ACTS, Sheet, act
from tests.records.forms import signed_in
from tests.surveys import sample

__all__ = ["ACTS"]
numbers = count(1)
PASSWORD, TEXT = "seven lamps on the quay", "Could we exchange what you learnt about sampling?"


def mine(code: str = "resource", **facts: Any) -> tuple[Client, Record]:
    """An editor at their desk with a draft of their body."""
    body = make.body()
    editor = make.editor(body)
    return signed_in(editor), make.draft(code, by=editor, owner=body, **facts)


def published(code: str = "resource", **facts: Any) -> tuple[Client, Record]:
    """An editor at their desk with a published record of their body."""
    body = make.body()
    return signed_in(make.editor(body)), make.record(code, owner=body, **facts)


def officer() -> Client:
    return signed_in(make.secretariat())


@act
def begin_a_draft() -> Sheet:
    return Sheet(signed_in(make.person()), "/records/new/resource", "title-en", **{"title-en": "A manual"})


@act
def save_a_draft() -> Sheet:
    client, made = mine()
    return Sheet(client, f"/records/{made.identifier}/edit", "revision", publisher="Orange", do="save")


@act
def submit() -> Sheet:
    author = make.person()
    made = make.draft("resource", by=author, owner=make.body())
    return Sheet(signed_in(author), f"/records/{made.identifier}/edit", "revision", do="submit")


@act
def publish() -> Sheet:
    client, made = mine()
    return Sheet(client, f"/records/{made.identifier}/edit", "revision", publisher="Orange", do="publish")


@act
def hand_in() -> Sheet:
    client, made = mine()
    return Sheet(client, f"/records/{made.identifier}/draft", "hand-in", do="publish")


def submitted() -> Record:
    author = make.person()
    return verbs.submit(make.draft("resource", by=author, owner=make.body()), by=author)


@act
def take_back() -> Sheet:
    made = submitted()
    return Sheet(signed_in(made.author), f"/records/{made.identifier}/draft", "take-back")


@act
def return_with_a_reason() -> Sheet:
    return Sheet(officer(), f"/records/{submitted().identifier}/review", "reason", reason="Name the year.", do="return")


@act
def publish_after_review() -> Sheet:
    return Sheet(officer(), f"/records/{submitted().identifier}/review", "reason", do="publish")


@act
def discard() -> Sheet:
    client, made = mine()
    return Sheet(client, f"/records/{made.identifier}/discard", "csrfmiddlewaretoken")


@act
def bring_back() -> Sheet:
    client, made = published()
    editor = make.editor(made.owner)
    verbs.discard(verbs.revise(made, by=editor), by=editor)
    return Sheet(client, f"/records/{made.identifier}/history", "undiscard")


@act
def begin_a_version() -> Sheet:
    client, made = published()
    return Sheet(client, f"/records/{made.identifier}", "revise")


@act
def copy_as_a_draft() -> Sheet:
    client, made = published()
    return Sheet(client, f"/records/{made.identifier}", "duplicate")


@act
def report() -> Sheet:
    client, made = published("initiative", starts="2020", ends="2021")
    said = {"reports-0-accomplishments-en": "Two laboratories.", "reports-0-lessons-en": "Begin early."}
    facts = {"reports-0-kind": "end-of-cycle", "do": "publish"}
    return Sheet(client, f"/records/{made.identifier}/report", "reports-0-kind", **said, **facts)


@act
def write_to_the_contact() -> Sheet:
    made = make.record("initiative")
    said = {"name": "A reader", "mail": "reader@example.org", "text": f"May we have the material? {next(numbers)}"}
    return Sheet(Client(), f"/records/{made.identifier}/letter", "text", **said)


@act
def share_by_a_link() -> Sheet:
    client, made = mine()
    return Sheet(client, f"/records/{made.identifier}/people", "days", days="7", do="share")


@act
def invite() -> Sheet:
    client, made = mine()
    return Sheet(client, f"/records/{made.identifier}/people", "mail", mail=make.person().email, do="invite")


@act
def go_back_to_a_version() -> Sheet:
    client, made = published()
    editor = make.editor(made.owner)
    second = verbs.revise(made, by=editor)
    verbs.save(second, by=editor, raw=made.values | {"year": 2025}, revision=1)
    verbs.publish(Record.objects.get(pk=made.pk), by=editor)
    return Sheet(client, f"/records/{made.identifier}/versions/1", "return")


def grow_old(made: Record) -> None:
    """Let the clock of a record run out."""
    Record.objects.filter(pk=made.pk).update(due_on="2020-01-01", freshness="not-confirmed")


@act
def confirm() -> Sheet:
    client, made = published("organisation")
    grow_old(made)
    return Sheet(client, f"/records/{made.identifier}/confirm", "csrfmiddlewaretoken")


@act
def confirm_from_a_letter() -> Sheet:
    made = make.record("organisation")
    grow_old(made)
    address = confirm_link(made, make.editor(made.owner)).removeprefix(settings.ADDRESS)
    return Sheet(Client(), address, "csrfmiddlewaretoken")


@act
def confirm_many() -> Sheet:
    client, made = published("organisation")
    grow_old(made)
    return Sheet(client, f"/bodies/{made.owner.code}/confirm", "record", record=[made.identifier])


@act
def withdraw() -> Sheet:
    client, made = published()
    return Sheet(client, f"/records/{made.identifier}/withdraw", "reason", reason="Superseded.")


@act
def restore() -> Sheet:
    client, made = published()
    verbs.withdraw(made, by=make.editor(made.owner), reason="By mistake.")
    return Sheet(client, f"/records/{made.identifier}/history", "restore")


@act
def merge() -> Sheet:
    made, into = make.record("resource"), make.record("resource")
    return Sheet(officer(), f"/records/{made.identifier}/merge?into={into.identifier}", "into")


@act
def undo_a_merge() -> Sheet:
    made = verbs.merge(make.record("resource"), by=make.secretariat(), into=make.record("resource"))
    return Sheet(officer(), f"/records/{made.identifier}/history", "unmerge")


@act
def keep_a_search() -> Sheet:
    return Sheet(signed_in(make.person()), "/search/save?type=need", "frequency", name="Needs", frequency="weekly")


@act
def send_a_file() -> Sheet:
    table = f"Title;Countries\nLaboratory {next(numbers)};Kenya\n".encode()
    return Sheet(officer(), "/imports", "files", file=table, type="initiative")


def imported() -> Any:
    table = f"Title;Countries\nLaboratory {next(numbers)};Kenya\nTraining {next(numbers)};Peru\n"
    return read(table, by=make.secretariat())


@act
def take_rows_in() -> Sheet:
    return Sheet(officer(), f"/imports/{imported().pk}", "apply")


@act
def forget_a_file() -> Sheet:
    return Sheet(officer(), f"/imports/{imported().pk}", "discard")


@act
def make_a_token() -> Sheet:
    return Sheet(signed_in(make.person()), "/account/tokens", "scopes", name="Ours", scopes=["drafts"], days="30")


@act
def ask_for_a_role() -> Sheet:
    facts = {"role": "editor", "body": make.body().code, "proof": "A letter of the director"}
    return Sheet(signed_in(make.person()), "/account/roles/ask", "proof", **facts)


@act
def designate() -> Sheet:
    facts = {"person": make.person().email, "role": "editor", "body": make.body().code, "proof": "Note of 3 May"}
    return Sheet(officer(), "/people/designate", "proof", **facts)


@act
def grant_a_request() -> Sheet:
    Request.objects.create(person=make.person(), body=make.body(), role=Roles.EDITOR, proof="A list")
    return Sheet(officer(), "/people/requests", "/people/requests/", reason="", grant="1")


@act
def change_the_profile() -> Sheet:
    return Sheet(signed_in(make.person()), "/account", "name", name="Officer", language="fr")


@act
def write_to_a_body() -> Sheet:
    if not make.government("KEN").designations.exists():
        make.focal_point("KEN")
    said = {"name": "A reader", "email": "reader@example.org", "subject": f"Seeds {next(numbers)}", "text": TEXT}
    return Sheet(Client(), "/en/bodies/KEN/letter", "subject", **said)


@act
def join() -> Sheet:
    facts = {"email": f"new{next(numbers)}@example.org", "name": "New member", "password1": PASSWORD, "agreed": "on"}
    return Sheet(Client(), "/account/signup/", "email", **facts)


@act
def offer() -> Sheet:
    need, body = make.record("need", rank=next(numbers)), make.body()
    facts = {"body": body.code, "words": "Two places in our course."}
    return Sheet(signed_in(make.editor(body)), f"/needs/{need.identifier}/offer", "words", **facts)


@act
def answer_an_offer() -> Sheet:
    need, body = make.record("need", rank=next(numbers)), make.body()
    held = matches.offer(need, by=make.editor(body), body=body, words="Two places.")
    client = signed_in(make.focal_point("KEN"))
    return Sheet(
        client, f"/needs/{need.identifier}/offers", f"/offers/{held.pk}/answer", do="accept", because="Thanks."
    )


@act
def say_a_need_is_met() -> Sheet:
    need = make.record("need", rank=next(numbers))
    return Sheet(signed_in(make.focal_point("KEN")), f"/needs/{need.identifier}/offers", "/met", do="met")


@act
def answer_an_overlap() -> Sheet:
    lead = make.record("organisation", owner=make.body())
    one, two = (make.record("initiative", lead=lead.identifier) for _one in range(2))
    overlaps.look_at_all()
    client, address = signed_in(make.editor(one.owner)), f"/overlaps/{one.identifier}/with/{two.identifier}"
    return Sheet(client, address, "/answer", said="different", because="Other districts.")


@act
def record_a_joint_action() -> Sheet:
    client, one = published("initiative")
    two = make.record("initiative")
    facts = {"kind": "activity", "what-en": "One training for both.", "more": two.identifier}
    return Sheet(client, f"/overlaps/{one.identifier}/joint", "more", **facts)


@act
def begin_an_answer() -> Sheet:
    make.government("KEN")
    code = f"small{next(numbers)}"
    sample.small(code=code)
    return Sheet(signed_in(make.focal_point("KEN")), f"/reports/{code}", "/start", country="KEN")


def begun() -> tuple[Client, Any]:
    """A focal point and the response they began."""
    focal = make.focal_point("KEN")
    response = make.response("KEN", by=focal, questionnaire=sample.small(code=f"small{next(numbers)}"))
    law = response.parts.get(section__key="law")
    answers.save(law, by=focal, values={"3": {"text": {"en": "In force"}}}, revision=1)
    return signed_in(focal), response


@act
def answer_a_section() -> Sheet:
    client, response = begun()
    facts = {"q-1": "no", "q-3": "A law", "do": "stay"}
    return Sheet(client, f"/responses/{response.pk}/sections/law", "revision", **facts)


@act
def submit_a_response() -> Sheet:
    client, response = begun()
    return Sheet(client, f"/responses/{response.pk}/check", "incomplete", incomplete="1")


@act
def send_a_response_back() -> Sheet:
    _client, response = begun()
    answers.submit(response, by=make.focal_point("KEN"))
    return Sheet(officer(), f"/responses/{response.pk}", "send-back", reason="Question 3, please.")


@act
def entrust_a_section() -> Sheet:
    client, response = begun()
    return Sheet(client, f"/responses/{response.pk}/people", "mail", mail=make.person().email, section=["law"])
