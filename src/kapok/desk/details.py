"""What verbs keep of an act (`remember`), by the name it has in the trail: its label, and how it is read."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from kapok.core.rules import Sentence
from kapok.exchange.models.harvests import Standing
from kapok.exchange.models.imports import Decision
from kapok.exchange.models.tokens import Scope
from kapok.insight.models.overlaps import Said
from kapok.people.models import Role
from kapok.search.models import Frequency

LABELS: dict[str, Sentence] = {
    "accept": _("Accepted"),
    "address": _("Address"),
    "after": _("After"),
    "agreed_by": _("Agreed by"),
    "answers": _("Answers"),
    "because": _("Reason"),
    "before": _("Before"),
    "body": _("Body"),
    "changed": _("Fields"),
    "changed_since": _("Changed since"),
    "columns": _("Columns"),
    "count": _("Rows"),
    "countries": _("Countries"),
    "decision": _("Decision"),
    "discarded_at": _("Discarded on"),
    "at": _("Day"),
    "due_on": _("Due on"),
    "files": _("Files"),
    "format": _("Kind of record"),
    "frequency": _("How often"),
    "gone": _("No longer at this source"),
    "illustrative": _("Illustrative"),
    "import": _("Number of the import"),
    "imported": _("Number of the import"),
    "into": _("Merged into"),
    "is_open": _("Open for answers"),
    "key": _("Indicator"),
    "kind": _("Kind"),
    "learned": _("Columns"),
    "left_out": _("Left out"),
    "name": _("Name"),
    "need": _("Need"),
    "note": _("Note"),
    "number": _("Version"),
    "other": _("The other record"),
    "out_of": _("Was merged into"),
    "partners": _("Together with"),
    "person": _("Person"),
    "public": _("Read by the public"),
    "published": _("Published"),
    "questions": _("Questions"),
    "reason": _("Reason"),
    "record": _("Record"),
    "removed": _("Removed"),
    "reports": _("Reports"),
    "reviewed": _("Reviewed"),
    "role": _("Role"),
    "roles": _("Roles"),
    "row": _("Row"),
    "said": _("Answer"),
    "scopes": _("May be used to"),
    "section": _("Section"),
    "sections": _("Sections"),
    "size": _("Size"),
    "source": _("Source"),
    "sources": _("Sources"),
    "standing": _("State"),
    "synthetic": _("Synthetic"),
    "to": _("Receivers"),
    "unanswered": _("Questions without an answer"),
    "until": _("Until"),
    "useful": _("Useful"),
    "values": _("Answered were"),
    "version": _("Version"),
}
# Kept for proof or for putting things back; a reader learns nothing from them.
SILENT = {"base", "code", "digest", "generic", "offer", "rows", "sha256", "token"}
BOOLEANS = {
    "accept", "changed_since", "illustrative", "is_open", "public", "published", "reviewed", "synthetic", "useful",
}  # fmt: skip
DAYS = {"at", "discarded_at", "due_on", "until"}
PEOPLE = {"person"}
CHOICES: dict[str, type[TextChoices]] = {
    "decision": Decision,
    "frequency": Frequency,
    "role": Role,
    "said": Said,
    "scopes": Scope,
    "standing": Standing,
}
