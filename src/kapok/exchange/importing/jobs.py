"""Background work of the room. Each job may run twice and may be killed midway."""

from kapok.core.jobs import task
from kapok.exchange.importing.applying import Application
from kapok.exchange.importing.examining import Examination
from kapok.exchange.importing.undoing import Undoing
from kapok.exchange.models import Import, State


@task("exchange.read", attempts=3)
def read(pk: int) -> None:
    """Read an import's files; begun anew when its worker died, since nothing but its own rows is written."""
    imported = Import.objects.select_related("by", "body", "source").filter(pk=pk).first()
    if imported and imported.state in {State.WAITING, State.READING}:
        Examination(imported).run()


@task("exchange.apply", attempts=10)
def apply(pk: int) -> None:
    """Take the good rows in, going on where a worker that died stopped."""
    imported = Import.objects.select_related("by", "body", "source").filter(pk=pk, state=State.APPLYING).first()
    if imported:
        Application(imported).run()


@task("exchange.undo", attempts=10)
def undo(pk: int) -> None:
    """Take everything back, going on where a worker that died stopped."""
    imported = Import.objects.select_related("by", "undone_by", "source").filter(pk=pk, state=State.UNDOING).first()
    if imported:
        Undoing(imported).run()
