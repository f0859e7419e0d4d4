"""Stands allauth's pages in the shell of all other pages."""

import datetime as dt
import re
from typing import Any

from django import template
from django.template.context import Context
from django.template.loader import get_template
from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from kapok.core import cldr
from kapok.people import devices

register = template.Library()
HEADING = re.compile(r"(<h1[^>]*>).*?(</h1>)", re.DOTALL)
# Pages of allauth that menus and links call by a name of ours carry it as their heading.
NAMES = {
    "account_login": _("Sign in"),
    "account_signup": _("Join Kapok"),
    "account_email_verification_sent": _("Type the code from your mail"),
    "account_email": _("E-mail addresses"),
    "account_change_password": _("Password"),
    "mfa_index": _("Second step and passkeys"),
    "usersessions_list": _("Where you are signed in"),
    "account_logout": _("Sign out"),
}


@register.filter
def device(user_agent: str) -> str:
    """The browser and the machine, in words."""
    return devices.device(user_agent or "")


@register.filter
def when(moment: dt.datetime | None) -> str:
    """The day in the reader's language."""
    return cldr.date(moment)


@register.simple_tag(takes_context=True)
def shell(context: Context, title: str, main: str, foot: str = "", kind: str = "") -> str:
    """The whole page around `main`; `kind` is `manage` for the pages of one's own account."""
    match = context["request"].resolver_match
    if name := NAMES.get(match.view_name if match else ""):
        title = str(name)
        main = mark_safe(HEADING.sub(lambda found: found[1] + escape(title) + found[2], main, count=1))
    form = context.get("form") or context.get("verify_form")
    values: dict[str, Any] = {
        "title": title,
        "content": main,
        "scripts": foot,
        "kind": kind.strip(),
        "errors": bool(form is not None and form.errors),
    }
    html = get_template("site/account.html", using="jinja2").render(values, context["request"])
    # A whole page, escaped where it was made.
    return mark_safe(html)
