"""The national reports that Kapok brings along, as drafts of questionnaires."""

from collections.abc import Iterator
from datetime import date

from kapok.surveys.models import Purpose
from kapok.surveys.questionnaires.plan import OptionPlan, Plan, QuestionPlan, SectionPlan
from kapok.surveys.questionnaires.reading import Row, by_language, grouped, in_languages, rows, term


def options_of(name: str) -> tuple[OptionPlan, ...]:
    """The answers of one set, in order."""
    found = grouped("options", "set").get((name,), [])
    return tuple(OptionPlan(row["key"], row["code"], term(row["key"])) for row in found)


def condition_of(code: str, key: str) -> list[list[dict[str, object]]]:
    """When a question is asked; several rows are alternatives."""
    found = grouped("conditions", "questionnaire", "question").get((code, key), [])
    tests: list[dict[str, object]] = [{"question": row["needs"], "options": row["options"].split()} for row in found]
    return [tests] if tests else []


def carries_of(code: str, key: str) -> dict[str, str]:
    """Which answers of the cycle before can stand, where the answers on offer changed."""
    found = grouped("value-maps", "questionnaire", "question").get((code, key), [])
    return {row["from"]: row["to"] for row in found}


def question_of(row: Row) -> QuestionPlan:
    """The question of one row."""
    code, key = row["questionnaire"], row["key"]
    return QuestionPlan(
        key=key,
        permanent=row["permanent"],
        section=row["section"],
        kind=row["kind"],
        shape=row["shape"],
        label=in_languages(row["label"]),
        options=options_of(row["options"]),
        condition=condition_of(code, key),
        concept=row["concept"],
        previous=row["previous"],
        comparability=row["comparability"],
        carries=carries_of(code, key),
        note=row["note"],
        seed=row["seed"],
    )


def plans() -> Iterator[Plan]:
    """Reports 2 to 5, each whole."""
    sections = grouped("sections", "questionnaire")
    questions = grouped("questions", "questionnaire")
    for row in rows("questionnaires"):
        code = row["code"]
        yield Plan(
            code=code,
            version=int(row["version"]),
            purpose=Purpose(row["purpose"]),
            title=by_language(row),
            number=int(row["number"]) if row["number"] else None,
            due_on=date.fromisoformat(row["deadline"]) if row["deadline"] else None,
            previous=row["previous"],
            sections=tuple(SectionPlan(each["key"], in_languages(each["article"])) for each in sections[code,]),
            questions=tuple(question_of(each) for each in questions[code,]),
        )
