"""The page cache: visitors get kept pages, everybody else gets their own, and news makes all old."""

import gzip
import zlib

import pytest

from kapok.core import cache
from kapok.site.pagecache import PageCache

PUBLIC = [("Content-Type", "text/html"), ("Kapok-Cache", "public")]


class Behind:
    """Stands for Django: counts what is asked and answers as told."""

    def __init__(self):
        self.asked = []
        self.status = "200 OK"
        self.headers = list(PUBLIC)
        self.body = b"<p>" + b"page " * 200

    def __call__(self, environ, start_response):
        self.asked.append(environ)
        packed = gzip.compress(self.body)
        length = [("Content-Encoding", "gzip"), ("Content-Length", str(len(packed)))]
        start_response(self.status, [*self.headers, *length])
        return [packed]


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.DATA = tmp_path


@pytest.fixture
def behind():
    return Behind()


@pytest.fixture
def front(behind):
    return PageCache(behind)


def ask(front, path="/records/INI-000001", method="GET", **environ):
    """Status, headers and body of one request."""
    said = []
    environ = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "HTTP_HOST": "kapok.example",
        "wsgi.url_scheme": "http",
    } | environ
    body = b"".join(front(environ, lambda *parts: said.extend(parts)))
    return said[0], dict(said[1]), body


def test_the_second_visitor_gets_the_kept_page(front, behind):
    first, second = ask(front), ask(front)

    assert len(behind.asked) == 1
    assert first == second
    status, headers, body = second
    assert (status, body) == ("200 OK", behind.body)
    assert headers["Content-Length"] == str(len(body))
    assert "Kapok-Cache" not in headers


def test_a_packed_page_goes_out_packed_to_those_who_can_read_it(front, behind):
    _status, headers, body = ask(front, HTTP_ACCEPT_ENCODING="gzip, br")

    assert headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(body) == behind.body


def test_a_copy_that_is_still_good_is_not_sent_again(front):
    etag = ask(front)[1]["ETag"]

    status, headers, body = ask(front, HTTP_IF_NONE_MATCH=f'W/{etag}, "other"')

    assert (status, body) == ("304 Not Modified", b"")
    assert headers["ETag"] == etag


def test_head_gets_the_headers_only(front):
    status, headers, body = ask(front, method="HEAD")

    assert (status, body) == ("200 OK", b"")
    assert int(headers["Content-Length"]) > 0


def test_news_makes_every_page_old(front, behind):
    ask(front)
    cache.renew()
    behind.body = b"<p>" + b"news " * 200

    assert ask(front)[2] == behind.body


def test_a_page_made_while_news_came_is_old_at_once(front, behind):
    behind.headers.append(("X-Late", "yes"))
    original = behind.__class__.__call__

    class Late(Behind):
        def __call__(self, environ, start_response):
            cache.renew()
            return original(self, environ, start_response)

    late = Late()
    front = PageCache(late)

    ask(front)
    ask(front)

    assert len(late.asked) == 2


def test_pages_grow_old_by_themselves(front, behind, monkeypatch):
    ask(front)
    monkeypatch.setattr("kapok.site.pagecache.time.monotonic", lambda: 10**9)

    ask(front)

    assert len(behind.asked) == 2


@pytest.mark.parametrize(
    "environ",
    [
        {"HTTP_COOKIE": "kapok=abc"},
        {"HTTP_COOKIE": "messages=abc"},
        {"HTTP_AUTHORIZATION": "Bearer abc"},
        {"HTTP_HX_REQUEST": "true"},
        {"HTTP_RANGE": "bytes=0-3"},
        {"REQUEST_METHOD": "POST"},
        {"PATH_INFO": "/account/login/"},
    ],
    ids=lambda environ: next(iter(environ)),
)
def test_what_belongs_to_one_visitor_always_goes_to_django(front, behind, environ):
    ask(front)

    ask(front, **environ)
    ask(front, **environ)

    assert len(behind.asked) == 3


@pytest.mark.parametrize(
    ("status", "headers"),
    [
        ("200 OK", [("Content-Type", "text/html")]),
        ("404 Not Found", PUBLIC),
        ("200 OK", [*PUBLIC, ("Set-Cookie", "kapok-csrf=abc; Path=/")]),
        ("200 OK", [*PUBLIC, ("Vary", "Cookie, Accept")]),
        ("200 OK", [("Kapok-Cache", "private")]),
    ],
    ids=["unmarked", "missing", "cookie", "varies", "private"],
)
def test_answers_that_are_not_for_all_are_not_kept(front, behind, status, headers):
    behind.status, behind.headers = status, headers

    ask(front)
    answer = ask(front)

    assert len(behind.asked) == 2
    assert (answer[0], answer[2]) == (status, behind.body)
    assert "Kapok-Cache" not in answer[1]


def test_a_visitor_with_a_form_token_reads_kept_pages_but_leaves_none(front, behind):
    token = {"HTTP_COOKIE": "kapok-csrf=abc"}

    ask(front, **token)
    ask(front, **token)
    assert len(behind.asked) == 2

    ask(front)
    ask(front, **token)
    assert len(behind.asked) == 3


@pytest.mark.parametrize(
    ("one", "other", "asked"),
    [
        ({"HTTP_ACCEPT_LANGUAGE": "fr"}, {"HTTP_ACCEPT_LANGUAGE": "fr-CA,en;q=0.5"}, 1),
        ({"HTTP_ACCEPT_LANGUAGE": "fr"}, {"HTTP_ACCEPT_LANGUAGE": "ar"}, 2),
        ({"HTTP_ACCEPT_LANGUAGE": "fr"}, {"HTTP_COOKIE": "kapok_language=fr"}, 1),
        ({"HTTP_COOKIE": "kapok_language=zh"}, {"HTTP_COOKIE": "kapok_language=ru"}, 2),
        ({"HTTP_COOKIE": "kapok_language=xx"}, {}, 1),
        ({"QUERY_STRING": "q=a"}, {"QUERY_STRING": "q=b"}, 2),
        ({"HTTP_HOST": "a.example"}, {"HTTP_HOST": "b.example"}, 2),
    ],
)
def test_pages_differ_by_language_and_address(front, behind, one, other, asked):
    ask(front, **one)
    ask(front, **other)

    assert len(behind.asked) == asked


def test_an_address_with_a_language_is_one_page_and_remembers_the_choice(front, behind):
    behind.headers.append(("Set-Cookie", "kapok_language=ar; Path=/"))

    english = ask(front, path="/ar/search")
    arabic = ask(front, path="/ar/search", HTTP_ACCEPT_LANGUAGE="ar")

    assert len(behind.asked) == 1
    assert english[1]["Set-Cookie"].startswith("kapok_language=ar; ")
    assert "HttpOnly" in english[1]["Set-Cookie"]
    assert "Set-Cookie" not in arabic[1]


def test_memory_is_bounded_and_what_is_read_often_stays(behind):
    behind.body = bytes(range(256)) * 8
    front = PageCache(behind, budget=4000)
    ask(front, path="/often")
    for number in range(50):
        ask(front, path=f"/once/{number}")
        ask(front, path="/often")

    assert front.size == sum(len(page.packed) for page in front.pages.values()) <= 4000
    assert len(behind.asked) == 51


def test_a_reader_without_gzip_gets_other_answers_unpacked_too(front, behind):
    behind.headers = [("Content-Type", "text/html")]

    _status, headers, body = ask(front)

    assert body == behind.body
    assert "Content-Encoding" not in headers
    assert headers["Content-Length"] == str(len(body))


def test_a_long_answer_is_unpacked_as_it_comes():
    pieces, closed = [], []

    class Long:
        def __iter__(self):
            packer = zlib.compressobj(wbits=31)
            for piece in (b"first,", b"second,", b"third"):
                pieces.append(piece)
                yield packer.compress(piece) + packer.flush(zlib.Z_SYNC_FLUSH)
            yield packer.flush()

        def close(self):
            closed.append(True)

    def behind(environ, start_response):
        start_response("200 OK", [("Content-Type", "text/csv"), ("Content-Encoding", "gzip")])
        return Long()

    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/search.csv", "wsgi.url_scheme": "http"}
    body = iter(PageCache(behind)(environ, lambda *parts: None))

    assert (next(body), pieces, closed) == (b"first,", [b"first,"], [])
    assert (b"".join(body), closed) == (b"second,third", [True])
