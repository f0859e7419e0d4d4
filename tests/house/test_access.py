"""Every address × role × stage: who gets in. `access.tsv` is the table; an address that is not in it fails the run.

After a change that is meant, `KAPOK_WRITE_ACCESS=1 pytest tests/house/test_access.py` writes the table anew, and
`KAPOK_WRITE_ACCESS=exchange:` only the lines of one room: read the difference line by line before you commit it.
"""

import os
import re
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.http import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from kapok.records import verbs
from kapok.records.models import Record
from kapok.search import index
from tests import make

TABLE = Path(__file__).with_name("access.tsv")
ROLES = ("visitor", "member", "author", "editor", "stranger", "focal_point", "secretariat", "administrator")
STAGES = ("draft", "submitted", "published", "withdrawn", "merged")
HEAD = "\t".join(("address", "stage", *ROLES))
# Addresses of other people's parts, whose own tests hold them, and pages that tests alone serve.
OTHERS = ("account_", "mfa_", "usersessions_", "styleguide")
# What an argument of an address means.
CODES = {
    "vocab": "theme",
    "pages": "KEN",
    "people": "KEN",
    "records": "KEN",
    "surveys": "small",
    "api": "initiative",
    "exchange": "need",
}
FORMS = ("exchange:empty", "exchange:filled")
FIXED: dict[str, Any] = {
    "format": "resource",
    "kind": "json",
    "shape": "csv",
    "ending": "csv",
    "token": "guess",
    "section": "law",
    "key": "law",
    "number": 1,
    "pk": 10**9,
}


def patterns(resolver: URLResolver, namespace: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every named address of the house."""
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from patterns(one, f"{namespace}{one.namespace}:" if one.namespace else namespace)
        else:
            yield f"{namespace}{one.name}", one


def ours() -> list[tuple[str, tuple[str, ...]]]:
    """Names and arguments of the addresses to be proved."""
    found = {
        (name, tuple(pattern.pattern.converters) or arguments_of_api(pattern))
        for name, pattern in patterns(get_resolver())
        if not name.startswith(OTHERS)
    }
    return sorted(found)


def arguments_of_api(pattern: URLPattern) -> tuple[str, ...]:
    return tuple(part.strip("{}<>") for part in str(pattern.pattern).split("/") if part.startswith(("{", "<")))


class World:
    """One government, one body, their people, and a record of each kind in each stage."""

    def __init__(self) -> None:
        kenya, body = make.government("KEN"), make.body()
        author = make.person()
        self.people: dict[str, Any] = {
            "member": make.person(),
            "author": author,
            "editor": make.editor(body),
            "stranger": make.editor(),
            "focal_point": make.focal_point(kenya),
            "secretariat": make.secretariat(),
            "administrator": make.administrator(),
        }
        self.records = {
            f"{kind}/{stage}": self.record(kind, stage, number, author, body if kind == "reference" else kenya)
            for number, (kind, stage) in enumerate([(k, s) for k in ("reference", "national") for s in STAGES], 1)
        }
        self.organisation = make.record("organisation")
        make.response("KEN", by=self.people["focal_point"])

    def record(self, kind: str, stage: str, rank: int, author: Any, owner: Any) -> Record:
        """A record owned by the body or the government, brought to a stage."""
        officer, focal = self.people["secretariat"], self.people["focal_point"]
        decider = officer if kind == "reference" else focal
        values = {"rank": rank} if kind == "national" else {}
        made = make.draft("resource" if kind == "reference" else "need", by=author, owner=owner, **values)
        if stage == "draft":
            return made
        made = verbs.submit(made, by=author)
        if stage == "submitted":
            return made
        made = verbs.publish(made, by=decider)
        if stage == "withdrawn":
            return verbs.withdraw(made, by=officer, reason="For the table.")
        if stage == "merged":
            into = make.record("resource" if kind == "reference" else "need", **({"rank": 99} if values else {}))
            return verbs.merge(made, by=officer, into=into)
        return made

    def client(self, role: str) -> Client:
        client = Client(raise_request_exception=False)
        if role != "visitor":
            client.force_login(self.people[role])
        return client


def arguments(world: World, name: str, wanted: tuple[str, ...], stage: str) -> dict[str, Any]:
    """What to put into an address."""
    room = name.partition(":")[0]
    found: dict[str, Any] = {}
    for one in wanted:
        if one == "identifier":
            found[one] = world.records[stage].identifier if stage != "-" else world.organisation.identifier
        elif one == "code":
            found[one] = "theme" if "vocabular" in name else CODES.get(room, "KEN")
        else:
            found[one] = "docx" if one == "shape" and name in FORMS else FIXED.get(one, "guess")
    return found


def stages(name: str, wanted: tuple[str, ...]) -> list[str]:
    """Addresses of records are asked in every stage, organisations in one, all others once."""
    if "identifier" in wanted and not name.startswith("pages:organisation"):
        return [f"{kind}/{stage}" for kind in ("reference", "national") for stage in STAGES]
    return ["-"]


def answer(response: HttpResponseBase) -> str:
    """The status, and for a redirect whether it asks to sign in."""
    if response.status_code in {301, 302}:
        return "login" if "/account/login" in response["Location"] else "moved"
    return str(response.status_code)


WRITES = re.compile(r'(?:INSERT|UPDATE|DELETE|REPLACE)\b.*?"(\w+)"', re.IGNORECASE)
# Tables that reading may renew: who is signed in and until when, what a cache keeps, and the rows that figures are
# counted from, which are derived from the records and made anew when they are older than these.
DERIVED = {f"insight_{name}" for name in ("allocation", "change", "commitment", "place", "spell")}
RENEWED = {"django_session", "usersessions_usersession", settings.CACHES["default"].get("LOCATION", "")} | DERIVED


class Onlooker:
    """Notes each change that a look at a page makes."""

    def __init__(self) -> None:
        self.address, self.changes = "", set[str]()

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        found = WRITES.match(sql)
        if found and found[1] not in RENEWED:
            self.changes.add(f"{self.address} {found[0]}")
        return execute(sql, params, many, context)


def fingerprint() -> str:
    """The hash of everything in the database but what a look may renew."""
    digest = sha256()
    with connection.cursor() as cursor:
        for table in sorted(set(connection.introspection.table_names(cursor)) - RENEWED):
            cursor.execute(f'SELECT * FROM "{table}"')
            digest.update("\n".join([table, *sorted(map(repr, cursor.fetchall()))]).encode())
    return digest.hexdigest()


def measured(beginning: str = "") -> list[str]:
    """The table as it is now, or its lines whose names begin so. Looking changes nothing."""
    world = World()
    index.drain()
    clients = {role: world.client(role) for role in ROLES}
    lines, onlooker, before = [HEAD], Onlooker(), fingerprint()
    with connection.execute_wrapper(onlooker):
        for name, wanted in (one for one in ours() if one[0].startswith(beginning)):
            for stage in stages(name, wanted):
                onlooker.address = reverse(name, kwargs=arguments(world, name, wanted, stage))
                cells = [answer(clients[role].get(onlooker.address)) for role in ROLES]
                lines.append("\t".join((name, stage, *cells)))
    assert not onlooker.changes
    assert fingerprint() == before
    return lines


@pytest.mark.django_db
@pytest.mark.slow
@pytest.mark.timeout(900)
def test_every_address_answers_every_role_in_every_stage_as_the_table_says():
    wished = os.environ.get("KAPOK_WRITE_ACCESS", "")
    part = wished if wished.endswith(":") else ""
    index.forget()
    now = measured(part)
    index.forget()
    if part:
        others = [line for line in TABLE.read_text().splitlines()[1:] if not line.startswith(part)]
        now = [HEAD, *sorted([*others, *now[1:]], key=lambda line: line.split("\t")[0])]
    if wished:
        TABLE.write_text("\n".join(now) + "\n")

    assert now == TABLE.read_text().splitlines()
    assert not [line for line in now if "\t500" in line]


@pytest.mark.django_db
def test_nothing_is_changed_without_the_token_of_the_form():
    client = Client(enforce_csrf_checks=True)
    client.force_login(make.secretariat())
    world = World()

    refused = {}
    for name, wanted in ours():
        stage = stages(name, wanted)[0]
        address = reverse(name, kwargs=arguments(world, name, wanted, stage))
        refused[name] = client.post(address).status_code
    # OAI-PMH asks by POST as well as by GET, and neither changes anything.
    assert refused.pop("exchange:oai") == 200

    # 403: refused for want of the token; 401: a session is no access token; 405: takes no POST; 404: not there.
    assert set(refused.values()) <= {401, 403, 404, 405}, {name: code for name, code in refused.items() if code < 400}
