"""The pages of the room, as each role meets them."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kapok.people.models import Designation, Person, Request, Role
from tests import make

pytestmark = pytest.mark.django_db
PASSWORD = "purple lantern over rivers"


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


def freshly_signed_in(person):
    client = Client()
    client.post("/account/login/", {"login": person.email, "password": PASSWORD})
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    return client


PAGES = {
    "/account": {"visitor": 302, "member": 200, "focal_point": 200, "secretariat": 200},
    "/account/roles/ask": {"visitor": 302, "member": 200, "focal_point": 200, "secretariat": 200},
    "/people/designations": {"visitor": 302, "member": 403, "focal_point": 403, "secretariat": 200},
    "/people/designations?state=ended&q=x": {"visitor": 302, "member": 403, "focal_point": 403, "secretariat": 200},
    "/people/designate": {"visitor": 302, "member": 403, "focal_point": 403, "secretariat": 200},
    "/people/requests": {"visitor": 302, "member": 200, "focal_point": 200, "secretariat": 200},
    "/bodies/KEN/people": {"visitor": 302, "member": 403, "focal_point": 200, "secretariat": 200},
    "/bodies/PER/people": {"visitor": 302, "member": 403, "focal_point": 403, "secretariat": 200},
    "/bodies/XYZ/people": {"visitor": 302, "member": 404, "focal_point": 404, "secretariat": 404},
    "/bodies/suggest?q=ken": {"visitor": 302, "member": 200, "focal_point": 200, "secretariat": 200},
    "/rules": {"visitor": 200, "member": 200, "focal_point": 200, "secretariat": 200},
    "/ar/rules": {"visitor": 200, "member": 200, "focal_point": 200, "secretariat": 200},
}


def test_each_page_opens_to_the_right_roles():
    make.government("PER")
    clients = {
        "visitor": Client(),
        "member": signed_in(make.person()),
        "focal_point": signed_in(make.focal_point("KEN")),
        "secretariat": signed_in(make.secretariat()),
    }

    met = {path: {name: client.get(path).status_code for name, client in clients.items()} for path in PAGES}

    assert met == PAGES


def test_a_refusal_says_what_helps():
    answer = signed_in(make.person()).get("/people/designations")

    assert answer.status_code == 403
    assert "Your own roles stand on your account page." in answer.text


@pytest.mark.parametrize(
    "path",
    [
        "/account/export",
        "/account/erase",
        "/account/roles/1/lay-down",
        "/people/designations/1/end",
        "/people/requests/1",
    ],
)
def test_a_form_without_its_token_is_refused(path):
    client = Client(enforce_csrf_checks=True)
    client.force_login(make.secretariat())

    assert client.post(path).status_code == 403


def test_account_changes_the_profile():
    person = make.person()
    client = signed_in(person)

    wrong = client.post("/account", {"name": "", "language": "fr"})
    right = client.post("/account", {"name": "Officer", "language": "fr", "letters": ["digests"]})

    assert wrong.status_code == 422
    assert 'href="#id_name"' in wrong.text
    assert right.status_code == 302
    person.refresh_from_db()
    assert (person.name, person.language) == ("Officer", "fr")
    assert person.letters == {"reminders": False, "review": False, "digests": True, "matches": False}


def test_account_takes_no_field_it_does_not_ask_for():
    person = make.person()

    signed_in(person).post(
        "/account",
        {"name": "Officer", "language": "fr", "email": "x@example.org", "is_active": "", "roles": "secretariat"},
    )

    again = Person.objects.get(pk=person.pk)
    assert (again.email, again.is_active, again.roles) == (person.email, True, frozenset())


def test_a_member_asks_and_the_focal_point_grants():
    member, focal_point = make.person(name="Lab officer"), make.focal_point("KEN")

    sent = signed_in(member).post("/account/roles/ask", {"role": "editor", "body": "Kenya (KEN)", "proof": "A list"})
    desk = signed_in(focal_point)
    shown = desk.get("/people/requests")
    asked = Request.objects.get()
    desk.post(f"/people/requests/{asked.pk}", {"grant": "1"})

    assert sent.status_code == 302
    assert "Lab officer" in shown.text
    assert Person.objects.get(pk=member.pk).edits_for() == {asked.body_id}


def test_a_request_is_not_found_by_those_who_cannot_answer_it():
    asked = Request.objects.create(person=make.person(), body=make.body(), role=Role.EDITOR, proof="A list")

    answer = signed_in(make.focal_point("KEN")).post(f"/people/requests/{asked.pk}", {"grant": "1"})

    assert answer.status_code == 404
    asked.refresh_from_db()
    assert asked.granted is None


def test_declining_without_a_reason_says_so():
    asked = Request.objects.create(person=make.person(), body=make.body(), role=Role.EDITOR, proof="A list")

    answer = signed_in(make.secretariat()).post(f"/people/requests/{asked.pk}", {"decline": "1"}, follow=True)

    assert "Say why: the person will read it" in answer.text


def test_the_secretariat_designates_by_address_and_code():
    member = make.person(email="officer@example.org")
    make.government("KEN")
    client = signed_in(make.secretariat())
    good = {"person": "Officer@example.org", "role": "focal_point", "body": "ken", "proof": "Note of 3 May"}

    refusals = [
        client.post("/people/designate", good | change).text
        for change in (
            {"person": "nobody@example.org"},
            {"body": "ZZZ"},
            {"proof": ""},
            {"body": ""},
            {"role": "administrator"},
        )
    ]
    made = client.post("/people/designate", good)

    for text, sentence in zip(
        refusals,
        (
            "Nobody with this address has an account",
            "No body has this code",
            "Give the proof",
            "Say for which government or organisation",
            "Select a valid choice",
        ),
        strict=True,
    ):
        assert sentence in text
    assert made.status_code == 302
    assert Person.objects.get(pk=member.pk).focal_point_of()


def test_a_focal_point_names_an_editor_and_ends_the_role():
    member, focal_point = make.person(email="officer@example.org"), make.focal_point("KEN")
    client = signed_in(focal_point)

    client.post("/bodies/KEN/people", {"person": "officer@example.org", "role": "editor", "proof": "Memo"})
    held = Designation.objects.get(person=member)
    ended = client.post(f"/people/designations/{held.pk}/end", {"reason": "Moved"})

    assert held.body is not None
    assert (held.role, held.body.code) == ("editor", "KEN")
    assert ended.headers["Location"] == "/bodies/KEN/people"
    assert Person.objects.get(pk=member.pk).edits_for() == set()


def test_a_focal_point_gives_no_other_role_there():
    make.person(email="officer@example.org")

    answer = signed_in(make.focal_point("KEN")).post(
        "/bodies/KEN/people", {"person": "officer@example.org", "role": "focal_point", "proof": "Memo"}
    )

    assert answer.status_code == 422
    assert Designation.objects.count() == 1


def test_somebody_elses_designation_is_not_found():
    held = make.editor().designations_now()[0]

    assert signed_in(make.person()).get(f"/people/designations/{held.pk}/end").status_code == 404
    assert signed_in(make.editor(held.body)).get(f"/people/designations/{held.pk}/end").status_code == 403


def test_a_role_is_laid_down_by_its_holder_only():
    editor = make.editor()
    held = editor.designations_now()[0]

    signed_in(make.secretariat()).post(f"/account/roles/{held.pk}/lay-down")
    assert Designation.objects.in_force().filter(pk=held.pk).exists()
    signed_in(editor).post(f"/account/roles/{held.pk}/lay-down")
    assert not Designation.objects.in_force().filter(pk=held.pk).exists()


@pytest.mark.parametrize("path", ["/people/designations", "/people/requests", "/bodies/KEN/people"])
def test_lists_ask_the_database_as_often_for_three_as_for_one(path):
    kenya = make.government("KEN")

    def one_more():
        make.editor(kenya)
        Request.objects.create(person=make.person(), body=kenya, role=Role.EDITOR, proof="A list")

    client = signed_in(make.secretariat())
    one_more()
    client.get(path)
    with CaptureQueriesContext(connection) as first:
        client.get(path)
    one_more()
    one_more()
    with CaptureQueriesContext(connection) as third:
        answer = client.get(path)

    assert answer.text.count("Member ") >= 3
    assert len(first) == len(third)
    assert len(first) <= 12


def test_designations_are_found_by_person_address_and_body():
    make.editor("KEN", make.person(name="Seed officer", email="seed@example.org"))
    make.editor("PER", make.person(name="Customs officer", email="customs@example.org"))
    client = signed_in(make.secretariat())

    found = {
        words: [
            name
            for name in ("Seed officer", "Customs officer")
            if name in client.get(f"/people/designations?q={words}").text
        ]
        for words in ("seed", "customs@", "Kenya", "PER", "nothing")
    }

    assert found == {
        "seed": ["Seed officer"],
        "customs@": ["Customs officer"],
        "Kenya": ["Seed officer"],
        "PER": ["Customs officer"],
        "nothing": [],
    }


def test_bodies_are_suggested_in_every_language():
    kenya = make.government("KEN")
    kenya.names = {"en": "Kenya", "zh": "肯尼亚", "ar": "كينيا"}
    kenya.save()
    client = signed_in(make.person())

    for words in ("ken", "KEN", "肯尼", "كين"):
        answer = client.get("/bodies/suggest", {"q": words}).json()
        assert [result["id"] for result in answer["results"]] == ["KEN"]
    assert client.get("/bodies/suggest?q=").json() == {"results": []}


def test_data_is_downloaded_after_signing_in_anew():
    person = make.person(password=PASSWORD)

    stale = signed_in(person).post("/account/export")
    fresh = freshly_signed_in(person).post("/account/export")

    assert stale.status_code == 302
    assert "/account/reauthenticate/" in stale.headers["Location"]
    assert fresh.json()["account"]["email"] == person.email
    assert "attachment" in fresh.headers["Content-Disposition"]


def test_an_account_is_erased_after_a_tick():
    person = make.person(password=PASSWORD)
    client = freshly_signed_in(person)

    shown = client.get("/account/erase")
    unsure = client.post("/account/erase", {})
    sure = client.post("/account/erase", {"sure": "1"})

    assert "cannot be undone" in shown.text
    assert unsure.status_code == 422
    assert sure.status_code == 302
    person.refresh_from_db()
    assert person.erased_at
    assert client.get("/account").status_code == 302
