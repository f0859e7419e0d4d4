"""What an OAI-PMH request asks, checked by the rules of the protocol (version 2.0)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.core import signing
from django.http import QueryDict

from kapok.formats.format import formats

SALT = "kapok.oai"
DAY, MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}"), re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z")
LISTING = {"metadataPrefix", "from", "until", "set"}
# The arguments of each verb: those it needs, and those it may have.
VERBS: dict[str, tuple[set[str], set[str]]] = {
    "Identify": (set(), set()),
    "ListMetadataFormats": (set(), {"identifier"}),
    "ListSets": (set(), {"resumptionToken"}),
    "GetRecord": ({"identifier", "metadataPrefix"}, set()),
    "ListIdentifiers": ({"metadataPrefix"}, LISTING | {"resumptionToken"}),
    "ListRecords": ({"metadataPrefix"}, LISTING | {"resumptionToken"}),
}
PREFIXES = ("oai_dc", "kapok")


class Wrong(Exception):
    """An error of the protocol: its code and a sentence."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code, self.sentence = code, sentence


@dataclass(frozen=True, slots=True)
class Listing:
    """A stretch of a list: what is wanted, and after which record it begins. A token holds all of it."""

    prefix: str
    begin: str = ""
    end: str = ""
    set: str = ""
    after: int = 0
    cursor: int = 0
    total: int = -1

    def token(self) -> str:
        """The resumption token: signed, so that nothing need be remembered here."""
        facts = [self.prefix, self.begin, self.end, self.set, self.after, self.cursor, self.total]
        return signing.dumps(facts, salt=SALT, compress=True)


def verb_of(given: QueryDict) -> str:
    """The verb, once its arguments are those it knows, each once."""
    verb = given.get("verb", "")
    if len(given.getlist("verb")) != 1 or verb not in VERBS:
        raise Wrong("badVerb", "Give one verb: " + ", ".join(VERBS) + ".")
    needed, allowed = VERBS[verb]
    names = set(given) - {"verb"}
    if any(len(given.getlist(name)) > 1 for name in names):
        raise Wrong("badArgument", "Each argument may be given once.")
    if strangers := names - needed - allowed:
        raise Wrong("badArgument", f"{verb} knows no argument {', '.join(sorted(strangers))}.")
    if "resumptionToken" in names:
        if len(names) > 1:
            raise Wrong("badArgument", "A resumptionToken stands alone.")
    elif missing := needed - names:
        raise Wrong("badArgument", f"{verb} needs {', '.join(sorted(missing))}.")
    return verb


def listing_of(given: QueryDict) -> Listing:
    """The stretch that is wanted, from a token or from the arguments."""
    if token := given.get("resumptionToken"):
        try:
            facts: Any = signing.loads(token, salt=SALT)
            return Listing(*facts)
        except (signing.BadSignature, TypeError, ValueError):
            raise Wrong("badResumptionToken", "This resumptionToken is none of ours. Begin anew.") from None
    prefix, chosen = prefix_of(given), given.get("set", "")
    begin, end = given.get("from", ""), given.get("until", "")
    for name, text in (("from", begin), ("until", end)):
        if text:
            moment(text, name)
    if begin and end and (len(begin) != len(end) or begin > end):
        raise Wrong("badArgument", "from and until must have the same granularity, and from must not be later.")
    if chosen and chosen not in formats:
        raise Wrong("noRecordsMatch", "There is no such set. ListSets tells which there are.")
    return Listing(prefix, begin, end, chosen)


def prefix_of(given: QueryDict) -> str:
    """The metadata format asked for."""
    prefix = given.get("metadataPrefix", "")
    if prefix not in PREFIXES:
        raise Wrong("cannotDisseminateFormat", f"The formats are: {', '.join(PREFIXES)}.")
    return prefix


def moment(text: str, name: str, *, last: bool = False) -> datetime:
    """A moment as OAI writes it; a day counts from its first second, or to its last."""
    try:
        if DAY.fullmatch(text):
            found = datetime.fromisoformat(text).replace(tzinfo=UTC)
            return found + timedelta(days=1) if last else found
        if MOMENT.fullmatch(text):
            found = datetime.fromisoformat(text[:-1]).replace(tzinfo=UTC)
            return found + timedelta(seconds=1) if last else found
    except (ValueError, OverflowError):
        pass
    raise Wrong("badArgument", f"Write {name} as 2026-03-31 or as 2026-03-31T12:00:00Z.")


def known(names: Iterable[str], given: QueryDict) -> dict[str, str]:
    """The arguments as the answer repeats them."""
    return {name: given.get(name, "") for name in names if name in given}
