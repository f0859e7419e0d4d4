"""The accounts of the demo: one for each role, by role names only."""

from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.utils import timezone

from kapok.people.models import Body, Designation, Person, Role

PASSWORD = "kapok-demo-2026"  # noqa: S105 - printed on purpose: the demo is open to all
PROOF = "Demo account; no letter was sent."


@dataclass(frozen=True, slots=True)
class Account:
    """One account to sign in with, and what it is for."""

    email: str
    name: str
    password: str = PASSWORD
    language: str = "en"
    role: str = ""
    body: str = ""

    def __str__(self) -> str:
        return f"  {self.email:<32} {self.password:<18} {self.name}"


ACCOUNTS = (
    Account("member@demo.example", "Demo member"),
    Account("editor.unep@demo.example", "Demo editor of UNEP", role=Role.EDITOR, body="unep"),
    Account("editor.fund@demo.example", "Demo donor officer", role=Role.EDITOR, body="x-fund"),
    Account("editor.kenya@demo.example", "Demo editor of the Government of Kenya", role=Role.EDITOR, body="KEN"),
    Account("focal.kenya@demo.example", "Demo focal point of Kenya", role=Role.FOCAL_POINT, body="KEN"),
    Account("focal.egypt@demo.example", "Demo focal point of Egypt", language="ar", role=Role.FOCAL_POINT, body="EGY"),
    Account("secretariat@demo.example", "Demo Secretariat", role=Role.SECRETARIAT),
    Account("administrator@demo.example", "Demo administrator", role=Role.ADMINISTRATOR),
)


def make(organisations: dict[str, str]) -> dict[str, Person]:
    """Make the accounts, by their addresses; `organisations` tells the identifiers behind keys."""
    secret = make_password(PASSWORD)
    now = timezone.now()
    made = {}
    for account in ACCOUNTS:
        person = Person.objects.create(
            email=account.email, name=account.name, language=account.language, password=secret, agreed_at=now
        )
        EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
        if account.role:
            code = organisations.get(account.body, account.body)
            body = Body.objects.get(code=code) if code else None
            Designation.objects.create(person=person, role=account.role, body=body, proof=PROOF, begins_on=now.date())
        made[account.email] = person
    return made


def are_there() -> bool:
    """Was the demo loaded before?"""
    return Person.objects.filter(email=ACCOUNTS[0].email).exists()
