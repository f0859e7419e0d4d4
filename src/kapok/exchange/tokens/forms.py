"""The form of a new token."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kapok.exchange.models import Scope

DAYS = (("30", _("30 days")), ("90", _("90 days")), ("365", _("One year")))


class TokenForm(forms.Form):
    """Name, uses and end."""

    name = forms.CharField(
        max_length=80, error_messages={"required": _("Give the token a name that tells which program uses it.")}
    )
    scopes = forms.MultipleChoiceField(
        choices=Scope.choices,
        error_messages={"required": _("Choose at least one thing that the token may be used for.")},
    )
    days = forms.ChoiceField(choices=DAYS, initial="90")
