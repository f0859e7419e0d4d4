"""Measure one installation from within: search, likeness and pages, beside SQL that answers the same questions.

`DATA=folder python -m benchmarks.installed 2000`. Times are those of one process; pages are made anew each time.
"""

import argparse
import io
import os
import random
import tempfile
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import quote

import django

django.setup()

from benchmarks.search_bench import line, times, titles  # noqa: E402
from benchmarks.search_corpus import EIGHT  # noqa: E402
from benchmarks.search_peers import Peer, Postgres, Sqlite  # noqa: E402
from kapok import vocab  # noqa: E402
from kapok.records.benchdata.words import FIELD  # noqa: E402
from kapok.records.models import Record  # noqa: E402
from kapok.search import describers, index  # noqa: E402
from kapok.search.documents import Document  # noqa: E402
from kapok.search.indexer import batches  # noqa: E402
from kapok.search.questions import Question  # noqa: E402
from kapok.site.serve import settle  # noqa: E402
from kapok.site.wsgi import behind  # noqa: E402

FEW, LARGE = 20, 20_000
SOUGHT = ("initiative", "resource", "need", "opportunity")


def documents() -> Iterator[Document]:
    """Every document of the installation."""
    for keys in batches(describers.every_key()):
        for found in describers.describe(keys).values():
            yield from found


def questions(count: int) -> list[Question]:
    """Words of all languages, alone or in pairs, most with one or two filters, all with eight facets."""
    dice = random.Random(5)
    countries = [choice.id for choice in vocab.countries("en")]
    themes = [term.id for term in vocab.vocabulary("theme").terms]
    made = []
    for _number in range(count):
        language = dice.choice(list(FIELD))
        words = " ".join(dice.sample(FIELD[language].split()[:20], dice.choice((1, 1, 1, 2))))
        filters: dict[str, tuple[str, ...]] = {}
        if dice.random() < 0.6:
            filters["country"] = tuple(dice.sample(countries, dice.choice((1, 2))))
        if dice.random() < 0.35:
            filters["theme"] = (dice.choice(themes),)
        if dice.random() < 0.2:
            filters["type"] = (dice.choice(SOUGHT),)
        made.append(Question(words, filters, facets=EIGHT, language=language))
    return made


def page(address: str) -> bytes:
    """One page as Django makes it, without the cache in front."""
    path, _mark, query = address.partition("?")
    said: list[str] = []
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "localhost",
        "HTTP_ACCEPT_ENCODING": "gzip",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": False,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }

    def start(status: str, _headers: Any, _error: Any = None, /) -> Any:
        said.append(status)

    answer = behind(environ, start)
    body = b"".join(answer)
    answer.close()
    if not said[0].startswith("200"):
        raise RuntimeError(f"{address} answered {said[0]}")
    return body


def addresses(count: int) -> dict[str, list[str]]:
    """Pages to ask for, by what they are called in the figures."""
    dice = random.Random(7)
    made: dict[str, list[str]] = {}
    for form in ("initiative", "need", "resource", "organisation"):
        known = list(Record.objects.filter(format=form).values_list("identifier", flat=True)[:10_000])
        made[f"page: {form}, made anew"] = [f"/records/{one}" for one in dice.sample(known, min(count, len(known)))]
    words = [(language, word) for language in FIELD for word in FIELD[language].split()[:6] if len(word) > 1]
    asked = [f"/{language}/search?q={quote(word)}&country=KEN" for language, word in dice.sample(words, 20)]
    made["page: search with a word and a country"] = asked
    made["page: home"] = ["/"]
    made["page: country"] = [f"/countries/{choice.id}" for choice in islice(vocab.countries("en"), 0, 198, 20)]
    return made


def measure(records: int, peers: list[Peer]) -> None:
    """All figures; those that a peer can answer, once for each peer."""
    count = 60
    asked, likes = questions(count), titles(documents(), count)
    settle()
    few = FEW if records > LARGE else count
    searched = times(index.ask, asked)
    liked = times(lambda text: index.similar(text), likes)
    for peer in peers:
        line("installed: words, filters, 8 facets", records, searched, peer.name, times(peer.ask, asked[:few], 1))
        line("installed: similar to a typed title", records, liked, peer.name, times(peer.similar, likes[:few], 1))
    if not peers:
        line("installed: words, filters, 8 facets", records, searched)
        line("installed: similar to a typed title", records, liked)
    for name, pages in addresses(count).items():
        line(name, records, times(page, pages))


def main() -> None:
    """Measure with or without peers."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("records", type=int)
    parser.add_argument("--no-peers", action="store_true")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kapok-peer-") as folder:
        kinds: list[Callable[[], Any]] = [lambda: Sqlite(Path(folder) / "peer.sqlite3")]
        if os.environ.get("BENCH_POSTGRES"):
            kinds.append(lambda: Postgres(os.environ["BENCH_POSTGRES"]))
        peers = [] if wanted.no_peers else [make() for make in kinds]
        for peer in peers:
            peer.load(documents())
        measure(wanted.records, peers)


if __name__ == "__main__":
    main()
