"""The files that the answers of a record hold, and the words inside them."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from kapok.files.models import Contents
from kapok.formats.kinds import Files, Kind, Parts
from kapok.records.models import Record, Stage


def files_in(fields: Mapping[str, Kind], values: Mapping[str, Any], *, private: bool) -> Iterator[tuple[str, str]]:
    """The files that the answers hold, those in parts included, each with its language."""
    for name, kind in fields.items():
        value = values.get(name)
        if not value or (kind.private and not private):
            continue
        if isinstance(kind, Files):
            yield from ((item["file"], item.get("language", "")) for item in value)
        elif isinstance(kind, Parts):
            for item in value:
                yield from files_in(kind.part.fields, item, private=private)


def shown_files(record: Record) -> list[tuple[str, str]]:
    """The files that everybody may read on the page of a record."""
    if record.stage != Stage.PUBLISHED:
        return []
    return list(files_in(record.form.fields, record.values, private=False))


def words_of(records: Iterable[Record]) -> dict[str, str]:
    """The words inside the files that these records show to everybody, by file; asked for at once."""
    tokens = {token for record in records for token, _language in shown_files(record)}
    if not tokens:
        return {}
    found = Contents.objects.filter(upload__token__in=tokens).exclude(text="")
    return dict(found.values_list("upload__token", "text"))
