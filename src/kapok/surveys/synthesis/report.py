"""The document an officer sends out: status of capacity-building, a synthesis of the national reports."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kapok.charts import Drawing
from kapok.core.languages import code_of, words
from kapok.documents import (
    Annex,
    Document,
    Footnote,
    Heading,
    Paragraph,
    Picture,
    Symbol,
    Table,
    to_docx,
    to_html,
    to_pdf,
)
from kapok.surveys.models import Questionnaire, Snapshot
from kapok.surveys.synthesis import texts
from kapok.surveys.synthesis.asking import Wanted
from kapok.surveys.synthesis.counting import Cell
from kapok.surveys.synthesis.figures import Figures
from kapok.surveys.synthesis.grouping import BESIDE, REGIONS, label
from kapok.surveys.synthesis.paragraphs import Synthesis
from kapok.surveys.synthesis.reconstruct import CYCLE, TABLED
from kapok.surveys.synthesis.showing import Table as Shown
from kapok.surveys.synthesis.wording import plain

KINDS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
}
# Which question each paragraph speaks of first; its words stand in a footnote.
SPEAKS_OF = {
    "activities": "143",
    "elements": "144",
    "needs": "147",
    "support-received": "135",
    "support-given": "137",
    "assessments": "145",
    "capacities": "84",
}
CHARTS = {"activities": "143", "elements": "144", "support-received": "135", "assessments": "148"}
DISTRIBUTIONS = {
    "general": gettext_lazy("GENERAL"),
    "limited": gettext_lazy("LIMITED"),
    "restricted": gettext_lazy("RESTRICTED"),
}
LONGEST_ITEM = 200
# The section on capacity-building, and how many charts it may hold in a document on all sections.
ON_CAPACITY, MOST_CHARTS = "art-22", 6


@dataclass(frozen=True, slots=True)
class Particulars:
    """What an officer adds to the masthead: symbol, agenda item (a number, or words as they shall stand), distribution.

    ValueError with a sentence when one of them cannot stand in a masthead.
    """

    symbol: str = ""
    agenda_item: str = ""
    distribution: str = ""

    def __post_init__(self) -> None:
        if self.symbol:
            Symbol.parse(self.symbol)
        if self.distribution and self.distribution not in DISTRIBUTIONS:
            raise ValueError(_("The distribution of a document is general, limited or restricted."))
        if len(self.agenda_item) > LONGEST_ITEM:
            raise ValueError(_("Name the agenda item in at most %(count)s letters.") % {"count": LONGEST_ITEM})

    def item(self) -> str:
        """The agenda item in the language in force."""
        said = self.agenda_item.strip()
        if not re.fullmatch(r"[0-9]+(\.[0-9]+)*", said):
            return said
        return _("Item %(number)s of the provisional agenda") % {"number": said}

    def kind(self) -> str:
        """The distribution in the language in force."""
        return str(DISTRIBUTIONS[self.distribution]) if self.distribution else ""


Block = Heading | Paragraph | Picture | Table | Annex


class Report:
    """One synthesis in one language."""

    def __init__(self, made: Wanted, language: str) -> None:
        self.made, self.language = made, language
        held = made.snapshot
        wording = (held.wording or None) if held else None
        self.speaker = texts.Speaker(made.of, language, wording, day=made.figures.bank.as_of)

    @property
    def figures(self) -> Figures:
        return self.made.figures

    def blocks(self) -> Iterator[Block]:
        """Section I says what was counted and how; section II gives the figures; the annex all of them by group."""
        yield Heading(_("Introduction"))
        yield Paragraph(plain(self.speaker.opening(self.figures)))
        if self.figures.bank.synthetic:
            code = "synthetic" if self.of.code == CYCLE else "made-up"
            yield Paragraph(plain(self.speaker.say(code, self.figures)))
        method = plain(self.speaker.say("method", self.figures))
        yield Paragraph([method, Footnote(f"{_('Snapshot:')} {self.figures.bank.digest}")])
        yield from self.of_2012() if self.of.code == CYCLE else self.by_section()

    def of_2012(self) -> Iterator[Block]:
        """The sections and the annex of the report of 2012."""
        yield Heading(_("Status of capacity-building based on the national reports"))
        for code in texts.PARAGRAPHS:
            yield Heading(str(texts.TITLES[code]), level=2)
            yield Paragraph([plain(self.speaker.say(code, self.figures)), *self.note(code)])
            if code == "elements":
                yield self.elements()
            if code in CHARTS:
                yield picture(Shown(self.made.about(CHARTS[code])).chart())
        yield Annex(_("Figures by group"))
        yield self.by_group()

    def by_section(self) -> Iterator[Block]:
        """Every question that can be compared, section by section; charts where capacity-building is spoken of."""
        said = Synthesis(self.of, self.speaker, self.figures)
        yield Heading(_("What the Parties answered"))
        for chapter in said.chapters:
            yield Heading(chapter.label, level=2)
            drawn = 0
            for one in chapter.paragraphs:
                yield Paragraph(plain(one.said))
                if chapter.key == ON_CAPACITY and drawn < MOST_CHARTS and self.says_yes(one.question):
                    drawn += 1
                    yield picture(Shown(self.made.about(one.question)).chart())
        asked = [one.question for chapter in said.chapters for one in chapter.paragraphs if self.says_yes(one.question)]
        if asked:
            yield Annex(_("Figures by group"))
            yield self.yes_by_group(asked)

    @property
    def of(self) -> Questionnaire:
        return self.made.of

    def says_yes(self, question: str) -> bool:
        """One answer is asked, and the first on offer is yes."""
        counted = self.figures.counted(question)
        return not counted.multiple and bool(counted.options) and counted.options[0].key == texts.YES

    def yes_by_group(self, asked: list[str]) -> Table:
        """The share of those who said yes to each question, by group."""
        groups = ["", *(key for key in (*REGIONS, *BESIDE) if key in self.figures.bank.groups)]
        rows = []
        for question in asked:
            tally = self.figures.counted(question).options[0]
            cells = [tally.by[group] if group else tally.all for group in groups]
            rows.append(
                [question, *(f"\u200e{cell.percent}%\u200e" if cell.percent is not None else "–" for cell in cells)]
            )
        head = [_("Question"), *(label(group, self.language) if group else _("All") for group in groups)]
        caption = _("Those who answered yes, as a percentage of the respondents in each group")
        return Table(head, rows, caption=caption, numeric=frozenset(range(1, len(head))))

    def note(self, code: str) -> list[Footnote]:
        """The words of the question, in a footnote."""
        key = SPEAKS_OF.get(code)
        if key is None:
            return []
        return [Footnote(f"{_('Question %(key)s') % {'key': key}}: {self.speaker.questions[key]}")]

    def elements(self) -> Table:
        """The elements of the Action Plan with the Parties that named them."""
        counted = self.figures.counted("144")
        found = sorted(counted.options, key=lambda tally: -tally.all.count)
        rows = [
            [self.speaker.label("144", tally.key), str(tally.all.count), f"{tally.all.share}%", f"{tally.all.percent}%"]
            for tally in found
        ]
        head = [_("Elements of the Action Plan"), _("Parties"), _("Share of ticks"), _("Share of Parties asked")]
        return Table(head, rows, caption=self.speaker.questions["144"], numeric=frozenset({1, 2, 3}))

    def by_group(self) -> Table:
        """The yes to each question published by region, by group."""
        groups = ["", *(key for key in (*REGIONS, *BESIDE) if key in self.figures.bank.groups)]
        tallies = [self.figures.counted(key).option("yes") for key in TABLED]
        rows = []
        for group in groups:
            cells = [tally.by[group] if group else tally.all for tally in tallies]
            rows.append([label(group, self.language) if group else _("All"), *map(in_words, cells)])
        head = [_("Group"), *(_("Question %(key)s") % {"key": key} for key in TABLED)]
        return Table(head, rows, caption=_("Answers by group"), numeric=frozenset(range(1, len(head))))


def in_words(cell: Cell) -> str:
    """A count with its percentage, kept in order between marks of direction."""
    return f"\u200e{cell.count} ({cell.percent}%)\u200e" if cell.percent is not None else "–"


def picture(drawing: Drawing) -> Picture:
    """A chart for a document."""
    return Picture(drawing.standalone(), drawing.png(), drawing.summary or drawing.title, caption=drawing.title)


def document(
    of: Questionnaire,
    figures: Figures,
    language: str,
    *,
    snapshot: Snapshot | None = None,
    particulars: Particulars | None = None,
) -> Document:
    """The whole document, with the particulars of its masthead as far as they are given."""
    head = particulars or Particulars()
    made = Wanted(of, snapshot=snapshot)
    made.__dict__["figures"] = figures
    day: date = snapshot.made_at.date() if snapshot else timezone.localdate()
    with translation.override(code_of(language)):
        return Document(
            title=title_of(of, language),
            language=language,
            date=day,
            blocks=list(Report(made, language).blocks()),
            symbol=head.symbol.strip(),
            agenda_item=head.item(),
            distribution=head.kind(),
            organisation="CBD",
        )


def title_of(of: Questionnaire, language: str) -> str:
    """What the document is called: the synthesis of 2012 has the title of its time."""
    if of.code == CYCLE:
        return _("Status of capacity-building: synthesis of the national reports")
    return _("Synthesis of the answers: %(cycle)s") % {"cycle": words(of.title, language)}


def content(made: Document, kind: str) -> bytes:
    """The document as a file of one kind."""
    if kind == "html":
        return str(to_html(made)).encode()
    return to_docx(made) if kind == "docx" else to_pdf(made)
