"""Measure what is taken along: the moment of the first byte, rows a second, and how much memory the process gains.

`DATA=folder python -m benchmarks.exports 2000`. The application answers within this process, as it does in a server.
"""

import argparse
import json
import resource
import sys
import time
from io import BytesIO
from typing import Any

import django

django.setup()

from benchmarks.memory import held  # noqa: E402
from kapok.exchange.exporting.shapes import SHAPES  # noqa: E402
from kapok.site.wsgi import application  # noqa: E402


def main() -> int:
    """Each shape of everything, and of one type."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("records", type=int)
    parser.add_argument("--no-peers", action="store_true", help="there are none; taken for the sake of run.py")
    records = parser.parse_args().records
    for _piece in taken("/en/search.csv?type=news"):
        pass
    for code, shape in SHAPES.items():
        own = f"?type={shape.only[0]}" if shape.only else "?type=initiative"
        for query in ("", own) if code in {"csv", "json"} else (own,):
            measure(code, query, records)
    return 0


def measure(shape: str, query: str, records: int) -> None:
    """One file, read to its end without being kept."""
    before, own, began = peak(), held("RssAnon"), time.perf_counter()
    first, size, lines, most = 0.0, 0, 0, own
    for piece in taken(f"/en/search.{shape}{query}"):
        first = first or time.perf_counter() - began
        size += len(piece)
        lines += piece.count(b"\n")
        most = max(most, held("RssAnon"))
    seconds = time.perf_counter() - began
    said = {
        "bench": f"take along {shape} {query or 'of everything'}",
        "records": records,
        "first_byte_ms": round(first * 1000, 1),
        "seconds": round(seconds, 2),
        "megabytes": round(size / 1e6, 1),
        "lines": lines,
        "memory_gained_mb": round(peak() - before, 1),
        "of_its_own_mb": round(most - own, 1),
    }
    print(json.dumps(said), flush=True)


def taken(address: str) -> Any:
    """The pieces of an answer, as a server would send them."""
    path, _mark, query = address.partition("?")
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "HTTP_HOST": "localhost",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(),
        "wsgi.errors": sys.stderr,
    }
    said: list[str] = []
    answer = application(environ, lambda status, _headers, *_rest: said.append(status))
    yield from answer
    getattr(answer, "close", lambda: None)()
    if not said[0].startswith("200"):
        raise RuntimeError(f"{address}: {said[0]}")


def peak() -> float:
    """The most memory that this process ever held, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    sys.exit(main())
