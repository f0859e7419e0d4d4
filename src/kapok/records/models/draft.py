"""Work in progress beside the published record."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kapok.records.models.record import Record, Working


class Draft(models.Model):
    """The one working copy of a record. `revision` grows with each save, so that two writers notice each other."""

    record = models.OneToOneField(Record, on_delete=models.CASCADE, related_name="draft")
    values = models.JSONField(default=dict, blank=True)
    base = models.PositiveIntegerField(default=0)
    stage = models.CharField(max_length=10, choices=Working, default=Working.DRAFT)
    revision = models.PositiveIntegerField(default=1)
    # The revision that the present editor began from: all saves since are their own.
    seen = models.PositiveIntegerField(default=0)
    # What the draft said then: the text that somebody with an older form began from.
    before = models.JSONField(default=dict, blank=True)
    editor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    saved_at = models.DateTimeField(auto_now=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    submitted_at = models.DateTimeField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    escalated_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        verbose_name = _("draft")
        constraints = [
            models.CheckConstraint(
                name="records_submitted_has_clock",
                condition=~models.Q(stage="submitted") | models.Q(submitted_at__isnull=False, due_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.record_id} ({self.stage})"

    @property
    def titles(self) -> dict[str, str]:
        """The title by language as the draft says it, which may be another than the published one."""
        return self.record.form.title_of(self.values)


class Aside(models.Model):
    """What somebody wrote while another saved first: kept until they have looked at both texts."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="asides")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    values = models.JSONField()
    base = models.JSONField(default=dict)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("text set aside")
        ordering = ("-at",)

    def __str__(self) -> str:
        return f"{self.draft_id} {self.person_id}"


class Share(models.Model):
    """A link by which anyone who has it may read a draft until a day. Only the link's digest is kept."""

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="shares")
    digest = models.CharField(max_length=64, unique=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("shared draft")

    def __str__(self) -> str:
        return f"{self.record_id} until {self.ends_at:%Y-%m-%d}"
