"""Terms of a vocabulary: one, several, or several with shares that sum to one."""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from kapok import vocab
from kapok.core.rules import Sentence
from kapok.formats.indexing import Indexed
from kapok.formats.kinds.base import Cells, Kind, apart, joined
from kapok.formats.kinds.text import tidy
from kapok.formats.problems import Problems

ONE = Decimal(1)
SHARE = re.compile(r"(.+?)\s*=\s*([\d.,]*\s*%?)", re.DOTALL)


def term_id(value: str) -> str:
    """The id within a kept term: `other:Farmer schools` is `other`."""
    return value.partition(":")[0]


class Choice(Kind):
    """One term. “Other” carries its words: `other:Farmer field schools`."""

    widget = "choice"

    def __init__(self, label: Sentence, vocabulary: str, *, only: tuple[str, ...] = (), **traits: Any) -> None:
        super().__init__(label, **traits)
        self.vocabulary = vocabulary
        self.only = only

    def choices(self, language: str) -> list[vocab.Choice]:
        """What can be chosen, in order."""
        offered = vocab.choices(self.vocabulary, language)
        return [choice for choice in offered if not self.only or choice.id in self.only]

    def label_of(self, value: str, language: str) -> str:
        """The words of one kept term."""
        return vocab.label(self.vocabulary, value, language)

    def asks_words(self, one: str) -> bool:
        """Does this term want to be put into words?"""
        term = vocab.term(self.vocabulary, one)
        return bool(term and term.asks_words)

    def parse(self, post: QueryDict, path: str) -> Any:
        return with_words(post.get(path, ""), post.get(f"{path}-words", ""), self.asks_words)

    def understand(self, raw: Any) -> str | None:
        """The kept term for an id, or for a label as people write it."""
        text = tidy(raw, line=True) if isinstance(raw, str | int) else ""
        one, colon, words = text.partition(":")
        known = vocab.term(self.vocabulary, one.strip())
        if known and (not self.only or known.id in self.only):
            return f"{known.id}:{words.strip()[:300]}" if colon and known.asks_words else known.id
        found = vocab.find(self.vocabulary, text)
        return found.id if found and (not self.only or found.id in self.only) else None

    def accept(self, raw: Any, problems: Problems, path: str, *, final: bool) -> Any:
        value = self.understand(raw)
        if value is None:
            problems.add(path, unknown(raw))
        else:
            self.want_words(value, problems, path, final)
        return value

    def want_words(self, value: str, problems: Problems, path: str, final: bool) -> None:
        """“Other” without words says nothing."""
        if final and ":" not in value and self.asks_words(value):
            problems.add(path, _("You chose “Other”: say in a few words what you mean."))

    def describe(self) -> dict[str, Any]:
        ids = list(self.only) or [choice.id for choice in vocab.choices(self.vocabulary, "en")]
        pattern = {"type": "string", "pattern": "^other:.+"}
        listed: dict[str, Any] = {"type": "string", "enum": ids}
        described = {"anyOf": [listed, pattern]} if any(map(self.asks_words, ids)) else listed
        return {**described, "x-vocabulary": self.vocabulary}

    def index(self, value: Any, out: Indexed) -> None:
        self.index_terms([value], out)

    def index_terms(self, values: list[str], out: Indexed) -> None:
        """Count under each term and the broader ones; make labels findable in all languages."""
        for value in values:
            one, _colon, words = value.partition(":")
            term = vocab.term(self.vocabulary, one)
            if self.facet:
                out.count(self.facet, [one, *vocab.ancestors(self.vocabulary, one)])
            if self.searched and words:
                out.say(words)
            elif self.searched and term:
                out.say(term.labels)

    def show(self, value: Any, language: str) -> str:
        return vocab.label(self.vocabulary, value, language) if value else ""


class Terms(Choice):
    """Several terms, in the order given."""

    widget = "terms"
    several = True

    def __init__(self, label: Sentence, vocabulary: str, *, most: int = 0, **traits: Any) -> None:
        super().__init__(label, vocabulary, **traits)
        self.most = most

    def parse(self, post: QueryDict, path: str) -> Any:
        words = post.get(f"{path}-words", "")
        return [with_words(one, words, self.asks_words) for one in post.getlist(path) if one]

    def accept(self, raw: Any, problems: Problems, path: str, *, final: bool) -> Any:
        items = apart(raw) if isinstance(raw, str) else raw
        if not isinstance(items, list):
            problems.add(path, _("Give a list of terms."))
            return None
        kept: list[str] = []
        for item in items:
            value = self.understand(item)
            if value is None:
                problems.add(path, unknown(item))
            elif value not in kept:
                kept.append(value)
                self.want_words(value, problems, path, final)
        if self.most and len(kept) > self.most:
            problems.add(path, _("Choose at most %(most)s.") % {"most": self.most})
        return kept

    def describe(self) -> dict[str, Any]:
        described: dict[str, Any] = {"type": "array", "items": super().describe(), "uniqueItems": True}
        return {**described, "maxItems": self.most} if self.most else described

    def index(self, value: Any, out: Indexed) -> None:
        self.index_terms(value, out)

    def write(self, value: Any, column: str) -> Cells:
        return {column: joined(value)} if value else {}

    def show(self, value: Any, language: str) -> str:
        return ", ".join(vocab.label(self.vocabulary, item, language) for item in value or ())


class Shares(Terms):
    """Several terms, each with its share of the whole; equal shares when none are given.

    Kept as `[{"id": "KEN", "share": "0.25"}, …]`; given shares sum to exactly 1.
    `grouped` lets regions and groups of countries be chosen beside single countries.
    """

    widget = "shares"

    def parse(self, post: QueryDict, path: str) -> Any:
        items = super().parse(post, path)
        return [{"id": item, "share": percent(post.get(f"{path}-share-{term_id(item)}", ""))} for item in items]

    def accept(self, raw: Any, problems: Problems, path: str, *, final: bool) -> Any:
        if isinstance(raw, str):
            raw = apart(raw)
        if not isinstance(raw, list):
            problems.add(path, _("Give a list of terms."))
            return None
        kept: dict[str, dict[str, str]] = {}
        for item in raw:
            entry = item if isinstance(item, Mapping) else shared_cell(str(item))
            value = self.understand(entry.get("id", ""))
            if value is None:
                problems.add(path, unknown(entry.get("id", "")))
                continue
            self.want_words(value, problems, path, final)
            share = self.share(entry.get("share"), problems, path)
            kept[value] = {"id": value, "share": share} if share else {"id": value}
        return self.whole(list(kept.values()), problems, path)

    def share(self, raw: Any, problems: Problems, path: str) -> str:
        """One share between 0 and 1, as exact decimal text."""
        if raw in (None, ""):
            return ""
        try:
            value = Decimal(str(raw))
        except InvalidOperation:
            value = Decimal(-1)
        if not 0 < value <= 1:
            problems.add(path, _("Give each share as a percentage between 0 and 100."))
            return ""
        return f"{value.normalize():f}"

    def whole(self, kept: list[dict[str, str]], problems: Problems, path: str) -> list[dict[str, str]]:
        """Shares are given for all or for none, and then make up the whole."""
        given = [Decimal(item["share"]) for item in kept if "share" in item]
        if given and len(given) < len(kept):
            problems.add(path, _("Give a share for each, or for none (then all are equal)."))
        elif given and sum(given) != ONE:
            total = f"{(sum(given, Decimal(0)) * 100).normalize():f}"
            problems.add(path, _("The shares make %(total)s %%; they must make exactly 100 %%.") % {"total": total})
        return kept

    def describe(self) -> dict[str, Any]:
        one = Choice.describe(self)
        vocabulary = one.pop("x-vocabulary")
        item = {"type": "object", "properties": {"id": one, "share": {"type": "string"}}, "required": ["id"]}
        return {"type": "array", "items": item, "x-vocabulary": vocabulary}

    def index(self, value: Any, out: Indexed) -> None:
        self.index_terms([item["id"] for item in value], out)

    def write(self, value: Any, column: str) -> Cells:
        return {column: joined(cell_of_share(item) for item in value)} if value else {}

    def show(self, value: Any, language: str) -> str:
        shown = []
        for item in value or ():
            words = vocab.label(self.vocabulary, item["id"], language)
            shown.append(f"{words} ({as_percent(item['share'])} %)" if item.get("share") else words)
        return ", ".join(shown)


def with_words(one: str, words: str, asks: Callable[[str], bool]) -> str:
    """A chosen id with the words typed beside it, where the term wants words."""
    return f"{one}:{words.strip()}" if words.strip() and asks(one) else one


def unknown(raw: Any) -> Sentence:
    """The sentence for a term that the vocabulary does not hold."""
    return _("“%(given)s” is not in the list. Choose one of the terms offered.") % {"given": str(raw)[:80]}


def percent(written: str) -> str:
    """A share from a percentage as typed; what is no number is passed on to be refused."""
    text = written.strip().replace("%", "").replace(",", ".").strip()
    try:
        return f"{Decimal(text) / 100:f}" if text else ""
    except InvalidOperation:
        return text


def as_percent(share: str) -> str:
    """A share as a percentage, without needless zeros."""
    return f"{(Decimal(share) * 100).normalize():f}"


def cell_of_share(item: Mapping[str, str]) -> str:
    """`KEN=25%` in a cell; an empty share where words of one's own end like one."""
    if item.get("share"):
        return f"{item['id']}={as_percent(item['share'])}%"
    return f"{item['id']}=" if SHARE.fullmatch(item["id"]) else item["id"]


def shared_cell(text: str) -> dict[str, str]:
    """Read `KEN=25%` back. Words of one's own, as in `other:a = b`, may hold an equals sign that tells no share."""
    if ":" in text:
        found = SHARE.fullmatch(text)
        return {"id": found[1], "share": percent(found[2])} if found else {"id": text}
    one, equals, share = text.rpartition("=")
    return {"id": one, "share": percent(share)} if equals else {"id": text}
