"""The sessions of a person."""

from allauth.usersessions.models import UserSession

from kapok.people.models import Person


def end_sessions(person: Person, *, keep: str | None = None) -> int:
    """End the sessions of a person but the one to keep, and count those that ended."""
    ended = 0
    for session in UserSession.objects.filter(user=person).exclude(session_key=keep or ""):
        session.end()
        ended += 1
    return ended
