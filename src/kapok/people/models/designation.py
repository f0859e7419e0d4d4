"""Designations, and what members ask to be designated for."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kapok.people.models.body import Body
from kapok.people.models.person import Person


class Role(models.TextChoices):
    """What a person is designated as."""

    FOCAL_POINT = "focal_point", _("Focal point")
    EDITOR = "editor", _("Designated editor")
    SECRETARIAT = "secretariat", _("Secretariat")
    ADMINISTRATOR = "administrator", _("Administrator")


BODY_ROLES = (Role.FOCAL_POINT, Role.EDITOR)


class Designations(models.QuerySet["Designation"]):
    """Readings of designations."""

    def in_force(self) -> "Designations":
        """Begun and not ended."""
        return self.filter(ended_at=None, begins_on__lte=timezone.now().date())


class Designation(models.Model):
    """A role given to a person, for a body where the role acts for one, with the proof that was shown."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="designations")
    body = models.ForeignKey(Body, null=True, blank=True, on_delete=models.PROTECT, related_name="designations")
    role = models.CharField(_("role"), max_length=20, choices=Role)
    proof = models.TextField(_("proof"), blank=True)
    proof_file = models.CharField(_("file of the proof"), max_length=300, blank=True)
    proof_digest = models.CharField(_("hash of the file"), max_length=64, blank=True)
    designated_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    begins_on = models.DateField(_("begins on"))
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    ended_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    reason = models.TextField(_("why it ended"), blank=True)

    objects = Designations.as_manager()

    class Meta:
        verbose_name = _("designation")
        verbose_name_plural = _("designations")
        ordering = ("-id",)
        constraints = [
            models.CheckConstraint(condition=Q(role__in=Role.values), name="designation_role_is_known"),
            models.CheckConstraint(
                condition=Q(role__in=BODY_ROLES, body__isnull=False) | Q(~Q(role__in=BODY_ROLES), body__isnull=True),
                name="designation_has_a_body_if_its_role_needs_one",
            ),
            models.UniqueConstraint(
                fields=["person", "role", "body"],
                condition=Q(ended_at=None, body__isnull=False),
                name="designation_once_for_a_body",
            ),
            models.UniqueConstraint(
                fields=["person", "role"],
                condition=Q(ended_at=None, body__isnull=True),
                name="designation_once_without_a_body",
            ),
        ]

    def __str__(self) -> str:
        return self.short

    @property
    def reference(self) -> str:
        return f"designation:{self.pk}"

    @property
    def short(self) -> str:
        """Role and body by their codes: `editor ORG-000012`."""
        return f"{self.role} {self.body.code}" if self.body else self.role


class Request(models.Model):
    """A member's wish to be designated, open until somebody grants or declines it."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="requests")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="requests")
    role = models.CharField(_("role"), max_length=20, choices=[(role.value, role.label) for role in BODY_ROLES])
    proof = models.TextField(_("proof"))
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    granted = models.BooleanField(_("granted"), null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        verbose_name = _("request for a designation")
        verbose_name_plural = _("requests for a designation")
        ordering = ("-id",)
        constraints = [
            models.CheckConstraint(condition=Q(role__in=BODY_ROLES), name="request_role_acts_for_a_body"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, granted__isnull=True)
                | Q(answered_at__isnull=False, granted__isnull=False),
                name="request_answer_is_dated",
            ),
            models.UniqueConstraint(
                fields=["person", "role", "body"], condition=Q(answered_at=None), name="request_open_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.body.code}"

    @property
    def reference(self) -> str:
        return f"request:{self.pk}"
