"""Files that come with the form of a draft."""

from typing import TYPE_CHECKING

from kapok.core.rules import Refused
from kapok.files import verbs as files
from kapok.formats.problems import Problems

if TYPE_CHECKING:
    from kapok.records.views.writing import Writing


def take_files(writing: "Writing") -> Problems:
    """Keep each file that was sent, and add it to the answers at its place; a refusal is told there."""
    problems = writing.upload_problems
    for name in writing.request.FILES:
        path = name.removesuffix("-new")
        place = writing.place(path)
        sent = writing.request.FILES[name]
        if place is None or place.kind.widget != "files" or isinstance(sent, list):
            continue
        try:
            upload = files.upload(writing.record.reference, by=writing.by, sent=sent)
        except Refused as refused:
            problems.add(place.path, refused.sentence)
            continue
        entry = {"file": upload.token, "name": upload.name}
        place.holder[place.name] = [*(place.holder.get(place.name) or []), entry]
        writing.at = place.path
    return problems
