"""Handler of `kapok answers import`."""

from pathlib import Path

from kapok.site.command.ground import Arguments, Trouble, house


def bring_in(arguments: Arguments) -> int:
    """Say what the file would do; unless it is only a look, put the good rows in force."""
    house()
    from kapok.core.rules import SYSTEM, Refused
    from kapok.surveys import verbs
    from kapok.surveys.offline.bulk import plan, rows_of
    from kapok.surveys.queries import questionnaire

    path = Path(arguments.file)
    found = questionnaire(arguments.report)
    if found is None:
        raise Trouble(f"There is no questionnaire {arguments.report}. National reports are nr2 to nr5.")
    if not path.is_file():
        raise Trouble(f"There is no file {path}.")
    try:
        planned = plan(found, rows_of(path.read_bytes(), path.name), synthetic=arguments.synthetic)
    except Refused as refused:
        raise Trouble(str(refused)) from None
    for one in planned.problems:
        print(f"row {one.row}, {one.column}: {one.said!r}: {one.why}")
    print(
        f"{planned.answers} answers of {len(planned.values)} countries: {len(planned.new)} new responses, "
        f"{len(planned.changed)} changed, {len(planned.same)} the same; {len(planned.problems)} rows left out."
    )
    if arguments.dry_run:
        print("Nothing was changed (--dry-run).")
    else:
        count = verbs.bring_in(found, by=SYSTEM, plan=planned, synthetic=arguments.synthetic)
        print(f"{count} responses are in force.")
    return 1 if planned.problems else 0
