"""The numbers in the rules of the matrix, as the Secretariat set them."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


class MatrixRules(models.Model):
    """There is at most one row; without it the usual numbers hold."""

    crowd = models.PositiveSmallIntegerField(
        _("How many initiatives at once make a cell crowded"),
        default=3,
        validators=[MinValueValidator(2), MaxValueValidator(99)],
    )
    ending_months = models.PositiveSmallIntegerField(
        _("Within how many months support is ending soon"),
        default=12,
        validators=[MinValueValidator(1), MaxValueValidator(120)],
    )
    stale_months = models.PositiveSmallIntegerField(
        _("After how many months without a confirmation support is stale"),
        default=24,
        validators=[MinValueValidator(1), MaxValueValidator(240)],
    )

    class Meta:
        verbose_name = _("rules of the matrix")

    def __str__(self) -> str:
        return f"{self.crowd}/{self.ending_months}/{self.stale_months}"

    @property
    def reference(self) -> str:
        """Its name in the trail."""
        return "insight:rules"
