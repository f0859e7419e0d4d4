"""Sources that are fetched by the clock, and what each fetch brought."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kapok.exchange.models.imports import Import
from kapok.exchange.models.sources import Source


class Kind(models.TextChoices):
    """What lies at the address of a source."""

    FILE = "file", _("a file: IATI, table or JSON")
    OAI = "oai", _("an OAI-PMH repository")
    ATOM = "atom", _("an Atom feed")


class Rhythm(models.IntegerChoices):
    """How many days pass between two fetches."""

    DAILY = 1, _("daily")
    WEEKLY = 7, _("weekly")
    MONTHLY = 30, _("monthly")


class Standing(models.TextChoices):
    """Whether a source is fetched."""

    PROPOSED = "proposed", _("waits for the Secretariat")
    ACTIVE = "active", _("fetched by the clock")
    HELD = "held", _("held: too much would vanish")
    PAUSED = "paused", _("paused")


class Result(models.TextChoices):
    """How a fetch ended."""

    UNCHANGED = "unchanged", _("nothing new")
    TAKEN = "taken", _("taken in")
    HELD = "held", _("held for a look")
    FAILED = "failed", _("could not be taken")


class Harvest(models.Model):
    """How one source is fetched. The marks of the last good fetch let the source answer that nothing changed."""

    source = models.OneToOneField(Source, on_delete=models.CASCADE, related_name="harvest")
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.FILE)
    format = models.CharField(max_length=40, default="initiative")
    rhythm = models.PositiveSmallIntegerField(choices=Rhythm, default=Rhythm.WEEKLY)
    standing = models.CharField(max_length=10, choices=Standing, default=Standing.PROPOSED)
    # Does the address always hold the whole list? Then what it stops naming is marked.
    whole = models.BooleanField(default=True)
    etag = models.CharField(max_length=200, blank=True)
    modified = models.CharField(max_length=60, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    next_at = models.DateTimeField(null=True, blank=True, db_index=True)
    failures = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("harvest")
        ordering = ("source__name",)

    def __str__(self) -> str:
        return str(self.source)

    def get_absolute_url(self) -> str:
        return reverse("exchange:source", args=[self.pk])

    @property
    def reference(self) -> str:
        """Its name in the trail."""
        return f"harvest:{self.pk}"

    @property
    def body_id(self) -> int | None:
        """The body whose records come from there."""
        return self.source.body_id


class Fetch(models.Model):
    """One fetch from a source: when, what came, and what became of it."""

    harvest = models.ForeignKey(Harvest, on_delete=models.CASCADE, related_name="fetches")
    at = models.DateTimeField()
    result = models.CharField(max_length=10, choices=Result)
    # Why it failed or is held, in each of the six languages.
    said = models.JSONField(default=dict, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    seconds = models.FloatField(default=0)
    gone = models.PositiveIntegerField(default=0)
    imported = models.ForeignKey(Import, null=True, blank=True, on_delete=models.SET_NULL, related_name="fetches")

    class Meta:
        verbose_name = _("fetch from a source")
        verbose_name_plural = _("fetches from sources")
        ordering = ("-at", "-id")

    def __str__(self) -> str:
        return f"{self.harvest_id} {self.at:%Y-%m-%d} {self.result}"
