"""How a form looks: calm type, one colour, boxes to write in; from the right where its language is written so."""

from dataclasses import dataclass

from kapok.core.languages import direction
from kapok.documents.wordform.marks import W
from kapok.documents.wordform.package import HEAD, locale

INK, ACCENT, SOFT, LINE, PAPER, PLACE = "1F2A2E", "0B5D53", "5B6B70", "B9C4C1", "F6F9F8", "6B7780"
# Half points for the title, headings of three levels, questions and hints.
TITLE, HEADINGS, PLAIN, SMALL, TINY = 40, (30, 26, 23), 22, 19, 17
FONTS = '<w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:cs="Arial" w:eastAsia="Microsoft YaHei"/>'


@dataclass(frozen=True, slots=True)
class Style:
    """One style of paragraphs."""

    name: str
    size: int
    colour: str = INK
    bold: bool = False
    before: int = 0
    after: int = 60
    outline: int | None = None
    keep: bool = True

    def written(self, right: bool) -> str:
        """The style as Word reads it."""
        outline = f'<w:outlineLvl w:val="{self.outline}"/>' if self.outline is not None else ""
        keep = "<w:keepNext/><w:keepLines/>" if self.keep else ""
        bold = "<w:b/><w:bCs/>" if self.bold else ""
        bidi = "<w:bidi/>" if right else ""
        return (
            f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{self.name}"><w:name w:val="{self.name}"/>'
            f'<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{keep}{bidi}'
            f'<w:spacing w:before="{self.before}" w:after="{self.after}"/>{outline}</w:pPr>'
            f'<w:rPr>{bold}<w:color w:val="{self.colour}"/><w:sz w:val="{self.size}"/>'
            f'<w:szCs w:val="{self.size}"/></w:rPr></w:style>'
        )


STYLES = (
    Style("FormTitle", TITLE, ACCENT, bold=True, after=120),
    Style("FormIntro", PLAIN, SOFT, after=160, keep=False),
    Style("FormHeading1", HEADINGS[0], ACCENT, bold=True, before=420, after=80, outline=0),
    Style("FormHeading2", HEADINGS[1], ACCENT, bold=True, before=300, after=60, outline=1),
    Style("FormHeading3", HEADINGS[2], ACCENT, bold=True, before=240, after=60, outline=2),
    Style("FormLabel", PLAIN, bold=True, before=220, after=30),
    Style("FormHint", SMALL, SOFT, after=50),
    Style("FormSmall", SMALL, SOFT, bold=True, before=40, after=0),
    Style("FormTiny", TINY, SOFT, after=0),
    Style("FormGap", 8, after=0),
    Style("FormAnswer", PLAIN, before=40, after=40, keep=False),
    Style("FormOption", PLAIN, before=20, after=20, keep=False),
)


def styles(language: str) -> str:
    """The part of the document that holds all styles."""
    right = direction(language) == "rtl"
    tag = locale(language)
    east, complex_ = (tag if language == "zh" else "zh-CN"), (tag if right else "ar-SA")
    usual = (
        f'<w:docDefaults><w:rPrDefault><w:rPr>{FONTS}<w:sz w:val="{PLAIN}"/><w:szCs w:val="{PLAIN}"/>'
        f'<w:lang w:val="{tag}" w:eastAsia="{east}" w:bidi="{complex_}"/></w:rPr></w:rPrDefault>'
        '<w:pPrDefault><w:pPr><w:spacing w:after="60" w:line="264" w:lineRule="auto"/></w:pPr></w:pPrDefault>'
        "</w:docDefaults>"
    )
    bidi = "<w:pPr><w:bidi/></w:pPr>" if right else ""
    normal = f'<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>{bidi}</w:style>'
    place = (
        '<w:style w:type="character" w:styleId="PlaceholderText"><w:name w:val="Placeholder Text"/>'
        f'<w:rPr><w:color w:val="{PLACE}"/></w:rPr></w:style>'
    )
    own = "".join(one.written(right) for one in STYLES)
    return f'{HEAD}<w:styles xmlns:w="{W}">{usual}{normal}{place}{own}</w:styles>'
