"""Handlers of `kapok demo`, `run`, `setup`, `serve` and `worker`."""

import os
import shutil
from pathlib import Path

from kapok.site.command.ground import Arguments, Trouble, check_settings, folder, house
from kapok.site.command.prepare import prepare

DEMO_MARK = "demo"


def setup(arguments: Arguments) -> int:
    """Bring the data folder up to date."""
    house()
    prepare(echo)
    return 0


def serve(arguments: Arguments) -> int:
    """Serve until told to stop."""
    from kapok.site.serve import Taken, check_port, hold, supervise

    house()
    check_settings()
    from django.conf import settings

    try:
        lock = hold(settings.DATA)
        check_port(settings.HOST, settings.PORT)
    except Taken as taken:
        raise Trouble(str(taken)) from None
    kinds = ("web",) if getattr(arguments, "no_worker", False) else ("web", "worker")
    with lock:
        return supervise(
            kinds,
            settings.HOST,
            settings.PORT,
            lambda: echo(f"Kapok answers on {settings.ADDRESS} (stop it with Ctrl+C)"),
        )


def run(arguments: Arguments) -> int:
    """Set up what is missing, then serve."""
    if (folder() / DEMO_MARK).exists():
        raise Trouble(f"{folder()} holds demo data and its published passwords. Set DATA to another folder.")
    setup(arguments)
    from django.contrib.auth import get_user_model

    if not get_user_model()._default_manager.exists():
        echo("Nobody has an account yet. Make the first administrator: .venv/bin/kapok createadmin you@example.org")
    return serve(arguments)


def demo(arguments: Arguments) -> int:
    """Serve with demo data, loading it at the first start."""
    os.environ["KAPOK_DEMO"] = "1"
    place = folder()
    mark = place / DEMO_MARK
    if not mark.exists() and ((place / "kapok.sqlite3").exists() or os.environ.get("DATABASE_URL")):
        raise Trouble(f"{place} holds a real Kapok; the demo would open it to all. Set DATA to another folder.")
    if arguments.reset:
        _throw_away(place)
    mark.touch()
    house()
    prepare(echo)
    from kapok.site.demo import load

    for line in load(echo):
        echo(str(line))
    return 0 if arguments.no_serve else serve(arguments)


def _throw_away(place: Path) -> None:
    """Empty a demo's folder, but never one that a server uses or that is not a demo's."""
    from kapok.site.serve import Taken, hold

    if not (place / DEMO_MARK).exists():
        return
    try:
        hold(place).close()
    except Taken as taken:
        raise Trouble(str(taken)) from None
    for child in place.iterdir():
        if child.is_dir():
            shutil.rmtree(child)
        else:
            child.unlink()
    echo("The demo data is thrown away.")


def worker(arguments: Arguments) -> int:
    """Background work only."""
    house()
    if arguments.once:
        from kapok.core.jobs import run_pending
        from kapok.insight.keeping import drain as allocate
        from kapok.search.index import drain

        for name in run_pending():
            echo(name)
        drain()
        allocate()
        return 0
    from kapok.site.serve import worker as work

    work(arguments.name)
    return 0


def echo(sentence: str) -> None:
    """Tell the administrator at once, even when the output goes into a file."""
    print(sentence, flush=True)
