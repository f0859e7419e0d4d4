"""A form as a Word document with a content control for each answer."""

from collections.abc import Iterator, Sequence
from itertools import count

from django.utils import translation
from django.utils.translation import gettext as _

from kapok.core.languages import code_of, direction
from kapok.documents.wordform.asks import Ask, Group, WordForm
from kapok.documents.wordform.look import LINE, PAPER, PLACE, styles
from kapok.documents.wordform.marks import CHECKED, LONGEST_TAG, OPTION, UNCHECKED, sealed
from kapok.documents.wordform.package import HEAD, NAMESPACES, locale, pack, quoted, said

# A4, with margins of two centimetres, in twentieths of a point.
PAGE = '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134"/>'
WIDTH = 9638


def write(form: WordForm) -> bytes:
    """The whole document, its own words in its own language."""
    with translation.override(code_of(form.language)):
        return Writer(form).document()


class Writer:
    """One document on its way."""

    def __init__(self, form: WordForm) -> None:
        self.form = form
        self.right = direction(form.language) == "rtl"
        self.numbers = count(1)
        self.tags: dict[str, str] = {}
        self.words = {
            "line": _("Write here"),
            "text": _("Write here"),
            "day": _("Year-month-day, such as 2026-03-31"),
            "choice": _("Choose one"),
            "yesno": _("Choose one"),
        }

    def document(self) -> bytes:
        """All parts in one file."""
        bidi = "<w:bidi/>" if self.right else ""
        body = "".join(self.body())
        text = f"{HEAD}<w:document {NAMESPACES}><w:body>{body}<w:sectPr>{PAGE}{bidi}</w:sectPr></w:body></w:document>"
        hidden = sealed(self.form.hidden, self.tags, sorted(set(self.words.values())))
        title = str(self.form.title)
        return pack(text, styles(self.form.language), title, self.form.language, hidden)

    def body(self) -> Iterator[str]:
        """Title, introduction, then each group."""
        yield self.paragraph("FormTitle", self.form.title)
        for line in str(self.form.intro).split("\n"):
            if line.strip():
                yield self.paragraph("FormIntro", line)
        for group in self.form.groups:
            yield from self.group(group)
        yield self.paragraph("FormHint", "")

    def group(self, group: Group) -> Iterator[str]:
        """A heading and its questions."""
        if str(group.title):
            yield self.paragraph(f"FormHeading{min(max(group.level, 1), 3)}", group.title)
        if str(group.hint):
            yield self.paragraph("FormHint", group.hint)
        for row in rows(group.asks):
            if len(row) > 1:
                yield self.paragraph("FormGap", "")
                yield self.table([self.cell(ask) for ask in row])
                continue
            yield from self.asked(row[0])
            yield self.table([self.choices(row[0]) if row[0].kind == "choices" else self.box(row[0])])

    def asked(self, ask: Ask) -> Iterator[str]:
        """The question in words."""
        yield self.paragraph("FormLabel", f"{ask.label} *" if ask.required else ask.label)
        if str(ask.hint):
            yield self.paragraph("FormHint", ask.hint)

    def cell(self, ask: Ask) -> str:
        """A question and its answer in one cell of a row."""
        label = self.paragraph("FormSmall", f"{ask.label} *" if ask.required else ask.label)
        label += self.paragraph("FormTiny", ask.hint) if str(ask.hint) else ""
        return label + (self.choices(ask) if ask.kind == "choices" else self.box(ask))

    def paragraph(self, style: str, text: object) -> str:
        """One paragraph of the form's own words."""
        return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{self.run(text)}</w:p>'

    def run(self, text: object, *, language: str = "", style: str = "") -> str:
        """A text with its direction and language; line breaks and tabs stay."""
        tag = language or self.form.language
        right = direction(tag) == "rtl"
        kind = f'<w:rStyle w:val="{style}"/><w:color w:val="{PLACE}"/>' if style else ""
        spoken = f'<w:rtl/><w:lang w:bidi="{locale(tag)}"/>' if right else f'<w:lang w:val="{locale(tag)}"/>'
        lines = ("<w:tab/>".join(self.piece(part) for part in line.split("\t")) for line in str(text).split("\n"))
        return f"<w:r><w:rPr>{kind}{spoken}</w:rPr>{'<w:br/>'.join(lines)}</w:r>"

    def piece(self, text: str) -> str:
        return f'<w:t xml:space="preserve">{said(text)}</w:t>' if text else ""

    def box(self, ask: Ask) -> str:
        """A paragraph that is one content control."""
        right = direction(ask.language) == "rtl" if ask.language else self.right
        bidi = f'<w:bidi w:val="{"1" if right else "0"}"/>' if right != self.right else ""
        roomy = '<w:spacing w:after="700"/>' if ask.kind == "text" else ""
        return f'<w:p><w:pPr><w:pStyle w:val="FormAnswer"/>{bidi}{roomy}</w:pPr>{self.control(ask)}</w:p>'

    def table(self, cells: list[str]) -> str:
        """Boxes side by side."""
        edges = "".join(
            f'<w:{side} w:val="single" w:sz="6" w:space="0" w:color="{LINE}"/>'
            for side in ("top", "left", "bottom", "right", "insideH", "insideV")
        )
        visual = "<w:bidiVisual/>" if self.right else ""
        wide = WIDTH // len(cells)
        shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{PAPER}"/>'
        told = "".join(f'<w:tc><w:tcPr><w:tcW w:w="{wide}" w:type="dxa"/>{shade}</w:tcPr>{one}</w:tc>' for one in cells)
        return (
            f'<w:tbl><w:tblPr>{visual}<w:tblW w:w="{WIDTH}" w:type="dxa"/><w:tblBorders>{edges}</w:tblBorders>'
            f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{f"""<w:gridCol w:w="{wide}"/>""" * len(cells)}'
            f"</w:tblGrid><w:tr><w:trPr><w:cantSplit/></w:trPr>{told}</w:tr></w:tbl>"
        )

    def control(self, ask: Ask) -> str:
        """The content control of an answer, with what is answered already or the words of an empty place."""
        value = str(ask.value or "")
        labels = {key: str(label) for key, label in self.options(ask)}
        shown = labels.get(value, value)
        empty = "" if shown else "<w:showingPlcHdr/>"
        kind = getattr(self, f"as_{ask.kind}")(ask, value)
        style = "" if shown else "PlaceholderText"
        inner = self.run(shown or self.words[ask.kind], language=ask.language if shown else "", style=style)
        return self.sdt(ask.key, str(ask.label), empty + kind, inner)

    def options(self, ask: Ask) -> list[tuple[str, object]]:
        """What can be chosen."""
        if ask.kind == "yesno":
            return [("yes", _("Yes")), ("no", _("No"))]
        return [(key, label) for key, label in ask.options]

    def as_line(self, ask: Ask, value: str) -> str:
        return "<w:text/>"

    def as_text(self, ask: Ask, value: str) -> str:
        return '<w:text w:multiLine="1"/>'

    def as_day(self, ask: Ask, value: str) -> str:
        full = f' w:fullDate="{said(value)}T00:00:00Z"' if len(value) == 10 else ""
        return (
            f'<w:date{full}><w:dateFormat w:val="yyyy-MM-dd"/><w:lid w:val="{locale(self.form.language)}"/>'
            '<w:storeMappedDataAs w:val="date"/><w:calendar w:val="gregorian"/></w:date>'
        )

    def as_choice(self, ask: Ask, value: str) -> str:
        """A list to choose from. Word takes no two entries of one text: the second shows its key."""
        known: set[str] = set()
        entries = []
        for key, label in self.options(ask):
            text = str(label) if str(label) not in known else f"{label} ({key})"
            known.add(text)
            entries.append(f"<w:listItem w:displayText={quoted(text)} w:value={quoted(key)}/>")
        return f"<w:dropDownList>{''.join(entries)}</w:dropDownList>"

    as_yesno = as_choice

    def choices(self, ask: Ask) -> str:
        """A box of check boxes, one below the other."""
        chosen = {ask.value} if isinstance(ask.value, str) else set(ask.value)
        lines = [self.option(ask, key, label, key in chosen) for key, label in ask.options]
        return "".join(lines) or self.paragraph("FormOption", "")

    def option(self, ask: Ask, key: str, label: object, on: bool) -> str:
        """One check box and its words."""
        kind = (
            f'<w14:checkbox><w14:checked w14:val="{int(on)}"/><w14:checkedState w14:val="2612" w14:font="MS Gothic"/>'
            '<w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/></w14:checkbox>'
        )
        sides = " ".join(f'w:{side}="MS Gothic"' for side in ("ascii", "hAnsi", "eastAsia", "cs"))
        font = f"<w:rPr><w:rFonts {sides}/></w:rPr>"
        sign = f"<w:r>{font}<w:t>{CHECKED if on else UNCHECKED}</w:t></w:r>"
        box = self.sdt(f"{ask.key}{OPTION}{key}", str(label), kind, sign)
        return f'<w:p><w:pPr><w:pStyle w:val="FormOption"/></w:pPr>{box}{self.run(f" {label}")}</w:p>'

    def sdt(self, key: str, label: str, kind: str, inner: str) -> str:
        """A content control that can be filled in and not be deleted."""
        number = next(self.numbers)
        tag = key
        if len(key) > LONGEST_TAG:
            tag = f"#{number}"
            self.tags[tag] = key
        return (
            f"<w:sdt><w:sdtPr><w:alias w:val={quoted(label[:60])}/><w:tag w:val={quoted(tag)}/>"
            f'<w:id w:val="{number}"/><w:lock w:val="sdtLocked"/>{kind}</w:sdtPr>'
            f"<w:sdtContent>{inner}</w:sdtContent></w:sdt>"
        )


def rows(asks: Sequence[Ask]) -> list[list[Ask]]:
    """Questions by the row in which they stand."""
    found: list[list[Ask]] = []
    for ask in asks:
        if ask.beside and found:
            found[-1].append(ask)
        else:
            found.append([ask])
    return found
