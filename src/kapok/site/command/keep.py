"""Handlers of `kapok reindex`, `verify`, `jobs` and `manage`."""

from kapok.site.command.ground import Arguments, house


def reindex(arguments: Arguments) -> int:
    """Build the search index anew."""
    house()
    print(f"{rebuild_index()} documents are in the search index.")
    return 0


def rebuild_index() -> int:
    """Beside the old index, then in its place; readers notice nothing."""
    from kapok.search.index import reindex as rebuild

    return rebuild(lambda number: print(f"  {number}…", flush=True) if number % 50_000 == 0 else None)


def verify(arguments: Arguments) -> int:
    """Compare what is derived with what it is derived from."""
    house()
    from kapok.core.trail import broken_links
    from kapok.insight.keeping import wrong
    from kapok.search.index import verify as compare

    report = compare(repair=arguments.repair)
    print("index:", " ".join(str(sentence) for sentence in report.sentences()))
    odd = wrong(repair=arguments.repair)
    print("allocations:", told(len(odd), "record is counted wrongly", "records are counted wrongly"))
    if odd:
        print(f"  {', '.join(odd[:20])}: " + ("repaired" if arguments.repair else "kapok verify --repair"))
    broken = broken_links()
    print("trail:", told(len(broken), "entry does not fit the chain", "entries do not fit the chain"))
    lost = lost_references()
    print("references:", told(len(lost), "row points nowhere", "rows point nowhere"))
    for sentence in [*(f"entry {pk} of the trail was changed" for pk in broken[:20]), *lost[:20]]:
        print(f"  {sentence}")
    counted = not odd or arguments.repair
    return 0 if report.agrees and counted and not broken and not lost else 1


def told(count: int, one: str, many: str) -> str:
    """A count in words."""
    return "all right" if count == 0 else f"{count} {one if count == 1 else many}"


def lost_references() -> list[str]:
    """Rows whose foreign key names a row that is not there, in any table."""
    from django.apps import apps
    from django.db import models

    lost = []
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.concrete_fields:
            if not isinstance(field, models.ForeignKey) or not getattr(field, "db_constraint", False):
                continue
            target = field.remote_field.model._base_manager.filter(
                **{field.target_field.attname: models.OuterRef(field.attname)}
            )
            rows = model._base_manager.filter(**{f"{field.attname}__isnull": False})
            orphans = rows.exclude(models.Exists(target)).values_list("pk", field.attname)
            lost += [f"{model._meta.label} {pk}: {field.name} {value} is not there" for pk, value in orphans[:20]]
    return lost


def jobs(arguments: Arguments) -> int:
    """Show the queue, or put dead jobs back into it."""
    house()
    from kapok.core.jobs import retry
    from kapok.core.jobs.models import Job, State

    if arguments.retry is not None:
        wanted = [int(each) for each in arguments.retry] or None
        print(f"{retry(wanted)} jobs are back in the queue.")
        return 0
    for state in (State.DEAD, State.RUNNING, State.READY, State.DONE):
        found = Job.objects.filter(state=state)
        print(f"{state.label}: {found.count()}")
        if state in (State.DEAD, State.RUNNING):
            for job in found.order_by("-id")[:20]:
                reason = (job.error.strip().splitlines() or [""])[-1]
                print(f"  {job.pk} {job.name} attempts {job.attempts} {reason}")
    return 0


def manage(arguments: Arguments) -> int:
    """Hand over to Django."""
    house()
    from django.core.management import execute_from_command_line

    execute_from_command_line(["kapok manage", *arguments.rest])
    return 0
