"""What the analyzer shows of a question: a table whose figures open the Parties behind them, and a chart."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from kapok.charts import Drawing, Point, Series, bars
from kapok.core.languages import words
from kapok.surveys.synthesis.asking import Wanted
from kapok.surveys.synthesis.counting import Cell, Counted, Tally
from kapok.surveys.synthesis.payload import group_label

# More answers than this are drawn as one bar each, over all respondents.
FEW = 4


@dataclass(frozen=True, slots=True)
class Figure:
    """One cell of the table."""

    count: int
    share: int | None
    url: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A group with its name; those that overlap others are marked."""

    key: str
    label: str
    respondents: int
    silent: int
    overlaps: bool


@dataclass(frozen=True, slots=True)
class Row:
    """An answer with its figures, the first over all."""

    key: str
    label: str
    figures: tuple[Figure, ...]


class Table:
    """A counted question as a page shows it."""

    def __init__(self, made: Wanted) -> None:
        self.made = made
        self.labels = {option.key: words(option.label) for option in made.asked.options.all()}

    @property
    def counted(self) -> Counted:
        return self.made.counted

    @cached_property
    def columns(self) -> list[Column]:
        """The groups, in order."""
        bases = self.counted.groups
        return [
            Column(
                group.key,
                group_label(group.key, self.made),
                bases[group.key].respondents,
                bases[group.key].silent,
                group.overlaps,
            )
            for group in self.made.groups.groups
        ]

    @property
    def upright(self) -> bool:
        """Few answers stand side by side with a line for each group, which fits a phone."""
        return len(self.counted.options) <= FEW

    @cached_property
    def with_all(self) -> list[Column]:
        """All respondents, then the groups."""
        base = self.counted.base
        return [Column("", _("All"), base.respondents, base.silent, False), *self.columns]

    @cached_property
    def rows(self) -> list[Row]:
        """The answers, in order."""
        return [
            Row(tally.key, self.labels.get(tally.key, tally.key), tuple(self.figures(tally)))
            for tally in self.counted.options
        ]

    def figures(self, tally: Tally) -> list[Figure]:
        """The cells of an answer: over all, then each group."""
        made = [Figure(tally.all.count, self.share(tally, tally.all), self.address(tally.key))]
        for column in self.columns:
            cell = tally.by[column.key]
            share = self.share(tally, cell, column.key)
            made.append(Figure(cell.count, share, self.address(tally.key, column.key), column.label))
        return made

    def share(self, tally: Tally, cell: Cell, group: str = "") -> int | None:
        """The percentage asked for."""
        if self.made.show == "share":
            return cell.share
        if self.made.show == "row":
            return tally.of_row(group) if group else None
        if self.made.show == "total":
            return tally.of_total(group) if group else cell.percent
        return cell.percent

    def address(self, option: str, group: str = "") -> str:
        """The page that names the Parties behind a figure."""
        asked = f"{reverse('surveys:parties', args=[self.made.of.code])}?{self.made.query()}"
        return f"{asked}&{urlencode({'option': option} | ({'group': group} if group else {}))}"

    def chart(self) -> Drawing:
        """A picture of the question: percentages by group, or the answers by how often they were given."""
        title = f"{_('Question %(key)s') % {'key': self.made.question}}: {words(self.made.asked.label)}"
        if self.counted.multiple or len(self.rows) > FEW or not self.columns:
            return bars(title, [self.by_answer()], unit="", head=_("Answer"))
        shown = self.counted.options[:1] if len(self.counted.options) == 2 else self.counted.options
        return bars(title, [self.by_group(tally) for tally in shown], unit="%", head=_("Group"), top=100)

    def by_answer(self) -> Series:
        """One bar for each answer, the most frequent first."""
        found = sorted(self.counted.options, key=lambda tally: -tally.all.count)
        points = [Point(t.key, self.labels.get(t.key, t.key), t.all.count, self.address(t.key)) for t in found]
        return Series("all", _("Parties"), points)

    def by_group(self, tally: Tally) -> Series:
        """The percentage of an answer among all, then in each group."""
        points = [Point("all", _("All respondents"), tally.all.percent, self.address(tally.key))]
        points += [
            Point(column.key, column.label, tally.by[column.key].percent, self.address(tally.key, column.key))
            for column in self.columns
        ]
        return Series(tally.key, self.labels.get(tally.key, tally.key), points)

    def lines(self) -> list[list[str | int | None]]:
        """The table for a file: a head, then a line for each answer and group."""
        head = ["cycle", "question", "answer", "answer_label", "group", "group_label", "count", "respondents"]
        head += ["percent", "percent_of_ticks", "as_of", "synthetic", "snapshot"]
        bank = self.made.figures.bank
        tail = [bank.as_of.isoformat(), "yes" if bank.synthetic else "no", bank.digest]
        made: list[list[str | int | None]] = [list(head)]
        for tally in self.counted.options:
            own = [self.made.of.code, self.made.question, tally.key, self.labels.get(tally.key, tally.key)]
            cells: Sequence[tuple[str, str, Cell]] = [
                ("all", _("All respondents"), tally.all),
                *((column.key, column.label, tally.by[column.key]) for column in self.columns),
            ]
            for key, label, cell in cells:
                figures = [cell.count, cell.base.respondents, cell.percent, cell.share]
                made.append([*own, key, label, *figures, *tail])
        return made
