"""The way out of the house asks registered hosts only, and never a private address."""

import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from kapok.core.rules import Refused
from kapok.exchange.harvest import client

HOSTS = {"127.0.0.1", "localhost"}


class Publisher(BaseHTTPRequestHandler):
    """A source with one address for each way of behaving."""

    def do_GET(self) -> None:
        match self.path:
            case "/file.csv" if self.headers.get("If-None-Match") == '"one"':
                self.answer(304)
            case "/file.csv":
                self.answer(200, b"title\nA project\n", ETag='"one"', **{"Content-Type": "text/csv; charset=utf-8"})
            case "/moved":
                self.answer(302, Location="http://127.0.0.1/elsewhere")
            case "/large":
                self.answer(200, b"x" * 5000)
            case "/slow":
                self.slowly()
            case _:
                self.answer(404)

    def answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def slowly(self) -> None:
        self.send_response(200)
        self.end_headers()
        for _piece in range(40):
            time.sleep(0.1)
            try:
                self.wfile.write(b"x" * 10)
                self.wfile.flush()
            except OSError:
                return

    def log_message(self, *words: object) -> None:
        """Nothing."""


@pytest.fixture
def source(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A source on this machine, which the guard lets through for once."""
    monkeypatch.setattr(client, "CONFIG", replace(client.CONFIG, ip_filter_allow_loopback_ips=True))
    monkeypatch.setattr(client, "check_address", lambda address, hosts=None: "127.0.0.1")
    server = ThreadingHTTPServer(("127.0.0.1", 0), Publisher)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def test_a_file_comes_with_its_mark_and_only_once(source):
    first = client.fetch(f"{source}/file.csv", hosts=HOSTS)
    again = client.fetch(f"{source}/file.csv", hosts=HOSTS, etag=first.etag)

    assert first == client.Fetched(b"title\nA project\n", '"one"', "", "text/csv")
    assert again.content is None


@pytest.mark.parametrize(
    ("path", "sentence"),
    [("/moved", "sends on to another address"), ("/none", "error 404"), ("/large", "too large"), ("/slow", "in time")],
)
def test_what_cannot_be_taken_is_refused_in_words(source, settings, path, sentence):
    settings.KAPOK_HARVEST_LARGEST, settings.KAPOK_HARVEST_SECONDS = 4000, 1

    with pytest.raises(Refused, match=sentence):
        client.fetch(source + path, hosts=HOSTS)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "127.1",
        "2130706433",
        "0x7f000001",
        "0.0.0.0",
        "10.0.0.7",
        "169.254.169.254",
        "[::1]",
        "[::ffff:10.0.0.7]",
        "localhost",
    ],
)
def test_a_private_address_is_never_asked_however_it_is_written(host):
    with pytest.raises(Refused, match=r"private address|could not be reached"):
        client.fetch(f"http://{host}/file.csv", hosts={host.strip("[]")})


def test_a_name_that_turns_private_after_it_was_registered_is_not_asked(monkeypatch):
    private = [(2, 1, 6, "", ("192.168.1.1", 80))]
    monkeypatch.setattr("socket.getaddrinfo", lambda *words, **more: private)

    with pytest.raises(Refused, match="private address"):
        client.fetch("http://rebinding.example/file.csv", hosts={"rebinding.example"})


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("ftp://data.example/file.csv", "must begin with"),
        ("file:///etc/passwd", "must begin with"),
        ("https://", "must begin with"),
        ("https://me:secret@data.example/", "names and passwords"),
        ("https://data.example:22/", "port"),
        ("https://data.example:port/", "not a web address"),
        ("https://other.example/file.csv", "not the host of a registered source"),
    ],
)
def test_an_address_must_be_of_the_web_and_of_a_registered_host(address, sentence):
    with pytest.raises(Refused, match=sentence):
        client.check_address(address, {"data.example"})


def test_a_proxy_of_the_environment_is_not_used(source, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")

    assert client.fetch(f"{source}/file.csv", hosts=HOSTS).content
