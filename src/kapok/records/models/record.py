"""A record, its published versions, its links to others and its other names."""

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kapok.core.languages import words
from kapok.formats.format import Format, format_of
from kapok.people.models import Body


class Stage(models.TextChoices):
    """Where a record stands before the public."""

    UNPUBLISHED = "unpublished", _("Not yet published")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    MERGED = "merged", _("Merged into another record")


class Working(models.TextChoices):
    """Where its draft stands."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    RETURNED = "returned", _("Returned with a reason")


class Freshness(models.TextChoices):
    """How lately its owner confirmed it."""

    FRESH = "fresh", _("Confirmed")
    DUE = "due", _("Confirmation due")
    OVERDUE = "overdue", _("Confirmation overdue")
    NOT_CONFIRMED = "not-confirmed", _("Not confirmed")
    NO_CLOCK = "no-clock", _("No confirmation needed")


class Sequence(models.Model):
    """The last number given out for each kind of identifier."""

    prefix = models.CharField(max_length=3, primary_key=True)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("sequence of identifiers")

    def __str__(self) -> str:
        return f"{self.prefix}-{self.last:06d}"


class Record(models.Model):
    """One entry of a register. `values` is what the public sees; a change waits in its draft."""

    identifier = models.CharField(max_length=13, unique=True)
    format = models.CharField(max_length=40, db_index=True)
    owner = models.ForeignKey(Body, null=True, blank=True, on_delete=models.PROTECT, related_name="records")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="records"
    )
    editors = models.ManyToManyField(settings.AUTH_USER_MODEL, blank=True, related_name="edits")
    stage = models.CharField(max_length=12, choices=Stage, default=Stage.UNPUBLISHED)
    values = models.JSONField(default=dict, blank=True)
    number = models.PositiveIntegerField(default=0)
    reviewed = models.BooleanField(default=True)
    illustrative = models.BooleanField(default=False)
    sources = models.JSONField(default=list, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    published_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(null=True, blank=True)
    confirmed_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    freshness = models.CharField(max_length=14, choices=Freshness, default=Freshness.NO_CLOCK)
    # The next day on which something derived from the day changes: its status, its window, its freshness.
    turns_on = models.DateField(null=True, blank=True, db_index=True)
    withdrawn_because = models.TextField(blank=True)
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged")

    class Meta:
        verbose_name = _("record")
        ordering = ("-id",)
        indexes = [models.Index(fields=["format", "stage"]), models.Index(fields=["freshness", "due_on"])]
        constraints = [
            models.CheckConstraint(
                name="records_published_has_version",
                condition=~models.Q(stage="published") | models.Q(number__gte=1, published_at__isnull=False),
            ),
            models.CheckConstraint(
                name="records_merged_has_target",
                condition=~models.Q(stage="merged") | models.Q(merged_into__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.identifier} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("records:read", args=[self.identifier])

    @property
    def reference(self) -> str:
        """Its name in the trail, in news and in the index."""
        return f"record:{self.identifier}"

    @property
    def form(self) -> type[Format]:
        """Its format."""
        return format_of(self.format)

    @property
    def working(self) -> "Any":
        """Its draft, or None."""
        return getattr(self, "draft", None)

    @property
    def titles(self) -> dict[str, str]:
        """The title by language: the published one, else that of the draft."""
        return self.form.title_of(self.values) or (self.form.title_of(self.working.values) if self.working else {})

    @property
    def title(self) -> str:
        """The title in the reader's language, as well as may be."""
        return words(self.titles) or str(_("Untitled"))

    @property
    def is_published(self) -> bool:
        return self.stage == Stage.PUBLISHED


class Version(models.Model):
    """What was published once, whole."""

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    values = models.JSONField()
    format_version = models.PositiveSmallIntegerField(default=1)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    note = models.TextField(blank=True)

    class Meta:
        verbose_name = _("version")
        ordering = ("-number",)
        constraints = [models.UniqueConstraint(fields=["record", "number"], name="records_version_number")]

    def __str__(self) -> str:
        return f"{self.record_id}/{self.number}"


class Reference(models.Model):
    """A link from the published values of one record to another record."""

    source = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="references")
    field = models.CharField(max_length=60)
    target = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="referred_by")

    class Meta:
        verbose_name = _("reference")
        constraints = [
            models.UniqueConstraint(fields=["source", "field", "target"], name="records_reference_once"),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} {self.field} {self.target_id}"


class Alias(models.Model):
    """A name under which others know the record: IATI, BCH, GEF, DOI, ROR."""

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="aliases")
    scheme = models.CharField(max_length=40)
    identifier = models.CharField(max_length=300)

    class Meta:
        verbose_name = _("other identifier")
        constraints = [
            models.UniqueConstraint(fields=["record", "scheme", "identifier"], name="records_alias_once"),
        ]
        indexes = [models.Index(fields=["scheme", "identifier"])]

    def __str__(self) -> str:
        return f"{self.scheme}:{self.identifier}"
