"""Forms that are no formats."""

from django import forms
from django.utils.translation import gettext_lazy as _


class LetterForm(forms.Form):
    """A letter to a contact."""

    name = forms.CharField(
        max_length=120, error_messages={"required": _("Give your name, so that the reader knows who writes.")}
    )
    mail = forms.EmailField(
        max_length=254,
        error_messages={
            "required": _("Give your e-mail address, so that you can be answered."),
            "invalid": _("Give an e-mail address such as office@example.org."),
        },
    )
    text = forms.CharField(
        max_length=5000,
        min_length=10,
        error_messages={
            "required": _("Write your letter."),
            "min_length": _("Write a little more, so that the reader knows what you ask."),
            "max_length": _("A letter has at most 5,000 characters. Shorten it, please."),
        },
    )
    # Only programs fill in what readers do not see.
    website = forms.CharField(required=False, max_length=300)

    def clean_name(self) -> str:
        """One line."""
        return " ".join(self.cleaned_data["name"].split())
