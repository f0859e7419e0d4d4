"""Who sees which response, and who may answer, submit and reopen it.

What was submitted is open to all, unless the questionnaire says otherwise. What is being written is seen by the
people of the government and by those to whom a section was entrusted, and by nobody else, the Secretariat included.
"""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import BooleanField, Case, F, Prefetch, Q, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from kapok.core.rules import System, is_system, rule
from kapok.people.access import edits_for_body, is_focal_point_of_body, is_secretariat
from kapok.people.models import Person
from kapok.surveys.models import Delegation, Part, Questionnaire, Response, State

Who = Person | AnonymousUser | System


def visible_to(who: Who) -> QuerySet[Response]:
    """The responses whose page a person may open."""
    found = Response.objects.select_related("questionnaire", "questionnaire__previous", "body")
    if isinstance(who, System):
        return found
    submitted = Q(number__gte=1)
    if getattr(who, "is_secretariat", False):
        open_to = submitted
    else:
        open_to = submitted & Q(questionnaire__answers_public=True)
    if not isinstance(who, Person):
        return found.filter(open_to)
    entrusted = Response.objects.filter(delegations__person=who, delegations__ended_at=None)
    theirs = Q(body__in=who.edits_for()) | Q(pk__in=entrusted.values("pk"))
    return found.filter(open_to | theirs)


def waiting_for(who: Person) -> QuerySet[Response]:
    """What a person has to do with responses that are not submitted: their sections, and what they submit themselves.

    Each says whether the person submits it, and lists the sections entrusted to them; those due first stand first.
    """
    open_ones = Delegation.objects.filter(person=who, ended_at=None).select_related("section")
    own = Q(body__in=who.focal_point_of())
    found = Response.objects.exclude(state=State.SUBMITTED).filter(own | Q(pk__in=open_ones.values("response")))
    mine = Case(When(own, then=Value(True)), default=Value(False), output_field=BooleanField())
    entrusted = Prefetch("delegations", open_ones, to_attr="entrusted")
    ordered = found.annotate(is_mine=mine).order_by(F("questionnaire__due_on").asc(nulls_last=True), "pk")
    return ordered.select_related("questionnaire").prefetch_related(entrusted)


def questionnaires_visible_to(who: Who) -> QuerySet[Questionnaire]:
    """Questionnaires that are open, and all for the Secretariat."""
    if isinstance(who, System) or getattr(who, "is_secretariat", False):
        return Questionnaire.objects.all()
    return Questionnaire.objects.filter(Q(is_open=True) | Q(purpose="report"))


def response_of(thing: Any) -> Any:
    """The response itself, from a response or the part of one."""
    return thing.response if isinstance(thing, Part) else thing


@rule(_("This section was not entrusted to you. The focal point can do so on the page “Who answers”."))
def is_entrusted(who: Any, thing: Any) -> bool:
    """Somebody to whom this section was entrusted."""
    if not isinstance(who, Person) or not isinstance(thing, Part):
        return False
    return thing.response.delegations.filter(section=thing.section_id, person=who, ended_at=None).exists()


@rule(_("The response was submitted. The focal point can reopen it for a correction."))
def is_open(who: Any, thing: Any) -> bool:
    """It is being written or corrected."""
    return bool(response_of(thing).state != State.SUBMITTED)


@rule(_("Only a response that was submitted can be reopened."))
def is_submitted(who: Any, thing: Any) -> bool:
    """It was submitted and is not being corrected."""
    return bool(response_of(thing).state == State.SUBMITTED)


may_start = edits_for_body
may_answer = (edits_for_body | is_entrusted) & is_open
may_entrust = edits_for_body & is_open
may_submit = is_focal_point_of_body & is_open
may_reopen = is_focal_point_of_body & is_submitted
may_send_back = is_secretariat & is_submitted
may_discard = is_focal_point_of_body & is_open
may_keep_questionnaires = is_secretariat
may_import_answers = is_secretariat | is_system
may_agree = is_secretariat
