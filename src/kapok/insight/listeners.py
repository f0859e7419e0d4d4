"""What the room hears: after every change of a record its allocations are brought up to date at once."""

from kapok.core.news import listen
from kapok.insight import keeping
from kapok.insight.models import Place


@listen("*", together=True)
def keep(references: list[str], **facts: object) -> None:
    """Apply what was noted. Where nothing is allocated yet, the worker allocates everything in its own time."""
    if any(reference.startswith("record") for reference in references) and Place.objects.exists():
        keeping.drain()
