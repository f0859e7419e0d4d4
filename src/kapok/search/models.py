"""Searches that people keep, to hear of what is new in them."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Frequency(models.TextChoices):
    """How often its reader wants to hear."""

    DAILY = "daily", _("Every day")
    WEEKLY = "weekly", _("Every week")
    OFF = "off", _("Never; I only keep it here")


class SavedSearch(models.Model):
    """A question that a person keeps under a name. `told_until` is the moment up to which they know what there is."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="searches")
    name = models.CharField(max_length=120)
    query = models.CharField(max_length=1500)
    frequency = models.CharField(max_length=10, choices=Frequency, default=Frequency.WEEKLY)
    told_until = models.DateTimeField(default=timezone.now)
    looked_at = models.DateTimeField(default=timezone.now)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("saved search")
        verbose_name_plural = _("saved searches")
        ordering = ("name", "id")
        indexes = [models.Index(fields=["frequency", "looked_at"], name="saved_search_due")]
        constraints = [
            models.UniqueConstraint(fields=["person", "query"], name="saved_search_once"),
            models.CheckConstraint(
                condition=models.Q(frequency__in=Frequency.values), name="saved_search_frequency_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def reference(self) -> str:
        return f"search:{self.pk}"
