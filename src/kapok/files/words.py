"""The words inside a file, read by a process of its own that may take little time and little memory.

Run as `python -m kapok.files.words KIND PATH`: it limits itself, writes the words to its output, and ends.
"""

import re
import resource
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from zipfile import ZipFile

from charset_normalizer import from_bytes
from lxml import etree
from pypdf import PdfReader

from kapok.core.archives import opened
from kapok.core.xml import iterate

MEMORY = 512 * 1024 * 1024
SECONDS = 30
# Of a longer text the beginning is found.
MOST = 200_000
PARAGRAPHS = {
    "docx": (r"word/(document|footnotes|endnotes|header\d*|footer\d*)\.xml", "p", "t"),
    "pptx": (r"ppt/(slides|notesSlides)/[^/]+\.xml", "p", "t"),
    "xlsx": (r"xl/(sharedStrings|worksheets/[^/]+)\.xml", "si is", "t"),
    "odt": (r"content\.xml", "p h", ""),
    "ods": (r"content\.xml", "p", ""),
}
SPACES = {
    "docx": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "pptx": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "xlsx": "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "odt": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "ods": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
}


def limit(memory: int = MEMORY, seconds: int = SECONDS) -> None:
    """From here on this process gets no more than that; the system ends it when it wants more."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def pdf(path: Path) -> Iterator[str]:
    """The text of each page."""
    for page in PdfReader(path).pages:
        yield page.extract_text()


def plain(path: Path) -> Iterator[str]:
    """Text in whatever encoding it is."""
    content = path.read_bytes()[: MOST * 4]
    found = from_bytes(content).best()
    yield str(found) if found else content.decode("utf-8", "replace")


def paragraphs(ending: str) -> Callable[[Path], Iterator[str]]:
    """The paragraphs of an Office or OpenDocument file."""
    parts, blocks, runs = PARAGRAPHS[ending]
    space = f"{{{SPACES[ending]}}}"
    tags = [space + name for name in blocks.split()]

    def read(path: Path) -> Iterator[str]:
        with path.open("rb") as file, opened(file, "damaged") as packed:
            for name in packed.namelist():
                if re.fullmatch(parts, name):
                    yield from texts(packed, name, tags, space + runs if runs else "")

    return read


def texts(packed: ZipFile, name: str, tags: list[str], run: str) -> Iterator[str]:
    """What stands in the blocks of one part."""
    with packed.open(name) as part:
        for block in iterate(part, *tags):
            yield "".join(one.text or "" for one in block.iter(run)) if run else all_text(block)


def all_text(block: "etree._Element") -> str:
    """Everything written within an element."""
    return "".join(str(words) for words in block.itertext())


READERS: dict[str, Callable[[Path], Iterator[str]]] = {
    "pdf": pdf,
    "txt": plain,
    "csv": plain,
    **{ending: paragraphs(ending) for ending in PARAGRAPHS},
}


def words(ending: str, path: Path) -> str:
    """All text of a file, up to the limit, a paragraph to a line."""
    found: list[str] = []
    length = 0
    for text in READERS[ending](path):
        # What no text may hold stays out: a database refuses it, or it turns other text around.
        line = " ".join(text.encode("utf-8", "replace").decode().replace("\x00", " ").split())
        if line:
            found.append(line)
            length += len(line)
        if length > MOST:
            break
    return "\n".join(found)[:MOST]


if __name__ == "__main__":
    limit()
    sys.stdout.buffer.write(words(sys.argv[1], Path(sys.argv[2])).encode())
