"""What people do with sources: register, let in, change, fetch now, release what was held, pause."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kapok.core.jobs.tasks import tasks
from kapok.core.rules import Refused
from kapok.core.verbs import remember, verb
from kapok.exchange.harvest import access
from kapok.exchange.harvest.client import check_address
from kapok.exchange.harvest.fetching import let_in
from kapok.exchange.models import Harvest, Source
from kapok.exchange.models.harvests import Result, Standing
from kapok.people.models import Person

FACTS = ("kind", "format", "rhythm", "whole")


@verb("exchange.register_source", _("Register a source"), access.may_register)
def register(harvest: Harvest, /, *, by: Person, name: str, address: str, **facts: Any) -> Harvest:
    """Propose an address to fetch from by the clock; the Secretariat lets it in, or registers it at once."""
    source = harvest.source
    source.name, source.address = " ".join(name.split())[:200], address.strip()
    check_address(source.address)
    if Source.objects.filter(name=source.name).exists():
        raise Refused(_("There is already a source of this name."))
    source.save()
    harvest.source = source
    for field in FACTS:
        setattr(harvest, field, facts[field])
    harvest.standing = Standing.ACTIVE if by.is_secretariat else Standing.PROPOSED
    harvest.next_at = timezone.now()
    harvest.save()
    remember(name=source.name, address=source.address, standing=harvest.standing)
    return harvest


@verb("exchange.let_source_in", _("Let a source in"), access.may_let_in)
def let_source_in(harvest: Harvest, *, by: Person) -> Harvest:
    """From now on it is fetched by the clock."""
    harvest.standing, harvest.next_at = Standing.ACTIVE, timezone.now()
    harvest.save(update_fields=["standing", "next_at"])
    return harvest


@verb("exchange.fetch_now", _("Fetch from a source now"), access.may_fetch)
def fetch_now(harvest: Harvest, *, by: Person) -> Harvest:
    """Fetch without waiting for the clock."""
    tasks["exchange.fetch"].using(key=harvest.reference).enqueue(harvest.pk)
    return harvest


@verb("exchange.pause_source", _("Pause a source"), access.may_fetch)
def pause(harvest: Harvest, *, by: Person) -> Harvest:
    """It is not fetched until somebody lets it go on; what it brought stays."""
    harvest.standing = Standing.PAUSED
    harvest.save(update_fields=["standing"])
    return harvest


@verb("exchange.resume_source", _("Let a source go on"), access.may_resume)
def resume(harvest: Harvest, *, by: Person) -> Harvest:
    """It is fetched by the clock again."""
    harvest.standing, harvest.next_at = Standing.ACTIVE, timezone.now()
    harvest.save(update_fields=["standing", "next_at"])
    return harvest


@verb("exchange.release", _("Take in what was held"), access.may_release)
def release(harvest: Harvest, *, by: Person) -> Harvest:
    """A person has looked: what was held goes in, and what the source names no more is marked."""
    held = harvest.fetches.filter(result=Result.HELD).first()
    if held is None or held.imported is None:
        raise Refused(_("Nothing of this source is held any more. Fetch it again."))
    let_in(held.imported)
    held.result = Result.TAKEN
    held.save(update_fields=["result"])
    harvest.standing = Standing.ACTIVE
    harvest.save(update_fields=["standing"])
    remember(imported=held.imported.pk, gone=held.gone)
    return harvest


@verb("exchange.drop_held", _("Leave out what was held"), access.may_release)
def drop_held(harvest: Harvest, *, by: Person) -> Harvest:
    """What was held stays out; the source is fetched again when its time comes."""
    harvest.fetches.filter(result=Result.HELD).update(result=Result.FAILED)
    harvest.standing = Standing.ACTIVE
    harvest.save(update_fields=["standing"])
    return harvest
