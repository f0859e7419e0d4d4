"""Readings of questionnaires and answers."""

from collections.abc import Iterable

from django.db.models import OuterRef, QuerySet, Subquery

from kapok.surveys.answering.values import Values, of_answer
from kapok.surveys.models import Answer, Part, Questionnaire, Response


def questionnaire(code: str) -> Questionnaire | None:
    """The newest version of a questionnaire, or none of this code."""
    return Questionnaire.objects.filter(code=code).order_by("-version").first()


def newest() -> QuerySet[Questionnaire]:
    """Every questionnaire in its newest version, the latest report first."""
    latest = Questionnaire.objects.filter(code=OuterRef("code")).order_by("-version")
    return Questionnaire.objects.filter(pk=Subquery(latest.values("pk")[:1]))


def in_force(of: Questionnaire) -> QuerySet[Response]:
    """The responses that were submitted; while one is corrected, what was submitted last stays in force."""
    return Response.objects.filter(questionnaire=of, number__gte=1)


def answers_in_force(response: Response) -> Values:
    """What a response says officially, by question key."""
    rows = Answer.objects.filter(response=response).select_related("question")
    return {row.question.key: of_answer(row) for row in rows}


def being_written(parts: Iterable[Part]) -> Values:
    """What the sections say together while they are written."""
    return {key: value for part in parts for key, value in part.values.items()}


def last_before(response: Response) -> Response | None:
    """The report of the same country in the cycle before, if it was submitted."""
    previous = response.questionnaire.previous_id
    found = Response.objects.filter(
        questionnaire=previous, country=response.country, synthetic=response.synthetic, number__gte=1
    )
    return found.select_related("questionnaire").first() if previous else None
