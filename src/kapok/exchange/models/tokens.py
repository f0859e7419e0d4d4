"""Tokens by which programs act for a person, and the answers they got."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kapok.people.models import Person


class Scope(models.TextChoices):
    """What a token may be used for; never more than its person may do."""

    DRAFTS = "drafts", _("Write drafts and send files")
    SUBMIT = "submit", _("Submit drafts for review, and take them back")
    PUBLISH = "publish", _("Publish, return and withdraw")
    CONFIRM = "confirm", _("Confirm that records are up to date")
    IMPORT = "import", _("Import files")


class Token(models.Model):
    """The right of a program to act for a person until a day. Only the digest of the token is kept."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="access_tokens")
    name = models.CharField(_("name"), max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    # Its first letters, so that its owner knows it again.
    begins = models.CharField(max_length=12)
    scopes = models.JSONField(default=list)
    made_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("access token")
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.begins}… {self.name}"

    @property
    def reference(self) -> str:
        """Its name in the trail."""
        return f"token:{self.pk}"

    @property
    def is_alive(self) -> bool:
        """Can it still be used?"""
        return self.revoked_at is None and self.ends_at > timezone.now()

    @property
    def labels(self) -> list[str]:
        """What it may be used for, in words."""
        return [str(scope.label) for scope in Scope if scope.value in self.scopes]


class Answered(models.Model):
    """What a request with an idempotency key was answered, so that sending it again has no second effect."""

    token = models.ForeignKey(Token, on_delete=models.CASCADE, related_name="answered")
    key = models.CharField(max_length=200)
    # Over method, path and body: the same key for something else is refused.
    digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    body = models.TextField(blank=True)
    headers = models.JSONField(default=dict)
    at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        verbose_name = _("kept answer")
        constraints = [models.UniqueConstraint(fields=["token", "key"], name="exchange_answered_once")]

    def __str__(self) -> str:
        return f"{self.token_id} {self.key}"
