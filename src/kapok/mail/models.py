"""Letters: the queue of those that wait and the log of those that went."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# The name of letters that came ready-made from another room or from signing in.
MESSAGE = "message"


class State(models.TextChoices):
    """How far a letter has come."""

    WAITING = "waiting", _("waiting to be sent")
    SENT = "sent", _("sent")
    FAILED = "failed", _("could not be sent")
    DROPPED = "dropped", _("not sent: no longer wanted")


class Letter(models.Model):
    """One letter to one receiver. Its key says what it is about, so that the same letter is never written twice."""

    key = models.CharField(max_length=200, unique=True)
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=20, blank=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="letters_to"
    )
    address = models.EmailField()
    reply_to = models.EmailField(blank=True)
    language = models.CharField(max_length=8)
    subject = models.CharField(max_length=300)
    # Forgotten some weeks after sending: they hold links that act in the name of the receiver.
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    headers = models.JSONField(default=dict, blank=True)
    message_id = models.CharField(max_length=200, unique=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ("-id",)
        indexes = [models.Index(fields=["state", "-id"], name="letter_state")]
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=State.values), name="letter_state_is_known"),
            models.CheckConstraint(
                condition=~models.Q(state="sent") | models.Q(sent_at__isnull=False), name="letter_sent_is_dated"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} ({self.state})"

    @property
    def reference(self) -> str:
        return f"letter:{self.pk}"

    @property
    def is_wanted(self) -> bool:
        """Asked again when it is sent: the receiver may have left, or turned such letters off."""
        if self.person is None:
            return True
        return self.person.wants(self.kind) if self.kind else self.person.is_active
