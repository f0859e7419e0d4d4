"""From the tables to a bank of answers. What was read is kept until somebody submits again."""

import hashlib
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from typing import Any

from django.db.models import Max, QuerySet
from django.utils import timezone

from kapok import vocab
from kapok.surveys.models import Questionnaire, Response, ResponseVersion
from kapok.surveys.models.questionnaire import Kind, Purpose
from kapok.surveys.synthesis.bank import Asked, Bank, Given, build, needs_of
from kapok.surveys.synthesis.figures import Figures
from kapok.surveys.synthesis.grouping import KNOWN

SYNTHETIC, REPORTS = "synthetic", "reports"
KEPT = 24
_kept: dict[str, Figures] = {}


def cycles() -> list[Questionnaire]:
    """Every cycle of national reports, the newest first, each in its newest version."""
    found: dict[str, Questionnaire] = {}
    for one in Questionnaire.objects.filter(purpose=Purpose.REPORT).order_by("-number", "-version"):
        found.setdefault(one.code, one)
    return list(found.values())


def submitted(of: Questionnaire, data: str) -> QuerySet[Response]:
    """The responses in force, real or synthetic: the two are never mixed."""
    return Response.objects.filter(questionnaire=of, number__gte=1, synthetic=data == SYNTHETIC)


def data_of(of: Questionnaire, wanted: str = "") -> str:
    """Which answers to count: the real ones where there are any, unless the synthetic ones are asked for."""
    if wanted in (SYNTHETIC, REPORTS):
        return wanted
    return REPORTS if submitted(of, REPORTS).exists() or not submitted(of, SYNTHETIC).exists() else SYNTHETIC


def membership_day(of: Questionnaire, as_of: date | None) -> date:
    """The day on which membership of groups is read: the day asked for, or the day the reports were due."""
    return as_of or of.due_on or timezone.localdate()


def figures_of(of: Questionnaire, as_of: date | None = None, data: str = "") -> Figures:
    """The figures of a cycle. With a day, only what had been submitted by then counts."""
    kind = data_of(of, data)
    return keep(f"{of.pk} {kind} {as_of} {stamp_of(of, kind)}", lambda: Figures(bank_of(of, as_of, kind)))


def keep(key: str, make: Callable[[], Figures]) -> Figures:
    """The figures kept under a key that changes with what they rest on; the oldest make room for new ones."""
    held = _kept.get(key)
    if held is None:
        while len(_kept) >= KEPT:
            _kept.pop(next(iter(_kept)), None)
        held = _kept[key] = make()
    return held


def forget() -> None:
    """Read everything anew when it is next asked for."""
    _kept.clear()


def stamp_of(of: Questionnaire, kind: str) -> str:
    """What changes whenever an answer that counts, or the questionnaire, does."""
    numbers = list(submitted(of, kind).order_by("pk").values_list("pk", "number", "submitted_at"))
    return hashlib.sha256(f"{of.digest} {of.version} {numbers}".encode()).hexdigest()


def bank_of(of: Questionnaire, as_of: date | None, kind: str) -> Bank:
    """Read all answers of a cycle."""
    day = membership_day(of, as_of)
    values = {version.response.country: version.values for version in versions(of, as_of, kind)}
    groups = {key: vocab.members(key, day) for key in KNOWN}
    edition = f"{of.code}/{of.version} {of.digest[:16]}"
    asked = questions(of)
    return build(of.code, edition, day, asked, values, given(values), groups, synthetic=kind == SYNTHETIC)


def versions(of: Questionnaire, as_of: date | None, kind: str) -> QuerySet[ResponseVersion]:
    """What was submitted last by each, or last until the end of a day."""
    found = ResponseVersion.objects.filter(response__in=submitted(of, kind))
    if as_of:
        end = timezone.make_aware(datetime.combine(as_of, time.max))
        found = found.filter(at__lte=end)
    latest = found.order_by().values("response").annotate(last=Max("pk")).values("last")
    return ResponseVersion.objects.filter(pk__in=latest).select_related("response")


def questions(of: Questionnaire) -> list[Asked]:
    """The questions as counting knows them."""
    found = of.questions.exclude(kind=Kind.HEADING).prefetch_related("options")
    return [
        Asked(
            question.key,
            tuple(option.key for option in question.options.all()),
            question.kind == Kind.CHOICES,
            needs_of([[(test["question"], test["options"]) for test in tests] for tests in question.condition]),
        )
        for question in found
    ]


def given(values: dict[str, dict[str, Any]]) -> Iterator[Given]:
    """Each answer of each country."""
    for country, answers in values.items():
        for question, value in answers.items():
            words = any(value.get(name) for name in ("text", "number", "day"))
            yield Given(country, question, tuple(value.get("options") or ()), words)


def texts(of: Questionnaire, question: str, as_of: date | None, kind: str) -> dict[str, dict[str, str]]:
    """The own words given with a question, by country."""
    found = {}
    for version in versions(of, as_of, kind):
        text = (version.values.get(question) or {}).get("text")
        if text:
            found[version.response.country] = text
    return dict(sorted(found.items()))
