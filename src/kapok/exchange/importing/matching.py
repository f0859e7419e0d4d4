"""Which column is which: by what the sender corrected before, by name in any language, by likeness, by content."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from rapidfuzz import fuzz, process

from kapok import vocab
from kapok.core.languages import TAGS
from kapok.exchange.importing import amounts, dates
from kapok.exchange.importing.currencies import currency_in
from kapok.exchange.importing.targets import ID, IDENTIFIER, OWN, language_of, names, own_column, spelled, targets
from kapok.formats.format import Format
from kapok.formats.kinds import Text
from kapok.vocab.finding import fold

BRACKETS = re.compile(r"\s*[(\[][^)\]]*[)\]]")
JOINTS = re.compile(r"\s+(?:en|in|em|в)\s*$|[\s:,–-]+$")
SEARCHED = 30
LIKE = 88
# What exports of Kapok say of a record beside its values; of these only its identifier is read.
ENVELOPE = frozenset(("id", "type", "format_version", "stage", "version", "owner", "owner_name", "url"))
REMEMBERED, BY_NAME, LIKENESS, CONTENT, COUNT, NOTHING = "remembered", "name", "likeness", "content", "count", ""
# Heads that may be no more than the number of the line.
LINE_NUMBERS = "n;n o;no;nr;num;numero;n d ordre;numero d ordre;no п п;п п;номер;s n;sn;sl no;sr no;序号;编号;رقم;م"
ORDINALS = frozenset(LINE_NUMBERS.split(";"))


# Words of heads, folded, and letters that tell a language.
TELLING = {
    "fr": re.compile("(?:projet|pays|intitule|periode|montant|statut|du|bailleurs?|duree|debut|organisme|annees?)$"),
    "es": re.compile("(?:proyecto|pais|paises|nombre|del|presupuesto|estado|plazo|inicio|anos?|monto|donantes?)$"),
    "en": re.compile("(?:project|country|countries|name|of|status|start|end|years?|amount|donors?|the|date)$"),
    "ru": re.compile("[а-я]"),
    "zh": re.compile("[一-鿿]"),
    "ar": re.compile("[ء-ي]"),
}


@dataclass
class Column:
    """One column: its head, what it is taken for, and why."""

    number: int
    head: str
    key: str = ""
    why: str = NOTHING
    language: str = ""
    samples: list[str] = field(default_factory=list)

    def plain(self) -> dict[str, Any]:
        """As it is kept with the import."""
        return {
            "number": self.number,
            "head": self.head,
            "key": self.key,
            "why": self.why,
            "language": self.language,
            "samples": self.samples[:3],
        }


@dataclass
class Match:
    """How a table is read: the line of its heads and its columns."""

    line: int
    columns: list[Column]

    def keys(self) -> set[str]:
        return {column.key for column in self.columns if column.key}


def head_row(form: type[Format], rows: Sequence[tuple[int, list[str]]]) -> int:
    """Which of the first rows holds the heads: the one with the most names we know; the first with words, if none."""
    best, most = -1, 0
    for place, (_line, cells) in enumerate(rows[:SEARCHED]):
        known = {key for cell in cells if cell and (key := by_name(form, cell)[0])}
        if len(known) > most:
            best, most = place, len(known)
    if best >= 0 and most > 1:
        return best
    return next((place for place, (_line, cells) in enumerate(rows) if sum(map(bool, cells)) > 1), 0)


def match(form: type[Format], rows: Sequence[tuple[int, list[str]]], remembered: dict[str, str]) -> Match:
    """Match the columns of a table from its first rows."""
    at = head_row(form, rows)
    line, heads = rows[at]
    below = [cells for _line, cells in rows[at + 1 :]]
    width = max([len(heads), *(len(cells) for cells in below[:200])], default=0)
    columns = []
    envelope = ENVELOPE if set(heads) >= ENVELOPE else frozenset()
    for number in range(width):
        head = heads[number] if number < len(heads) else ""
        samples = [cells[number] for cells in below[:200] if number < len(cells) and cells[number]]
        column = Column(number, head, samples=samples[:100])
        if head in envelope:
            column.key, column.why = (ID if head == ID else ""), BY_NAME
        columns.append(column)
    named(form, columns, remembered)
    by_likeness(form, columns)
    by_content(form, columns)
    return Match(line, columns)


def named(form: type[Format], columns: list[Column], remembered: dict[str, str]) -> None:
    """What was corrected before, and what has a name we know; each field once, the first column first."""
    taken: set[str] = set()
    for column in columns:
        folded = fold(column.head)
        if not column.why and folded and folded in remembered:
            column.key, column.why = remembered[folded], REMEMBERED
            taken.add(column.key)
    for column in columns:
        if column.why or not column.head:
            continue
        key, language = by_name(form, column.head)
        if key in ("", IDENTIFIER) and fold(column.head) in ORDINALS and counts(column.samples):
            column.why = COUNT
        elif key and key not in taken:
            column.key, column.why, column.language = key, BY_NAME, language
            taken.add(key)


def counts(samples: list[str]) -> bool:
    """Do these number the lines: one, two, three? Such a number is another project's in the list of next year."""
    numbers = sorted({int(one) for one in samples if one.isdecimal()})
    return bool(numbers) and numbers == list(range(1, len(numbers) + 1)) and len(numbers) > 0.8 * len(samples)


def by_name(form: type[Format], head: str) -> tuple[str, str]:
    """What a head names, and the language it adds."""
    if own_column(form, head):
        return f"{OWN}{head}", ""
    known = names(form.code)
    plain = BRACKETS.sub("", head).replace("_", " ")
    if key := known.get(fold(head)) or known.get(fold(plain)) or known.get(fold(without_units(plain))):
        return key, ""
    bare, language = language_of(head)
    key = known.get(fold(bare), "") if language else ""
    if key and isinstance(form.fields.get(key), Text):
        return f"{key}@{language}", language
    return key, ""


def without_units(head: str) -> str:
    """“Бюджет, тыс. долл. США” and “预算（万元）” without what they say of the amounts below them."""
    plain = BRACKETS.sub("", unicodedata.normalize("NFKC", head))
    unit = amounts.UNIT.search(plain.casefold())
    bare = plain[: unit.start()] if unit else currency_in(plain)[1]
    return JOINTS.sub("", bare.strip())


def by_likeness(form: type[Format], columns: list[Column]) -> None:
    """Heads that are nearly a name we know."""
    taken = {column.key for column in columns}
    known = {name: key for name, key in names(form.code).items() if key not in taken and len(name) > 3}
    for column in columns:
        if column.why or len(fold(column.head)) < 4 or not known:
            continue
        found = process.extractOne(fold(column.head), list(known), scorer=fuzz.token_sort_ratio, score_cutoff=LIKE)
        if found and known[found[0]] not in taken:
            column.key, column.why = known[found[0]], LIKENESS
            taken.add(column.key)


def share(samples: list[str], test: Callable[[str], Any]) -> float:
    """How many of the samples pass a test."""
    return sum(bool(test(one)) for one in samples) / len(samples) if samples else 0.0


def by_content(form: type[Format], columns: list[Column]) -> None:
    """Columns whose head says nothing, by what stands in them; only fields that no other column fills."""
    taken = {column.key.removeprefix(OWN).partition("@")[0] for column in columns if column.key}
    known = targets(form)
    tests: tuple[tuple[str, Callable[[str], Any]], ...] = (
        ("countries", lambda text: vocab.find("place", text.split(";")[0])),
        ("country", lambda text: vocab.find("country", text)),
        ("contact:mail", lambda text: "@" in text and " " not in text),
        ("links", lambda text: text.startswith(("http://", "https://", "www."))),
        ("link", lambda text: text.startswith(("http://", "https://", "www."))),
        ("starts", lambda text: len(text) > 5 and dates.understand(text)),
        ("ends", lambda text: len(text) > 5 and dates.understand(text)),
        ("budget:grant", lambda text: money(text)),
    )
    for column in columns:
        if column.why:
            continue
        for key, test in tests:
            if key in known and key not in taken and share(column.samples, test) >= 0.8:
                column.key, column.why = key, CONTENT
                taken.add(key)
                break
    first_text(form, columns, taken)


def money(text: str) -> bool:
    """An amount that names its currency."""
    found = amounts.understand(text)
    return bool(found and found.currency)


def first_text(form: type[Format], columns: list[Column], taken: set[str]) -> None:
    """Without any title, the first column of mostly unlike words is taken for it."""
    key = "title" if "title" in form.fields else "name"
    if key in taken or any(one.startswith(key) for one in taken):
        return
    for column in columns:
        words = [sample for sample in column.samples if len(sample) > 12 and not sample[0].isdigit()]
        if not column.why and len(words) > 0.7 * len(column.samples) and len(set(words)) > 0.7 * len(words):
            column.key, column.why = key, CONTENT
            return


def table_language(form: type[Format], found: Match) -> str:
    """The language of the heads, for texts whose language nothing else tells; English when it is not clear."""
    heads = [fold(column.head) for column in found.columns if column.head]
    votes = {tag: sum(head in spelled(form.code, tag) for head in heads) for tag in TAGS}
    for word in " ".join(heads).split():
        for tag, test in TELLING.items():
            votes[tag] += bool(test.match(word))
    best = max(TAGS, key=lambda tag: votes[tag])
    return best if votes[best] > votes["en"] else "en"
