"""While a reader types: words completed, things to open, and records like the one being written."""

import tantivy

from kapok.core.languages import TAGS
from kapok.search.analysis import STOP, WRITTEN, is_han, stems, words
from kapok.search.asking import kept, read
from kapok.search.concepts import term
from kapok.search.engine import SCHEMA, View
from kapok.search.facets import MUST, NOT, SHOULD, Clause, any_of, equals, seen_by, together
from kapok.search.matching import IN_TITLE, Match, either, match, named
from kapok.search.questions import Hit, Suggestion
from kapok.search.typed import IDENTIFIER, Piece, clean, split, take_apart
from kapok.search.typos import is_seen

Query = tantivy.Query
COMPLETIONS = 12
TELLING = 10  # how many words of a text are asked for, the rarest first
READ = 120_000  # how many places in the index may be looked at for one list of similar things


def suggest(view: View, prefix: str, viewer: tuple[str, ...], language: str = "en", limit: int = 8) -> list[Suggestion]:
    """Words that go on from what is typed, then things whose title fits."""
    text = clean(prefix)
    typed = [part for one in words(text) for part in split(one)]
    if not typed:
        return []
    begun = "" if text[-1].isspace() else typed[-1]
    limits = seen_by(viewer)
    completions = complete(view, limits, begun) if begun else []
    head = text[: [*WRITTEN.finditer(text)][-1].start()] if begun else text
    said = [Suggestion((head + one).strip()) for one in completions if one != begun][: max(1, limit // 2)]
    pieces = [Piece((one,)) for one in (typed[:-1] if begun else typed) if one not in STOP]
    clauses = match(view, pieces).clauses()
    if begun:
        ways = list(dict.fromkeys((begun, *completions)))
        parts = [Query.term_query(SCHEMA, "names", one) for one in ways]
        clauses.append((MUST, either([*parts, *match(view, [Piece((begun,))]).wanted])))
    if IDENTIFIER.fullmatch(text.strip()):
        clauses = match(view, take_apart(text)).clauses()
    if not clauses:
        return said
    tag = language if language in TAGS else "en"
    result = view.searcher.search(together([*clauses, limits]), limit, count=False, weight_by_field=f"weight_{tag}")
    for hit in read(view, language, Match(), result.hits):
        said.append(Suggestion("".join(text for text, _ in hit.title), hit.key, hit.kind, hit.language))
    return said[:limit]


def complete(view: View, limits: Clause, begun: str) -> list[str]:
    """Words that begin so in titles that the viewer may see, the commonest first."""
    if len(begun) < 2 and not is_han(begun):
        return []
    known = view.searcher.terms_with_prefix("names", begun, None, COMPLETIONS * 3)
    seen = (one for one, _ in known if is_seen(view, limits, "names", one))
    return [one for one, _ in zip(seen, range(COMPLETIONS), strict=False)]


def similar(
    view: View,
    text: str = "",
    key: str = "",
    viewer: tuple[str, ...] = (),
    kind: str = "",
    language: str = "en",
    limit: int = 5,
) -> list[Hit]:
    """Things that share the most telling words with a text or with the thing called `key`, best first."""
    clauses: list[Clause] = [seen_by(viewer)]
    if key:
        text = f"{text} {_said_by(view, key, viewer)}"
        clauses.append((NOT, any_of("origin", [key.split("/", 1)[0]])))
    if kind:
        clauses.append((MUST, equals("kind", kind)))
    parts = telling(view, text)
    if not parts:
        return []
    least = 1 if len(parts) < 3 else 2
    clauses.append((MUST, Query.boolean_query([(SHOULD, one) for one in parts], minimum_number_should_match=least)))
    tag = language if language in TAGS else "en"
    result = view.searcher.search(together(clauses), limit, count=False, weight_by_field=f"weight_{tag}")
    return read(view, language, Match(), result.hits)


def telling(view: View, text: str) -> list[tantivy.Query]:
    """The words of a text that say most about it: few documents hold them. Each counts in titles and in texts."""
    pieces = [one for one in take_apart(text.replace('"', " ")) if not one.identifier]
    flat = list(dict.fromkeys(word for one in pieces for word in one.words if word not in STOP))
    concepts = [term(one) for _, _, ids in named(view.concepts, [Piece((word,)) for word in flat]) for one in ids]
    ranked: list[tuple[int, list[tuple[str, str]]]] = []
    for terms in (*(stems(word) for word in flat if not is_han(word)), *((one,) for one in dict.fromkeys(concepts))):
        ranked.append(_placed(view, terms))
    for word in flat:
        if is_han(word):
            ranked.extend(_placed(view, (word[at : at + 2],)) for at in range(len(word) - 1))
    found: list[tantivy.Query] = []
    looked = 0
    for number, places in sorted((one for one in ranked if one[0]), key=lambda one: one[0])[:TELLING]:
        looked += number
        if found and looked > READ:
            break
        found.append(
            either(
                [
                    Query.boost_query(Query.term_query(SCHEMA, name, one, "freq"), IN_TITLE if name == "title" else 1.0)
                    for name, one in places
                ]
            )
        )
    return found


def _placed(view: View, terms: tuple[str, ...]) -> tuple[int, list[tuple[str, str]]]:
    known = {
        (name, one): number
        for one in terms
        for name in ("title", "text")
        if (number := view.searcher.doc_freq(name, one))
    }
    return sum(known.values()), list(known)


def _said_by(view: View, key: str, viewer: tuple[str, ...]) -> str:
    """The titles and the beginning of the text of a thing that the viewer may see."""
    named_so = any_of("key" if "/" in key else "origin", [key])
    hits = view.searcher.search(together([(MUST, named_so), seen_by(viewer)]), 1, count=False).hits
    if not hits:
        return ""
    said = kept(view, hits[0][1])[1]
    return " ".join((*said["titles"].values(), *(one[:150] for one in said["texts"].values())))
