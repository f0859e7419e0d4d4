"""Verb of bringing in answers that were given elsewhere."""

from django.utils.translation import gettext_lazy as _

from kapok.core.rules import System
from kapok.core.verbs import remember, verb
from kapok.people.models import Body, Kind, Person
from kapok.surveys import access
from kapok.surveys.models import Questionnaire, Response
from kapok.surveys.offline.bulk import Plan, merged
from kapok.surveys.questionnaires.sheet import sheet_of
from kapok.surveys.verbs.answer import lay_out
from kapok.surveys.verbs.submit import put_in_force


@verb("surveys.bring_in", _("Bring in answers of many countries"), access.may_import_answers)
def bring_in(questionnaire: Questionnaire, *, by: Person | System, plan: Plan, synthetic: bool = False) -> int:
    """Put the answers of a file in force, country by country, each as a new version; counts the countries.

    What a government is writing just now is not touched: it may compare when it submits.
    """
    sheet = sheet_of(questionnaire)
    bodies = {body.code: body for body in Body.objects.filter(kind=Kind.GOVERNMENT, code__in=plan.values)}
    author = by if isinstance(by, Person) else None
    wanted = [*plan.new, *plan.changed]
    for country in wanted:
        response, new = Response.objects.get_or_create(
            questionnaire=questionnaire,
            country=country,
            synthetic=synthetic,
            defaults={"body": bodies.get(country), "started_by": author},
        )
        values = merged(response, plan.values[country])
        if new:
            lay_out(response, sheet, values)
        writing = response.state if not new else "submitted"
        put_in_force(response, values, by=author, note=str(_("Brought in from a file")))
        if writing in ("reopened", "draft"):
            response.state = "reopened"
            response.save(update_fields=["state"])
        elif not new:
            response.parts.all().delete()
            lay_out(response, sheet, values)
    remember(countries=wanted, answers=plan.answers, synthetic=synthetic)
    return len(wanted)
