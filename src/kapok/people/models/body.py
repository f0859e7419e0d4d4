"""Governments and organisations."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kapok.core.languages import best, words


class Kind(models.TextChoices):
    """What sort of body it is."""

    GOVERNMENT = "government", _("Government")
    ORGANISATION = "organisation", _("Organisation")


class Body(models.Model):
    """A government or an organisation that owns records and for which persons act."""

    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    code = models.CharField(_("code"), max_length=40, unique=True)
    names = models.JSONField(_("names"), default=dict)
    country = models.CharField(_("country"), max_length=3, blank=True, db_index=True)
    domains = models.JSONField(_("web domains"), default=list, blank=True)

    class Meta:
        verbose_name = _("body")
        verbose_name_plural = _("bodies")
        ordering = ("code",)
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=Kind.values), name="body_kind_is_known"),
            models.CheckConstraint(
                condition=~models.Q(kind="government") | models.Q(country=models.F("code")),
                name="government_is_its_country",
            ),
        ]

    def __str__(self) -> str:
        return self.label()

    @property
    def reference(self) -> str:
        """The short name in the trail, in news and in the index: `body:KEN`."""
        return f"body:{self.code}"

    @property
    def is_government(self) -> bool:
        return self.kind == Kind.GOVERNMENT

    def label(self, language: str | None = None) -> str:
        """Its name in the wanted language or the best other one; its code where it has no name."""
        return words(self.names, language) or self.code

    def named(self, language: str | None = None) -> tuple[str, str]:
        """Its name with the tag of the language it was found in."""
        name, tag = best(self.names, language)
        return (name, tag) if name else (self.code, "")
