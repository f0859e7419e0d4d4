"""Every change around figures: freeze, sign, word, keep; build the reports of 2012 again and remove them."""

from datetime import UTC, datetime, time
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kapok.core.rules import Refused, System
from kapok.core.verbs import remember, verb
from kapok.people.models import Person
from kapok.surveys.models import Answer, Questionnaire, Response, ResponseVersion, SavedView, Snapshot, State, Wording
from kapok.surveys.synthesis import access
from kapok.surveys.synthesis.figures import Unclear
from kapok.surveys.synthesis.reading import figures_of
from kapok.surveys.synthesis.reconstruct import DEADLINE, answers
from kapok.surveys.synthesis.texts import THIS_CODES, check_text, in_force, known

BATCH = 2000
ORIGIN = "Reconstructed from the figures published in UNEP/CBD/BS/COP-MOP/6/7"


@verb("surveys.freeze", _("Freeze the figures of a cycle"), access.may_freeze)
def freeze(of: Questionnaire, *, by: Person, name: str, data: str = "") -> Snapshot:
    """Keep the answers of a cycle as they are now, so that figures taken from them never move.

    The same answers give the same snapshot: freezing twice answers with the one there is.
    """
    bank = figures_of(of, data=data).bank
    if not bank.countries:
        raise Refused(_("Nobody has answered this questionnaire yet, so there is nothing to freeze."))
    held = Snapshot.objects.filter(digest=bank.digest).first()
    if held is not None:
        return held
    facts = {"content": bank.content, "synthetic": bank.synthetic, "made_by": by}
    made = Snapshot.objects.create(questionnaire=of, name=name.strip()[:120] or str(of), digest=bank.digest, **facts)
    remember(digest=bank.digest, reports=len(bank.countries))
    return made


@verb("surveys.sign", _("Sign a synthesis"), access.may_sign)
def sign(snapshot: Snapshot, *, by: Person, seen: str) -> Snapshot:
    """Put a frozen synthesis before the public, with its sentences as they are now.

    `seen` is the hash of the answers of today that the officer was shown: figures that have changed since were
    marked on that page, so it is refused when the answers changed again meanwhile.
    """
    data = "synthetic" if snapshot.synthetic else "reports"
    now = figures_of(snapshot.questionnaire, data=data).bank.digest
    if seen != now:
        raise Refused(
            _("The answers have changed since you opened this page. Look at the marked figures again, then sign.")
        )
    snapshot.signed_by, snapshot.signed_at = by, timezone.now()
    snapshot.wording = in_force()
    snapshot.save(update_fields=["signed_by", "signed_at", "wording"])
    remember(digest=snapshot.digest, changed_since=now != snapshot.digest)
    return snapshot


@verb("surveys.reword", _("Change the wording of a synthesis"), access.may_reword)
def reword(wording: Wording, *, by: Person, text: str, of: Questionnaire) -> Wording:
    """Word a sentence anew in one language; its placeholders are checked, and earlier wordings are kept."""
    if not known(wording.code, wording.language, of):
        raise Refused(_("There is no sentence of this name."))
    text = " ".join(text.split())
    if not text:
        raise Refused(_("The sentence is empty. Write it, or go back to the wording that came with Kapok."))
    try:
        check_text(wording.code, wording.language, text, figures_of(of))
    except Unclear as unclear:
        raise Refused(str(unclear)) from unclear
    last = Wording.objects.filter(code=wording.code, language=wording.language).first()
    wording.text, wording.by, wording.number = text, by, last.number + 1 if last else 1
    wording.save()
    remember(number=wording.number, generic=wording.code in THIS_CODES)
    return wording


@verb("surveys.keep_view", _("Keep a view of the answers"), access.may_keep_view)
def keep_view(view: SavedView, *, by: Person) -> SavedView:
    """Keep a question under a name; the same name again replaces the question."""
    name = view.name.strip()
    if not name:
        raise Refused(_("Give the view a name."))
    held, _new = SavedView.objects.update_or_create(
        person=by, name=name[:120], defaults={"questionnaire": view.questionnaire, "query": view.query[:600]}
    )
    return held


@verb("surveys.forget_view", _("Forget a view of the answers"), access.may_forget_view)
def forget_view(view: SavedView, *, by: Person) -> None:
    """Forget a kept question."""
    view.delete()


@verb("surveys.reconstruct", _("Build the reports of 2012 again"), access.may_reconstruct)
def reconstruct(of: Questionnaire, *, by: Person | System) -> int:
    """Add 143 synthetic reports whose totals are those published in 2012, and count them; the old set goes."""
    clear(of)
    at = datetime.combine(DEADLINE, time(12), UTC)
    made = answers()
    submitted = {"state": State.SUBMITTED, "number": 1, "synthetic": True, "submitted_at": at, "reason": ORIGIN}
    Response.objects.bulk_create([Response(questionnaire=of, country=country, **submitted) for country in made])
    responses = Response.objects.filter(questionnaire=of, synthetic=True).in_bulk(field_name="pk").values()
    versions, rows = [], []
    questions = {question.key: question for question in of.questions.all()}
    for response in responses:
        said = made[response.country]
        values: dict[str, Any] = {key: {"options": options} for key, options in said.items()}
        versions.append(ResponseVersion(response=response, number=1, values=values, at=at, note=ORIGIN))
        rows += [Answer(response=response, question=questions[key], options=said[key]) for key in said]
    ResponseVersion.objects.bulk_create(versions)
    Answer.objects.bulk_create(rows, batch_size=BATCH)
    remember(reports=len(made), answers=len(rows))
    return len(made)


@verb("surveys.remove_reconstruction", _("Remove the synthetic reports of 2012"), access.may_reconstruct)
def remove_reconstruction(of: Questionnaire, *, by: Person | System) -> int:
    """Take all synthetic reports of the cycle away, with the snapshots of them; real reports stay."""
    removed = clear(of)
    Snapshot.objects.filter(questionnaire=of, synthetic=True).delete()
    remember(reports=removed)
    return removed


def clear(of: Questionnaire) -> int:
    """Delete the synthetic responses of a questionnaire with all that hangs on them."""
    held = Response.objects.filter(questionnaire=of, synthetic=True)
    number = held.count()
    held.delete()
    return number
