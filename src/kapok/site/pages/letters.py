"""Letters to the people behind a body: Kapok passes them on and shows nobody's address."""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from allauth.account.adapter import get_adapter
from django import forms
from django.contrib import messages
from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import get_script_prefix
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from kapok import vocab
from kapok.core.languages import current, words
from kapok.core.rules import Refused
from kapok.mail import letters
from kapok.people.models import Designation, Person, Role
from kapok.records.models import Record, Stage
from kapok.site import errors

# How many letters one sender may write, and one body may get, within a day.
SENDER, BODY, DAY = 5, 40, 24 * 3600
SECRETARIAT = "SECRETARIAT"


@dataclass(frozen=True, slots=True)
class Desk:
    """Where letters to a body arrive: who reads them there is known to Kapok only."""

    code: str
    name: str
    role: str
    page: str
    readers: tuple[Person | str, ...]


class LetterForm(forms.Form):
    """What a letter needs: from whom, about what, and the words."""

    name = forms.CharField(label=gettext_lazy("Your name"), max_length=120)
    email = forms.EmailField(label=gettext_lazy("Your e-mail address, for the answer"))
    subject = forms.CharField(label=gettext_lazy("Subject"), max_length=150)
    text = forms.CharField(label=gettext_lazy("Letter"), max_length=6000, min_length=20, widget=forms.Textarea)
    # People do not see this field; programs that fill in everything give themselves away by it.
    website = forms.CharField(required=False)

    def clean_website(self) -> str:
        """Refuse what only a program fills in."""
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("Leave the field “website” empty."))
        return ""


def desk_of(code: str) -> Desk | None:
    """The desk of the Secretariat, a government or an organisation; None when there is no such body."""
    if code == SECRETARIAT:
        held = Designation.objects.in_force().filter(role=Role.SECRETARIAT, person__is_active=True)
        people = tuple(one.person for one in held.select_related("person").order_by("pk"))
        return Desk(code, _("Secretariat"), _("Secretariat"), "help", people)
    if term := vocab.term("country", code):
        name, role = term.label(), _("Focal point of %(country)s") % {"country": term.label()}
        return Desk(code, name, role, f"countries/{code}", readers(code, Role.FOCAL_POINT))
    record = Record.objects.filter(identifier=code, format="organisation", stage=Stage.PUBLISHED).first()
    if record is None:
        return None
    name = words(record.titles)
    found = readers(code, Role.EDITOR) or tuple(
        one["mail"] for one in record.values.get("contact", ()) if one.get("mail")
    )
    return Desk(code, name, name, f"organisations/{code}", found)


def readers(code: str, role: str) -> tuple[Person | str, ...]:
    """The persons designated for a body."""
    held = Designation.objects.in_force().filter(role=role, body__code=code, person__is_active=True)
    return tuple(one.person for one in held.select_related("person").order_by("pk"))


@require_http_methods(["GET", "HEAD", "POST"])
def letter(request: HttpRequest, code: str) -> HttpResponse:
    """Write to a body."""
    desk = desk_of(code.upper())
    if desk is None:
        return errors.not_found(request)
    form = LetterForm(request.POST if request.method == "POST" else None, initial=beginning(request))
    if desk.readers and form.is_valid():
        try:
            allow(request, desk)
            pass_on(desk, form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused.sentence))
        else:
            messages.success(request, _("Your letter is on its way. The answer comes to your own address."))
            return redirect(f"{get_script_prefix()}{desk.page}")
    wrong = [(f"id_{name}" if name in form.fields else "", str(said[0])) for name, said in form.errors.items()]
    page = {"desk": desk, "form": form, "errors": wrong}
    return render(request, "site/letter.html", page, status=422 if form.is_bound else 200)


def beginning(request: HttpRequest) -> dict[str, Any]:
    """What the form begins with: the person's own name and address, and a subject given by the page before."""
    about = {"subject": request.GET.get("subject", "")[:150]}
    who = request.user
    return {"name": who.label, "email": who.email, **about} if isinstance(who, Person) else about


def allow(request: HttpRequest, desk: Desk) -> None:
    """Refuse more letters than a person writes in a day."""
    sender = f"person:{request.user.pk}" if request.user.is_authenticated else get_adapter().get_client_ip(request)
    for name, most in ((f"from:{sender}", SENDER), (f"to:{desk.code}", BODY)):
        key = f"letters:{name}:{timezone.now():%Y%m%d}"
        count = int(cache.get(key, 0))
        if count >= most:
            raise Refused(_("Kapok passes on only so many letters in a day. Please try again tomorrow."))
        cache.set(key, count + 1, DAY)


def pass_on(desk: Desk, said: dict[str, Any]) -> None:
    """Send the letter to each reader, in their language around it; an answer goes straight to the sender."""
    letter = uuid4()
    with transaction.atomic():
        for number, reader in enumerate(desk.readers):
            letters.send(
                reader,
                "site/letters/passed-on",
                {"said": said, "desk": desk, "to_person": isinstance(reader, Person)},
                key=f"passed-on:{letter}:{number}",
                language="" if isinstance(reader, Person) else current(),
                reply_to=said["email"],
            )
