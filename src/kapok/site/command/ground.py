"""What every command stands on: the data folder, Django, and words for what is missing."""

import argparse
import errno
import os
from pathlib import Path
from urllib.parse import urlsplit

Arguments = argparse.Namespace


class Trouble(Exception):
    """Something an administrator must put right; its text says what."""


def folder() -> Path:
    """The data folder, made if need be; refuses in words when it cannot be written."""
    usual = "data/demo" if os.environ.get("KAPOK_DEMO") else "data"
    path = Path(os.environ.get("DATA") or usual).resolve()
    os.environ["DATA"] = str(path)
    try:
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
        probe = path / f".writable-{os.getpid()}"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise Trouble(cannot_write(path, error)) from error
    return path


def cannot_write(path: Path, error: OSError) -> str:
    """The sentence for a folder that refuses."""
    if error.errno == errno.ENOSPC:
        return f"The disk that holds {path} is full. Make room, then start again; nothing was lost."
    return (
        f"The data folder {path} cannot be written ({error.strerror}). Change its owner, or set DATA to another folder."
    )


def house() -> None:
    """Start Django with Kapok's settings, or say which setting is wrong."""
    for name in ("PORT", "HOST"):
        if os.environ.get(name) == "":
            del os.environ[name]
    folder()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kapok.site.settings")
    import django
    from django.core.exceptions import ImproperlyConfigured

    try:
        django.setup()
    except (ImproperlyConfigured, ValueError) as error:
        raise Trouble(f"A setting is wrong: {error}") from error


def is_local(host: str) -> bool:
    """Does the address reach this machine only?"""
    return host in {"localhost", "::1", "[::1]"} or host.startswith("127.")


def check_settings() -> None:
    """Refuse to serve with settings that would endanger a real site."""
    from django.conf import settings

    public = urlsplit(settings.ADDRESS).hostname or ""
    if settings.DEBUG and not (is_local(settings.HOST) and is_local(public)):
        raise Trouble("KAPOK_DEBUG is on, which shows secrets on error pages. Turn it off, or listen on 127.0.0.1.")
    if settings.SECURE and not os.environ.get("KAPOK_HOSTS"):
        raise Trouble(f"KAPOK_HOSTS must name the hosts this site answers to, for example KAPOK_HOSTS={public}.")
    if len(settings.SECRET_KEY) < 32:
        raise Trouble("The secret key is too short. Set KAPOK_SECRET_KEY to 32 random characters or more.")
