"""Letters about a draft name the draft's own title, in the language of who reads them."""

import pytest

from kapok.records import verbs
from tests import make
from tests.records.nights import letters_of, night

pytestmark = pytest.mark.django_db

OLD = {"en": "Manual on sampling"}
NEW = {"en": "Handbook of sampling", "fr": "Guide de l’échantillonnage"}


def renamed():
    """A published record whose submitted new version bears another title."""
    made = make.record("resource", title=OLD)
    author = make.editor(made.owner)
    draft = verbs.revise(made, by=author).draft
    verbs.save(made, by=author, raw={**draft.values, "title": NEW}, revision=draft.revision)
    return verbs.submit(made, by=author), author


def told(person):
    """Subject and text of the last letter, where only the draft's title may stand."""
    letter = letters_of(person)[-1]
    assert "Manual on sampling" not in letter.subject + letter.body
    return letter.subject, letter.body


def test_a_submission_names_the_draft_and_not_what_is_published():
    officer = make.secretariat()
    made, _author = renamed()

    subject, body = told(officer)

    assert subject == "Submitted for review: Handbook of sampling"
    assert f"• Handbook of sampling ({made.identifier})" in body


def test_a_letter_names_the_draft_in_the_language_of_its_reader():
    officer = make.secretariat()
    officer.language = "fr"
    officer.save()
    renamed()

    assert "Guide de l’échantillonnage" in told(officer)[0]


def test_a_return_names_what_was_returned_even_when_it_was_thrown_away_since():
    made, author = renamed()
    verbs.return_(made, by=make.secretariat(), reason="Name the publisher.")
    verbs.discard(made, by=author)

    assert told(author)[0] == "Returned to you: Handbook of sampling"


def test_a_publication_names_the_new_title():
    made, author = renamed()
    verbs.publish(made, by=make.secretariat())

    assert told(author)[0] == "Published: Handbook of sampling"


def test_a_late_review_names_the_draft(day):
    day("2026-03-02")
    officer = make.secretariat()
    made, author = renamed()
    told(officer)
    author.designations.update(ended_at="2026-03-10T00:00Z")
    day("2026-03-17")

    night()

    subject, body = told(officer)
    assert subject == "A review is late and was escalated to the Secretariat"
    assert f"• Handbook of sampling ({made.identifier})" in body


def test_what_is_due_names_what_is_published(day):
    day("2026-03-02")
    made = make.record("initiative", title=OLD)
    editor = make.editor(made.owner)
    draft = verbs.revise(made, by=editor).draft
    verbs.save(made, by=editor, raw={**draft.values, "title": NEW}, revision=draft.revision)
    day("2027-03-03")

    night()

    letter = letters_of(editor)[-1]
    assert f"• Manual on sampling ({made.identifier})" in letter.body
