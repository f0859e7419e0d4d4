"""The Jinja2 environment of every page: translation, addresses, and the filters of `kapok.site.show`."""

from typing import Any

import jinja2
from django.conf import settings
from django.templatetags.static import static
from django.urls import get_script_prefix, reverse
from django.utils import timezone, translation
from markupsafe import Markup

from kapok.core import languages
from kapok.exchange.exporting.shapes import fitting
from kapok.exchange.providing.dump import newest
from kapok.site import show


def url(name: str, *args: Any, **kwargs: Any) -> str:
    """The address of a named page, in the language of this page."""
    return reverse(name, args=args or None, kwargs=kwargs or None)


def to(path: str) -> str:
    """A plain path such as `/search?type=need`, in the language of this page."""
    return get_script_prefix().rstrip("/") + path


_said: dict[tuple[str | None, str], Markup] = {}


def said(message: str, **variables: Any) -> Markup:
    """A sentence of a template in the language of this page; whole sentences are looked up once in each language."""
    if variables:
        return Markup(translation.gettext(message)) % variables  # noqa: S704 - our own catalogue
    key = translation.get_language(), message
    if key not in _said:
        _said[key] = Markup(translation.gettext(message)) % ()  # noqa: S704 - our own catalogue
    return _said[key]


def environment(**options: Any) -> jinja2.Environment:
    """Make the environment; Django calls this once."""
    options["extensions"] = [*options.get("extensions", ()), "jinja2.ext.i18n", "jinja2.ext.do"]
    options.update(trim_blocks=True, lstrip_blocks=True)
    made = jinja2.Environment(**options)  # noqa: S701 - Django passes autoescape=True
    made.policies["ext.i18n.trimmed"] = True
    made.install_gettext_callables(  # type: ignore[attr-defined]
        gettext=translation.gettext,
        ngettext=translation.ngettext,
        pgettext=translation.pgettext,
        npgettext=translation.npgettext,
        newstyle=True,
    )
    made.globals.update(
        _=said,
        gettext=said,
        url=url,
        to=to,
        static=static,
        query=show.query,
        shapes=fitting,
        newest_dump=newest,
        now=timezone.now,
        today=timezone.localdate,
        LANGUAGES=languages.LANGUAGES,
        direction=languages.direction,
        current_language=languages.current,
        language_name=show.language_name,
        DEBUG=settings.DEBUG,
    )
    made.filters.update(show.FILTERS)
    return made
