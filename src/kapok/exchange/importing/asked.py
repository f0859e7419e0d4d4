"""What somebody asked for when sending files."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kapok.core.languages import LANGUAGES
from kapok.core.rules import Refused
from kapok.exchange.importing import verbs
from kapok.exchange.models import Import
from kapok.files.receiving import is_cut
from kapok.formats.format import formats
from kapok.people.models import Body, Person
from kapok.records.views.writing import body_from

TYPES = ("initiative", "opportunity", "course", "need", "organisation", "resource", "expert", "news")
TOO_LARGE = gettext_lazy("This file is larger than 20 MB. Pack it as a zip, or send it in parts.")


class Asked:
    """The form of a new import: type, body, source and files."""

    def __init__(self, request: HttpRequest, person: Person) -> None:
        self.request, self.person = request, person
        self.errors: dict[str, str] = {}
        self.given = request.POST or request.GET
        self.size = 0

    @property
    def types(self) -> list[tuple[str, str]]:
        return [(code, str(formats[code].plural)) for code in TYPES]

    @property
    def type(self) -> str:
        given = self.given.get("type", "")
        return given if given in TYPES else "initiative"

    @property
    def bodies(self) -> list[tuple[str, str]]:
        """The bodies the person acts for."""
        own = Body.objects.filter(pk__in=self.person.edits_for())
        return [(body.code, body.label()) for body in own]

    @property
    def body_code(self) -> str:
        own = self.bodies
        return self.given.get("body", own[0][0] if own and not self.person.is_secretariat else "")

    @property
    def languages(self) -> list[tuple[str, str]]:
        return [(tag, language.autonym) for tag, language in LANGUAGES.items()]

    def body(self) -> Body | None:
        """The body chosen; words that name none are refused."""
        written = self.given.get("body", "")
        found = body_from(written)
        if found is None and written.strip():
            raise Refused(_("There is no body of this name or code. Choose one from the list."))
        return found

    def bring(self) -> Import:
        """Keep the files that were sent. Raises `Refused` in a sentence."""
        sent: list[Any] = self.request.FILES.getlist("files")
        if any(is_cut(one) for one in sent):
            raise Refused(TOO_LARGE)
        self.size = sum(one.size or 0 for one in sent)
        options: dict[str, Any] = {name: True for name in ("whole", "drafts") if self.given.get(name)}
        if self.given.get("language") in LANGUAGES:
            options["language"] = self.given["language"]
        return verbs.bring(
            [(one.name or "file", one) for one in sent],
            by=self.person,
            form=self.type,
            body=self.body(),
            source=self.given.get("source", "")[:200],
            options=options,
        )
