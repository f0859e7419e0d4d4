"""Changes in what the matrix calls a gap, a crowd or an end."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kapok.core.rules import Refused
from kapok.core.verbs import remember, verb
from kapok.insight.access import may_set_rules
from kapok.insight.models import MatrixRules
from kapok.people.models import Person


@verb("insight.set_rules", _("Set the rules of the matrix"), may_set_rules)
def set_rules(rules: MatrixRules, *, by: Person, crowd: int, ending_months: int, stale_months: int) -> MatrixRules:
    """From now on cells get their state by these numbers; the trail keeps those before."""
    before = str(rules)
    rules.crowd, rules.ending_months, rules.stale_months = crowd, ending_months, stale_months
    try:
        rules.full_clean()
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error
    rules.save()
    remember(before=before, after=str(rules))
    return rules
