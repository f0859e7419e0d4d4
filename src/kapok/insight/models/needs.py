"""The clock of a need, whom it was circulated to, what was offered and answered, and what readers say of matches."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kapok.people.models import Body
from kapok.records.models import Record


class Clock(models.Model):
    """How far a need has come: filed, circulated, answers due, one answer for all."""

    need = models.OneToOneField(Record, on_delete=models.CASCADE, primary_key=True, related_name="clock")
    filed_on = models.DateField()
    circulated_on = models.DateField(null=True, blank=True)
    answers_by = models.DateField(null=True, blank=True, db_index=True)
    consolidated_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("clock of a need")
        constraints = [
            models.CheckConstraint(
                name="clock_circulated_has_end",
                condition=Q(circulated_on=None, answers_by=None)
                | Q(circulated_on__isnull=False, answers_by__isnull=False),
            ),
            models.CheckConstraint(
                name="clock_consolidated_was_circulated",
                condition=Q(consolidated_on=None) | Q(circulated_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.need_id} {self.filed_on}"


class Circulation(models.Model):
    """A body that a need was sent to, with the reasons why it fits."""

    need = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="circulations")
    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="+")
    grounds = models.JSONField(default=list)
    made_on = models.DateField()
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("circulation of a need")
        ordering = ("-made_on", "-id")
        constraints = [models.UniqueConstraint(fields=["need", "body"], name="circulation_once")]

    def __str__(self) -> str:
        return f"{self.need_id} {self.body_id}"


class Offered(models.TextChoices):
    """How an offer stands."""

    OPEN = "open", _("Waits for an answer")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    TAKEN_BACK = "taken-back", _("Taken back")


class Offer(models.Model):
    """What a body offers to meet a need: one of its records, or words."""

    need = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="offers")
    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    record = models.ForeignKey(Record, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    words = models.TextField(blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=10, choices=Offered, default=Offered.OPEN, db_index=True)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = _("offer to a need")
        ordering = ("made_at", "id")
        constraints = [
            models.CheckConstraint(name="offer_declined_has_reason", condition=~Q(state="declined", answer="")),
            models.CheckConstraint(
                name="offer_answer_is_dated",
                condition=~Q(state__in=("accepted", "declined")) | Q(answered_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.need_id} {self.body_id} {self.state}"

    @property
    def reference(self) -> str:
        """Its name in the trail."""
        return f"offer:{self.pk}"

    @property
    def owner_id(self) -> int | None:
        """The government that answers it."""
        return self.need.owner_id


class Feedback(models.Model):
    """What a body says of a match: useful, or not, because."""

    need = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="+")
    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="+")
    useful = models.BooleanField()
    because = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("word on a match")
        ordering = ("at", "id")
        constraints = [
            models.UniqueConstraint(fields=["need", "other", "body"], name="feedback_once"),
            models.CheckConstraint(name="feedback_no_has_reason", condition=Q(useful=True) | ~Q(because="")),
        ]

    def __str__(self) -> str:
        return f"{self.need_id} {self.other_id} {self.useful}"
