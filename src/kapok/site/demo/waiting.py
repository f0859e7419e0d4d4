"""Work that waits, so that every desk of the demo has something on it."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from kapok.formats.format import format_of
from kapok.people.models import Body, Person
from kapok.records import verbs
from kapok.records.models import Draft, Record

CONTACT = [{"office": "Biosafety office", "mail": "office@demo.example"}]
LATE = {
    "title": {"en": "Radio programmes on biosafety in three local languages"},
    "text": {"en": "Forty programmes can be heard again on the site of the network, with questions for schools."},
    "themes": ["public-awareness"],
}
Known = dict[str, str]
People = dict[str, Person]


def leave(people: People, known: Known) -> None:
    """Drafts begun, handed in and given back, by the accounts of the demo."""
    member, unep = people["member@demo.example"], people["editor.unep@demo.example"]
    editor, focal = people["editor.kenya@demo.example"], people["focal.kenya@demo.example"]
    kenya = Body.objects.get(code="KEN")
    handed_in = begin("resource", toolkit(known), member, Body.objects.get(code=known["unep"]))
    verbs.submit(handed_in, by=member, note="A toolkit that our project made and would like to share.")
    begin("news", {"title": {"en": "Lessons from three school visits"}}, member, None)
    late = begin("news", LATE, member, Body.objects.get(code=known["unep"]))
    verbs.submit(late, by=member)
    # It stands as if it had waited longer than a review may take.
    waited = timezone.now() - timedelta(days=16)
    Draft.objects.filter(record=late).update(submitted_at=waited, due_on=waited.date() + timedelta(days=14))
    for_focal_point = begin("need", need(), editor, kenya)
    verbs.submit(for_focal_point, by=editor, note="Agreed with the two reference laboratories.")
    given_back = begin("expert", expert(), editor, kenya)
    verbs.submit(given_back, by=editor)
    verbs.return_(
        given_back, by=focal, reason="Please name the special fields, and ask for the expert’s consent again."
    )
    begin("initiative", {"title": {"en": "Biosafety for young scientists"}, "kind": "activity"}, editor, kenya)
    ended = Record.objects.get(identifier=known["i-ended"])
    verbs.revise(ended, by=unep)
    Record.objects.filter(author__in=people.values()).update(illustrative=True)


def begin(form: str, values: dict[str, Any], by: Person, owner: Body | None) -> Record:
    """A draft."""
    return verbs.start(format_of(form), by=by, raw=values, owner=owner)


def toolkit(known: Known) -> dict[str, Any]:
    """A resource handed in by a member, for the Secretariat to look at."""
    return {
        "title": {"en": "Toolkit for public consultations on living modified organisms"},
        "kind": "toolkit",
        "authors": ["Illustrative working group"],
        "year": 2026,
        "languages": ["en"],
        "abstract": {"en": "Checklists, letters and posters for a consultation of six weeks."},
        "themes": ["public-participation"],
        "organisations": [known["x-centre"]],
        "link": "https://toolkit.demo.example/",
    }


def need() -> dict[str, Any]:
    """A need of Kenya that waits for its focal point."""
    return {
        "government": "KEN",
        "title": {"en": "Reference materials for maize events that are imported"},
        "theme": "laboratory-quality",
        "level": "organisation",
        "now": "1",
        "wanted": "3",
        "rank": 5,
        "horizon": "short",
        "why": {"en": "Without reference materials the laboratories cannot quantify what they find."},
        "exists": {"en": "Reference materials for three events."},
        "audience": ["laboratory-staff"],
        "people": 8,
        "help": ["funding", "equipment"],
    }


def expert() -> dict[str, Any]:
    """An entry of the roster that the focal point gave back."""
    return {
        "government": "KEN",
        "name": "Illustrative expert in risk communication, Kenya",
        "post": "Communication officer",
        "profile": {"en": "Prepares consultations and trains spokespersons of authorities."},
        "field": ["policy-regulatory"],
        "languages": ["en", "sw"],
        "mail": "expert@demo.example",
        "consent": True,
    }
