"""What is counted: each published version split by country and theme, and its money to the cent."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kapok.records.models import Record

# Shares are whole numbers of billionths, so that databases add them exactly.
WHOLE = 1_000_000_000


class Spell(models.Model):
    """One stretch of time during which the public read one version of a record.

    `facts` holds what search knows of the version (its facets) and its days, as on the last day of the spell.
    """

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="spells")
    identifier = models.CharField(max_length=13, db_index=True)
    format = models.CharField(max_length=40)
    number = models.PositiveIntegerField()
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField(null=True, blank=True)
    facts = models.JSONField(default=dict)
    # Over all that was derived, so that a comparison reads one column.
    digest = models.CharField(max_length=24)

    class Meta:
        verbose_name = _("stretch of time of a version")
        indexes = [models.Index(fields=["format", "valid_until"])]
        constraints = [
            models.UniqueConstraint(fields=["record", "valid_from"], name="insight_spell_once"),
            models.CheckConstraint(
                name="insight_spell_in_order",
                condition=models.Q(valid_until=None) | models.Q(valid_until__gte=models.F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.identifier}/{self.number}"


class Allocation(models.Model):
    """The share of a version that falls to one country and one theme; empty where the record names none."""

    spell = models.ForeignKey(Spell, on_delete=models.CASCADE, related_name="allocations")
    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="allocations")
    format = models.CharField(max_length=40)
    country = models.CharField(max_length=3, blank=True)
    theme = models.CharField(max_length=40, blank=True)
    year = models.PositiveSmallIntegerField(null=True)
    share = models.PositiveBigIntegerField()

    class Meta:
        verbose_name = _("allocation")
        indexes = [models.Index(fields=["country", "theme"])]
        constraints = [
            models.UniqueConstraint(fields=["spell", "country", "theme"], name="insight_allocation_once"),
            models.CheckConstraint(name="insight_share_of_whole", condition=models.Q(share__lte=WHOLE)),
        ]

    def __str__(self) -> str:
        return f"{self.record_id} {self.country} {self.theme}"


class Commitment(models.Model):
    """The part of one budget line that falls to one country and one theme, in cents of its currency and of USD."""

    spell = models.ForeignKey(Spell, on_delete=models.CASCADE, related_name="commitments")
    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="commitments")
    line = models.CharField(max_length=20)
    kind = models.CharField(max_length=20)
    state = models.CharField(max_length=20, blank=True)
    funder = models.CharField(max_length=13, blank=True)
    year = models.PositiveSmallIntegerField(null=True)
    country = models.CharField(max_length=3, blank=True)
    theme = models.CharField(max_length=40, blank=True)
    currency = models.CharField(max_length=3)
    cents = models.BigIntegerField()
    # Nothing where the table of rates does not know the currency in that year.
    usd_cents = models.BigIntegerField(null=True)

    class Meta:
        verbose_name = _("allocated money")
        indexes = [models.Index(fields=["kind", "year"])]
        constraints = [
            models.UniqueConstraint(fields=["spell", "line", "country", "theme"], name="insight_commitment_once"),
        ]

    def __str__(self) -> str:
        return f"{self.record_id} {self.kind} {self.cents} {self.currency}"


class Change(models.Model):
    """Which record was allocated anew, in order; counting processes read here what they must read again."""

    identifier = models.CharField(max_length=13)

    class Meta:
        verbose_name = _("change of allocations")

    def __str__(self) -> str:
        return f"{self.pk} {self.identifier}"


class Place(models.Model):
    """How far the notes of changes were applied. There is one row; without it all is allocated anew."""

    epoch = models.CharField(max_length=32)
    cursor = models.JSONField()
    rates = models.CharField(max_length=24)

    class Meta:
        verbose_name = _("place in the notes of changes")

    def __str__(self) -> str:
        return self.epoch
