"""Readings of questionnaires and answers."""

from django.db.models import QuerySet

from kapok.surveys.models import Questionnaire, Response


def questionnaire(code: str) -> Questionnaire | None:
    """The newest version of a questionnaire, or none of this code."""
    return Questionnaire.objects.filter(code=code).order_by("-version").first()


def in_force(of: Questionnaire) -> QuerySet[Response]:
    """The responses that were submitted; while one is corrected, what was submitted last stays in force."""
    return Response.objects.filter(questionnaire=of, number__gte=1)
