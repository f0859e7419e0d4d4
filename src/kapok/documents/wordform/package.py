"""The parts of a Word document around its text, as small as Word and LibreOffice accept them."""

import io
import re
import zipfile
from xml.sax.saxutils import escape, quoteattr

from kapok.documents.wordform.marks import OURS, PROPERTY, W14, W

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
GUID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
STORE = "{6B0C2F4E-4B1D-4E0A-9B5E-6B41504F4B31}"
# What XML cannot hold.
IMPOSSIBLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
LOCALES = {"ar": "ar-SA", "en": "en-GB", "es": "es-ES", "fr": "fr-FR", "ru": "ru-RU", "zh": "zh-CN"}
RELATIONS = (
    ("officeDocument", "word/document.xml"),
    ("metadata/core-properties", "docProps/core.xml"),
    ("custom-properties", "docProps/custom.xml"),
)


def said(text: object) -> str:
    """A text within an element."""
    return escape(IMPOSSIBLE.sub("", str(text)))


def quoted(text: object) -> str:
    """A text as an attribute, quotes included."""
    return quoteattr(IMPOSSIBLE.sub("", str(text)))


def locale(language: str) -> str:
    """The tag under which Word knows a language."""
    return LOCALES.get(language, language or "en-GB")


def pack(document: str, styles: str, title: str, language: str, hidden: str) -> bytes:
    """The whole file. The same parts make the same bytes."""
    parts = {
        "[Content_Types].xml": content_types(),
        "_rels/.rels": relations(*((f"{OFFICE}/relationships/{kind}", to) for kind, to in RELATIONS)),
        "word/document.xml": document,
        "word/styles.xml": styles,
        "word/settings.xml": settings(language),
        "word/_rels/document.xml.rels": relations(
            (f"{OFFICE}/relationships/styles", "styles.xml"),
            (f"{OFFICE}/relationships/settings", "settings.xml"),
            (f"{OFFICE}/relationships/customXml", "../customXml/item1.xml"),
        ),
        "customXml/item1.xml": f'{HEAD}<form xmlns="{OURS}">{said(hidden)}</form>',
        "customXml/_rels/item1.xml.rels": relations((f"{OFFICE}/relationships/customXmlProps", "itemProps1.xml")),
        "customXml/itemProps1.xml": store(),
        "docProps/core.xml": core(title, language),
        "docProps/custom.xml": custom(hidden),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in parts.items():
            packed.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), text.encode(), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def content_types() -> str:
    """Which part is what."""
    special = {
        "/word/document.xml": f"{WORD}.document.main+xml",
        "/word/styles.xml": f"{WORD}.styles+xml",
        "/word/settings.xml": f"{WORD}.settings+xml",
        "/customXml/itemProps1.xml": "application/vnd.openxmlformats-officedocument.customXmlProperties+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "/docProps/custom.xml": "application/vnd.openxmlformats-officedocument.custom-properties+xml",
    }
    told = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in special.items())
    return (
        f'{HEAD}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{told}</Types>'
    )


def relations(*pairs: tuple[str, str]) -> str:
    """What a part points to."""
    core_properties = f"{PACKAGE}/relationships/metadata/core-properties"
    told = "".join(
        f'<Relationship Id="rId{number}" Type="{core_properties if "metadata/" in kind else kind}" Target="{to}"/>'
        for number, (kind, to) in enumerate(pairs, 1)
    )
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{told}</Relationships>'


def settings(language: str) -> str:
    """How Word opens the form."""
    tag = locale(language)
    return (
        f'{HEAD}<w:settings xmlns:w="{W}"><w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/>'
        '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" '
        f'w:val="15"/></w:compat><w:themeFontLang w:val="{tag}" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:settings>'
    )


def store() -> str:
    """The part that names the hidden one, so that Word keeps it."""
    return (
        f'{HEAD}<ds:datastoreItem xmlns:ds="{OFFICE}/customXml" ds:itemID="{STORE}">'
        f'<ds:schemaRefs><ds:schemaRef ds:uri="{OURS}"/></ds:schemaRefs></ds:datastoreItem>'
    )


def core(title: str, language: str) -> str:
    """Title and language, for readers of the screen and for archives."""
    return (
        f'{HEAD}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{said(title)}</dc:title>'
        f"<dc:creator>Kapok</dc:creator><dc:language>{locale(language)}</dc:language></cp:coreProperties>"
    )


def custom(hidden: str) -> str:
    """The hidden part once more, where programs that drop foreign XML keep it."""
    return (
        f'{HEAD}<Properties xmlns="{OFFICE}/custom-properties" xmlns:vt="{OFFICE}/docPropsVTypes">'
        f'<property fmtid="{GUID}" pid="2" name="{PROPERTY}"><vt:lpwstr>{said(hidden)}</vt:lpwstr></property>'
        "</Properties>"
    )


NAMESPACES = f'xmlns:w="{W}" xmlns:w14="{W14}" xmlns:mc="{OFFICE.replace("officeDocument", "markup-compatibility")}"'
