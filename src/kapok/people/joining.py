"""Joining: an address that has an account is answered like one that has none, in the same time."""

from typing import Any

from allauth.account.forms import SignupForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from kapok.people.models import Person


class SteadySignupForm(SignupForm):  # type: ignore[misc]
    """allauth's form, which keeps no account for a known address and would answer at once."""

    def try_save(self, request: HttpRequest) -> tuple[Person | None, HttpResponse | None]:
        """Make the account, or write to its holder. The password is hashed either way: that is what takes long."""
        if self.account_already_exists:
            make_password(self.cleaned_data["password1"])
        made: tuple[Person | None, HttpResponse | None] = super().try_save(request)
        return made


class KeyForm(AddWebAuthnForm):  # type: ignore[misc]
    """allauth's form for a security key, whose first question has words in six languages."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name")
