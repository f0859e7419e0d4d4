"""What is said about every record beside its values, as cells of a row."""

from kapok.core.languages import TAGS, words
from kapok.exchange.exporting.rows import Taken
from kapok.exchange.exporting.shape import Taking
from kapok.formats.cells import Row
from kapok.formats.format import Format
from kapok.records.payload import address_of, moment

# These columns tell of the record; whoever reads a table back knows by `id` which one is meant.
ENVELOPE = ("id", "type", "format_version", "stage", "version", "owner", "owner_name", "url")
STATE = ("published_at", "changed_at", "confirmed_on", "freshness", "illustrative", "status_now")
GENERAL = ("countries_now", "starts_on", "ends_on", "opens_on", "closes_on")
# All of them, for those who read a table back and must not take them for answers.
COLUMNS = frozenset((*ENVELOPE, *STATE, *GENERAL))


def envelope(one: Taken, taking: Taking) -> Row:
    """The cells of the envelope."""
    record, form = one.record, one.record.form
    return {
        "id": record.identifier,
        "type": record.format,
        "format_version": str(form.version),
        "stage": one.stage,
        "version": str(record.number),
        "owner": record.owner.code if record.owner else "",
        "owner_name": record.owner.label(taking.language) if record.owner else "",
        "url": address_of(record),
        "published_at": moment(record.published_at) or "",
        "changed_at": moment(record.changed_at) or "",
        "confirmed_on": moment(record.confirmed_on) or "",
        "freshness": record.freshness if record.number else "",
        "illustrative": "yes" if record.illustrative else "no",
        "status_now": form.state_of(one.values, taking.made_at.date()),
    }


def general(one: Taken, taking: Taking) -> Row:
    """What can be said of records of any type: title, summary, countries and days."""
    form: type[Format] = one.record.form
    days = {name: day.isoformat() for name, day in form.days(one.values).items() if day}
    return {
        **titles(form, one),
        "summary": words(form.summary_of(one.values), taking.language),
        "countries_now": "; ".join(form.countries(one.values)),
        **{f"{name}_on": days.get(name, "") for name in ("starts", "ends", "opens", "closes")},
    }


def titles(form: type[Format], one: Taken) -> Row:
    """The title by language; one without a language stands in the plain column."""
    given = form.title_of(one.values)
    return {"title": given.get("", ""), **{f"title_{tag}": given.get(tag, "") for tag in TAGS}}
