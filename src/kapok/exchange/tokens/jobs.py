"""What the clock does for tokens."""

from datetime import timedelta

from django.utils import timezone

from kapok.core.jobs import every
from kapok.exchange.models import Answered

KEPT = timedelta(hours=24)


@every("35 * * * *", "exchange.forget_answers")
def forget_answers() -> None:
    """Forget the answers to requests with an idempotency key after a day."""
    Answered.objects.filter(at__lt=timezone.now() - KEPT).delete()
