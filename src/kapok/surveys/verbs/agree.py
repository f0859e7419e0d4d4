"""Verbs of indicator sets: agree and freeze, change afterwards in the open."""

import hashlib
import json
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kapok.core.rules import Refused
from kapok.core.verbs import remember, verb
from kapok.people.models import Person
from kapok.surveys import access
from kapok.surveys.models import Indicator, IndicatorChange, IndicatorSet


def fingerprint(given: IndicatorSet) -> str:
    """A hash over everything that was agreed."""
    said = [[one.key, one.text, one.unit, one.questions] for one in given.indicators.filter(ended_at=None)]
    return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


@verb("surveys.freeze_indicators", _("Freeze a set of indicators"), access.may_agree)
def freeze_indicators(
    given: IndicatorSet, *, by: Person, agreed_by: str, collection_on: date | None = None
) -> IndicatorSet:
    """Fix what was agreed, with the day and the name of whoever agreed it; from now on every change is listed."""
    if given.frozen_at:
        raise Refused(_("This set is frozen already. Changes are listed from then on."))
    if not agreed_by.strip():
        raise Refused(_("Say who agreed on the indicators: a meeting or a body."))
    given.frozen_at, given.frozen_by = timezone.now(), by
    given.agreed_by, given.collection_on = agreed_by.strip()[:200], collection_on
    given.digest = fingerprint(given)
    given.save()
    remember(digest=given.digest, agreed_by=given.agreed_by)
    return given


@verb("surveys.change_indicator", _("Change an indicator"), access.may_agree)
def change_indicator(given: IndicatorSet, *, by: Person, key: str, text: str, language: str, reason: str) -> Indicator:
    """Word an indicator anew. In a frozen set both texts, the reason and the name are kept for all to see."""
    found = given.indicators.filter(key=key).first()
    if found is None or not text.strip():
        raise Refused(_("Choose an indicator of the set and write its text."))
    if given.frozen_at and not reason.strip():
        raise Refused(_("The set is frozen: give the reason for the change."))
    before = dict(found.text)
    found.text = {**before, language: text.strip()[:2000]}
    found.save(update_fields=["text"])
    if given.frozen_at:
        IndicatorChange.objects.create(
            set=given, key=key, before=before, after=found.text, reason=reason.strip()[:2000], by=by
        )
    remember(key=key, reason=reason)
    return found
