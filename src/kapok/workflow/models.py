"""Reminders: what those who keep a thing are asked for, from a day on."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kapok.people.models import Body


class Reminder(models.Model):
    """One asking about one thing, on one day. It is told once, and closed when what it asks for is done."""

    kind = models.CharField(max_length=20)
    thing = models.CharField(max_length=120)
    body = models.ForeignKey(Body, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    # Tells apart the years in which the same is asked: the day on which it all began.
    cycle = models.DateField()
    step = models.CharField(max_length=20)
    due_on = models.DateField()
    told_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        ordering = ("due_on", "id")
        constraints = [
            models.UniqueConstraint(fields=["kind", "thing", "cycle", "step"], name="reminder_once"),
            models.CheckConstraint(condition=Q(due_on__gte=F("cycle")), name="reminder_follows_its_cycle"),
        ]
        indexes = [
            models.Index(
                fields=["kind", "due_on"], name="reminder_untold", condition=Q(told_at__isnull=True, closed_at=None)
            ),
            models.Index(fields=["kind", "body"], name="reminder_open", condition=Q(closed_at__isnull=True)),
            models.Index(fields=["thing"], name="reminder_thing"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.thing} {self.step}"
