"""The command `kapok`: everything a system administrator does with an installation."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module

Arguments = argparse.Namespace
Handler = Callable[[Arguments], int]

DESCRIPTION = """\
Kapok, the Coordination Mechanism for capacity-building under the Cartagena Protocol on Biosafety.

Settings come from the environment (docs/run/settings.md). The three that matter first:
  DATA   folder that holds the database, the search index and the files (now: {data})
  HOST   address to listen on (now: {host})
  PORT   port to listen on (now: {port})
"""
EXAMPLES = """\
examples:
  kapok demo                     look at Kapok with real and illustrative records
  kapok run                      set up an empty Kapok and serve it
  kapok createadmin a@body.int   make the first administrator
  kapok backup /var/backups/kapok-monday
  DATA=/srv/new kapok restore /var/backups/kapok-monday
"""


def later(place: str) -> Handler:
    """A handler that is imported when it is called, so that `kapok --help` answers at once."""

    def handle(arguments: Arguments) -> int:
        module, name = place.rsplit(".", 1)
        handler: Handler = getattr(import_module(f"kapok.site.command.{module}"), name)
        return handler(arguments)

    return handle


def parser() -> argparse.ArgumentParser:
    """The whole command line."""
    shown = {"data": os.environ.get("DATA") or "./data", "host": os.environ.get("HOST") or "127.0.0.1"}
    top = argparse.ArgumentParser(
        prog="kapok",
        description=DESCRIPTION.format(**shown, port=os.environ.get("PORT") or "8000"),
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    kinds = top.add_subparsers(dest="verb", metavar="COMMAND", required=True)

    def add(name: str, place: str, purpose: str, more: str = "") -> argparse.ArgumentParser:
        own = kinds.add_parser(name, help=purpose, description=f"{purpose}. {more}".strip())
        own.set_defaults(handler=later(place))
        return own

    _add_serving(add)
    _add_keeping(add)
    _add_contents(add)
    _add_figures(add)
    _add_exchange(add)
    return top


def _add_serving(add: Callable[..., argparse.ArgumentParser]) -> None:
    demo = add(
        "demo",
        "start.demo",
        "Serve Kapok with demo data",
        "The first start fills the data folder, later ones keep it. Prints one account per role.",
    )
    demo.add_argument("--no-serve", action="store_true", help="only prepare the data")
    demo.add_argument("--reset", action="store_true", help="throw the demo data away and load it anew")
    add("run", "start.run", "Set up what is missing, then serve", "This is what most installations start with.")
    setup = "Create or upgrade the data folder, the database and the static files"
    add("setup", "start.setup", setup, "Safe to run again: what is there is kept.")
    add("migrate", "start.setup", "The same as `setup`, under the name Django people look for")
    serve = add(
        "serve",
        "start.serve",
        "Serve the pages and do the background work",
        "Starts the web processes and one worker, watches over them and stops them in good order on SIGTERM.",
    )
    serve.add_argument("--no-worker", action="store_true", help="only pages; run `kapok worker` elsewhere")
    worker = add("worker", "start.worker", "Do background work only: jobs, schedules, the search index")
    worker.add_argument("--once", action="store_true", help="do what is due now, then stop")
    worker.add_argument("--name", default="", help="how this worker signs its leases (default: host and process)")


def _add_keeping(add: Callable[..., argparse.ArgumentParser]) -> None:
    add("reindex", "keep.reindex", "Build the search index anew beside the old one and swap them")
    verify = add(
        "verify",
        "keep.verify",
        "Prove that the search index, the allocations, the trail and the references agree with the database",
        "Ends with 0 when all agree, 1 when something differs.",
    )
    verify.add_argument("--repair", action="store_true", help="put right what is derived (index, allocations)")
    jobs = add("jobs", "keep.jobs", "Show the background jobs, the dead ones first")
    jobs.add_argument("--retry", metavar="ID", nargs="*", help="try these dead jobs again; without ids, all of them")
    backup = add(
        "backup",
        "copies.backup",
        "Write everything into one file: database and uploaded files, each with its hash",
        "Kapok may go on running meanwhile. The file can be restored on SQLite and on PostgreSQL.",
    )
    backup.add_argument("file", metavar="FILE", help="where to write, for example kapok-monday.tar.gz")
    restore = add("restore", "copies.restore", "Fill an empty data folder and database from a backup")
    restore.add_argument("file", metavar="FILE", help="a file that `kapok backup` wrote")
    restore.add_argument("--force", action="store_true", help="replace what is in the database now")
    manage = add("manage", "keep.manage", "Hand the rest of the line to Django's own commands")
    manage.add_argument("rest", nargs=argparse.REMAINDER, metavar="...", help="for example: dbshell")


def _add_contents(add: Callable[..., argparse.ArgumentParser]) -> None:
    admin = add("createadmin", "contents.createadmin", "Make an administrator, or make an existing person one")
    admin.add_argument("email", metavar="EMAIL")
    admin.add_argument("--name", default="", help="the name shown on pages (default: the address)")
    admin.add_argument("--password", help="else asked for, or read from the standard input")
    remove = add("demo-remove", "contents.demo_remove", "Remove every illustrative record; what is real stays")
    remove.add_argument("--yes", action="store_true", help="do not ask first")
    bench = add("bench-data", "contents.bench_data", "Fill a fresh data folder with synthetic records to measure with")
    bench.add_argument("--records", type=int, required=True, metavar="N", help="how many records")
    bench.add_argument("--out", required=True, metavar="FOLDER", help="a data folder that does not exist yet")


def _add_figures(add: Callable[..., argparse.ArgumentParser]) -> None:
    answers = add("answers", "answers.bring_in", "Bring answers of many countries into a questionnaire from one file")
    answers.add_argument("act", choices=("import",), help="what to do with the file")
    answers.add_argument("file", metavar="FILE", help="CSV, XLSX or JSON with country, question and option or text")
    answers.add_argument("--report", metavar="CODE", required=True, help="nr2 to nr5, or another questionnaire")
    answers.add_argument("--dry-run", action="store_true", help="only say what would be done")
    answers.add_argument("--synthetic", action="store_true", help="mark the responses as made up")
    counted = add("synthesis", "figures.synthesis", "Count the answers to a cycle of national reports")
    counted.add_argument("cycle", metavar="CYCLE", help="nr2, nr3, nr4 or nr5")
    counted.add_argument("--question", metavar="KEY", default="", help="one question; else the whole cycle")
    by = "region (the default), party, ldc, sids, eit, question:KEY, or groups such as africa,ldc"
    counted.add_argument("--by", metavar="GROUPS", default="", help=by)
    as_of = "only what was submitted by this day, with the groups of this day"
    counted.add_argument("--as-of", metavar="DATE", default="", help=as_of)
    counted.add_argument("--data", choices=("reports", "synthetic"), default="", help="which answers to count")
    counted.add_argument("--snapshot", metavar="HASH", default="", help="count a frozen snapshot instead")
    counted.add_argument("--json", action="store_true", help="the same as /api/v1/synthesis answers")
    written = add("document", "figures.document", "Write a document in the manner of the United Nations")
    written.add_argument(
        "what", choices=("synthesis",), help="synthesis: what the Parties answered, in sentences and tables"
    )
    written.add_argument("cycle", metavar="CYCLE", help="nr2, nr3, nr4 or nr5")
    written.add_argument("--language", default="en", metavar="TAG", help="ar, en, es, fr, ru or zh")
    written.add_argument("--out", required=True, metavar="FILE", help="a name that ends in .docx, .pdf or .html")
    written.add_argument("--snapshot", default="", metavar="HASH", help="the figures of a frozen snapshot")
    written.add_argument("--symbol", default="", metavar="SYMBOL", help="for example UNEP/CBD/BS/COP-MOP/6/7")
    item = "its number on the provisional agenda, or words as they shall stand"
    written.add_argument("--agenda-item", default="", metavar="ITEM", help=item)
    kinds = ("general", "limited", "restricted")
    written.add_argument("--distribution", default="", choices=kinds, help="how the document is distributed")
    again = add(
        "reconstruct-2012",
        "figures.reconstruct",
        "Build 143 synthetic second national reports with the totals published in 2012",
        "They are marked synthetic everywhere and never mixed with real reports.",
    )
    again.add_argument("--remove", action="store_true", help="take them away again")


def _add_exchange(add: Callable[..., argparse.ArgumentParser]) -> None:
    bring = add(
        "import",
        "bringing.bring",
        "Bring records in from files, after saying what they mean; `kapok import undo ID` takes them back",
        "Reads CSV, XLSX, XLS, ODS, IATI, HXL, JSON, and several of them in a zip.",
    )
    bring.add_argument("files", metavar="FILE", nargs="+", help="files to read, or: undo ID")
    bring.add_argument("--type", default="initiative", help="the type of record that tables hold (default: initiative)")
    bring.add_argument("--dry-run", action="store_true", help="only say what would happen")
    bring.add_argument("--as", dest="body", default="", metavar="BODY", help="the body that owns what is new")
    bring.add_argument("--source", default="", help="the name of the source (default: the body)")
    bring.add_argument("--drafts", action="store_true", help="take everything new in as drafts")
    bring.add_argument("--whole", action="store_true", help="the files are all that the source has: mark what is gone")
    bring.add_argument("--json", action="store_true", help="print the counts as one JSON object")
    export = add("export", "exchange.export", "Write every public record, or those of one type, into a file")
    export.add_argument("--type", default="", metavar="TYPE", help="initiative, need, resource, … (default: all)")
    export.add_argument(
        "--format",
        default="csv",
        metavar="FORMAT",
        help="csv, xlsx, json, jsonl, jsonld, geojson, iati, hxl, bib, ris; atom for the 50 newest as a feed, "
        "ics for the days of the 500 newest as a calendar (default: csv)",
    )
    export.add_argument("--language", default="en", metavar="TAG", help="ar, en, es, fr, ru or zh, where words matter")
    export.add_argument("-o", "--out", required=True, metavar="FILE", help="where to write; - for the standard output")


def main(argv: Sequence[str] | None = None) -> int:
    """Read the line, do it, and say in a sentence what went wrong if something did."""
    from kapok.site.command.ground import Trouble

    arguments = parser().parse_args(argv)
    try:
        return int(arguments.handler(arguments))
    except Trouble as trouble:
        print(f"kapok: {trouble}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
