"""Making accounts without the sign-up page: for the first administrator, and for the demo."""

from allauth.account.models import EmailAddress
from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.utils import timezone

from kapok.core import trail
from kapok.core.rules import SYSTEM
from kapok.people.models import Body, Designation, Person, Role


@transaction.atomic
def add_account(email: str, password: str | None, name: str, *, language: str = "en") -> Person:
    """A person with a confirmed address; one who is there already keeps their account and gets the new password."""
    person, made = Person.objects.get_or_create(email=email.lower(), defaults={"name": name, "language": language})
    if name:
        person.name = name
    if password:
        validate_password(password, person)
        person.set_password(password)
    elif made:
        person.set_unusable_password()
    person.save()
    EmailAddress.objects.update_or_create(user=person, email=person.email, defaults={"verified": True, "primary": True})
    return person


@transaction.atomic
def createadmin(email: str, password: str | None, name: str = "") -> Person:
    """Make an administrator, or make an existing person one. Raises `ValidationError` for a weak password."""
    person = add_account(email, password, name)
    appoint(person, Role.ADMINISTRATOR, proof="kapok createadmin")
    return person


@transaction.atomic
def appoint(person: Person, role: Role, body: Body | None = None, *, proof: str) -> Designation:
    """Give a role in the name of the installation itself; once, however often it is called."""
    held, made = Designation.objects.get_or_create(
        person=person,
        role=role,
        body=body,
        ended_at=None,
        defaults={"begins_on": timezone.now().date(), "proof": proof},
    )
    if made:
        facts = {"role": held.role, "body": body.code if body else "", "person": person.reference}
        trail.write("people.designate", held, SYSTEM, facts)
    person.forget_designations()
    return held
