"""Where django-allauth asks us: letters, names, redirects, and who may drop a second factor."""

import logging
from smtplib import SMTPException
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as allauth_context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from kapok.people import second_factor
from kapok.people.models import Person

logger = logging.getLogger("kapok.people")
# How allauth's letters call this site, and those of them whose words are ours.
SITE = {"name": "Kapok", "domain": settings.ADDRESS}
CONFIRMING = ("account/email/email_confirmation", "account/email/email_confirmation_signup")


def shown(person: Person) -> str:
    """How allauth's pages and letters call a person."""
    return person.label


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts of persons."""

    def is_safe_url(self, url: str) -> bool:
        """Whoever signs in or out stays on this site, whatever address they were sent."""
        secure = self.request.is_secure()
        return url_has_allowed_host_and_scheme(url, {self.request.get_host()}, require_https=secure)

    def render_mail(
        self,
        template_prefix: str,
        email: str | list[str],
        context: dict[str, Any],
        headers: dict[str, str] | None = None,
    ) -> EmailMessage:
        """Call the site by its name, and mark the letters as automatic, so that absence notes do not answer them."""
        marked = {"Auto-Submitted": "auto-generated"} | (headers or {})
        named = context | {"current_site": SITE}
        letter: EmailMessage = super().render_mail(template_prefix, email, named, marked)
        if template_prefix in CONFIRMING and context.get("code"):
            facts = {"code": context["code"], "address": settings.ADDRESS}
            letter.subject, _line, body = render_to_string("people/letters/code.txt", facts).strip().partition("\n\n")
            letter.body = body.strip() + "\n"
        return letter

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a letter; when the mail server is away, say so instead of failing."""
        try:
            super().send_mail(template_prefix, email, context)
        except (OSError, SMTPException):
            logger.exception("The letter %s could not be sent", template_prefix)
            messages.error(
                allauth_context.request,
                _("The mail could not be sent just now. Please ask for it again in a few minutes."),
            )


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Second factors of persons."""

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """The last factor of a person whose role needs one stays."""
        person = authenticator.user
        if authenticator.type not in second_factor.COUNTED or not second_factor.is_needed_by(person):
            return True
        others = Authenticator.objects.filter(user=person, type__in=second_factor.COUNTED)
        return bool(others.exclude(pk=authenticator.pk).exists())
