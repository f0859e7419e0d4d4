"""What happens when nobody reviews in time, what is asked at the end of an initiative, and letters about acts."""

import pytest

from kapok.core.jobs import run_pending
from kapok.core.jobs.models import Job
from kapok.core.models import Entry
from kapok.core.rules import Refused
from kapok.records import jobs, verbs
from kapok.records.models import Record, Working
from kapok.workflow.models import Reminder
from tests import make
from tests.records.nights import Killed, letters_of, night

pytestmark = pytest.mark.django_db


def subjects(person):
    return [message.subject for message in letters_of(person)]


def submitted(by=None, code="resource", **more):
    owner = None if code in {"need", "expert"} else make.body()
    made = make.draft(code, by=by or make.person(), owner=owner, **more)
    return verbs.submit(made, by=made.author)


# Monday 2 March 2026 and ten working days: due on Monday 16 March.
def test_a_late_review_of_an_editors_draft_is_published_as_not_yet_reviewed(day):
    day("2026-03-02")
    editor = make.editor()
    made = submitted(editor)
    day("2026-03-16")
    jobs.watch_reviews()
    made.refresh_from_db()
    assert not made.is_published

    day("2026-03-17")
    jobs.watch_reviews()
    jobs.watch_reviews()

    made = Record.objects.get(pk=made.pk)
    assert (made.stage, made.reviewed, made.working) == ("published", False, None)
    assert Entry.objects.filter(verb="records.publish").count() == 1
    assert "Nobody reviewed it within ten working days" in letters_of(editor)[-1].body


def test_a_late_review_of_a_members_draft_escalates_once(day):
    day("2026-03-02")
    officer, member = make.secretariat(), make.person()
    made = submitted(member)
    day("2026-03-17")

    night()
    night()

    made.draft.refresh_from_db()
    assert (made.draft.stage, made.draft.escalated_at is not None) == (Working.SUBMITTED, True)
    assert Entry.objects.filter(verb="records.escalate").count() == 1
    late = "A review is late and was escalated to the Secretariat"
    assert sorted(subjects(officer)) == [late, "Submitted for review: Manual on sampling"]


def test_an_editor_whose_role_ended_is_a_member(day):
    day("2026-03-02")
    editor = make.editor()
    made = submitted(editor)
    editor.designations.update(ended_at="2026-03-10T00:00Z")
    day("2026-03-17")

    jobs.watch_reviews()

    made.draft.refresh_from_db()
    assert made.draft.escalated_at is not None


def test_a_draft_that_is_not_complete_any_more_escalates(day):
    day("2026-03-02")
    made = submitted(make.editor())
    made.draft.values.pop("title")
    made.draft.save()
    day("2026-03-17")

    jobs.watch_reviews()

    made.draft.refresh_from_db()
    assert made.draft.escalated_at is not None
    assert not Record.objects.get(pk=made.pk).is_published


def test_what_was_returned_or_published_in_time_is_left_alone(day):
    day("2026-03-02")
    returned, published = submitted(make.editor()), submitted(make.editor())
    officer = make.secretariat()
    verbs.return_(returned, by=officer, reason="Name the year.")
    verbs.publish(published, by=officer)
    day("2026-04-17")

    night()

    returned.draft.refresh_from_db()
    assert returned.draft.stage == Working.RETURNED
    assert Record.objects.get(pk=published.pk).reviewed
    assert not Reminder.objects.filter(kind="escalated").exists()


def test_a_resubmitted_draft_gets_ten_new_days(day):
    day("2026-03-02")
    made = submitted(make.person())
    day("2026-03-17")
    night()
    verbs.return_(made, by=make.secretariat(), reason="Name the year.")
    day("2026-03-20")
    verbs.submit(made, by=made.author)
    day("2026-04-03")

    night()

    made.draft.refresh_from_db()
    assert made.draft.escalated_at is None


def test_a_late_national_draft_is_recalled_to_the_focal_point_and_nobody_else(day):
    day("2026-03-02")
    focal, editor, officer = make.focal_point("KEN"), make.editor("KEN"), make.secretariat()
    made = submitted(editor, "need", government="KEN")
    count = []

    for text in ("2026-03-16", "2026-03-17", "2026-03-18", "2026-03-24", "2026-03-31", "2026-04-07", "2026-05-30"):
        day(text)
        night()
        count.append(subjects(focal).count("A draft still waits for your review"))

    made.draft.refresh_from_db()
    assert count == [0, 1, 1, 2, 3, 4, 4]
    assert made.draft.escalated_at is None
    assert subjects(officer) == subjects(editor) == []


def test_only_kapok_itself_escalates_and_lapses():
    made = submitted()

    with pytest.raises(Refused, match="Only Kapok itself"):
        verbs.escalate(made, by=make.secretariat())
    with pytest.raises(Refused, match="Only designated editors"):
        verbs.withdraw(make.record("resource"), by=make.person(), reason="x")


def test_killed_between_publishing_and_the_next_it_goes_on(day, monkeypatch):
    day("2026-03-02")
    made = [submitted(make.editor()) for _time in range(3)]
    day("2026-03-17")
    real, calls = jobs.act_on_late, []

    def act(*args):
        if calls:
            raise Killed
        calls.append(args)
        real(*args)

    monkeypatch.setattr(jobs, "act_on_late", act)
    with pytest.raises(Killed):
        jobs.watch_reviews()
    monkeypatch.setattr(jobs, "act_on_late", real)

    jobs.watch_reviews()

    assert [Record.objects.get(pk=one.pk).number for one in made] == [1, 1, 1]


def initiative(owner, **more):
    return make.record("initiative", owner=owner, **{"starts": "2025-01", "ends": "2026-06-30"} | more)


def test_the_owner_is_asked_for_the_report_after_the_end_and_twice_again(day):
    day("2026-01-10")
    body = make.body()
    editor = make.editor(body)
    made = initiative(body)
    Reminder.objects.filter(kind="confirm").delete()
    count = []

    for text in ("2026-06-30", "2026-07-01", "2026-07-02", "2026-07-30", "2026-07-31", "2026-09-28", "2026-09-29",
                 "2026-12-01"):  # fmt: skip
        day(text)
        night()
        count.append(subjects(editor).count("What came of your initiative?"))

    assert count == [0, 1, 1, 1, 2, 2, 3, 3]
    first = next(message for message in letters_of(editor) if message.subject.startswith("What came"))
    assert f"/records/{made.identifier}/report\n" in first.body
    assert "Ended on 30 June 2026." in first.body


def report(made, by, **item):
    verbs.revise(made, by=by)
    given = {"kind": "end-of-cycle", "accomplishments": {"en": "Two laboratories work."}} | item
    verbs.save(made, by=by, raw={**made.values, "reports": [given]}, revision=1)
    return verbs.publish(made, by=by)


def test_a_report_ends_the_asking_and_a_progress_report_does_not(day, django_capture_on_commit_callbacks):
    day("2026-01-10")
    body = make.body()
    editor = make.editor(body)
    given, half = initiative(body), initiative(body)
    day("2026-07-01")
    night()
    with django_capture_on_commit_callbacks(execute=True):
        report(given, editor)
        report(half, editor, kind="progress")
    open_ones = Reminder.objects.filter(kind="report", closed_at=None)
    assert set(open_ones.values_list("thing", flat=True)) == {half.reference}

    day("2026-07-31")
    night()

    last = letters_of(editor)[-1]
    assert (last.subject, given.identifier in last.body) == ("What came of your initiative?", False)


def test_a_report_whose_news_was_lost_is_noticed_at_night(day):
    day("2026-01-10")
    body = make.body()
    editor = make.editor(body)
    made = initiative(body)
    day("2026-07-01")
    jobs.turn()
    report(made, editor)

    jobs.watch_ends()

    assert not Reminder.objects.filter(kind="report", closed_at=None).exists()


def test_the_cancelled_and_the_prolonged_are_not_asked(day):
    day("2026-01-10")
    body = make.body()
    editor = make.editor(body)
    initiative(body, said_status="cancelled")
    longer = initiative(body)
    day("2026-07-01")
    jobs.turn()
    verbs.revise(longer, by=editor)
    verbs.save(longer, by=editor, raw={**longer.values, "ends": "2027-06-30"}, revision=1)
    verbs.publish(longer, by=editor)

    night()

    assert "What came of your initiative?" not in subjects(editor)


def test_what_was_over_when_it_was_published_is_asked_from_that_day(day, django_capture_on_commit_callbacks):
    day("2026-01-10")
    body = make.body()
    editor = make.editor(body)
    with django_capture_on_commit_callbacks(execute=True):
        initiative(body, starts="2011", ends="2013")

    night()

    assert subjects(editor) == ["What came of your initiative?"]
    steps = Reminder.objects.order_by("due_on").values_list("due_on", flat=True)
    assert [step.isoformat() for step in steps] == ["2026-01-10", "2026-02-09", "2026-04-10"]


def test_a_submission_is_told_to_those_who_can_publish_it():
    owner = make.body()
    author, editor, officer = make.person(), make.editor(owner), make.secretariat()
    other = make.editor()
    made = make.draft("resource", by=author, owner=owner)

    verbs.submit(made, by=author, note="Checked twice.")

    (letter,) = letters_of(editor)
    assert subjects(officer) == ["Submitted for review: Manual on sampling"]
    assert f"/records/{made.identifier}/review\n" in letter.body
    assert "Checked twice." in letter.body
    assert subjects(author) == subjects(other) == []


def test_a_national_submission_is_told_to_the_focal_point_alone():
    focal, other, officer, editor = (
        make.focal_point("KEN"), make.focal_point(make.government("PER")), make.secretariat(), make.editor("KEN")
    )  # fmt: skip

    submitted(editor, "need", government="KEN")

    assert len(letters_of(focal)) == 1
    assert subjects(other) == subjects(officer) == subjects(editor) == []


def test_a_return_tells_the_author_why_even_after_the_draft_went_on():
    made = submitted()
    verbs.return_(made, by=make.secretariat(), reason="Name the publisher.")
    verbs.submit(made, by=made.author)

    (letter,) = letters_of(made.author)

    assert letter.subject == "Returned to you: Manual on sampling"
    assert letter.body.count("Name the publisher.") == 1
    assert f"/records/{made.identifier}/edit\n" in letter.body


def test_a_publication_is_told_to_the_submitter_and_not_to_oneself():
    made = submitted()
    verbs.publish(made, by=make.secretariat(), note="Well done.")
    own = make.editor()
    mine = make.draft("resource", by=own, owner=own.designations.get().body)
    verbs.publish(mine, by=own)

    (letter,) = letters_of(made.author)

    assert letter.subject == "Published: Manual on sampling"
    assert "Well done." in letter.body
    assert subjects(own) == []


def test_letters_about_an_act_belong_to_it_and_are_written_once():
    made = submitted(make.person())
    officer = make.secretariat()
    job = Job.objects.get(name="records.write_about")
    run_pending()

    Job.objects.filter(pk=job.pk).update(state="ready", attempts=0)
    run_pending()

    assert len(letters_of(officer)) == 1
    with pytest.raises(Refused, match="waits for review"):
        verbs.submit(made, by=made.author)
    assert Job.objects.filter(name="records.write_about").count() == 1
