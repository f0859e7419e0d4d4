"""The pages of answering, as a focal point, a person entrusted, the Secretariat and a visitor meet them."""

import gzip

import pytest
from django.test import Client

from kapok.surveys import verbs
from kapok.surveys.models import Part, PartAside
from tests import make
from tests.surveys import sample

pytestmark = pytest.mark.django_db


def client(who=None) -> Client:
    made = Client()
    if who:
        made.force_login(who)
    return made


def text(answer) -> str:
    return str(answer.content.decode())


def begun():
    focal = make.focal_point("KEN")
    return make.response(by=focal), focal


def test_a_focal_point_answers_checks_and_submits(reports):
    focal = make.focal_point("KEN")
    web = client(focal)
    assert "Start the response of Kenya" in text(web.get("/en/reports/nr5"))
    made = web.post("/en/reports/nr5/start", {"country": "KEN", "carry": "1"})
    pk = made.url.rpartition("/")[2]

    page = text(web.get(f"/en/responses/{pk}/sections/art-22"))
    assert "Only if the answer to question 118 is" in page
    assert 'data-autosave="' in page
    sent = web.post(
        f"/en/responses/{pk}/sections/art-22",
        {"revision": "1", "q-118": "no", "q-119": "risk-management", "q-126": "A word", "do": "next"},
    )
    assert sent.url == f"/en/responses/{pk}/sections/art-23"
    checked = text(web.get(f"/en/responses/{pk}/check"))
    assert "To be mended before it is submitted" in checked
    assert f"/en/responses/{pk}/sections/art-22#q-119" in checked
    web.post(f"/en/responses/{pk}/sections/art-22", {"revision": "2", "q-118": "no", "q-126": "A word", "do": "stay"})
    refused = web.post(f"/en/responses/{pk}/check", {})
    assert refused.status_code == 422
    done = web.post(f"/en/responses/{pk}/check", {"incomplete": "1"}, follow=True)
    assert "The response is submitted" in text(done)
    read = text(client().get(f"/en/responses/{pk}/sections/art-22"))
    assert "A word" in read
    assert '<form method="post" action="/en/responses' not in read


def test_a_section_saves_itself_and_keeps_both_texts_of_two_people():
    response, focal = begun()
    other = make.editor("KEN")
    address = f"/en/responses/{response.pk}/sections/law"
    saved = client(focal).post(address, {"revision": "1", "q-3": "First"}, headers={"X-Autosave": "1"})
    assert saved.json() == {"revision": 2, "fields": {"revision": 2}}

    late = client(other).post(address, {"revision": "1", "q-3": "Second"}, headers={"X-Autosave": "1"})

    assert late.status_code == 409
    aside = PartAside.objects.get()
    assert late.json()["url"] == f"/en/responses/{response.pk}/asides/{aside.pk}"
    compared = text(client(other).get(late.json()["url"]))
    assert "Theirs: First" in compared
    assert "Mine: Second" in compared
    assert client(focal).get(late.json()["url"]).status_code == 404
    client(other).post(late.json()["url"], {"revision": "2", "q-3": "mine"})
    assert Part.objects.get(section__key="law").values == {"3": {"text": {"en": "Second"}}}


def test_own_words_stay_in_each_language():
    response, focal = begun()
    web = client(focal)
    web.post(f"/en/responses/{response.pk}/sections/law", {"revision": "1", "q-3": "A law"})

    web.post(f"/fr/responses/{response.pk}/sections/law", {"revision": "2", "q-3": "Une loi"})

    assert Part.objects.get(section__key="law").values["3"] == {"text": {"en": "A law", "fr": "Une loi"}}
    page = text(web.get(f"/ar/responses/{response.pk}/sections/law"))
    assert '<p lang="en" dir="ltr" class="other-tongue">A law</p>' in page


def test_what_makes_no_sense_gets_a_sentence():
    response, focal = begun()

    answer = client(focal).post(
        f"/en/responses/{response.pk}/sections/people", {"revision": "x", "q-4": "many", "q-5": "soon"}
    )

    assert answer.status_code == 422
    assert "This is no number" in text(answer)
    assert "This is no day" in text(answer)


def test_drafts_are_seen_by_the_people_of_the_government_and_those_entrusted_only():
    response, focal = begun()
    entrusted, secretariat = make.person(), make.secretariat()
    law = response.parts.get(section__key="law")
    verbs.save(law, by=focal, values={"3": {"text": {"en": "A secret plan"}}}, revision=1)
    verbs.entrust(response, by=focal, person=entrusted, sections=[law.section])
    address = f"/en/responses/{response.pk}/sections/law"

    seen = {
        name: client(who).get(address).status_code
        for name, who in {
            "visitor": None,
            "member": make.person(),
            "other government": make.focal_point("PER"),
            "secretariat": secretariat,
            "editor": make.editor("KEN"),
            "focal point": focal,
            "entrusted": entrusted,
        }.items()
    }

    assert seen == {
        "visitor": 404,
        "member": 404,
        "other government": 404,
        "secretariat": 404,
        "editor": 200,
        "focal point": 200,
        "entrusted": 200,
    }
    people = text(client(entrusted).get(f"/en/responses/{response.pk}/sections/people"))
    assert "data-autosave" not in people
    assert client(entrusted).post(f"/en/responses/{response.pk}/sections/people", {"q-4": "3"}).status_code == 403


def test_a_correction_is_not_seen_by_the_public():
    response, focal = begun()
    law = response.parts.get(section__key="law")
    verbs.save(law, by=focal, values={"3": {"text": {"en": "In force"}}}, revision=1)
    verbs.submit(response, by=focal)
    verbs.reopen(response, by=focal)
    law.refresh_from_db()
    verbs.save(law, by=focal, values={"3": {"text": {"en": "Not yet"}}}, revision=law.revision)

    seen = text(client().get(f"/en/responses/{response.pk}/sections/law"))

    assert "In force" in seen
    assert "Not yet" not in seen


def test_answers_of_a_closed_questionnaire_are_for_the_secretariat():
    focal = make.focal_point("KEN")
    response = make.response(by=focal, questionnaire=sample.small(answers_public=False))
    law = response.parts.get(section__key="law")
    verbs.save(law, by=focal, values={"1": {"options": ["no"]}}, revision=1)
    verbs.submit(response, by=focal)

    assert client().get(f"/en/responses/{response.pk}").status_code == 404
    assert client(make.secretariat()).get(f"/en/responses/{response.pk}").status_code == 200


def test_sections_are_entrusted_by_address_and_taken_back():
    response, focal = begun()
    person = make.person(email="lab@body.example")
    web, address = client(focal), f"/en/responses/{response.pk}/people"
    assert web.post(address, {"mail": "nobody@body.example", "section": "law"}).status_code == 422
    assert web.post(address, {"mail": "lab@body.example"}).status_code == 422

    web.post(address, {"mail": "LAB@body.example ", "section": "law"})

    delegation = response.delegations.get()
    assert delegation.person == person
    web.post(address, {"do": "end", "delegation": str(delegation.pk)})
    assert response.delegations.get().ended_at is not None
    assert client(person).get(address).status_code == 404


def test_the_lists_ask_the_database_no_more_for_more_rows(django_assert_max_num_queries, reports):
    for code in ("KEN", "PER", "EGY"):
        focal = make.focal_point(code)
        response = make.response(code, reports["nr5"], focal)
        law = response.parts.get(section__key="art-2")
        verbs.save(law, by=focal, values={"7": {"options": ["measures-complete"]}}, revision=1)
        verbs.submit(response, by=focal)

    with django_assert_max_num_queries(8):
        assert "3 responses" in text(client().get("/en/reports"))
    with django_assert_max_num_queries(10):
        listed = text(client().get("/en/reports/nr5"))
    assert all(name in listed for name in ("Kenya", "Peru", "Egypt"))


def test_every_section_of_the_longest_report_is_light(reports):
    focal = make.focal_point("KEN")
    response = make.response(by=focal, questionnaire=reports["nr2"])
    web = client(focal)

    weights = {
        section.key: len(gzip.compress(web.get(f"/ar/responses/{response.pk}/sections/{section.key}").content))
        for section in reports["nr2"].sections.all()
    }

    # The style sheet and the script come on top, about 25 kB on the first page and nothing afterwards.
    assert max(weights.values()) < 25_000
