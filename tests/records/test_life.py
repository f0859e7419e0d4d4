"""The life of a record from draft to withdrawal, with each refusal beside each success."""

import pytest
from django.contrib.auth.models import AnonymousUser

from kapok.core import trail
from kapok.core.models import Outbox
from kapok.core.rules import Refused
from kapok.formats.format import format_of
from kapok.records import access, verbs
from kapok.records.models import Aside, Record, Stage, Working
from kapok.records.verbs.draft import shared
from kapok.records.verbs.review import Incomplete
from tests import make

pytestmark = pytest.mark.django_db


def test_start_gives_an_identifier_that_tells_the_type_and_is_never_reused():
    first = make.draft("resource")
    verbs.discard(first, by=first.author)

    second = make.draft("resource")

    assert (first.identifier, second.identifier) == ("RES-000001", "RES-000002")


def test_start_is_refused_to_a_visitor():
    with pytest.raises(Refused, match="Sign in first"):
        verbs.start(format_of("resource"), by=AnonymousUser(), raw={})

    assert not Record.objects.exists()


def test_a_national_record_belongs_to_the_government_it_names():
    kenya = make.government("KEN")

    made = make.draft("need", government="KEN")

    assert made.owner == kenya


def test_save_keeps_unfinished_answers_and_counts_revisions():
    made = make.draft("initiative")

    draft = verbs.save(made, by=made.author, raw={"title": {"en": "Half a title"}}, revision=1)

    assert (draft.values, draft.revision) == ({"title": {"en": "Half a title"}}, 2)


def test_two_people_saving_at_once_lose_nothing():
    body = make.body()
    one, two = make.editor(body), make.editor(body)
    made = make.draft("resource", by=one, owner=body)
    verbs.save(made, by=one, raw={"title": {"en": "First"}}, revision=1)

    with pytest.raises(verbs.Conflict) as conflict:
        verbs.save(made, by=two, raw={"title": {"en": "Second"}}, revision=1)

    made.draft.refresh_from_db()
    assert made.draft.values["title"] == {"en": "First"}
    assert conflict.value.aside.values["title"] == {"en": "Second"}
    assert Aside.objects.get().person == two


def test_saving_is_refused_to_strangers():
    made = make.draft("resource")

    with pytest.raises(Refused, match="Only the"):
        verbs.save(made, by=make.person(), raw={}, revision=1)


def test_submit_names_every_missing_answer():
    made = make.draft("resource", owner=make.body(), title={}, link="")

    with pytest.raises(Incomplete) as refused:
        verbs.submit(made, by=made.author)

    assert {problem.path for problem in refused.value.problems.errors} == {"title", "link"}


def test_submit_needs_an_owner():
    made = make.draft("resource")

    with pytest.raises(Incomplete) as refused:
        verbs.submit(made, by=made.author)

    assert [problem.path for problem in refused.value.problems.errors] == ["owner"]


def test_a_submitted_draft_cannot_be_changed_until_returned():
    made = make.draft("resource", owner=make.body())
    verbs.submit(made, by=made.author)

    with pytest.raises(Refused, match="waits for review"):
        verbs.save(made, by=made.author, raw={}, revision=1)

    returned = verbs.return_(made, by=make.secretariat(), reason="Name the publisher.")
    assert (returned.draft.stage, returned.draft.reason) == (Working.RETURNED, "Name the publisher.")
    assert verbs.save(returned, by=made.author, raw={"publisher": "FAO"}, revision=1).values == {"publisher": "FAO"}


def test_return_needs_a_reason():
    made = make.draft("resource", owner=make.body())
    verbs.submit(made, by=made.author)

    with pytest.raises(Refused, match="Say in a sentence"):
        verbs.return_(made, by=make.secretariat(), reason=" ")


def test_return_refuses_a_draft_nobody_submitted():
    made = make.draft("resource", owner=make.body())

    with pytest.raises(Refused, match="not waiting for review"):
        verbs.return_(made, by=make.secretariat(), reason="Too early.")


def test_an_editor_publishes_for_their_own_body_only():
    body = make.body()
    made = make.draft("resource", owner=body)

    with pytest.raises(Refused, match="designated editor of the owning body"):
        verbs.publish(made, by=make.editor())

    published = verbs.publish(made, by=make.editor(body))
    assert (published.stage, published.number, published.working) == (Stage.PUBLISHED, 1, None)


def test_a_national_record_is_published_by_its_focal_point_alone():
    make.government("KEN")
    made = make.draft("need", government="KEN")

    for other in (make.secretariat(), make.editor("KEN"), make.focal_point("PER"), made.author):
        with pytest.raises(Refused, match="focal point"):
            verbs.publish(made, by=other)

    assert verbs.publish(made, by=make.focal_point("KEN")).is_published


def test_publishing_again_keeps_the_first_date_and_the_earlier_version():
    made = make.record("resource")
    first = made.published_at
    editor = make.editor(made.owner)
    verbs.revise(made, by=editor)
    verbs.save(made, by=editor, raw={**made.values, "publisher": "FAO"}, revision=1)

    again = verbs.publish(made, by=editor, note="Publisher added.")

    assert (again.published_at, again.number) == (first, 2)
    assert [(v.number, v.values.get("publisher")) for v in again.versions.all()] == [(2, "FAO"), (1, None)]


def test_a_new_version_leaves_the_published_one_before_the_public():
    made = make.record("resource")
    editor = make.editor(made.owner)

    verbs.revise(made, by=editor)
    verbs.save(made, by=editor, raw={**made.values, "publisher": "FAO"}, revision=1)

    assert "publisher" not in Record.objects.get(pk=made.pk).values
    with pytest.raises(Refused, match="already a draft"):
        verbs.revise(made, by=editor)


def test_going_back_to_an_earlier_version_makes_a_draft_of_it():
    made = make.record("resource")
    editor = make.editor(made.owner)
    verbs.revise(made, by=editor)
    verbs.save(made, by=editor, raw={**made.values, "publisher": "FAO"}, revision=1)
    verbs.publish(made, by=editor)

    back = verbs.return_version(made, by=editor, number=1)

    assert "publisher" not in back.draft.values
    verbs.discard(back, by=editor)
    with pytest.raises(Refused, match="no version 7"):
        verbs.return_version(back, by=editor, number=7)


def test_withdrawing_needs_a_reason_and_can_be_undone():
    made = make.record("resource")
    editor = make.editor(made.owner)

    with pytest.raises(Refused, match="why it is withdrawn"):
        verbs.withdraw(made, by=editor, reason="")
    gone = verbs.withdraw(made, by=editor, reason="Superseded.")
    assert (gone.stage, gone.withdrawn_because) == (Stage.WITHDRAWN, "Superseded.")
    with pytest.raises(Refused, match="Only designated editors"):
        verbs.restore(made, by=make.person())
    assert verbs.restore(made, by=editor).is_published


def test_merging_leads_to_the_survivor_and_can_be_undone():
    keep, double = make.record("organisation"), make.record("organisation")
    project = make.record("initiative", lead=double.identifier)
    officer = make.secretariat()
    Outbox.objects.all().delete()

    merged = verbs.merge(double, by=officer, into=keep)

    assert (merged.stage, merged.merged_into) == (Stage.MERGED, keep)
    assert set(Outbox.objects.values_list("key", flat=True)) == {r.reference for r in (keep, double, project)}
    assert project.form.index(project.values, project.created_at.date()).facets["organisation"] == [keep.identifier]
    assert verbs.unmerge(merged, by=officer).is_published


def test_merge_refuses_another_kind_itself_and_strangers():
    one, other = make.record("organisation"), make.record("resource")

    with pytest.raises(Refused, match="one kind"):
        verbs.merge(one, by=make.secretariat(), into=other)
    with pytest.raises(Refused, match="another published record"):
        verbs.merge(one, by=make.secretariat(), into=one)
    with pytest.raises(Refused, match="Only"):
        verbs.merge(one, by=make.person(), into=make.record("organisation"))


def test_confirming_starts_the_clock_anew(time_machine):
    time_machine.move_to("2026-01-10")
    made = make.record("organisation")
    time_machine.move_to("2027-02-01")

    confirmed = verbs.confirm(made, by=make.editor(made.owner))

    assert (confirmed.confirmed_on.isoformat(), confirmed.due_on.isoformat()) == ("2027-02-01", "2028-02-01")
    with pytest.raises(Refused, match="needs no confirmation"):
        verbs.confirm(make.record("resource"), by=make.secretariat())


def test_a_shared_link_opens_the_draft_until_its_day(time_machine):
    time_machine.move_to("2026-01-10T12:00Z")
    made = make.draft("resource")

    token = verbs.share(made, by=made.author, days=2)

    assert shared(token) == made
    time_machine.move_to("2026-01-13T12:00Z")
    assert shared(token) is None
    assert shared("guess") is None


def test_a_duplicate_is_a_draft_without_reports():
    made = make.record("initiative", reports=[{"kind": "progress", "accomplishments": {"en": "Begun."}}])

    copy = verbs.duplicate(made, by=make.person())

    assert copy.draft.values["title"] == made.values["title"]
    assert "reports" not in copy.draft.values


def test_a_draft_of_others_cannot_be_duplicated():
    with pytest.raises(Refused, match="no such record"):
        verbs.duplicate(make.draft("resource"), by=make.person())


def test_needs_of_a_country_cannot_share_a_rank():
    make.record("need", government="KEN", rank=1)
    second = make.draft("need", government="KEN", rank=1)

    with pytest.raises(Incomplete) as refused:
        verbs.submit(second, by=second.author)

    assert [problem.path for problem in refused.value.problems.errors] == ["rank"]


def test_what_a_person_sees_of_drafts():
    body = make.body()
    author = make.person()
    hidden = make.draft("resource", by=author, owner=body)

    assert access.visible_to(author).filter(pk=hidden.pk).exists()
    assert access.visible_to(make.editor(body)).filter(pk=hidden.pk).exists()
    assert access.visible_to(make.secretariat()).filter(pk=hidden.pk).exists()
    assert not access.visible_to(make.person()).filter(pk=hidden.pk).exists()
    assert not access.visible_to(make.editor()).filter(pk=hidden.pk).exists()


def test_every_act_leaves_an_entry_and_the_chain_holds():
    made = make.record("resource")
    verbs.withdraw(made, by=make.secretariat(), reason="Test.")

    assert [entry.verb for entry in trail.about(made)] == ["records.withdraw", "records.publish", "records.start"]
    assert trail.broken_links() == []
    assert trail.about(made)[1].capacity == "system"
