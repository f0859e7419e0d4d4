"""Values of each format, drawn at random; each set is complete and right by its format."""

import random
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from kapok import vocab
from kapok.records.benchdata.words import Speakers, Unequal

CONTACT = [{"key": "contct", "office": "Synthetic office", "mail": "synthetic@bench.example"}]
MOST_RANK = 999
Values = dict[str, Any]
# How many of a hundred records are of each format, in the order in which they are made: what is pointed to first.
PROPORTIONS = {
    "organisation": 8,
    "need": 9,
    "initiative": 22,
    "opportunity": 9,
    "course": 3,
    "resource": 38,
    "expert": 5,
    "news": 6,
}


def numbers(total: int) -> dict[str, int]:
    """How many records of each format make up the total; resources take what rounding leaves."""
    found = {code: total * share // 100 for code, share in PROPORTIONS.items()}
    found["organisation"] = max(1, found["organisation"])
    found["resource"] += total - sum(found.values())
    return found


class Author:
    """Makes up values; `counts` tells how many records of each format exist to point to."""

    def __init__(self, dice: random.Random, today: date, counts: dict[str, int]) -> None:
        self.dice, self.today, self.counts = dice, today, counts
        self.speakers = Speakers(dice)
        self.ranks: Counter[str] = Counter()
        self.terms = {code: self.shuffled(code) for code in VOCABULARIES}
        self.makers: dict[str, Callable[[list[str]], Values]] = {
            "organisation": self.organisation,
            "need": self.need,
            "initiative": self.initiative,
            "opportunity": self.opportunity,
            "course": self.course,
            "resource": self.resource,
            "expert": self.expert,
            "news": self.news,
        }

    def make(self, code: str) -> Values:
        """The values of one record of a format."""
        return self.makers[code](self.speakers.tongues())

    def shuffled(self, code: str) -> Unequal[str]:
        """The ids of a vocabulary in an order of their own, so that other terms are frequent in each."""
        ids = [term.id for term in vocab.vocabulary(code).terms if not term.asks_words and term.holds(self.today)]
        self.dice.shuffle(ids)
        return Unequal(ids)

    def one(self, code: str) -> str:
        return self.terms[code].draw(self.dice)

    def some(self, code: str, most: int) -> list[str]:
        return self.terms[code].some(self.dice, most)

    def ref(self, prefix: str, code: str) -> str:
        """One record of a format, the first ones far more often than the last."""
        count = self.counts[code]
        return f"{prefix}-{1 + int(count * self.dice.random() ** 3):06}"

    def day(self, least: int, most: int) -> str:
        return (self.today + timedelta(days=self.dice.randint(least, most))).isoformat()

    def organisation(self, tongues: list[str]) -> Values:
        return {
            "name": self.speakers.title(tongues),
            "kind": self.one("organisation-kind"),
            "country": self.one("country"),
            "about": self.speakers.text(tongues, 3),
            "themes": self.some("theme", 3),
            "roles": self.some("organisation-standing-role", 2),
        }

    def need(self, tongues: list[str]) -> Values:
        country = self.one("country")
        while self.ranks[country] >= MOST_RANK:
            country = self.dice.choice(self.terms["country"].things)
        self.ranks[country] += 1
        now = self.dice.randint(0, 3)
        return {
            "government": country,
            "title": self.speakers.title(tongues),
            "theme": self.one("theme"),
            "subjects": self.some("theme", 3),
            "level": self.one("need-level"),
            "now": str(now),
            "wanted": str(self.dice.randint(now + 1, 4)),
            "rank": self.ranks[country],
            "horizon": self.one("horizon"),
            "why": self.speakers.text(tongues, 4),
            "exists": self.speakers.text(tongues, 3),
            "audience": self.some("audience", 3),
            "help": self.some("help-kind", 3),
        }

    def initiative(self, tongues: list[str]) -> Values:
        begins = self.today + timedelta(days=self.dice.randint(-7000, 400))
        organisations = [("lead", self.ref("ORG", "organisation")), ("funder", self.ref("ORG", "organisation"))]
        organisations += [(self.one("organisation-role"), self.ref("ORG", "organisation"))]
        values: Values = {
            "title": self.speakers.title(tongues),
            "kind": self.one("initiative-kind"),
            "scope": self.one("scope"),
            "countries": [{"id": one} for one in self.some("place", 6)],
            "starts": begins.isoformat()[: self.dice.choice((4, 7, 10))],
            "ends": (begins + timedelta(days=self.dice.randint(400, 1900))).isoformat()[:7],
            "organisations": [
                {"key": f"org{place}", "organisation": one, "role": role}
                for place, (role, one) in enumerate(organisations)
            ],
            "contact": CONTACT,
            "themes": [{"id": one} for one in self.some("theme", 4)],
            "duties": self.some("duty", 2),
            "methods": self.some("method", 3),
            "level": self.one("level"),
            "audience": self.some("audience", 3),
            "objectives": self.speakers.text(tongues, 2),
            "description": self.speakers.text(tongues),
            "reference_number": f"SYN-{self.dice.randrange(10**8):08}",
        }
        if self.dice.random() < 0.6:
            values["budget"] = [self.money()]
        if self.counts["need"] and self.dice.random() < 0.2:
            values["needs"] = [self.ref("NED", "need")]
        return values

    def money(self) -> Values:
        amount = str(int(10 ** self.dice.uniform(4, 7)))
        funder = self.ref("ORG", "organisation")
        return {"key": "money", "kind": self.one("money-kind"), "funder": funder, "amount": amount, "currency": "USD"}

    def opportunity(self, tongues: list[str]) -> Values:
        return {
            "title": self.speakers.title(tongues),
            "kind": self.one("opportunity-kind"),
            "description": self.speakers.text(tongues, 4),
            "organiser": self.ref("ORG", "organisation"),
            "themes": self.some("theme", 3),
            "level": self.one("level"),
            "audience": self.some("audience", 3),
            "eligible": self.some("place", 5),
            "eligibility": self.speakers.text(tongues, 2),
            "mode": self.one("mode"),
            "languages": self.some("language", 3),
            "closes": self.day(-1500, 300),
            "apply_link": "https://bench.example/apply",
            "contact": CONTACT,
        }

    def course(self, tongues: list[str]) -> Values:
        return {
            "title": self.speakers.title(tongues),
            "description": self.speakers.text(tongues, 4),
            "institution": self.ref("ORG", "organisation"),
            "country": self.one("country"),
            "award": self.one("award"),
            "themes": self.some("theme", 3),
            "level": self.one("level"),
            "mode": self.one("mode"),
            "languages": self.some("language", 2),
            "intakes": [{"key": "intake", "closes": self.day(-700, 300), "starts": self.day(301, 500)}],
            "links": [{"key": "link", "address": "https://bench.example/course"}],
            "contact": CONTACT,
        }

    def resource(self, tongues: list[str]) -> Values:
        return {
            "title": self.speakers.title(tongues),
            "kind": self.one("resource-type"),
            "authors": ["Synthetic author"],
            "year": self.today.year - int(self.dice.expovariate(0.15)) % 60,
            "languages": tongues,
            "abstract": self.speakers.text(tongues, 8),
            "themes": self.some("theme", 4),
            "audience": self.some("audience", 2),
            "countries": self.some("place", 2),
            "organisations": [self.ref("ORG", "organisation")],
            "link": "https://bench.example/resource",
        }

    def expert(self, tongues: list[str]) -> Values:
        return {
            "government": self.one("country"),
            "name": f"Synthetic expert {self.dice.randrange(10**8):08}",
            "post": "Synthetic post",
            "profile": {tag: text[:400] for tag, text in self.speakers.text(tongues, 3).items()},
            "field": self.some("expert-field", 3),
            "themes": self.some("theme", 3),
            "languages": self.some("language", 3),
            "mail": "synthetic@bench.example",
            "consent": True,
        }

    def news(self, tongues: list[str]) -> Values:
        return {
            "title": self.speakers.title(tongues),
            "text": self.speakers.text(tongues),
            "countries": self.some("place", 2),
            "themes": self.some("theme", 2),
        }


VOCABULARIES = (
    "audience",
    "award",
    "country",
    "duty",
    "expert-field",
    "help-kind",
    "horizon",
    "initiative-kind",
    "language",
    "level",
    "method",
    "mode",
    "money-kind",
    "need-level",
    "opportunity-kind",
    "organisation-kind",
    "organisation-role",
    "organisation-standing-role",
    "place",
    "resource-type",
    "scope",
    "theme",
)
