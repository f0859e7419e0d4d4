"""What a synthesis is made of beside the answers: frozen figures, sentences with figures in them, kept questions."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kapok.surveys.models.questionnaire import Questionnaire

SHORT = 12


class Snapshot(models.Model):
    """The answers of one cycle as they were counted, under their hash. It is never changed, only signed."""

    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.PROTECT, related_name="snapshots")
    name = models.CharField(max_length=120)
    digest = models.CharField(max_length=64, unique=True)
    content = models.JSONField()
    synthetic = models.BooleanField(default=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    signed_at = models.DateTimeField(null=True, blank=True)
    # The sentences as they were signed: {language: {code: text}}.
    wording = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("snapshot")
        ordering = ("-made_at",)

    def __str__(self) -> str:
        return self.short

    def get_absolute_url(self) -> str:
        return reverse("surveys:snapshot", args=[self.short])

    @property
    def short(self) -> str:
        """The beginning of the hash, enough to name it."""
        return self.digest[:SHORT]

    @property
    def reference(self) -> str:
        """Its name in the trail and in news."""
        return f"snapshot:{self.short}"


class Wording(models.Model):
    """A sentence with figures in it, in one language, as an officer worded it. The highest number holds."""

    code = models.SlugField(max_length=40)
    language = models.CharField(max_length=7)
    number = models.PositiveIntegerField()
    text = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("wording")
        ordering = ("code", "language", "-number")
        constraints = [models.UniqueConstraint(fields=["code", "language", "number"], name="surveys_wording_number")]

    def __str__(self) -> str:
        return f"{self.code} {self.language} {self.number}"

    @property
    def reference(self) -> str:
        """Its name in the trail and in news."""
        return f"wording:{self.code}:{self.language}"


class SavedView(models.Model):
    """A question to the answers that somebody keeps: its address is the question."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_views")
    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=120)
    query = models.CharField(max_length=600)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("kept view")
        ordering = ("name",)
        constraints = [models.UniqueConstraint(fields=["person", "name"], name="surveys_view_name")]

    def __str__(self) -> str:
        return self.name

    @property
    def address(self) -> str:
        """The page that shows it."""
        return f"{reverse('surveys:analyse', args=[self.questionnaire.code])}?{self.query}"
