"""Verbs of delegation: a section is entrusted to a named person."""

from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kapok.core.rules import Refused
from kapok.core.verbs import remember, verb
from kapok.mail.letters import send
from kapok.people.models import Person
from kapok.surveys import access
from kapok.surveys.models import Delegation, Response, Section


@verb("surveys.entrust", _("Entrust sections to a person"), access.may_entrust)
def entrust(response: Response, *, by: Person, person: Person, sections: Iterable[Section]) -> list[Delegation]:
    """Let a person answer some sections; they are told by letter."""
    chosen = [section for section in sections if section.questionnaire_id == response.questionnaire_id]
    if not chosen:
        raise Refused(_("Choose at least one section."))
    held = set(response.delegations.filter(person=person, ended_at=None).values_list("section_id", flat=True))
    new = [
        Delegation(response=response, section=section, person=person, by=by)
        for section in chosen
        if section.pk not in held
    ]
    made = Delegation.objects.bulk_create(new)
    remember(person=person.pk, sections=[section.key for section in chosen])
    if made and person.pk != by.pk:
        facts = {"response": response, "by": by, "sections": [each.section for each in made]}
        send(person, "surveys/letters/entrusted", facts, key=f"entrusted:{made[0].pk}")
    return made


@verb("surveys.end_entrusting", _("Take a section back"), access.may_entrust)
def end_entrusting(response: Response, *, by: Person, delegation: Delegation) -> Response:
    """From now on the person can no longer open the section; what they wrote stays."""
    response.delegations.filter(pk=delegation.pk, ended_at=None).update(ended_at=timezone.now())
    remember(person=delegation.person_id, section=delegation.section.key)
    return response
