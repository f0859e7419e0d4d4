"""The form with which a source is registered."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kapok.exchange.models.harvests import Kind, Rhythm
from kapok.formats.format import formats
from kapok.people.models import Body, Person

HARVESTED = ("initiative", "opportunity", "course", "organisation", "resource", "news")


class SourceForm(forms.Form):
    """Where it lies, what lies there, whose it is, and how often it is fetched."""

    name = forms.CharField(label=_("Name of the source"), max_length=200)
    address = forms.CharField(
        label=_("Web address"),
        max_length=500,
        help_text=_("Where the file itself lies, or the base address of the repository."),
    )
    kind = forms.ChoiceField(label=_("What lies there"), choices=Kind.choices)
    format = forms.ChoiceField(label=_("Register"))
    body = forms.ChoiceField(label=_("Whose records these are"), required=False)
    rhythm = forms.TypedChoiceField(label=_("How often"), coerce=int, initial=str(Rhythm.WEEKLY.value))
    whole = forms.BooleanField(
        label=_("The address always holds the whole list"),
        help_text=_("Then a record that it stops naming is marked “no longer at source”. Nothing is ever deleted."),
        required=False,
    )

    def __init__(self, person: Person, *words: Any, **more: Any) -> None:
        super().__init__(*words, **more)
        self.bodies = {str(body.pk): body for body in bodies_of(person)}
        named = sorted(((key, body.label()) for key, body in self.bodies.items()), key=lambda pair: pair[1])
        blank = [("", _("Nobody’s: the Secretariat looks after them"))] if person.is_secretariat else []
        self.choose("body", [*blank, *named])
        self.choose("rhythm", [(str(days), label) for days, label in Rhythm.choices])
        self.choose("format", [(code, formats[code].plural) for code in HARVESTED])

    def choose(self, name: str, options: list[Any]) -> None:
        """The options of a question."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = options

    def facts(self) -> dict[str, Any]:
        """What the verb asks for."""
        return {name: value for name, value in self.cleaned_data.items() if name != "body"}

    def owner(self) -> Body | None:
        """The body that was chosen."""
        return self.bodies.get(self.cleaned_data["body"])


def bodies_of(person: Person) -> list[Body]:
    """The bodies that a person may register a source for."""
    if person.is_secretariat:
        return list(Body.objects.all())
    return list(Body.objects.filter(pk__in=person.edits_for()))
