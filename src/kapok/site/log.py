"""The log: one line of JSON for each event, in UTC, with who, what and where, and never a secret.

Form contents, query strings, cookies and headers are not written: that is where passwords and tokens are.
"""

import json
import logging
from datetime import UTC, datetime
from typing import Any

from django.core.exceptions import PermissionDenied

# Some readers of logs take these for the end of a line, and JSON lets them pass.
BREAKS = {0x85: r"\u0085", 0x2028: r"\u2028", 0x2029: r"\u2029"}


class Line(logging.Formatter):
    """An event as JSON; line breaks in what people sent cannot forge a second line."""

    def format(self, record: logging.LogRecord) -> str:
        said: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "log": record.name,
            "what": record.getMessage(),
        }
        if (request := getattr(record, "request", None)) is not None:
            said |= about(request)
        said |= {name: record.__dict__[name] for name in ("person", "from") if record.__dict__.get(name) is not None}
        error = record.exc_info[1] if record.exc_info else None
        if isinstance(error, PermissionDenied):
            said["refusal"] = str(error)
        elif record.exc_info and error is not None:
            said["trace"] = self.formatException(record.exc_info)
        return json.dumps(said, ensure_ascii=False, default=str).translate(BREAKS)


def about(request: Any) -> dict[str, Any]:
    """Who asked for what, from where, as far as it is known without asking the database."""
    person = getattr(request, "_cached_user", None)
    found = {
        "method": getattr(request, "method", None),
        "path": getattr(request, "path", None),
        "from": getattr(request, "META", {}).get("REMOTE_ADDR"),
        "person": getattr(person, "pk", None),
    }
    return {name: value for name, value in found.items() if value is not None}


def is_worth_a_line(record: logging.LogRecord) -> bool:
    """Pages that are not there are asked for all day by robots."""
    return getattr(record, "status_code", None) != 404


class Worthy(logging.Filter):
    """Keeps what is not worth a line out of the log."""

    def filter(self, record: logging.LogRecord) -> bool:
        return is_worth_a_line(record)


LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "kapok.site.log.Line"}},
    "filters": {"worthy": {"()": "kapok.site.log.Worthy"}},
    "handlers": {"error": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["worthy"]}},
    "root": {"handlers": ["error"], "level": "WARNING"},
    "loggers": {
        "kapok.security": {"level": "INFO"},
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        # It tells of each try to reach a database that is away; `kapok.health` tells once for each question.
        "psycopg.pool": {"level": "ERROR"},
    },
}
