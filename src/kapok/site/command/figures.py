"""Handlers of `kapok synthesis` and `kapok reconstruct-2012`."""

import json
from pathlib import Path
from typing import Any

from kapok.site.command.ground import Arguments, Trouble, house


def synthesis(arguments: Arguments) -> int:
    """Print one question, or all figures of a cycle."""
    house()
    from django.db import DatabaseError

    from kapok.core.rules import SYSTEM
    from kapok.surveys.queries import questionnaire
    from kapok.surveys.synthesis import asking, grouping, payload

    try:
        of = questionnaire(arguments.cycle)
    except DatabaseError as error:
        raise Trouble(f"This data folder is not ready ({error}). Run `kapok setup` first.") from error
    if of is None:
        raise Trouble(f"There is no questionnaire {arguments.cycle}. Those of the national reports are nr2 to nr5.")
    names = ("question", "by", "as_of", "data", "snapshot")
    given = {name: getattr(arguments, name) for name in names}
    try:
        made = asking.wanted(of, given, SYSTEM, needs_question=False)
    except grouping.Unknown as unknown:
        raise Trouble(str(unknown)) from unknown
    said = payload.payload(made) if made.question else everything(made)
    if arguments.json:
        print(json.dumps(said, ensure_ascii=False, indent=1))
    elif made.question:
        print_question(said)
    else:
        print_everything(said)
    return 0


def everything(made: Any) -> dict[str, Any]:
    """Every question that somebody answered; for the second reports, the published figures beside ours too."""
    from kapok.surveys.synthesis import payload, published, reconstruct
    from kapok.surveys.synthesis.asking import answers_counted

    bank = made.figures.bank
    answered = [key for key, bits in bank.answered.items() if bits and bank.questions[key].options]
    return {
        "cycle": made.of.code,
        "reports": len(bank.countries),
        "parties": bank.parties.bit_count(),
        "as_of": bank.as_of.isoformat(),
        "data": answers_counted(made),
        "published": [payload.line(each) for each in published.compared(bank)]
        if made.of.code == reconstruct.CYCLE
        else [],
        "questions": [payload.payload(made.about(key)) for key in answered],
        "snapshot": bank.digest,
    }


def print_question(said: dict[str, Any]) -> None:
    """One question as a table."""
    print(f"{said['cycle']} Question {said['question']}: {said['label']}")
    if said["synthetic"]:
        print("SYNTHETIC answers: no Party gave them.")
    print(
        f"{said['reported']} Parties reported, {said['asked']} were asked, {said['respondents']} answered, "
        f"{said['not_answered']} did not. Groups of {said['as_of']}. Snapshot {said['snapshot'][:12]}."
    )
    rows = [["", "all", *(each["key"] for each in said["groups"])]]
    rows.append(["respondents", str(said["respondents"]), *(str(each["respondents"]) for each in said["groups"])])
    for option in said["options"]:
        rows.append([option["key"], shown(option), *(shown(option["by"][each["key"]]) for each in said["groups"])])
    table(rows)
    overlapping = [each["key"] for each in said["groups"] if each["overlaps"]]
    if overlapping:
        print(f"Not to be added to the others, since members belong to both: {', '.join(overlapping)}.")


def shown(cell: dict[str, Any]) -> str:
    """A figure with its percentage, and its share of ticks where several could be given."""
    parts = [
        f"{cell[name]}%{mark}" for name, mark in (("percent", ""), ("percent_of_ticks", " of ticks")) if name in cell
    ]
    return f"{cell['count']} ({', '.join(parts)})"


def print_everything(said: dict[str, Any]) -> None:
    """The cycle in short, and the table of published figures."""
    print(f"{said['cycle']}: {said['reports']} reports ({said['data']}), snapshot {said['snapshot'][:12]}")
    print(f"{len(said['questions'])} questions have answers; ask for one with --question, or for all with --json.")
    if not said["published"]:
        return
    rows = [["figure", "para", "question", "answer", "group", "published", "ours", "verdict", "why"]]
    for each in said["published"]:
        theirs, ours = figure(each["published"]), figure(each["ours"])
        group = each["group"] or "all"
        rows.append([each["figure"], each["paragraph"], each["question"], each["option"], group, theirs, ours])
        of_parties = each["percent_of_parties_asked"]
        also = "" if of_parties is None else f" Of the Parties asked: {of_parties}%."
        rows[-1] += [each["verdict"], each["why"] + also]
    table(rows)
    verdicts = [each["verdict"] for each in said["published"]]
    print("; ".join(f"{verdicts.count(each)} {each}" for each in dict.fromkeys(verdicts)))


def figure(said: dict[str, Any]) -> str:
    """A count, its base and its percentage, as far as there are any."""
    count = "" if said["count"] is None else str(said["count"])
    over = f"/{said['base']}" if said.get("base") else ""
    return f"{count}{over if count else ''} {said['percent'] + '%' if said['percent'] else ''}".strip() or "–"


def table(rows: list[list[str]]) -> None:
    """Columns wide enough for what stands in them."""
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    for row in rows:
        print("  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip())


def document(arguments: Arguments) -> int:
    """Write the synthesis of a cycle into a file: Word, PDF or HTML, by the ending of its name."""
    house()
    from kapok.core.languages import TAGS
    from kapok.core.rules import SYSTEM
    from kapok.surveys.queries import questionnaire
    from kapok.surveys.synthesis import asking, grouping, report

    of, place = questionnaire(arguments.cycle), Path(arguments.out)
    kind = place.suffix.removeprefix(".").lower()
    if of is None or of.purpose != "report":
        raise Trouble("The synthesis is written of national reports: nr2, nr3, nr4 or nr5.")
    if kind not in report.KINDS or arguments.language not in TAGS:
        raise Trouble(
            f"Name a file that ends in {', '.join(report.KINDS)}, and one of the languages {', '.join(TAGS)}."
        )
    try:
        made = asking.wanted(of, {"snapshot": arguments.snapshot}, SYSTEM, needs_question=False)
        if not made.figures.bank.countries:
            raise Trouble("Nobody has answered this questionnaire yet.")
        head = report.Particulars(arguments.symbol, arguments.agenda_item, arguments.distribution)
        held = report.document(of, made.figures, arguments.language, snapshot=made.snapshot, particulars=head)
    except (grouping.Unknown, ValueError) as error:
        raise Trouble(str(error)) from error
    place.write_bytes(report.content(held, kind))
    print(f"{place} is written.")
    return 0


def reconstruct(arguments: Arguments) -> int:
    """Build the synthetic second reports, or remove them."""
    house()
    from kapok.core.rules import SYSTEM
    from kapok.surveys import verbs
    from kapok.surveys.queries import questionnaire
    from kapok.surveys.questionnaires import loading

    loading.ensure()
    of = questionnaire("nr2")
    assert of is not None
    if arguments.remove:
        print(f"{verbs.remove_reconstruction(of, by=SYSTEM)} synthetic reports are removed; real reports stay.")
        return 0
    print(f"{verbs.reconstruct(of, by=SYSTEM)} SYNTHETIC second national reports are in the database.")
    print("Their totals are those of UNEP/CBD/BS/COP-MOP/6/7; who gave which answer is made up.")
    print("Look at them with `kapok synthesis nr2`; `kapok reconstruct-2012 --remove` takes them away.")
    return 0
