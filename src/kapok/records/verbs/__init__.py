"""Every change to a record."""

from kapok.records.verbs.adopt import adopt
from kapok.records.verbs.draft import Conflict, discard, duplicate, invite, revise, save, share, start, unshare
from kapok.records.verbs.life import confirm, merge, restore, return_version, unmerge, withdraw
from kapok.records.verbs.review import escalate, publish, return_, submit

__all__ = [
    "Conflict",
    "adopt",
    "confirm",
    "discard",
    "duplicate",
    "escalate",
    "invite",
    "merge",
    "publish",
    "restore",
    "return_",
    "return_version",
    "revise",
    "save",
    "share",
    "start",
    "submit",
    "unmerge",
    "unshare",
    "withdraw",
]
