"""Every change to a record."""

from kapok.records.verbs.adopt import adopt
from kapok.records.verbs.amend import amend
from kapok.records.verbs.bin import undiscard
from kapok.records.verbs.draft import (
    Conflict,
    digest,
    discard,
    duplicate,
    invite,
    revise,
    save,
    settle,
    share,
    shared,
    start,
    unshare,
    write,
)
from kapok.records.verbs.intake import Batch, Intake, take_in
from kapok.records.verbs.life import confirm, merge, restore, return_version, unmerge, withdraw
from kapok.records.verbs.putback import Return, Returns, put_back
from kapok.records.verbs.review import Incomplete, check, escalate, publish, return_, submit, take_back

__all__ = [
    "Batch",
    "Conflict",
    "Incomplete",
    "Intake",
    "Return",
    "Returns",
    "adopt",
    "amend",
    "check",
    "confirm",
    "digest",
    "discard",
    "duplicate",
    "escalate",
    "invite",
    "merge",
    "publish",
    "put_back",
    "restore",
    "return_",
    "return_version",
    "revise",
    "save",
    "settle",
    "share",
    "shared",
    "start",
    "submit",
    "take_back",
    "take_in",
    "undiscard",
    "unmerge",
    "unshare",
    "withdraw",
    "write",
]
