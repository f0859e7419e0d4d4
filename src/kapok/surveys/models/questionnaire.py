"""A questionnaire as data: sections, questions and options, each with a key that stays."""

import re

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kapok.core.languages import words

NUMBERED = re.compile(r"S?\d")


class Purpose(models.TextChoices):
    """What the answers are for."""

    REPORT = "report", _("National report")
    NEEDS = "needs", _("Capacity needs assessment")
    OTHER = "other", _("Other questionnaire")


class Kind(models.TextChoices):
    """How a question is answered."""

    CHOICE = "choice", _("One answer")
    CHOICES = "choices", _("Several answers")
    TEXT = "text", _("Own words")
    NUMBER = "number", _("A number")
    DAY = "day", _("A date")
    HEADING = "heading", _("A heading")


class Shape(models.TextChoices):
    """What sort of answers the options are, for whoever counts them."""

    YES_NO = "yes-no", _("Yes or no")
    GRADED = "graded", _("Yes, to some extent, no")
    BAND = "band", _("A range of numbers")
    YEAR = "year", _("A year")
    ONE_OF = "one-of", _("One of a list")
    SEVERAL = "several", _("Several of a list")
    RANK = "rank", _("A place in an order")
    TEXT = "text", _("Own words")
    NUMBER = "number", _("A number")
    DAY = "day", _("A date")
    HEADING = "heading", _("A heading")


class Comparability(models.TextChoices):
    """Whether the answers of this cycle may be set beside those of the cycle before."""

    SAME = "same", _("The same answers in both cycles")
    MAPPED = "mapped", _("The answers have other names but the same meaning")
    DIFFER = "differ", _("The answers offered have changed")
    PARTLY = "partly", _("Comparable only in part")
    TEXT = "text", _("Own words")
    NO = "no", _("Not comparable")
    NEW = "", _("Not asked in the cycle before")


class Questionnaire(models.Model):
    """One edition of a questionnaire. A change of questions is a new version; answers stay with theirs."""

    code = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField(default=1)
    purpose = models.CharField(max_length=10, choices=Purpose, default=Purpose.OTHER)
    title = models.JSONField(default=dict)
    # The cycle of national reports: the number of the report and the day it was due.
    number = models.PositiveSmallIntegerField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    previous = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="following")
    # Whether the public reads what was submitted; drafts are never public.
    answers_public = models.BooleanField(default=True)
    is_open = models.BooleanField(default=True)
    source = models.TextField(blank=True)
    # The fingerprint of the file it was loaded from, so that loading again does nothing.
    digest = models.CharField(max_length=64, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("questionnaire")
        ordering = ("-number", "code", "-version")
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="surveys_questionnaire_version"),
            models.CheckConstraint(
                name="surveys_report_has_number",
                condition=~models.Q(purpose="report") | models.Q(number__isnull=False, due_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}/{self.version}"

    def get_absolute_url(self) -> str:
        return reverse("surveys:questionnaire", args=[self.code])

    @property
    def reference(self) -> str:
        """Its name in the trail and in news."""
        return f"questionnaire:{self.code}"

    @property
    def label(self) -> str:
        """The title in the reader's language."""
        return words(self.title) or self.code


class Section(models.Model):
    """A part of a questionnaire that one person can answer: the questions on one article, say."""

    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.CASCADE, related_name="sections")
    key = models.SlugField(max_length=60)
    order = models.PositiveSmallIntegerField()
    title = models.JSONField(default=dict)
    note = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("section")
        ordering = ("order",)
        constraints = [models.UniqueConstraint(fields=["questionnaire", "key"], name="surveys_section_key")]

    def __str__(self) -> str:
        return self.key

    @property
    def label(self) -> str:
        """The title in the reader's language."""
        return words(self.title) or self.key


class Question(models.Model):
    """One question. `key` is its number in this questionnaire, `permanent` its name for ever, in every export."""

    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.CASCADE, related_name="questions")
    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="questions")
    key = models.CharField(max_length=60)
    permanent = models.CharField(max_length=120, db_index=True)
    order = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=Kind)
    shape = models.CharField(max_length=10, choices=Shape)
    label = models.JSONField(default=dict)
    hint = models.JSONField(default=dict, blank=True)
    required = models.BooleanField(default=False)
    # Asked only if in every group one test holds: [[{"question": "143", "options": ["yes"]}]]; empty means always.
    condition = models.JSONField(default=list, blank=True)
    # What is allowed beyond the kind: {"tests": [{"of": "value", "is": ">=", "to": "0"}], "message": {…}}.
    rule = models.JSONField(default=dict, blank=True)
    # The same matter through all cycles, and the key of the question in the cycle before.
    concept = models.CharField(max_length=60, blank=True, db_index=True)
    previous = models.CharField(max_length=60, blank=True)
    comparability = models.CharField(max_length=10, choices=Comparability, blank=True)
    # Answers of the cycle before that can stand, by option key; {"from": "to"}, "" where it must be asked anew.
    carries = models.JSONField(default=dict, blank=True)
    note = models.TextField(blank=True)
    seed = models.CharField(max_length=80, blank=True)

    class Meta:
        verbose_name = _("question")
        ordering = ("order",)
        constraints = [
            models.UniqueConstraint(fields=["questionnaire", "key"], name="surveys_question_key"),
            models.UniqueConstraint(fields=["questionnaire", "permanent"], name="surveys_question_permanent"),
        ]

    def __str__(self) -> str:
        return self.permanent

    @property
    def text(self) -> str:
        """The question in the reader's language, as well as may be."""
        return words(self.label) or self.key

    @property
    def shown_key(self) -> str:
        """Its number, where it has one that people know; names in other questionnaires are for machines."""
        return self.key if NUMBERED.match(self.key) else ""

    @property
    def has_options(self) -> bool:
        return self.kind in (Kind.CHOICE, Kind.CHOICES)


class Option(models.Model):
    """One answer on offer. `key` names its meaning; `code` is what the cycle's own files call it.

    A code may mean different things in different cycles; equal keys mean the same in all.
    """

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="options")
    key = models.CharField(max_length=80)
    code = models.CharField(max_length=80, blank=True)
    order = models.PositiveSmallIntegerField()
    label = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("option")
        ordering = ("order",)
        constraints = [models.UniqueConstraint(fields=["question", "key"], name="surveys_option_key")]

    def __str__(self) -> str:
        return self.key

    @property
    def text(self) -> str:
        """The option in the reader's language, as well as may be."""
        return words(self.label) or self.key
