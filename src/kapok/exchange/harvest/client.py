"""The only way out of the house: fetch what a registered source publishes, and nothing else.

No private, loopback or reserved address is ever asked, however a name resolves at that moment; no redirect is
followed; only hosts of registered sources are asked; what is too large or too slow is given up (QUALITY S38).
"""

import socket
import time
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import urlsplit

import requests
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from requests_hardened import Config, Manager
from requests_hardened.ip_filter import InvalidIPAddress

from kapok.core.rules import Refused, filled

FAILED = _("%(host)s answered with error %(code)s.")
CHUNK = 64 * 1024
PATIENCE = (5.0, 10.0)  # seconds to connect; seconds between two pieces
CONFIG = Config(
    ip_filter_enable=True,
    ip_filter_allow_loopback_ips=False,
    never_redirect=True,
    default_timeout=PATIENCE,
    user_agent_override="Kapok (harvest of registered sources)",
)


@dataclass(frozen=True)
class Fetched:
    """What a source answered: its bytes, or nothing when its copy is the one we have."""

    content: bytes | None
    etag: str = ""
    modified: str = ""
    kind: str = ""


def check_address(address: str, hosts: Collection[str] | None = None) -> str:
    """The host of an address that may be asked. Raises `Refused` in a sentence."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise Refused(_("This is not a web address.")) from None
    if parts.scheme not in {"http", "https"} or not host or len(address) > 2000:
        raise Refused(_("The address must begin with https:// or http://."))
    if parts.username or parts.password:
        raise Refused(_("Leave names and passwords out of the address."))
    if port not in {None, 80, 443, 8080, 8443}:
        raise Refused(_("This port is not asked. Use the usual ports of the web."))
    if hosts is not None and host not in hosts:
        raise Refused(filled(_("%(host)s is not the host of a registered source."), host=host))
    return host


def fetch(address: str, *, hosts: Collection[str], etag: str = "", modified: str = "") -> Fetched:
    """Ask once for an address; unchanged content is not sent again. Raises `Refused` in a sentence."""
    host = check_address(address, hosts)
    conditions = {"If-None-Match": etag, "If-Modified-Since": modified}
    headers = {name: value for name, value in conditions.items() if value}
    session = Manager(CONFIG).get_session()
    # A proxy of the environment would resolve names for itself, past the guard.
    session.trust_env = False
    try:
        with session, session.request("GET", address, headers=headers, stream=True) as answer:
            return read(answer, host)
    except InvalidIPAddress:
        raise Refused(filled(_("%(host)s leads to a private address, which is never asked."), host=host)) from None
    except (requests.Timeout, TimeoutError):
        raise Refused(filled(_("%(host)s did not answer in time."), host=host)) from None
    except (requests.RequestException, socket.gaierror, UnicodeError, OSError):
        raise Refused(filled(_("%(host)s could not be reached."), host=host)) from None


def read(answer: requests.Response, host: str) -> Fetched:
    """The body of an answer, within the limits of size and time."""
    if answer.status_code == 304:
        return Fetched(None)
    if 300 <= answer.status_code < 400:
        raise Refused(
            filled(_("%(host)s sends on to another address. Register the address where the file lies."), host=host)
        )
    if answer.status_code != 200:
        raise Refused(filled(FAILED, host=host, code=answer.status_code))
    return Fetched(
        limited(answer, host),
        answer.headers.get("ETag", "")[:200],
        answer.headers.get("Last-Modified", "")[:60],
        answer.headers.get("Content-Type", "").partition(";")[0].strip().lower()[:100],
    )


def limited(answer: requests.Response, host: str) -> bytes:
    """The bytes, unless they are too many or come too slowly."""
    until = time.monotonic() + settings.KAPOK_HARVEST_SECONDS
    body = bytearray()
    for piece in answer.iter_content(CHUNK):
        body += piece
        if len(body) > settings.KAPOK_HARVEST_LARGEST:
            raise Refused(filled(_("What %(host)s sends is too large."), host=host))
        if time.monotonic() > until:
            raise Refused(filled(_("%(host)s did not answer in time."), host=host))
    return bytes(body)
