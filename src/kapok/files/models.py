"""The table of uploads."""

import secrets
from pathlib import Path

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


def new_token() -> str:
    """An identifier that tells nothing and cannot be guessed."""
    return secrets.token_urlsafe(15)


class Upload(models.Model):
    """One file as it was sent. Its bytes lie under `files/ab/token`; the name is for readers only."""

    token = models.CharField(max_length=40, unique=True, default=new_token)
    name = models.CharField(max_length=200)
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    kind = models.CharField(max_length=100)
    # What it was sent for, such as `record:INI-000123`.
    thing = models.CharField(max_length=120, blank=True, db_index=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("uploaded file")
        ordering = ("-id",)
        constraints = [models.CheckConstraint(name="files_size_is_positive", condition=models.Q(size__gte=1))]

    def __str__(self) -> str:
        return self.name

    @property
    def reference(self) -> str:
        """Its name in the trail."""
        return f"file:{self.token}"

    @property
    def path(self) -> Path:
        """Where its bytes lie."""
        return Path(settings.MEDIA_ROOT) / self.token[:2] / self.token


class Contents(models.Model):
    """The words inside a file, for search; empty, with the reason, where they could not be read."""

    upload = models.OneToOneField(Upload, on_delete=models.CASCADE, related_name="contents")
    text = models.TextField(blank=True)
    why = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("words of a file")

    def __str__(self) -> str:
        return f"{self.upload_id}"
