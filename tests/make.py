"""Real rows for tests, each in one call: `make.editor()`, `make.government("KEN")`."""

from itertools import count
from typing import Any

from allauth.account.models import EmailAddress
from django.utils import timezone

from kapok.core.rules import SYSTEM
from kapok.formats.format import format_of
from kapok.people.models import Body, Designation, Kind, Person, Role
from kapok.records import verbs
from kapok.records.models import Record
from kapok.surveys import verbs as answers
from kapok.surveys.models import Questionnaire, Response
from tests import samples
from tests.surveys import sample as survey_samples

numbers = count(1)
COUNTRIES = {"KEN": "Kenya", "PER": "Peru", "VNM": "Viet Nam", "EGY": "Egypt", "RUS": "Russian Federation"}


def person(**facts: Any) -> Person:
    """A member; given a `password`, their address is confirmed and they can sign in with it."""
    number = next(numbers)
    password = facts.pop("password", None)
    made = Person(**{"email": f"member{number}@example.org", "name": f"Member {number}"} | facts)
    if password:
        made.set_password(password)
    else:
        made.set_unusable_password()
    made.save()
    if password:
        EmailAddress.objects.create(user=made, email=made.email, verified=True, primary=True)
    return made


def government(code: str = "KEN") -> Body:
    """The government of a country; the same one when asked again."""
    made, _new = Body.objects.get_or_create(
        code=code, defaults={"kind": Kind.GOVERNMENT, "country": code, "names": {"en": COUNTRIES.get(code, code)}}
    )
    return made


def body(**facts: Any) -> Body:
    """An organisation."""
    number = next(numbers)
    given = {"kind": Kind.ORGANISATION, "code": f"ORG-{number:06}", "names": {"en": f"Organisation {number}"}} | facts
    return Body.objects.create(**given)


def designated(role: str, of: Body | None = None, who: Person | None = None, **facts: Any) -> Person:
    """A person with a role in force, for a body where the role needs one."""
    who = who or person()
    given = {"begins_on": timezone.now().date(), "proof": "A letter"} | facts
    Designation.objects.create(person=who, role=role, body=of, **given)
    who.forget_designations()
    return who


def editor(of: Body | str | None = None, who: Person | None = None) -> Person:
    """The designated editor of a body (an organisation of its own, if none is given)."""
    return designated(Role.EDITOR, government(of) if isinstance(of, str) else of or body(), who)


def focal_point(of: Body | str = "KEN", who: Person | None = None) -> Person:
    """The focal point of a government."""
    return designated(Role.FOCAL_POINT, government(of) if isinstance(of, str) else of, who)


def secretariat(who: Person | None = None) -> Person:
    """A member of the Secretariat."""
    return designated(Role.SECRETARIAT, who=who)


def administrator(who: Person | None = None) -> Person:
    """An administrator of the site."""
    return designated(Role.ADMINISTRATOR, who=who)


def record(code: str = "organisation", owner: Body | None = None, **changes: Any) -> Record:
    """A published record of a format, with complete values; `changes` replace single answers."""
    raw = values(code, **changes)
    owner = owner or (government(raw["government"]) if "government" in raw else body())
    made = verbs.start(format_of(code), by=person(), raw=raw, owner=owner)
    return verbs.publish(made, by=SYSTEM)


def draft(code: str = "organisation", by: Person | None = None, owner: Body | None = None, **changes: Any) -> Record:
    """A record that only its people see yet."""
    return verbs.start(format_of(code), by=by or person(), raw=values(code, **changes), owner=owner)


def values(code: str, **changes: Any) -> dict[str, Any]:
    """Complete values of a format; a lead, organiser or institution is made where one is needed."""
    sample = getattr(samples, code)
    needs_organisation = {"initiative": "lead", "opportunity": "organiser", "course": "institution"}.get(code)
    if needs_organisation and needs_organisation not in changes:
        return sample(record().identifier, **changes)  # type: ignore[no-any-return]
    return sample(*([changes.pop(needs_organisation)] if needs_organisation else []), **changes)  # type: ignore[no-any-return]


def response(code: str = "KEN", questionnaire: Questionnaire | None = None, by: Person | None = None) -> Response:
    """A response that a government has begun."""
    return answers.start(
        government(code), by=by or focal_point(code), questionnaire=questionnaire or survey_samples.small()
    )
