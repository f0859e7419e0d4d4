"""Who sees what stands behind a figure, and who may freeze, sign and word it.

Totals are open to all; which Party gave which answer is shown where its report may be read.
"""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kapok.core.rules import System, is_signed_in, is_system, rule
from kapok.people.access import is_administrator, is_member, is_oneself, is_secretariat
from kapok.people.models import Person
from kapok.surveys.access import questionnaires_visible_to
from kapok.surveys.models import Purpose, Questionnaire, SavedView, Snapshot

may_freeze = is_secretariat
may_reword = is_secretariat
may_head = is_secretariat
may_keep_view = is_signed_in & is_member
may_forget_view = is_signed_in & is_oneself
may_reconstruct = (is_system | is_administrator).saying(
    _("Only an administrator of this site does this, with the command kapok reconstruct-2012.")
)


@rule(_("It is signed already; what was signed stays as it is."))
def is_unsigned(who: Any, thing: Any) -> bool:
    """Nobody has signed the snapshot yet."""
    return thing.signed_at is None


may_sign = is_secretariat & is_unsigned


def may_analyse(who: Any, of: Questionnaire) -> bool:
    """May the person see the totals of a questionnaire? Only of one they may see at all."""
    return questionnaires_visible_to(who).filter(pk=of.pk).exists() and opens_totals(who, of)


def opens_totals(who: Any, of: Questionnaire) -> bool:
    """Totals of national reports are open to all, those of other questionnaires to whoever sees their answers."""
    return of.purpose == Purpose.REPORT or sees_parties(who, of)


def sees_parties(who: Any, of: Questionnaire) -> bool:
    """May the person read which Party gave which answer? Yes where submitted answers are public."""
    return of.answers_public or isinstance(who, System) or bool(getattr(who, "is_secretariat", False))


def snapshots_visible_to(who: Any) -> QuerySet[Snapshot]:
    """Signed snapshots are public; those being prepared are for the Secretariat."""
    everything = Snapshot.objects.select_related("questionnaire", "made_by", "signed_by")
    if isinstance(who, System) or getattr(who, "is_secretariat", False):
        return everything
    return everything.filter(signed_at__isnull=False)


def views_of(who: Any) -> QuerySet[SavedView]:
    """The views a person keeps."""
    if not isinstance(who, Person):
        return SavedView.objects.none()
    return SavedView.objects.filter(person=who).select_related("questionnaire")
