"""An import, its rows, and what is remembered of how a sender's columns were understood."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kapok.exchange.models.sources import Source
from kapok.people.models import Body
from kapok.records.models import Record


class State(models.TextChoices):
    """Where an import stands."""

    WAITING = "waiting", _("waiting to be read")
    READING = "reading", _("being read")
    READ = "read", _("read, nothing is changed yet")
    UNREADABLE = "unreadable", _("could not be read")
    APPLYING = "applying", _("rows go in")
    APPLIED = "applied", _("went in")
    UNDOING = "undoing", _("being undone")
    UNDONE = "undone", _("undone")


BUSY = (State.WAITING, State.READING, State.APPLYING, State.UNDOING)


class Outcome(models.TextChoices):
    """What a row means for the registers."""

    NEW = "new", _("new")
    CHANGED = "changed", _("changed")
    SAME = "same", _("the same")
    REFUSED = "refused", _("stays out")
    SIMILAR = "similar", _("looks like another")


class Decision(models.TextChoices):
    """What a person said about a row."""

    NONE = "", _("not decided")
    NEW = "new", _("It is a new one")
    TAKE = "take", _("It is the same one")
    LEAVE = "leave", _("Leave it out")


class Import(models.Model):
    """One file, or several sent together, on the way in; it can be undone whole."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="imports")
    body = models.ForeignKey(Body, null=True, blank=True, on_delete=models.SET_NULL, related_name="imports")
    source = models.ForeignKey(Source, null=True, blank=True, on_delete=models.SET_NULL, related_name="imports")
    format = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=12, choices=State, default=State.WAITING)
    # The kept files: token and name.
    files = models.JSONField(default=list)
    # What the columns were taken for, per file and sheet.
    match = models.JSONField(default=dict, blank=True)
    options = models.JSONField(default=dict, blank=True)
    counts = models.JSONField(default=dict, blank=True)
    notes = models.JSONField(default=list, blank=True)
    # What is said of rows, each sentence once, with how many rows it concerns.
    problems = models.JSONField(default=list, blank=True)
    done = models.PositiveIntegerField(default=0)
    stop = models.BooleanField(default=False)
    seconds = models.FloatField(default=0)
    first_seconds = models.FloatField(default=0)
    made_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True, blank=True)
    applied_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("import")
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.pk} {self.name}"

    def get_absolute_url(self) -> str:
        return reverse("exchange:import", args=[self.pk])

    @property
    def reference(self) -> str:
        """Its name in the trail."""
        return f"import:{self.pk}"

    @property
    def name(self) -> str:
        """The names of its files."""
        return ", ".join(one["name"] for one in self.files)

    @property
    def is_busy(self) -> bool:
        return self.state in BUSY

    @property
    def total(self) -> int:
        """How many rows it has, as far as they were read."""
        return int(self.counts.get("rows", 0))


class Row(models.Model):
    """One row, activity or record of a file: what it means, what is wrong with it, and what became of it."""

    imported = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    # A record that the file only speaks of, such as an organisation nobody knows yet.
    extra = models.BooleanField(default=False)
    file = models.CharField(max_length=200, blank=True)
    sheet = models.CharField(max_length=100, blank=True)
    line = models.PositiveIntegerField(default=0)
    format = models.CharField(max_length=40)
    title = models.CharField(max_length=300, blank=True)
    outcome = models.CharField(max_length=8, choices=Outcome)
    target = models.ForeignKey(Record, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    score = models.PositiveSmallIntegerField(default=0)
    reasons = models.JSONField(default=list, blank=True)
    cells = models.JSONField(default=dict, blank=True)
    # What the row says, cleaned; and the whole record as it would stand.
    said = models.JSONField(default=dict, blank=True)
    values = models.JSONField(default=dict, blank=True)
    problems = models.JSONField(default=list, blank=True)
    decision = models.CharField(max_length=8, choices=Decision, blank=True)
    applied_at = models.DateTimeField(null=True, blank=True)
    # The record it went into, how that was before, and its version since.
    result = models.ForeignKey(Record, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    before: Any = models.JSONField(null=True, blank=True)
    after = models.PositiveIntegerField(default=0)
    undone = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("row of an import")
        ordering = ("number",)
        constraints = [models.UniqueConstraint(fields=["imported", "number"], name="exchange_row_once")]
        indexes = [models.Index(fields=["imported", "outcome", "number"])]

    def __str__(self) -> str:
        return f"{self.imported_id}/{self.number}"

    @classmethod
    def renew(cls, rows: list[Self], *fields: str) -> None:
        """Save some fields of rows that are there already: much faster than `bulk_update`."""
        cls.objects.bulk_create(rows, update_conflicts=True, unique_fields=["id"], update_fields=fields)


class Remembered(models.Model):
    """How the columns of one sender were understood, so that their next file needs no correction."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    format = models.CharField(max_length=40)
    # From the folded head to what it was taken for; nothing means that it is left out.
    columns = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("remembered columns")
        constraints = [models.UniqueConstraint(fields=["by", "format"], name="exchange_remembered_once")]

    def __str__(self) -> str:
        return f"{self.by_id} {self.format}"
