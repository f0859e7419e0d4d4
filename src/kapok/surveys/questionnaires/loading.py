"""Bringing the questionnaires that come with Kapok into the database."""

from kapok.surveys.models import Questionnaire
from kapok.surveys.questionnaires import indicators, needs
from kapok.surveys.questionnaires.plan import build
from kapok.surveys.questionnaires.reading import fingerprint
from kapok.surveys.questionnaires.reports import plans


def ensure() -> int:
    """Load what is missing or worded anew, and count it. Doing it twice changes nothing."""
    digest = fingerprint()
    held = set(Questionnaire.objects.values_list("code", "version", "digest"))
    waiting = [plan for plan in (*plans(), needs.plan()) if (plan.code, plan.version, digest) not in held]
    for plan in waiting:
        build(plan, digest)
    indicators.ensure()
    return len(waiting)
