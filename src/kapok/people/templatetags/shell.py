"""Stands allauth's pages in the shell of all other pages."""

from typing import Any

from django import template
from django.template.context import Context
from django.template.loader import get_template
from django.utils.safestring import mark_safe

register = template.Library()


@register.simple_tag(takes_context=True)
def shell(context: Context, title: str, main: str, foot: str = "", kind: str = "") -> str:
    """The whole page around `main`; `kind` is `manage` for the pages of one's own account."""
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
