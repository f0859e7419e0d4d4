"""Indicators agreed before collection: frozen with date and name; what changes later is listed."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kapok.core.languages import words


class IndicatorSet(models.Model):
    """A list of indicators that was agreed together."""

    code = models.SlugField(max_length=40, unique=True)
    title = models.JSONField(default=dict)
    # The day from which answers are collected; an agreement after it is marked as late.
    collection_on = models.DateField(null=True, blank=True)
    frozen_at = models.DateTimeField(null=True, blank=True)
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    agreed_by = models.CharField(max_length=200, blank=True)
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("set of indicators")
        ordering = ("code",)

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("surveys:indicators", args=[self.code])

    @property
    def reference(self) -> str:
        """Its name in the trail and in news."""
        return f"indicators:{self.code}"

    @property
    def label(self) -> str:
        """The title in the reader's language."""
        return words(self.title) or self.code


class Indicator(models.Model):
    """One indicator, with the questions it is read from, by questionnaire."""

    set = models.ForeignKey(IndicatorSet, on_delete=models.CASCADE, related_name="indicators")
    key = models.CharField(max_length=40)
    order = models.PositiveSmallIntegerField()
    framework = models.CharField(max_length=20, blank=True)
    area = models.CharField(max_length=60, blank=True)
    text = models.JSONField(default=dict)
    unit = models.CharField(max_length=80, blank=True)
    level = models.CharField(max_length=20, blank=True)
    data_source = models.CharField(max_length=80, blank=True)
    status = models.CharField(max_length=120, blank=True)
    # {"nr2": ["15", "16"], "nr3": [...]}
    questions = models.JSONField(default=dict, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("indicator")
        ordering = ("order",)
        constraints = [models.UniqueConstraint(fields=["set", "key"], name="surveys_indicator_key")]

    def __str__(self) -> str:
        return self.key

    @property
    def label(self) -> str:
        """The indicator in the reader's language, as well as may be."""
        return words(self.text) or self.key


class IndicatorChange(models.Model):
    """A change made after the agreement: who, when, why, and both texts."""

    set = models.ForeignKey(IndicatorSet, on_delete=models.CASCADE, related_name="changes")
    key = models.CharField(max_length=40)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    reason = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("change of an indicator")
        ordering = ("-at",)

    def __str__(self) -> str:
        return f"{self.set_id} {self.key}"
