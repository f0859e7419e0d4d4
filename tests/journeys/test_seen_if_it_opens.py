"""A record stands in a list, a count, a file, a feed, an answer or a letter if and only if its page opens there.

Records of every stage and kind, viewers of every role, one word that stands in one text alone: 1,000 cases by chance.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kapok.core.languages import LANGUAGES
from kapok.people import verbs as people
from kapok.people.models import Designation
from kapok.records import verbs
from kapok.records.models import Record
from kapok.search import index
from kapok.search.models import SavedSearch
from kapok.site.find.digest import new_in
from tests import make
from tests.site.pages import facets, page, total

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.timeout(1500)]
YEAR = timedelta(days=365)
# Who sees what is asked alike of both databases; a quarter of the cases on the second one.
CASES = 1000 if connection.vendor == "sqlite" else 250
# Stages in which a record has answers before the public, a draft beside them, or both.
STAGES = (
    "draft",
    "submitted",
    "returned",
    "discarded",
    "published",
    "revised",
    "revision-submitted",
    "withdrawn",
    "restored",
    "merged",
    "unmerged",
)
KINDS = ("resource", "need")
SHOUTED = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class Case:
    """A record with the word of its published text and that of its draft."""

    name: str
    record: Record
    published: str
    draft: str


class World:
    """A body and a government with their people, and a record of each kind in each stage."""

    def __init__(self) -> None:
        self.body, self.kenya = make.body(), make.government("KEN")
        self.author, self.invited, self.officer = make.person(), make.person(), make.secretariat()
        self.editor, self.focal = make.editor(self.body), make.focal_point(self.kenya)
        former = make.editor(self.body)
        people.end_designation(Designation.objects.get(person=former), by=self.officer, reason="Moved.")
        self.viewers: dict[str, Any] = {
            "visitor": None,
            "member": make.person(),
            "author": self.author,
            "invited": self.invited,
            "editor": self.editor,
            "former editor": former,
            "stranger": make.editor(),
            "focal point": self.focal,
            "other focal point": make.focal_point("PER"),
            "secretariat": self.officer,
            "administrator": make.administrator(),
        }
        self.cases = [self.case(kind, stage) for kind in KINDS for stage in STAGES]
        index.drain()
        self.clients = {name: self.client(person) for name, person in self.viewers.items()}

    def client(self, person: Any) -> Client:
        client = Client()
        if person is not None:
            client.force_login(person)
        return client

    def case(self, kind: str, stage: str) -> Case:
        """A record brought to a stage. Its two texts share no word with any other."""
        place = KINDS.index(kind) * len(STAGES) + STAGES.index(stage)
        letter = SHOUTED[place]
        published, draft = f"zu{letter * 3}qab", f"ku{letter * 3}wox"
        owner = self.body if kind == "resource" else self.kenya
        decider = self.editor if kind == "resource" else self.focal
        facts = {"title": {"en": f"Manual {draft}"}, **({"rank": place + 1} if kind == "need" else {})}
        public = facts | {"title": {"en": f"Manual {published}"}}
        begins = stage in {"draft", "submitted", "returned", "discarded"}
        made = make.draft(kind, by=self.author, owner=owner, **(facts if begins else public))
        verbs.invite(made, by=self.author, person=self.invited)
        made = Record.objects.get(pk=made.pk)
        if begins:
            self.begun(made, stage, decider)
            return Case(f"{kind}/{stage}", made, "", "" if stage == "discarded" else draft)
        made = verbs.publish(made, by=decider)
        revised = stage.startswith("revis")
        self.on(made, stage, decider, facts)
        shown = "" if stage in {"withdrawn", "merged"} else published
        return Case(f"{kind}/{stage}", made, shown, draft if revised else "")

    def begun(self, made: Record, stage: str, decider: Any) -> None:
        """A record that was never published."""
        if stage == "discarded":
            verbs.discard(made, by=self.author)
        elif stage != "draft":
            verbs.submit(made, by=self.author)
        if stage == "returned":
            verbs.return_(Record.objects.get(pk=made.pk), by=decider, reason="Name the year.")

    def on(self, made: Record, stage: str, decider: Any, facts: dict[str, Any]) -> None:
        """What became of a published record."""
        if stage.startswith("revis"):
            revised = verbs.revise(made, by=decider)
            verbs.save(revised, by=decider, raw={**made.values, **facts}, revision=1)
        if stage == "revision-submitted":
            verbs.submit(Record.objects.get(pk=made.pk), by=decider)
        if stage in {"withdrawn", "restored"}:
            verbs.withdraw(made, by=self.officer, reason="Superseded.")
        if stage == "restored":
            verbs.restore(Record.objects.get(pk=made.pk), by=self.officer)
        if stage in {"merged", "unmerged"}:
            rank = {"rank": facts["rank"] + 50} if "rank" in facts else {}
            verbs.merge(made, by=self.officer, into=make.record(made.format, **rank))
        if stage == "unmerged":
            verbs.unmerge(Record.objects.get(pk=made.pk), by=self.officer)


@pytest.fixture
def world() -> Iterator[World]:
    index.forget()
    yield World()
    index.forget()


def text(client: Client, address: str) -> str:
    """What an address says, a file that is sent in pieces included."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return str(body.decode())


def status(client: Client, address: str) -> int:
    return int(client.get(address).status_code)


def listed(client: Client, tag: str, word: str, identifier: str, draft: str = "") -> bool:
    """Does the list of a search name it? Its total and its counts must say the same."""
    tree = page(client, f"/{tag}/search?q={word}")
    links = tree.xpath(f"//main//a[contains(@href, '/records/{identifier}{draft}')]")
    counted = {count for _link, count in facets(tree)}
    assert counted <= {1}
    if links:
        assert total(tree) == 1
    else:
        assert not counted
    return bool(links)


# The doors of a published text: each says whether it shows the record that holds this word.
PUBLIC: dict[str, Callable[[Client, str, str, str], bool]] = {
    "table": lambda client, tag, word, one: one in text(client, f"/{tag}/search.csv?q={word}"),
    "lines": lambda client, tag, word, one: one in text(client, f"/{tag}/search.jsonl?q={word}"),
    "feed": lambda client, tag, word, one: f"/records/{one}" in text(client, f"/{tag}/search/feed?q={word}"),
    "answer": lambda client, tag, word, one: one in text(client, f"/api/v1/search?q={word}"),
    # What was withdrawn is answered with the reason alone.
    "record": lambda client, tag, word, one: word in client.get(f"/api/v1/records/{one}").content.decode(),
    "data": lambda client, tag, word, one: word in client.get(f"/{tag}/records/{one}.json").content.decode(),
    "sitemap": lambda client, tag, word, one: f"/records/{one}" in text(client, "/sitemap-records-1.xml"),
}


@settings(max_examples=CASES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    number=st.integers(0, len(KINDS) * len(STAGES) - 1),
    viewer=st.integers(0, 10),
    tag=st.sampled_from(sorted(LANGUAGES)),
)
def test_it_is_listed_if_and_only_if_its_page_opens(world, number, viewer, tag):
    case, name = world.cases[number], sorted(world.viewers)[viewer]
    client, one = world.clients[name], case.record.identifier
    asked = case.published or f"zu{SHOUTED[number] * 3}qab"
    opens = client.get(f"/{tag}/records/{one}")
    shown = opens.status_code == 200 and asked in opens.content.decode()
    draft = client.get(f"/{tag}/records/{one}/draft")
    drafted = bool(case.draft) and draft.status_code == 200
    publicly = status(world.clients["visitor"], f"/{tag}/records/{one}") == 200

    # The table of cases says what is meant; what follows says that everything agrees with the page.
    assert shown == publicly == bool(case.published), (case.name, name)
    assert listed(client, tag, asked, one) == shown, (case.name, name)
    assert (asked in text(client, f"/{tag}/search/suggest?q={asked}")) == shown, (case.name, name)
    for door, has in PUBLIC.items():
        assert has(client, tag, asked, one) == publicly, (case.name, name, door)
    if case.draft:
        assert listed(client, tag, case.draft, one, "/draft") == drafted, (case.name, name)
        for door in ("table", "lines", "feed", "answer"):
            assert not PUBLIC[door](world.clients["visitor"], tag, case.draft, one), (case.name, door)
    if world.viewers[name] is not None:
        kept = SavedSearch(person=world.viewers[name], query=f"?q={asked}", told_until=timezone.now() - YEAR)
        assert [str(hit.extra["id"]) for _at, hit in new_in(kept)] == ([one] if publicly else []), (case.name, name)


def test_there_is_something_that_could_leak(world):
    seen = {
        (case.name, name)
        for case in world.cases
        for name in world.viewers
        if case.draft and listed(world.clients[name], "en", case.draft, case.record.identifier, "/draft")
    }

    drafts = sum(bool(case.draft) for case in world.cases)
    assert 0 < len(seen) < drafts * len(world.viewers)
    assert {name for _case, name in seen} >= {"author", "invited", "editor", "focal point", "secretariat"}
    assert {name for _case, name in seen}.isdisjoint({"visitor", "member", "stranger", "former editor"})
