"""Persons: everybody with an account."""

from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from kapok.people.models.designation import Designation


class PersonManager(BaseUserManager["Person"]):
    """Makes and finds persons; the case of an e-mail address never matters."""

    def create_user(self, email: str, password: str | None = None, **facts: Any) -> "Person":
        """Add a person; without a password they can sign in only after setting one."""
        person = self.model(email=email, **facts)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(email=(username or "").lower())


class Person(AbstractBaseUser):
    """Somebody with an account. What they may do follows from their designations, asked anew for each request."""

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=8, default="en")
    letters = models.JSONField(_("letters"), default=dict, blank=True)
    is_active = models.BooleanField(_("may sign in"), default=True)
    joined_at = models.DateTimeField(_("joined"), default=timezone.now)
    agreed_at = models.DateTimeField(_("agreed to the terms"), null=True, blank=True)
    erased_at = models.DateTimeField(_("erased"), null=True, blank=True)

    objects = PersonManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    is_staff = False

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("persons")
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="person_email_is_lower_case"),
        ]

    def __str__(self) -> str:
        return self.label

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.email = self.email.lower()
        super().save(*args, **kwargs)

    @property
    def label(self) -> str:
        """How the person is shown to others: the name they chose, never the address."""
        if self.erased_at:
            return str(_("A former member"))
        return self.name or str(_("A member"))

    @property
    def reference(self) -> str:
        return f"person:{self.pk}"

    def get_full_name(self) -> str:
        return self.label

    def get_short_name(self) -> str:
        return self.label

    def wants(self, kind: str) -> bool:
        """Does the person want letters of this kind? All come until they are turned off."""
        return self.is_active and bool(self.letters.get(kind, True))

    @cached_property
    def _held(self) -> "tuple[Designation, ...]":
        """The designations in force, read once for each time the person is read."""
        if self.pk is None or not self.is_active:
            return ()
        return tuple(self.designations.in_force().select_related("body").order_by("id"))

    def designations_now(self) -> "tuple[Designation, ...]":
        """The designations in force today."""
        return self._held

    def forget_designations(self) -> None:
        """Read the designations again when they are next asked for."""
        self.__dict__.pop("_held", None)

    @property
    def roles(self) -> frozenset[str]:
        """The roles held now, whatever the body."""
        return frozenset(held.role for held in self._held)

    @property
    def is_secretariat(self) -> bool:
        return "secretariat" in self.roles

    @property
    def is_administrator(self) -> bool:
        return "administrator" in self.roles

    def focal_point_of(self) -> set[int]:
        """The ids of the governments the person is focal point of."""
        return {held.body_id for held in self._held if held.role == "focal_point" and held.body_id}

    def edits_for(self) -> set[int]:
        """The ids of the bodies the person edits for, as designated editor or as focal point."""
        return {held.body_id for held in self._held if held.body_id}

    def tokens(self) -> tuple[str, ...]:
        """What the search index compares with the `visible` words of a document."""
        own = ("public", f"person:{self.pk}", *(f"body:{pk}" for pk in sorted(self.edits_for())))
        return (*own, "secretariat") if self.is_secretariat else own

    @property
    def capacity(self) -> str:
        """In which roles the person acts, as the trail keeps it: `focal_point KEN, secretariat`."""
        return ", ".join(held.short for held in self._held)[:120]
