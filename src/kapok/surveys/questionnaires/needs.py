"""Our own capacity needs assessment: for each theme, three levels, now and wanted, and an order without ties."""

from collections.abc import Iterator
from functools import cache

from kapok import vocab
from kapok.surveys.models import Purpose
from kapok.surveys.models.questionnaire import Kind, Shape
from kapok.surveys.questionnaires.plan import OptionPlan, Plan, QuestionPlan, SectionPlan, Words
from kapok.surveys.questionnaires.reading import by_language, rows

CODE = "needs"
LEVELS = ("system", "organisation", "people")
ABOUT, ORDER = "about", "order"


@cache
def said(key: str) -> dict[str, str]:
    """One of our own sentences, by language."""
    return {row["key"]: by_language(row) for row in rows("needs")}[key]


def both(first: Words, second: Words) -> dict[str, str]:
    """Two texts as one, in each language that has both."""
    return {tag: f"{text} – {second[tag]}" for tag, text in first.items() if tag in second}


def terms(code: str) -> tuple[OptionPlan, ...]:
    """The terms of a vocabulary as answers, in its own words."""
    return tuple(OptionPlan(one.id, one.id, one.labels) for one in vocab.vocabulary(code).terms if not one.broader)


def steps() -> tuple[OptionPlan, ...]:
    """The steps 0 to 4, each with what it means."""
    return tuple(
        OptionPlan(one.id, one.id, {tag: f"{label}. {one.note[tag]}" for tag, label in one.labels.items()})
        for one in vocab.vocabulary("capacity-step").terms
    )


def themes() -> tuple[vocab.Term, ...]:
    """The themes that are asked, one section each."""
    return tuple(one for one in vocab.vocabulary("theme").terms if not one.broader and one.id != "other")


def question(section: str, name: str, kind: Kind, shape: Shape, label: Words, **more: object) -> QuestionPlan:
    """A question of the section; its key says both."""
    key = f"{section}-{name}"
    return QuestionPlan(
        key=key,
        permanent=f"{CODE}-{key}",
        section=section,
        kind=kind,
        shape=shape,
        label=label,
        **more,  # type: ignore[arg-type]
    )


def about() -> Iterator[QuestionPlan]:
    """Who was asked, and how."""
    groups = terms("group-consulted")
    yield question(ABOUT, "consulted", Kind.CHOICES, Shape.SEVERAL, said("consulted"), options=groups)
    yield question(ABOUT, "method", Kind.TEXT, Shape.TEXT, said("method"))
    yield question(ABOUT, "done-on", Kind.DAY, Shape.DAY, said("done-on"))


def of_theme(section: str) -> Iterator[QuestionPlan]:
    """Whether there is a need, and what it is."""
    needed = (OptionPlan("yes", "yes", said("is-a-need")), OptionPlan("not-a-need", "no", said("not-a-need")))
    yield question(section, "need", Kind.CHOICE, Shape.YES_NO, said("need"), options=needed)
    only = [[{"question": f"{section}-need", "options": ["yes"]}]]
    for level in LEVELS:
        words = said(f"level-{level}")
        yield question(section, level, Kind.HEADING, Shape.HEADING, words)
        for name in ("now", "wanted"):
            label = both(said(name), words)
            yield question(
                section, f"{level}-{name}", Kind.CHOICE, Shape.ONE_OF, label, options=steps(), condition=only
            )
    degrees = tuple(OptionPlan(key, key, said(key)) for key in ("high", "medium", "low"))
    for name, options in (("importance", degrees), ("horizon", terms("horizon"))):
        yield question(section, name, Kind.CHOICE, Shape.ONE_OF, said(name), options=options, condition=only)
    for name, options in (("audience", terms("audience")), ("help", terms("help-kind"))):
        yield question(section, name, Kind.CHOICES, Shape.SEVERAL, said(name), options=options, condition=only)
    for name in ("exists", "why"):
        yield question(section, name, Kind.TEXT, Shape.TEXT, said(name), condition=only, required=True)


def order() -> Iterator[QuestionPlan]:
    """A place for each need."""
    for theme in themes():
        only = [[{"question": f"theme-{theme.id}-need", "options": ["yes"]}]]
        yield question(ORDER, theme.id, Kind.NUMBER, Shape.RANK, theme.labels, condition=only)


def plan() -> Plan:
    """The whole questionnaire."""
    sections = [SectionPlan(f"theme-{theme.id}", theme.labels) for theme in themes()]
    asked = [each for section in sections for each in of_theme(section.key)]
    return Plan(
        code=CODE,
        version=1,
        purpose=Purpose.NEEDS,
        title=said("title"),
        sections=(
            SectionPlan(ABOUT, said("about"), said("about-note")),
            *sections,
            SectionPlan(ORDER, said("order"), said("order-note")),
        ),
        questions=(*about(), *asked, *order()),
        answers_public=False,
    )
