"""What is written by the clock."""

from kapok.core.jobs import every
from kapok.exchange.providing import dump


@every("40 1 * * *", "exchange.dump")
def write_dump() -> None:
    """Write everything public into the files of the page “Open data”, before the day begins."""
    dump.make()
