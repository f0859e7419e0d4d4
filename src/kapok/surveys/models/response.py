"""What one government answered. Answers stand here only once they were submitted."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kapok.people.models import Body
from kapok.surveys.models.questionnaire import Question, Questionnaire


class State(models.TextChoices):
    """Where a response stands."""

    DRAFT = "draft", _("Being written")
    SUBMITTED = "submitted", _("Submitted")
    REOPENED = "reopened", _("Submitted, and being corrected")


class Response(models.Model):
    """The answers of one government to one questionnaire.

    `number` counts what was submitted; 0 means nothing yet. While a response is corrected, the answers
    submitted last stay in force.
    """

    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.PROTECT, related_name="responses")
    country = models.CharField(max_length=3, db_index=True)
    body = models.ForeignKey(Body, null=True, blank=True, on_delete=models.PROTECT, related_name="responses")
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    number = models.PositiveIntegerField(default=0)
    synthetic = models.BooleanField(default=False)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    started_at = models.DateTimeField(auto_now_add=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    submitted_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        verbose_name = _("response")
        ordering = ("country",)
        constraints = [
            models.UniqueConstraint(
                fields=["questionnaire", "country", "synthetic"], name="surveys_response_once_per_country"
            ),
            models.CheckConstraint(
                name="surveys_submitted_has_number",
                condition=models.Q(state="draft", number=0)
                | models.Q(~models.Q(state="draft"), number__gte=1, submitted_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.questionnaire_id} {self.country}"

    def get_absolute_url(self) -> str:
        return reverse("surveys:response", args=[self.pk])

    @property
    def reference(self) -> str:
        """Its name in the trail and in news."""
        return f"response:{self.pk}"

    @property
    def is_submitted(self) -> bool:
        return self.state == State.SUBMITTED


class Answer(models.Model):
    """One answer in force: option keys, own words by language, or a number."""

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers")
    options = models.JSONField(default=list, blank=True)
    text = models.JSONField(default=dict, blank=True)
    number = models.DecimalField(max_digits=20, decimal_places=4, null=True, blank=True)
    day = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("answer")
        constraints = [models.UniqueConstraint(fields=["response", "question"], name="surveys_answer_once")]

    def __str__(self) -> str:
        return f"{self.response_id} {self.question_id}"


class ResponseVersion(models.Model):
    """What was submitted once, whole: {question key: value}."""

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    values = models.JSONField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    note = models.TextField(blank=True)

    class Meta:
        verbose_name = _("version of a response")
        ordering = ("-number",)
        constraints = [models.UniqueConstraint(fields=["response", "number"], name="surveys_version_number")]

    def __str__(self) -> str:
        return f"{self.response_id}/{self.number}"
