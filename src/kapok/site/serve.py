"""Serving: a supervisor that keeps the web processes and the background worker alive.

`kapok serve` starts two children, `web` (granian with two processes of one thread) and `worker`
(jobs, schedules, search index). A child that dies is started again; a supervisor that dies takes
its children along; SIGTERM lets requests and the job at hand finish.
"""

import ctypes
import fcntl
import gc
import logging
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from http.client import HTTPConnection  # noqa: TID251 - asks this machine only
from pathlib import Path
from types import FrameType
from typing import IO, Any
from urllib.parse import urlsplit
from wsgiref.util import setup_testing_defaults

GRACE = 25.0
PR_SET_PDEATHSIG = 1
INDEX_PAUSE = 0.3
WARMED = ("/en/", "/en/search")
logger = logging.getLogger("kapok.serve")


class Taken(Exception):
    """The port or the data folder is in use."""


def hold(folder: Path) -> IO[str]:
    """Lock the data folder for one server; the lock goes when the process goes."""
    file = (folder / "serve.lock").open("a+")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.seek(0)
        holder = file.read().strip() or "unknown"
        file.close()
        raise Taken(f"Another Kapok (process {holder}) serves from {folder}. Stop it, or set DATA.") from None
    file.truncate(0)
    file.write(str(os.getpid()))
    file.flush()
    return file


def check_port(host: str, port: int) -> None:
    """Refuse in words when we cannot listen; granian itself would share a taken port."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host.strip("[]"), port))
        except PermissionError:
            raise Taken(
                f"Port {port} needs more rights than this account has. Set another, such as PORT=8000."
            ) from None
        except OSError as error:
            why = error.strerror or str(error)
            raise Taken(f"Cannot listen on {host} port {port} ({why}). Set another: PORT={port + 1}") from None


def die_with_parent() -> None:
    """Ask the system to end this process when its parent ends, even by kill -9."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class Child:
    """One process that must always run."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.process: subprocess.Popen[bytes] | None = None
        self.started = 0.0
        self.wait = 0.0

    def start(self) -> None:
        self.process = subprocess.Popen([sys.executable, "-m", "kapok.site.serve", self.kind])
        self.started = time.monotonic()

    def watch(self) -> None:
        """Start it again if it died, at growing intervals while it keeps dying."""
        if self.process is None or self.process.poll() is None:
            return
        lived = time.monotonic() - self.started
        self.wait = 0.5 if lived > 60 else min(self.wait * 2 + 0.5, 15)
        if lived >= self.wait:
            logger.error("%s ended with %s; starting it again", self.kind, self.process.returncode)
            self.start()

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def wait_for_end(self, until: float) -> None:
        if self.process is None:
            return
        try:
            self.process.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            logger.error("%s did not stop in time and is killed", self.kind)
            self.process.kill()
            self.process.wait()


def on_signals(act: Callable[[], Any]) -> None:
    """Call `act` on SIGTERM and SIGINT."""

    def handle(number: int, frame: FrameType | None) -> None:
        act()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, handle)


def answers(host: str, port: int) -> bool:
    """Does a web process answer yet?"""
    local = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    connection = HTTPConnection(local.strip("[]"), port, timeout=2)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def supervise(kinds: tuple[str, ...], host: str, port: int, ready: Callable[[], None]) -> int:
    """Keep the children alive until told to stop; call `ready` when the first page can be had."""
    stop = threading.Event()
    on_signals(stop.set)
    children = [Child(kind) for kind in kinds]
    for child in children:
        child.start()
    waiting = True
    while not stop.wait(0.25):
        if waiting and answers(host, port):
            waiting = False
            ready()
        for child in children:
            child.watch()
    for child in children:
        child.stop()
    until = time.monotonic() + GRACE
    for child in children:
        child.wait_for_end(until)
    return 0


def web() -> None:
    """The web processes. Each loads Kapok for itself."""
    from django.conf import settings
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    Granian(
        "kapok.site.wsgi:application",
        address=settings.HOST.strip("[]"),
        port=settings.PORT,
        interface=Interfaces.WSGI,
        workers=settings.WEB_PROCESSES,
        blocking_threads=1,
        websockets=False,
        backlog=1024,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=20,
    ).serve(target_loader=load)


def load(target: str) -> Callable[..., Any]:
    """The WSGI application, loaded within a web process."""
    # Until granian listens for it, the signal to stop must end the process and not only be noted.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    die_with_parent()
    from kapok.site.wsgi import application

    warm(application)
    settle()
    return application


def warm(application: Callable[..., Any]) -> None:
    """Ask for two pages before anybody else can, so that no visitor waits for what is loaded at first use.

    Addresses, templates, catalogues and the columns of the matrix took the first asker of each process 2 to 4 seconds.
    """
    from django.conf import settings
    from django.db import connections

    for path in WARMED:
        asked: dict[str, Any] = {"PATH_INFO": path, "HTTP_HOST": urlsplit(settings.ADDRESS).netloc}
        asked |= {"wsgi.url_scheme": urlsplit(settings.ADDRESS).scheme, "REMOTE_ADDR": "127.0.0.1"}
        setup_testing_defaults(asked)
        answer = application(asked, lambda *_said: None)
        getattr(answer, "close", lambda: None)()
    connections.close_all()


def settle() -> None:
    """Let the collector of a web process rest: what is loaded stays, and a page makes more than it starts for.

    Going through all that is loaded took 70 ms of one page; looking after each 700 new values took 8 % of every page.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def worker(name: str = "") -> None:
    """Jobs and schedules in this thread, the search index in another, until told to stop."""
    import django

    django.setup()
    from kapok.core.jobs.worker import loop

    stop = threading.Event()
    on_signals(stop.set)
    indexer = threading.Thread(target=keep_index, args=(stop,), name="indexer")
    indexer.start()
    loop(stop, name)
    indexer.join()


def keep_index(stop: threading.Event) -> None:
    """Bring the search index and the allocations up to date within a second of every change."""
    from django.db import Error, close_old_connections, connection

    from kapok.core.cache import renew
    from kapok.insight.keeping import drain as allocate
    from kapok.search.index import drain

    while not stop.is_set():
        pause = INDEX_PAUSE
        try:
            if drain() + allocate():
                # A search page shown between a change and its indexing must not be kept.
                renew()
        except Error as error:
            logger.error("The database does not answer, the index waits: %s", error)
            connection.close()
            pause = 3.0
        except Exception:
            logger.exception("The search index could not be brought up to date; trying again")
            pause = 5.0
        close_old_connections()
        stop.wait(pause)
    connection.close()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kapok.site.settings")
    die_with_parent()
    with suppress(KeyboardInterrupt):
        {"web": web, "worker": worker}[sys.argv[1]]()
