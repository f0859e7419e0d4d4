"""When somebody signs in, fails to, or changes how they do: other sessions end and the log is written."""

import logging
from typing import Any

from allauth.account.signals import (
    password_changed,
    password_reset,
    password_set,
    user_logged_in,
    user_logged_out,
    user_signed_up,
)
from allauth.mfa.signals import authentication_failed, authenticator_added, authenticator_removed
from django.contrib.auth.signals import user_login_failed
from django.http import HttpRequest

from kapok.people.models import Person
from kapok.people.sessions import end_sessions

logger = logging.getLogger("kapok.security")


def log(act: str, request: HttpRequest | None, person: Any = None) -> None:
    """One line for the security log: what, who by number, from where; never an address or a secret."""
    logger.info(
        act, extra={"person": getattr(person, "pk", None), "from": request.META.get("REMOTE_ADDR") if request else None}
    )


def end_other_sessions(sender: Any, request: HttpRequest, user: Person, **kwargs: Any) -> None:
    """After a change of password or second factor only the session that made it goes on."""
    end_sessions(user, keep=request.session.session_key)
    log("second factor or password changed", request, user)


def end_all_sessions(sender: Any, request: HttpRequest, user: Person, **kwargs: Any) -> None:
    """A password set anew by mail ends every session."""
    end_sessions(user)
    log("password reset", request, user)


def note_sign_in(sender: Any, request: HttpRequest, user: Person, **kwargs: Any) -> None:
    log("signed in", request, user)


def note_sign_out(sender: Any, request: HttpRequest, user: Person, **kwargs: Any) -> None:
    log("signed out", request, user)


def note_joining(sender: Any, request: HttpRequest, user: Person, **kwargs: Any) -> None:
    log("joined", request, user)


def note_failure(sender: Any, request: HttpRequest | None = None, **kwargs: Any) -> None:
    log("sign-in failed", request, kwargs.get("user"))


def connect() -> None:
    """Listen; called once when the house starts."""
    for signal in (password_changed, password_set, authenticator_added, authenticator_removed):
        signal.connect(end_other_sessions, dispatch_uid="kapok.end_other_sessions")
    password_reset.connect(end_all_sessions, dispatch_uid="kapok.end_all_sessions")
    user_logged_in.connect(note_sign_in, dispatch_uid="kapok.note_sign_in")
    user_logged_out.connect(note_sign_out, dispatch_uid="kapok.note_sign_out")
    user_signed_up.connect(note_joining, dispatch_uid="kapok.note_joining")
    user_login_failed.connect(note_failure, dispatch_uid="kapok.note_failure")
    authentication_failed.connect(note_failure, dispatch_uid="kapok.note_failure")
