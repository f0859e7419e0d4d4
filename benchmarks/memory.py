"""How much memory a process holds, by kind."""

from pathlib import Path


def held(kind: str, process: int | str = "self") -> float:
    """The memory of one kind in megabytes; none where the system does not tell it, as of a process that has ended.

    VmRSS is all of it. RssAnon is the process's own; the rest are pages of files, such as those of the search index,
    which processes share and the system takes back when it needs room.
    """
    status = Path(f"/proc/{process}/status").read_text()
    _before, told, after = status.partition(f"{kind}:")
    return int(after.split()[0]) / 1024 if told else 0.0
