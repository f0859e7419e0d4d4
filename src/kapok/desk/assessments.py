"""A finished needs assessment becomes drafts of needs, on the desk of the focal point who submitted it."""

from kapok import vocab
from kapok.core.news import listen
from kapok.formats.format import format_of
from kapok.records import verbs
from kapok.records.models import Record
from kapok.surveys.answering.proposals import Proposal, proposals
from kapok.surveys.models import Purpose, Response


@listen("surveys.submit")
def propose_needs(reference: str, **facts: object) -> None:
    """One draft for each need that has none yet; the focal point completes, publishes or discards it."""
    number = reference.partition(":")[2]
    found = Response.objects.select_related("questionnaire", "body", "submitted_by")
    response = found.filter(pk=number, questionnaire__purpose=Purpose.NEEDS).first() if number.isdecimal() else None
    if response is None or response.body is None or response.submitted_by is None:
        return
    known = sources_of(response)
    for one in proposals(response):
        if source_of(response, one) not in known:
            raw = {**one.values, "government": response.country, "source": source_of(response, one)}
            raw["title"] = dict(vocab.vocabulary("theme").by_id[one.theme].labels)
            verbs.start(format_of("need"), by=response.submitted_by, raw=raw, owner=response.body)


def source_of(response: Response, one: Proposal) -> str:
    """How a need names the assessment it comes from; the same each time."""
    return f"Capacity needs assessment ({response.questionnaire}, {one.theme})"


def sources_of(response: Response) -> set[str]:
    """The sources that needs of this government name already, in what is published and in drafts."""
    held = Record.objects.filter(format="need", owner=response.body).select_related("draft")
    values = [each for record in held for each in (record.values, getattr(record.working, "values", {}))]
    return {str(each.get("source", "")) for each in values}
