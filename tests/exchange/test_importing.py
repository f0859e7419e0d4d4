"""A table on its way in: dry run, taking in, the same file again, undo."""

import pytest

from kapok.core import trail
from kapok.core.jobs.queue import run_pending
from kapok.core.models import Entry, Outbox
from kapok.core.rules import SYSTEM, Refused
from kapok.exchange.importing import verbs
from kapok.exchange.importing.applying import Application
from kapok.exchange.models import Import, State, Telling
from kapok.people.models import Body
from kapok.records import verbs as records
from kapok.records.models import Draft, Record, Stage
from tests import make
from tests.exchange.bringing import counts, read, said, take, undo

pytestmark = pytest.mark.django_db

TABLE = """Project code;Project title;Countries;Donor;Lead agency;Start;Budget (EUR);Focal area
P-001;Laboratory for detecting GMOs;Kenya;Global Fund for Tests;Institute of Seeds;12/03/2009;1 234,50 €;detection
P-002;Formation des inspecteurs;Côte d’Ivoire, U.R. of Tanzania;;Institute of Seeds;FY 2008;US$ 1.2 million;sampling
P-003;;Kenia;;;soon;a lot;
"""


def test_a_dry_run_says_what_rows_mean_and_changes_nothing():
    before = Entry.objects.count()

    imported = read(TABLE)

    assert (imported.state, counts(imported)) == (State.READ, {"rows": 3, "new": 2, "refused": 1})
    assert not Record.objects.exists()
    assert Entry.objects.count() == before + 1
    assert said(imported)[:2] == [
        "There is no title in this row. Without one nobody could find the record.",
        "“soon” is not a day that we understand. Write 2012-03-09, 2012-03 or 2012.",
    ]
    first, second, third = imported.rows.filter(extra=False)
    assert first.said["budget"] == [{"key": "bud1", "kind": "grant", "amount": "1234.5", "currency": "EUR"}]
    assert second.said["countries"] == [{"id": "CIV"}, {"id": "TZA"}]
    assert second.said["starts"] == "2008"
    assert (third.line, third.outcome) == (4, "refused")


def test_good_rows_go_in_with_the_organisations_they_name():
    imported = take(read(TABLE))

    assert (imported.state, imported.counts["applied"]) == (State.APPLIED, 2)
    initiative = Record.objects.get(format="initiative", aliases__identifier="P-001")
    named = {part["role"]: part["organisation"] for part in initiative.values["organisations"]}
    assert set(named) == {"lead", "funder"}
    lead = Record.objects.get(identifier=named["lead"])
    assert (lead.stage, lead.values["name"]) == (Stage.PUBLISHED, {"en": "Institute of Seeds"})
    assert initiative.owner == lead.owner
    assert initiative.freshness == "not-confirmed"
    assert {one.target.identifier for one in initiative.references.all()} == set(named.values())
    assert trail.about(initiative).get().details["import"] == imported.pk
    assert Outbox.objects.filter(key=initiative.reference).exists()
    assert not trail.broken_links()


def test_the_same_file_again_changes_nothing():
    take(read(TABLE))
    versions = sorted(Record.objects.values_list("identifier", "number"))

    again = read(TABLE)

    assert counts(again) == {"rows": 3, "same": 2, "refused": 1}
    take(again)
    assert sorted(Record.objects.values_list("identifier", "number")) == versions


def test_a_changed_row_makes_a_version_and_shows_what_changed():
    take(read(TABLE))

    changed = read(TABLE.replace("12/03/2009", "2010"))
    take(changed)

    assert counts(changed) == {"rows": 3, "changed": 1, "same": 1, "refused": 1}
    record = Record.objects.get(aliases__identifier="P-001")
    assert (record.number, record.values["starts"]) == (2, "2010")


def test_an_undo_leaves_no_trace_but_the_trail():
    before = set(Body.objects.values_list("code", flat=True))
    imported = take(read(TABLE))
    assert Record.objects.count() == 4

    undo(imported)

    assert imported.state == State.UNDONE
    assert not Record.objects.exists()
    assert set(Body.objects.values_list("code", flat=True)) == before
    assert Entry.objects.filter(verb="records.put_back").count() == 4
    assert not trail.broken_links()
    assert counts(read(TABLE)) == {"rows": 3, "new": 2, "refused": 1}


def test_an_undo_puts_back_the_versions_before():
    take(read(TABLE))
    record = Record.objects.get(aliases__identifier="P-001")
    whole = {
        name: getattr(record, name) for name in ("values", "number", "changed_at", "due_on", "sources", "turns_on")
    }
    told = list(Telling.objects.order_by("pk").values("values", "first_at", "last_at", "gone_at", "record"))
    changed = take(read(TABLE.replace("12/03/2009", "2010")))
    assert Record.objects.get(pk=record.pk).number == 2
    mine = make.secretariat()

    undo(changed, by=mine)

    record.refresh_from_db()
    assert {name: getattr(record, name) for name in whole} == whole
    assert record.versions.count() == 1
    last = trail.about(record).first()
    assert (last.verb, last.by, last.details["import"]) == ("records.put_back", mine, changed.pk)
    now = {one["record"]: one for one in Telling.objects.values("values", "first_at", "last_at", "gone_at", "record")}
    assert now[record.pk] == next(one for one in told if one["record"] == record.pk)


def test_an_undo_of_a_whole_list_misses_nobody():
    take(read(TABLE))
    shorter = take(
        read("".join(TABLE.replace("12/03/2009", "2010").splitlines(keepends=True)[:2]), options={"whole": True})
    )
    assert Telling.objects.exclude(gone_at=None).exists()

    undo(shorter)

    assert not Telling.objects.exclude(gone_at=None).exists()


def test_an_undo_keeps_what_somebody_changed_since():
    imported = take(read(TABLE))
    record = Record.objects.get(aliases__identifier="P-001")
    records.revise(record, by=make.secretariat())

    undo(imported)

    assert Record.objects.filter(pk=record.pk, number=1).exists()
    row = imported.rows.get(number=1)
    assert row.undone.startswith("Somebody changed this record since")
    assert imported.counts["kept"] == 1 + Record.objects.filter(stage=Stage.WITHDRAWN).count()


def test_a_worker_that_dies_midway_doubles_nothing(monkeypatch):
    rows = "".join(f"P-{number};Project number {number} of seeds and soils;Kenya\n" for number in range(9))
    imported = read(f"Project code;Project title;Countries\n{rows}")
    monkeypatch.setattr("kapok.exchange.importing.applying.CHUNK", 4)
    verbs.apply(imported, by=SYSTEM)
    died = Application(Import.objects.get(pk=imported.pk))
    died.step()
    assert Record.objects.count() == 4

    run_pending()

    assert Record.objects.count() == 9
    assert Record.objects.values("aliases__identifier").distinct().count() == 9


def test_stopping_leaves_whole_chunks_that_can_go_on(monkeypatch):
    rows = "".join(f"P-{number};Project number {number} of seeds and soils;Kenya\n" for number in range(9))
    imported = read(f"Project code;Project title;Countries\n{rows}")
    monkeypatch.setattr("kapok.exchange.importing.applying.CHUNK", 4)
    verbs.apply(imported, by=SYSTEM)
    Application(imported).step()
    verbs.stop(imported, by=SYSTEM)
    run_pending()
    imported.refresh_from_db()
    assert (imported.state, imported.counts["applied"]) == (State.APPLIED, 4)

    take(imported)

    assert imported.counts["applied"] == 9


def test_members_bring_drafts_of_their_own():
    member = make.person()

    imported = take(read(TABLE, by=member), by=member)

    assert imported.counts["applied"] == 2
    assert set(Record.objects.values_list("stage", flat=True)) == {Stage.UNPUBLISHED}
    assert set(Record.objects.values_list("author", flat=True)) == {member.pk}
    assert Draft.objects.filter(record__format="initiative").count() == 2
    assert counts(read(TABLE, by=make.person())) == {"rows": 3, "new": 2, "refused": 1}


def test_members_change_no_record_of_others():
    take(read(TABLE))

    imported = read(TABLE.replace("12/03/2009", "2010"), by=make.person(), source="Tables")

    assert counts(imported) == {"rows": 3, "same": 1, "refused": 2}
    assert "Only the people of the body that owns" in " ".join(said(imported))


def test_a_member_cannot_bring_a_file_for_a_body_of_others():
    with pytest.raises(Refused, match="Choose a body that you edit for"):
        read(TABLE, by=make.person(), body=make.body())

    assert not Import.objects.exists()


def test_two_sources_that_disagree_are_told_and_neither_wins():
    take(read(TABLE, source="First"))
    record = Record.objects.get(aliases__identifier="P-001")

    other = read(TABLE.replace("12/03/2009", "2010"), source="Second", options={"scheme": "First"})

    assert counts(other) == {"rows": 3, "same": 2, "refused": 1}
    row = other.rows.get(number=1)
    assert [note["path"] for note in row.problems if "register says otherwise" in note["say"]] == ["starts"]
    verbs.decide(other, by=SYSTEM, rows=[1], decision="take")
    take(other)
    record.refresh_from_db()
    assert record.values["starts"] == "2010"


def test_what_a_person_changed_is_not_overwritten():
    take(read(TABLE))
    record = Record.objects.get(aliases__identifier="P-001")
    Record.objects.filter(pk=record.pk).update(values={**record.values, "starts": "2011"})

    same, newer = read(TABLE), read(TABLE.replace("12/03/2009", "2010"))

    assert counts(same) == counts(newer) == {"rows": 3, "same": 2, "refused": 1}
    assert "Somebody changed this in the register" in " ".join(said(newer))


def test_what_a_source_no_longer_lists_is_marked_and_stays():
    take(read(TABLE))
    shorter = "\n".join(line for line in TABLE.splitlines() if "P-002" not in line)

    imported = take(read(shorter, options={"whole": True}))

    assert imported.counts["gone"] == 1
    gone = Record.objects.get(tellings__gone_at__isnull=False)
    assert (gone.stage, gone.values["title"]) == (Stage.PUBLISHED, {"en": "Formation des inspecteurs"})


def test_what_looks_like_a_record_waits_for_a_decision():
    lead = make.record().identifier
    known = make.record("initiative", lead=lead, title={"en": "Laboratory for the detection of GMOs"}, starts="2009")
    line = f"Laboratory for detection of GMOs;Kenya;2009;{lead}"

    imported = read(f"Project title;Countries;Start;Lead agency\n{line}\n")

    row = imported.rows.get(number=1)
    assert (row.outcome, row.target) == ("similar", known)
    assert row.score > 90
    assert [one["say"].partition(" ")[0] for one in row.reasons] == ["The", "The", "An", "Both"]
    take(imported)
    assert Record.objects.filter(format="initiative").count() == 1
    verbs.decide(imported, by=SYSTEM, rows=[1], decision="new")
    take(imported)
    assert Record.objects.filter(format="initiative").count() == 2


def test_rows_twice_in_a_file_are_told():
    twice = "Project code;Project title;Countries\nP-1;Seeds;Kenya\nP-1;Seeds;Kenya\nP-1;Soils;Kenya\n"

    imported = read(twice)

    assert counts(imported) == {"rows": 3, "new": 1, "same": 1, "refused": 1}
    assert "stands in row 1 of this import already, which says something else" in said(imported)[0]


def test_the_same_file_again_is_the_same_though_it_went_in_as_drafts():
    editor = make.editor(make.body())
    table = "Project number,Title,Country\nP-1,Laboratory for seeds,Kenya\nP-2,School of soils,Peru\n"
    take(read(table, by=editor), by=editor)
    assert Record.objects.filter(format="initiative", number=0).count() == 2

    again = read(table, by=editor)
    changed = read(table.replace("soils", "soils and water"), by=editor)

    assert counts(again) == {"rows": 2, "same": 2}
    assert counts(changed) == {"rows": 2, "same": 1, "changed": 1}
