"""Verbs of questionnaires: add one, open and close it."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from kapok.core.rules import Refused
from kapok.core.verbs import remember, verb
from kapok.people.models import Person
from kapok.surveys import access
from kapok.surveys.models import Purpose, Questionnaire
from kapok.surveys.questionnaires.plan import Plan, build


@verb("surveys.add_questionnaire", _("Add a questionnaire"), access.may_keep_questionnaires)
def add_questionnaire(plan: Plan, *, by: Person, digest: str) -> Questionnaire:
    """Add a questionnaire that is not open yet; one of the same code becomes its next version."""
    held = Questionnaire.objects.filter(code=plan.code).order_by("-version").first()
    if held and held.purpose != Purpose.OTHER:
        raise Refused(_("A questionnaire of Kapok has this code. Give the form another form_id."))
    made = build(replace(plan, version=held.version + 1 if held else 1), digest)
    remember(code=made.code, version=made.version, questions=len(plan.questions))
    return made


@verb("surveys.open_questionnaire", _("Open or close a questionnaire"), access.may_keep_questionnaires)
def open_questionnaire(questionnaire: Questionnaire, *, by: Person, is_open: bool, public: bool) -> Questionnaire:
    """Let governments answer or not, and say whether the public reads what they submit."""
    questionnaire.is_open, questionnaire.answers_public = is_open, public
    questionnaire.save(update_fields=["is_open", "answers_public"])
    remember(is_open=is_open, public=public)
    return questionnaire
