"""Overlaps that were found, and what the owners said about them."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kapok.insight.overlaps.finding import CONTINUES, COOPERATE, DUPLICATE
from kapok.people.models import Body
from kapok.records.models import Record


class Sketch(models.Model):
    """What of a published initiative is compared, apart from its values. Derived: the nightly job puts it right."""

    record = models.OneToOneField(Record, on_delete=models.CASCADE, primary_key=True, related_name="+")
    facts = models.JSONField(default=dict)
    alive = models.BooleanField(default=True)
    # Grows with each change, so that every process reads what is new and nothing else.
    turn = models.BigIntegerField(db_index=True)
    made_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("sketch of an initiative")

    def __str__(self) -> str:
        return f"{self.record_id} {self.turn}"


class Nearness(models.TextChoices):
    """What two initiatives that come near each other may be."""

    DUPLICATE = DUPLICATE, _("Possible duplicate")
    CONTINUES = CONTINUES, _("One continues the other")
    COOPERATE = COOPERATE, _("Could cooperate")


class Overlap(models.Model):
    """Two published initiatives that come near each other, with what they share. The first is the older record."""

    first = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=Nearness)
    reasons = models.PositiveSmallIntegerField()
    alike = models.PositiveSmallIntegerField()
    shared = models.JSONField(default=dict)
    # The shared countries between spaces (` KEN UGA `), to find those of one.
    places = models.TextField()
    found_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("overlap")
        ordering = ("-reasons", "-alike", "-id")
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="overlap_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="overlap_in_order"),
        ]
        indexes = [models.Index(fields=["-reasons", "-alike", "-id"], name="overlap_order")]

    def __str__(self) -> str:
        return f"{self.first_id} {self.second_id} {self.kind}"

    def other(self, record: Any) -> Record:
        """The one beside a record."""
        return self.second if self.first_id == record.pk else self.first


class Said(models.TextChoices):
    """What the owner of an initiative may say about an overlap."""

    JOINT = "joint", _("We work jointly")
    DIFFERENT = "different", _("They are different")
    SAME = "same", _("They are the same")


class OverlapAnswer(models.Model):
    """What the owner of one of two initiatives said; it outlives the overlap, which is found anew every night."""

    first = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="+")
    # For which of the two it was said; nobody's where the Secretariat spoke.
    side = models.ForeignKey(Record, null=True, on_delete=models.CASCADE, related_name="+")
    said = models.CharField(max_length=10, choices=Said)
    because = models.TextField(blank=True)
    body = models.ForeignKey(Body, null=True, on_delete=models.SET_NULL, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("answer to an overlap")
        ordering = ("at", "id")
        constraints = [
            models.UniqueConstraint(fields=["first", "second", "side"], name="overlap_answer_once_a_side"),
            models.CheckConstraint(condition=~Q(said="different", because=""), name="overlap_difference_has_words"),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} {self.second_id} {self.said}"
