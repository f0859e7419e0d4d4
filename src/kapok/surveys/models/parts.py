"""Answers being written: one working copy for each section, so that two people do not stand in each other's way."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kapok.surveys.models.questionnaire import Section
from kapok.surveys.models.response import Response


class Part(models.Model):
    """The working copy of one section. `revision` grows with each save, so that two writers notice each other."""

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="parts")
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="parts")
    # {question key: {"options": [...], "text": {...}, "number": "...", "day": "...", "carried": "..."}}
    values = models.JSONField(default=dict, blank=True)
    revision = models.PositiveIntegerField(default=1)
    # The revision that the present editor began from, and what the section said then.
    seen = models.PositiveIntegerField(default=0)
    before = models.JSONField(default=dict, blank=True)
    editor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("section being answered")
        constraints = [models.UniqueConstraint(fields=["response", "section"], name="surveys_part_once")]

    def __str__(self) -> str:
        return f"{self.response_id} {self.section_id}"

    @property
    def reference(self) -> str:
        """Its name in the trail: that of the response with the section."""
        return f"response:{self.response_id}"

    @property
    def body_id(self) -> int | None:
        """The government that answers."""
        return self.response.body_id


class PartAside(models.Model):
    """What somebody wrote in a section while another saved first: kept until they have looked at both texts."""

    part = models.ForeignKey(Part, on_delete=models.CASCADE, related_name="asides")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    values = models.JSONField()
    base = models.JSONField(default=dict)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("answers set aside")
        ordering = ("-at",)
        constraints = [models.UniqueConstraint(fields=["part", "person"], name="surveys_aside_once")]

    def __str__(self) -> str:
        return f"{self.part_id} {self.person_id}"


class Delegation(models.Model):
    """A section entrusted to a named person, until it is ended."""

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="delegations")
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="delegations")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="delegations")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("delegated section")
        ordering = ("section__order", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["response", "section", "person"],
                condition=models.Q(ended_at=None),
                name="surveys_delegated_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.response_id} {self.section_id} {self.person_id}"
