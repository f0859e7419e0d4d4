"""A small questionnaire with one question of each kind, in two editions a cycle apart."""

from datetime import date

from kapok.surveys.models import Purpose, Questionnaire
from kapok.surveys.questionnaires.plan import OptionPlan, Plan, QuestionPlan, SectionPlan, build

YES_NO = (OptionPlan("yes", "true", {"en": "yes", "fr": "oui"}), OptionPlan("no", "false", {"en": "no", "fr": "non"}))
AREAS = tuple(OptionPlan(key, key, {"en": key}) for key in ("law", "laboratory", "none"))


def question(key, section, kind, **facts):
    shape = {"choice": "yes-no", "choices": "several"}.get(kind, kind)
    given = {"label": {"en": f"Question {key}"}, "shape": shape, "permanent": f"small-{key}"} | facts
    return QuestionPlan(key=key, section=section, kind=kind, **given)


def plan(code="small", previous="", **facts):
    """Sections law and people; 2 is asked only after a yes to 1."""
    past = {"comparability": "same"} if previous else {}

    def before(key):
        return {"previous": key, **past} if previous else {}

    return Plan(
        code=code,
        version=1,
        purpose=Purpose.REPORT,
        number=9 if previous else 8,
        due_on=date(2026, 1, 1),
        title={"en": f"The {code} report", "fr": f"Le rapport {code}"},
        previous=previous,
        sections=(SectionPlan("law", {"en": "Law"}), SectionPlan("people", {"en": "People"})),
        questions=(
            question("1", "law", "choice", options=YES_NO, **before("1")),
            question(
                "2",
                "law",
                "choices",
                options=AREAS,
                condition=[[{"question": "1", "options": ["yes"]}]],
                **before("2"),
            ),
            question("3", "law", "text", **before("3")),
            question("4", "people", "number"),
            question("5", "people", "day"),
            question("6", "people", "heading"),
        ),
        **facts,
    )


def small(**facts) -> Questionnaire:
    """The small questionnaire in the database."""
    return build(plan(**facts), digest=facts.get("code", "small"))
