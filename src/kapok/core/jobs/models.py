"""The queue and the calendar of background work."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Where a job stands."""

    READY = "ready", _("waiting")
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    DEAD = "dead", _("given up")


class Job(models.Model):
    """One piece of work to be done in the background."""

    name = models.CharField(max_length=100)
    arguments = models.JSONField(default=dict)
    key = models.CharField(max_length=200, blank=True)
    # The key while the job waits, else nothing: so the database itself keeps a second one out.
    slot = models.CharField(max_length=300, null=True, unique=True, editable=False)
    state = models.CharField(max_length=10, choices=State.choices, default=State.READY)
    priority = models.SmallIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    run_after = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    worker = models.CharField(max_length=100, blank=True)
    error = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("background job")
        verbose_name_plural = _("background jobs")
        ordering = ("id",)
        indexes = [
            models.Index(fields=["-priority", "run_after", "id"], name="job_ready", condition=Q(state="ready")),
            models.Index(fields=["lease_until"], name="job_running", condition=Q(state="running")),
            models.Index(fields=["state", "finished_at"], name="job_state"),
        ]

    def __str__(self) -> str:
        return f"{self.id} {self.name} {self.state}"


class Due(models.Model):
    """A moment at which a schedule was due. One row per moment, so that no two workers start it."""

    schedule = models.CharField(max_length=100)
    at = models.DateTimeField()
    job = models.ForeignKey(Job, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = _("due time of a schedule")
        verbose_name_plural = _("due times of schedules")
        ordering = ("-at",)
        constraints = [models.UniqueConstraint(fields=["schedule", "at"], name="due_once")]

    def __str__(self) -> str:
        return f"{self.schedule} {self.at:%Y-%m-%d %H:%M}"
