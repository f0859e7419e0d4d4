"""What can I do here: five steps for a first visit, by role."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from kapok.people.models import Person

COOKIE = "kapok_steps"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to try, where, and why."""

    label: str
    path: str
    words: str


def steps(who: Person) -> list[Step]:
    """Five steps for the weightiest role a person has."""
    if who.is_secretariat:
        return of_secretariat()
    if who.is_administrator:
        return of_administrator()
    held = next((one for one in who.designations_now() if one.role == "focal_point" and one.body), None)
    if held and held.body:
        return of_focal_point(held.body.code)
    return of_editor() if who.edits_for() else of_member()


def of_member() -> list[Step]:
    """A member."""
    return [
        Step(_("Say how you are called"), "/account", _("Name, language, and which letters come.")),
        Step(_("Search"), "/search", _("One box over everything, in six languages.")),
        Step(_("Keep a search"), "/searches", _("Get a mail when something new appears.")),
        Step(_("Share what you do"), "/records/new", _("Draft a record; it is saved as you write.")),
        Step(_("Ask for a role"), "/account/roles/ask", _("If you act for a government or an organisation.")),
    ]


def of_editor() -> list[Step]:
    """A designated editor."""
    return [
        Step(_("Look at your records"), "/desk/records", _("All that your body keeps, and how fresh it is.")),
        Step(_("Confirm what is right"), "/desk/confirm", _("Several at once, in a minute.")),
        Step(_("Register something"), "/records/new", _("An initiative, an opportunity, a course, a resource.")),
        Step(_("Find partners and overlaps"), "/overlaps", _("Who else works on the same, and where.")),
        Step(_("Choose your letters"), "/account", _("Which reminders come, and in which language.")),
    ]


def of_focal_point(code: str) -> list[Step]:
    """The focal point of a government."""
    return [
        Step(_("Look at your country"), f"/countries/{code}", _("What the world sees: needs, initiatives, experts.")),
        Step(_("Put the needs in order"), f"/desk/records?body={code}&type=need", _("Each has its rank in the list.")),
        Step(_("Name editors"), f"/bodies/{code}/people", _("Colleagues who write and submit to you.")),
        Step(_("Review what is submitted"), "/desk/waiting/review", _("You alone publish national records.")),
        Step(_("Confirm what is right"), "/desk/confirm", _("Once a year; several at once.")),
    ]


def of_secretariat() -> list[Step]:
    """The Secretariat."""
    return [
        Step(_("Review what is submitted"), "/desk/waiting/review", _("Ten working days; late ones stand on top.")),
        Step(_("Answer requests for roles"), "/people/requests", _("Grant or decline, with the proof in sight.")),
        Step(_("Designate focal points"), "/people/designate", _("With the letter that names them.")),
        Step(_("See which letters went"), "/desk/letters", _("And send again those that could not go.")),
        Step(_("Read the trail"), "/desk/log", _("Who did what, and when; nothing can be changed in it.")),
    ]


def of_administrator() -> list[Step]:
    """An administrator."""
    return [
        Step(_("Designate the Secretariat"), "/people/designate", _("And other administrators.")),
        Step(_("Secure your sign-in"), "/account/2fa/", _("A passkey or an authenticator app.")),
        Step(_("See which letters went"), "/desk/letters", _("And whether the mail server takes them.")),
        Step(_("Read the trail"), "/desk/log", _("Who did what, and when; nothing can be changed in it.")),
        Step(_("Know who may do what"), "/rules", _("Printed from the rules themselves.")),
    ]
