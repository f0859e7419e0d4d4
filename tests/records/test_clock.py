"""The clock of confirmation across the years, the index that follows the day, and the letters about it."""

import re
from datetime import date

import pytest
from django.core import mail as outbox
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kapok.core.jobs import run_pending
from kapok.core.languages import TAGS
from kapok.core.models import Entry, Outbox
from kapok.mail.models import Letter
from kapok.records import jobs, telling, verbs
from kapok.records.links import confirm_link, read_link
from kapok.records.models import Record
from kapok.workflow import reminders
from kapok.workflow.models import Reminder
from tests import make
from tests.records.nights import Killed, letters_of, night

pytestmark = pytest.mark.django_db


def test_freshness_turns_on_its_days_through_the_year(day):
    day("2026-01-10")
    made = make.record("organisation")
    seen = {}

    for text in (
        "2026-12-10", "2026-12-11", "2027-01-09", "2027-01-10", "2027-04-09", "2027-04-10", "2028-01-01",
    ):  # fmt: skip
        day(text)
        jobs.turn()
        made.refresh_from_db()
        seen[text] = made.freshness

    assert seen == {
        "2026-12-10": "fresh",
        "2026-12-11": "due",
        "2027-01-09": "due",
        "2027-01-10": "overdue",
        "2027-04-09": "overdue",
        "2027-04-10": "not-confirmed",
        "2028-01-01": "not-confirmed",
    }


def test_after_a_long_stop_the_right_freshness_is_found_at_once(day):
    day("2026-01-10")
    made = make.record("organisation")
    day("2029-01-10")

    jobs.turn()

    made.refresh_from_db()
    assert made.freshness == "not-confirmed"


def test_a_clock_that_ran_ahead_is_put_back(day):
    day("2026-01-10")
    made = make.record("organisation")
    for kept in ("due", "overdue", "not-confirmed"):
        Record.objects.filter(pk=made.pk).update(freshness=kept)
        jobs.turn()
        made.refresh_from_db()
        assert made.freshness == "fresh"


def test_status_and_window_follow_the_day_in_the_index(day):
    day("2026-01-10")
    initiative = make.record("initiative", starts="2026-02-01", ends="2026-06-30")
    opportunity = make.record("opportunity", closes="2026-03-31")
    noted = {}

    for text in ("2026-01-20", "2026-02-01", "2026-03-01", "2026-04-01", "2026-07-01"):
        day(text)
        Outbox.objects.all().delete()
        jobs.turn()
        noted[text] = sorted(Outbox.objects.values_list("key", flat=True))

    assert noted == {
        "2026-01-20": [],
        "2026-02-01": [initiative.reference],
        # The initiative was looked at again on the day after its beginning, and so was late here.
        "2026-03-01": [initiative.reference, opportunity.reference],
        "2026-04-01": [opportunity.reference],
        "2026-07-01": [initiative.reference],
    }


def test_an_initiative_without_end_turns_with_the_year_and_is_unknown_after_five(day):
    day("2026-03-01")
    made = make.record("initiative", starts="2026-02-15", ends=None)

    turns = []
    for _time in range(6):
        turns.append(made.turns_on)
        day(made.turns_on.isoformat())
        jobs.turn()
        made.refresh_from_db()

    assert turns == [date(2027 + year, 1, 1) for year in range(5)] + [date(2031, 2, 15)]
    assert made.form.derive(made.values, date(2031, 2, 15))["status"] == ["unknown"]


def test_turning_costs_nothing_for_those_that_do_not_turn(day):
    day("2026-01-10")
    for _time in range(3):
        make.record("organisation")
    jobs.turn()

    with CaptureQueriesContext(
        connection,
    ) as asked:
        jobs.turn()

    assert len(asked) == 7
    assert not any("UPDATE" in query["sql"] for query in asked)


def test_turning_three_asks_as_often_as_turning_one(day):
    counts = []
    for number in (1, 3):
        day("2026-01-10")
        for _time in range(number):
            make.record("resource")
        Record.objects.update(turns_on="2026-01-09")
        Outbox.objects.all().delete()
        with CaptureQueriesContext(connection) as asked:
            jobs.turn()
        # The notes to the index are one for each, by their nature.
        counts.append(sum("outbox" not in one["sql"] and "txid" not in one["sql"] for one in asked))

    assert counts[0] == counts[1]


def test_letters_come_thirty_days_before_on_the_day_and_with_the_mark(day):
    day("2026-01-10")
    body = make.body()
    editor = make.editor(body)
    made = make.record("organisation", owner=body)
    dates = []

    for text in ("2026-12-10", "2026-12-11", "2026-12-12", "2027-01-10", "2027-01-11", "2027-04-10", "2027-04-11"):
        day(text)
        night()
        dates.append((text, len(letters_of(editor))))

    assert dates == [
        ("2026-12-10", 0), ("2026-12-11", 1), ("2026-12-12", 1), ("2027-01-10", 2),
        ("2027-01-11", 2), ("2027-04-10", 3), ("2027-04-11", 3),
    ]  # fmt: skip
    first, second, third = (message.body for message in letters_of(editor))
    assert "To be confirmed by 10 January 2027" in first
    assert "Due since 10 January 2027" in second
    assert "The public now reads “not confirmed” beside it." in third
    assert all(confirm_link(made, editor).rpartition("/")[0] in text for text in (first, second, third))


def test_one_letter_a_day_for_a_person_with_a_link_for_each_record(day):
    day("2026-01-10")
    body = make.body()
    one, two = make.editor(body), make.editor(body)
    made = [make.record("organisation", owner=body) for _time in range(3)]
    day("2026-12-11")

    night()

    for person in (one, two):
        (letter,) = letters_of(person)
        links = re.findall(r"/confirm/(\S+)", letter.body)
        assert letter.subject == "Are these 3 records still right?"
        assert {read_link(token) for token in links} == {(record, person) for record in made}


def test_who_is_asked_editors_else_the_focal_point_else_the_author(day):
    day("2026-01-10")
    with_editor, with_focal_point, with_none = make.government("KEN"), make.government("PER"), make.body()
    editor, beside, focal = make.editor("KEN"), make.focal_point("KEN"), make.focal_point("PER")
    records = [make.record("organisation", owner=owner) for owner in (with_editor, with_focal_point, with_none)]
    author = records[2].author
    day("2026-12-11")

    night()

    run_pending()
    assert sorted(message.to[0] for message in outbox.outbox) == sorted([editor.email, focal.email, author.email])
    assert letters_of(beside) == []


def test_who_turned_reminders_off_or_has_left_is_not_asked(day):
    day("2026-01-10")
    body = make.body()
    quiet, former, left = make.editor(body), make.editor(body), make.editor(body)
    make.record("organisation", owner=body)
    quiet.letters = {"reminders": False}
    quiet.save()
    former.designations.update(ended_at="2026-02-01T00:00Z")
    left.is_active = False
    left.save()
    day("2026-12-11")

    night()

    run_pending()
    assert outbox.outbox == []
    assert not Reminder.objects.filter(told_at=None).exists()


def test_what_is_confirmed_before_the_letter_is_not_asked(day):
    day("2026-01-10")
    body = make.body()
    editor = make.editor(body)
    made = make.record("organisation", owner=body)
    day("2026-12-11")
    jobs.turn()

    verbs.confirm(made, by=editor)
    jobs.write_reminders()

    assert letters_of(editor) == []


def test_the_next_year_asks_again(day):
    day("2026-01-10")
    body = make.body()
    editor = make.editor(body)
    made = make.record("organisation", owner=body)
    day("2026-12-20")
    night()
    verbs.confirm(made, by=editor)
    day("2027-12-01")

    night()

    assert len(letters_of(editor)) == 2


def dying(real, after):
    """The same function, but the process dies when it is called once more than that."""
    calls = []

    def act(*args):
        if len(calls) == after:
            raise Killed
        calls.append(args)
        return real(*args)

    return act


@pytest.mark.parametrize("step", ["turn", "write", "tell"])
def test_killed_midway_it_runs_again_with_one_effect(day, monkeypatch, step):
    day("2026-01-10")
    people = []
    for _time in range(3):
        body = make.body()
        people.append(make.editor(body))
        make.record("organisation", owner=body)
    Outbox.objects.all().delete()
    day("2026-12-11")
    monkeypatch.setattr(jobs, "BATCH", 1)
    place, name = {"turn": (jobs, "turn_some"), "write": (telling, "write"), "tell": (reminders, "tell")}[step]
    real = getattr(place, name)
    monkeypatch.setattr(place, name, dying(real, after=0 if step == "tell" else 1))
    with pytest.raises(Killed):
        night()
    monkeypatch.setattr(place, name, real)

    night()
    night()

    assert [len(letters_of(person)) for person in people] == [1, 1, 1]
    assert Outbox.objects.count() == 3
    assert Letter.objects.count() == 3


@pytest.mark.parametrize("tag", TAGS)
def test_a_long_letter_stays_small_and_keeps_all_its_links(day, tag):
    day("2026-01-10")
    body = make.body()
    editor = make.editor(body)
    editor.language = tag
    editor.save()
    title = {"ar": "مختبر الكشف عن الكائنات الحية المحورة " * 4, "zh": "改性活生物体检测实验室" * 12}.get(
        tag, "Лаборатория " * 12
    )
    made = make.record("organisation", owner=body, name={tag: title})
    for number in range(29):
        Record.objects.create(
            **{field: getattr(made, field) for field in ("format", "owner", "stage", "values", "published_at")},
            **{field: getattr(made, field) for field in ("confirmed_on", "due_on", "freshness")},
            identifier=f"ORG-9{number:05}", number=1,
        )  # fmt: skip
    day("2026-12-11")

    night()

    (letter,) = letters_of(editor)
    message = letter.message()
    assert len(message.as_bytes()) <= 20_000
    assert len(re.findall(r"/confirm/\S+", letter.body)) == telling.MOST
    assert "/desk/confirm\n" in letter.body
    assert len(message.get_payload()) == 2


def test_an_expert_lapses_four_years_after_the_last_confirmation(day):
    day("2026-01-10")
    focal = make.focal_point("KEN")
    made = make.record("expert", government="KEN")
    day("2026-06-15")
    verbs.confirm(made, by=focal)
    day("2030-06-14")
    night()
    made.refresh_from_db()
    assert made.stage == "published"

    day("2030-06-15")
    night()
    night()

    made.refresh_from_db()
    assert (made.stage, made.withdrawn_because) == ("withdrawn", jobs.LAPSED)
    assert Entry.objects.filter(verb="records.withdraw").count() == 1
    assert [message.subject for message in letters_of(focal)][-1] == "A nomination has lapsed"


def test_others_than_experts_do_not_lapse(day):
    day("2026-01-10")
    made = make.record("organisation")
    day("2036-01-10")

    night()

    made.refresh_from_db()
    assert made.stage == "published"
