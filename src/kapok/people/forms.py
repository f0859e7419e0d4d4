"""Forms of the room."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kapok.core.languages import LANGUAGES, current
from kapok.people.letters import KINDS
from kapok.people.models import Body, Person, Role
from kapok.people.models.designation import BODY_ROLES

LANGUAGE_CHOICES = [(language.tag, language.autonym) for language in LANGUAGES.values()]


class JoinForm(forms.Form):
    """What joining asks beside the address and the password."""

    field_order = ("email", "password1", "name", "language", "agreed")

    name = forms.CharField(
        label=_("Name"),
        max_length=200,
        help_text=_("Shown beside what you write. A role, such as “Biosafety officer”, will do."),
        widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
    )
    language = forms.ChoiceField(label=_("Language of pages and letters"), choices=LANGUAGE_CHOICES)
    agreed = forms.BooleanField(
        label=_("I agree that Kapok keeps my name, address and what I do here, as the privacy page says."),
        error_messages={"required": _("Without this agreement an account cannot be kept.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].initial = current()

    def signup(self, request: HttpRequest, user: Person) -> None:
        """Keep the answers with the new account."""
        user.name = self.cleaned_data["name"].strip()
        user.language = self.cleaned_data["language"]
        user.agreed_at = timezone.now()
        user.save(update_fields=["name", "language", "agreed_at"])


class ProfileForm(forms.Form):
    """How one is shown and which letters come."""

    name = forms.CharField(
        label=_("Name"),
        max_length=200,
        error_messages={"required": _("Give a name: it is shown beside what you write.")},
    )
    language = forms.ChoiceField(label=_("Language of pages and letters"), choices=LANGUAGE_CHOICES)
    letters = forms.MultipleChoiceField(label=_("Letters"), choices=list(KINDS.items()), required=False)

    @classmethod
    def of(cls, person: Person) -> "ProfileForm":
        """The form as it stands for a person."""
        wanted = [kind for kind in KINDS if person.wants(kind)]
        return cls(initial={"name": person.name, "language": person.language, "letters": wanted})

    def answers(self) -> dict[str, Any]:
        """What `update_profile` takes."""
        given = self.cleaned_data
        return given | {"letters": {kind: kind in given["letters"] for kind in KINDS}}


class BodyField(forms.CharField):
    """A government or an organisation, by its code; what a suggestion box fills in is `Name (CODE)`."""

    def clean(self, value: Any) -> Body | None:
        text = str(super().clean(value) or "")
        if not text:
            return None
        code = text.rpartition("(")[2].rstrip(") ").upper()
        body = Body.objects.filter(code=code).first()
        if body is None:
            raise forms.ValidationError(
                _("No body has this code. Use the code of a country such as KEN, or of an organisation: ORG-000012.")
            )
        return body


class PersonField(forms.EmailField):
    """A person who has an account, by e-mail address."""

    def clean(self, value: Any) -> Person:
        email = super().clean(value).lower()
        person = Person.objects.filter(email=email, is_active=True).first()
        if person is None:
            raise forms.ValidationError(_("Nobody with this address has an account. Ask the person to join first."))
        return person


class DesignateForm(forms.Form):
    """Who becomes what, for which body, and by what proof."""

    person = PersonField(
        label=_("E-mail address of the person"),
        error_messages={"required": _("Give the address with which the person signs in.")},
    )
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    body = BodyField(label=_("Government or organisation"), required=False)
    proof = forms.CharField(
        label=_("Proof"),
        max_length=4000,
        error_messages={"required": _("Give the proof: the letter, note or decision by which the person was named.")},
    )
    begins_on = forms.DateField(label=_("Begins on"), required=False)

    def __init__(
        self, *args: Any, roles: tuple[Role, ...] = tuple(Role), body: Body | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role.value, role.label) for role in roles]  # type: ignore[attr-defined]
        if body is not None:
            del self.fields["body"]


class RequestForm(forms.Form):
    """What a member asks to be designated as."""

    role = forms.ChoiceField(label=_("Role"), choices=[(role.value, role.label) for role in BODY_ROLES])
    body = BodyField(
        label=_("Government or organisation"),
        error_messages={"required": _("Say for which government or organisation you act.")},
    )
    proof = forms.CharField(
        label=_("How it can be verified"),
        max_length=4000,
        error_messages={"required": _("Say how it can be verified: a letter, an official list, a page of the body.")},
    )


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=_("Reason"), required=False, max_length=2000)


class ConfirmForm(forms.Form):
    """A tick that one means it."""

    sure = forms.BooleanField(
        label=_("I understand that this cannot be undone."),
        error_messages={"required": _("Tick the box if you are sure.")},
    )
