"""XML from outside, with entities, document types and the network off. Nothing else in Kapok parses foreign XML."""

from collections.abc import Iterator
from io import BytesIO
from typing import IO, Any

from django.utils.translation import gettext_lazy as _
from lxml import etree

from kapok.core.rules import Refused, filled

Element = Any
# The declaration of a document type stands before the first element; a prolog longer than this is no honest file.
PROLOG = 65_536
SAFE: dict[str, Any] = {
    "resolve_entities": False,
    "load_dtd": False,
    "no_network": True,
    "dtd_validation": False,
    "attribute_defaults": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}


def parse(source: bytes | IO[bytes]) -> Element:
    """The root element of a whole file. Raises `Refused` in a sentence when it is hostile or damaged."""
    file = ready(source)
    try:
        tree = etree.parse(file, etree.XMLParser(**SAFE))
    except (etree.XMLSyntaxError, etree.LxmlError, ValueError) as error:
        raise damaged(error) from None
    refuse_doctype(tree.getroot())
    return tree.getroot()


def iterate(source: bytes | IO[bytes], *tags: str) -> Iterator[Element]:
    """Each element of these names as soon as it is complete; it is thrown away when the next one is asked for.

    So a file of any length takes the memory of one element. The attributes of the root can still be read through
    `element.getroottree().getroot()`.
    """
    file = ready(source)
    try:
        events: Any = etree.iterparse(file, events=("start", "end"), **SAFE)
        _event, root = next(events)
        refuse_doctype(root)
        for event, element in events:
            if event == "end" and element.tag in tags:
                yield element
                forget(element)
    except StopIteration:
        raise Refused(_("This XML file is empty.")) from None
    except (etree.XMLSyntaxError, etree.LxmlError, ValueError) as error:
        raise damaged(error) from None


def forget(element: Element) -> None:
    """Free an element and what stood before it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def ready(source: bytes | IO[bytes]) -> IO[bytes]:
    """The file at its beginning, once no document type is declared in it in plain sight."""
    file: IO[bytes] = BytesIO(source) if isinstance(source, bytes) else source
    file.seek(0)
    head = file.read(PROLOG).replace(b"\x00", b"").upper()
    file.seek(0)
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
        raise Refused(doctype())
    return file


def refuse_doctype(root: Element) -> None:
    """Refuse a document type that was hidden from plain sight by its encoding or its place."""
    if root.getroottree().docinfo.doctype:
        raise Refused(doctype())


def doctype() -> Any:
    return _("This XML file declares a document type or entities, which are not taken. Save it without them.")


def damaged(error: Exception) -> Refused:
    """The sentence for XML that ends too early or is not well formed, with the line where reading stopped."""
    line = getattr(error, "lineno", None) or 1
    said = _("This XML file is damaged at line %(line)s and cannot be read further. Ask for it anew.")
    return Refused(filled(said, line=line))
