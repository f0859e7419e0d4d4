"""Where facts come from, and what each source said last of each record."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kapok.people.models import Body
from kapok.records.models import Record


class Source(models.Model):
    """Somebody who tells us of records: a publisher of IATI, a clearing-house, a ministry with its table."""

    name = models.CharField(_("name"), max_length=200)
    address = models.CharField(_("web address"), max_length=500, blank=True)
    body = models.ForeignKey(Body, null=True, blank=True, on_delete=models.PROTECT, related_name="sources")
    # It shows how fetching works; nothing lies at its address, and it is never asked.
    illustrative = models.BooleanField(default=False)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("source")
        ordering = ("name",)
        constraints = [models.UniqueConstraint(fields=["name"], name="exchange_source_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def reference(self) -> str:
        """Its name in the trail."""
        return f"source:{self.pk}"


class Telling(models.Model):
    """What one source said last of one record, field by field; `gone_at` when it stopped listing it."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="tellings")
    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="tellings")
    values = models.JSONField(default=dict)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    gone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("what a source said of a record")
        constraints = [models.UniqueConstraint(fields=["source", "record"], name="exchange_telling_once")]

    def __str__(self) -> str:
        return f"{self.source_id} {self.record_id}"
