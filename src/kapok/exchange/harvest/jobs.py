"""Background work of the sources. Each job may run twice and may be killed midway."""

from django.utils import timezone

from kapok.core.jobs import every, task
from kapok.exchange.harvest import fetching
from kapok.exchange.models import Harvest
from kapok.exchange.models.harvests import Standing


@task("exchange.fetch", attempts=3)
def fetch(pk: int) -> None:
    """Fetch from one source, if it is still in use."""
    harvest = Harvest.objects.select_related("source", "source__body").filter(pk=pk, standing=Standing.ACTIVE).first()
    if harvest:
        fetching.fetch(harvest)


@every("17 * * * *", "exchange.fetch_due")
def fetch_due() -> None:
    """Ask the sources whose time has come."""
    real = Harvest.objects.filter(source__illustrative=False)
    for harvest in real.filter(standing=Standing.ACTIVE, next_at__lte=timezone.now()):
        fetch.using(key=harvest.reference).enqueue(harvest.pk)
