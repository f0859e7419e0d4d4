"""The demo: real facts with their sources, illustrative records that say so, and accounts for every role."""

from collections import Counter
from inspect import signature
from random import Random
from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from kapok.core.languages import TAGS
from kapok.core.models import Entry
from kapok.core.prepared import questions
from kapok.core.verbs import may
from kapok.exchange.harvest.demo import remove_illustrative_sources
from kapok.exchange.harvest.jobs import fetch_due
from kapok.exchange.harvest.verbs import fetch_now
from kapok.exchange.harvest.views import missing
from kapok.exchange.models import Fetch, Harvest, Import, Source, Telling
from kapok.exchange.models.harvests import Result, Standing
from kapok.files.models import Upload
from kapok.insight.counting import Question, shelf
from kapok.insight.thresholds import EMPTY, STATES
from kapok.people.models import Person
from kapok.records import demo, verbs
from kapok.records.models import Freshness, Record, Stage, Working
from kapok.search import index
from kapok.search.questions import Question as Search
from kapok.site.demo import load, tables
from kapok.site.demo.accounts import ACCOUNTS

pytestmark = pytest.mark.django_db
# What a source may leave open: days, countries, a lead, a contact, a seat, a link.
OPEN = {"starts", "countries", "organisations", "contact", "country", "link"}


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """The demo, loaded once for all tests of this file, in an index of its own."""
    with django_db_blocker.unblock(), transaction.atomic():
        index.forget()
        yield load(lambda _line: None)
        index.forget()
        transaction.set_rollback(True)


def real(form: str) -> list[Record]:
    return list(Record.objects.filter(format=form, illustrative=False).order_by("pk"))


def test_the_demo_holds_each_real_initiative_with_its_source(loaded):
    facts = tables.rows("initiatives")

    made = real("initiative")

    assert len(made) == 104
    assert Counter(record.sources[0]["address"] for record in made) == Counter(fact["source_url"] for fact in facts)
    assert all(record.values["links"][0]["address"] == record.sources[0]["address"] for record in made)
    assert {record.freshness for record in made} == {Freshness.NOT_CONFIRMED}
    assert all("has not yet confirmed" in record.values["description"]["en"] for record in made)


def test_amounts_are_those_of_the_facts_and_no_others(loaded):
    facts = tables.rows("initiatives")
    stated = sorted(float(fact["amount"]) for fact in facts if fact["amount"])

    lines = [line for record in real("initiative") for line in record.values.get("budget", ())]

    assert sorted(float(line["amount"]) for line in lines if line["kind"] in {"grant", "own"}) == stated
    beside = sum(float(line["amount"]) for line in lines if line["kind"] in {"co-financing", "leverage"})
    assert beside == sum(float(fact["cofinancing"]) for fact in facts if fact["cofinancing"])


def test_a_venue_is_not_taken_for_the_country_it_is_about(loaded):
    meeting = next(record for record in real("initiative") if record.title.startswith("Second coordination meeting"))

    assert "countries" not in meeting.values
    assert [place["name"] for place in meeting.values["places"]] == ["Tromsø"]


def test_real_records_lack_only_what_their_source_leaves_open(loaded):
    records = Record.objects.filter(illustrative=False)

    lacking = {problem.path for record in records for problem in record.form.clean(record.values)[1].errors}

    assert lacking <= OPEN
    assert not [entry.thing for entry in Entry.objects.filter(verb="records.adopt") if entry.details["left_out"]]


def test_illustrative_records_are_complete_and_say_what_they_are(loaded):
    records = Record.objects.filter(illustrative=True, stage=Stage.PUBLISHED)

    wrong = {record.identifier: record.form.clean(record.values)[1].errors for record in records}

    assert not any(wrong.values())
    assert Counter(record.format for record in records)["need"] == 40
    assert {record.freshness for record in records} == set(Freshness)
    whole = [record for record in records if set(record.titles) == set(TAGS)]
    assert {record.format for record in whole} >= {"need", "opportunity", "course", "news", "organisation"}


def test_every_state_of_the_matrix_and_of_a_need_can_be_seen(loaded):
    cells = shelf().matrix(Question()).cells.values()

    assert {one.state for one in cells} >= set(STATES) - {EMPTY}
    needs = Record.objects.filter(format="need", stage=Stage.PUBLISHED)
    states = {one.form.state_of(one.values, timezone.now().date()) for one in needs}
    assert states >= {"open", "offered", "being-met", "met"}


def test_needs_stand_in_an_order_without_ties(loaded):
    needs = Record.objects.filter(format="need", stage=Stage.PUBLISHED).values_list("owner__code", "values__rank")

    by_country = {code: sorted(rank for owner, rank in needs if owner == code) for code, _rank in needs}

    assert len(by_country) == 15
    assert all(ranks == list(range(1, len(ranks) + 1)) for ranks in by_country.values())


def test_every_account_signs_in_and_has_something_to_do(loaded):
    assert [account.email for account in loaded] == [account.email for account in ACCOUNTS]
    assert all(
        authenticate(request=None, email=account.email, password=account.password) is not None for account in loaded
    )
    waiting = Record.objects.get(draft__stage=Working.SUBMITTED, format="need")
    handed_in = Record.objects.get(draft__stage=Working.SUBMITTED, format="resource")
    late = Record.objects.get(draft__stage=Working.SUBMITTED, format="news")
    returned = Record.objects.get(draft__stage=Working.RETURNED)
    persons = {person.email: person for person in Person.objects.all()}
    assert may(persons["focal.kenya@demo.example"], verbs.publish, waiting)
    assert not may(persons["editor.kenya@demo.example"], verbs.publish, waiting)
    assert may(persons["secretariat@demo.example"], verbs.publish, handed_in)
    today = timezone.now().date()
    assert [record.draft.due_on and record.draft.due_on < today for record in (late, waiting)] == [True, False]
    assert returned.author == persons["editor.kenya@demo.example"]


def test_loading_again_changes_nothing(loaded, django_assert_max_num_queries):
    before = (Record.objects.count(), Entry.objects.count())

    with django_assert_max_num_queries(2):
        again = load(lambda _line: None)

    assert again == loaded
    assert (Record.objects.count(), Entry.objects.count()) == before


def test_illustrative_records_go_away_in_one_step(loaded):
    kept = set(Record.objects.filter(illustrative=False).values_list("identifier", flat=True))
    gone = Record.objects.filter(illustrative=True).count()

    assert remove_illustrative_sources() == 3
    removed = demo.remove_illustrative()
    index.drain()

    assert removed == gone > 90
    assert not Source.objects.exists()
    assert not Import.objects.exists()
    assert not Upload.objects.filter(thing__startswith="import:").exists()
    assert set(Record.objects.values_list("identifier", flat=True)) == kept
    assert index.ask(Search(filters={"type": ("need",)})).total == 0
    assert index.ask(Search(filters={"type": ("initiative",)})).total == 104


def test_sources_have_a_history_that_the_code_for_real_ones_made(loaded):
    fund, network, proposed = Harvest.objects.order_by("pk")

    assert [one.result for one in fund.fetches.order_by("at")] == ["taken", "unchanged", "failed", "taken", "unchanged"]
    assert [one.imported.counts["refused"] for one in fund.fetches.exclude(imported=None).order_by("at")] == [1, 0]
    gone = Telling.objects.exclude(gone_at=None).get(source=fund.source)
    assert gone.record.stage == Stage.PUBLISHED
    held = network.fetches.get(result=Result.HELD)
    assert (network.standing, missing(network, held.imported).count()) == (Standing.HELD, 7)
    assert "من أصل 10" in held.said["ar"]
    assert (proposed.standing, proposed.fetches.count()) == (Standing.PROPOSED, 0)
    assert all(record.illustrative for record in Record.objects.filter(tellings__isnull=False))


def test_no_illustrative_source_is_ever_asked(loaded):
    before, secretariat = Fetch.objects.count(), Person.objects.get(email="secretariat@demo.example")
    Harvest.objects.update(next_at=timezone.now())

    fetch_due()

    assert Fetch.objects.count() == before
    fund = Harvest.objects.order_by("pk")[0]
    assert not may(secretariat, fetch_now, fund)


def test_only_kapok_itself_removes_them(loaded):
    secretariat: Any = Person.objects.get(email="secretariat@demo.example")

    with pytest.raises(PermissionDenied, match="Only Kapok itself"):
        demo.remove("records:illustrative", by=secretariat)

    assert Record.objects.filter(illustrative=True).exists()


def test_questions_whose_sql_is_kept_answer_as_django_does(loaded):
    """Each of them, with numbers and identifiers of the demo and with some that are not there."""
    dice = Random(3)
    keys = [*Record.objects.values_list("pk", flat=True), 0]
    names = [*Record.objects.values_list("identifier", flat=True), "INI-999999"]

    def argument(kind: str) -> Any:
        pool = names if "str" in kind else keys
        return dice.sample(pool, dice.randint(0, 40)) if "Sequence" in kind else dice.choice(pool)

    rows = 0
    for question in questions:
        kinds = [str(one.annotation) for one in signature(question).parameters.values()]
        if not question.__module__.startswith("kapok."):
            continue
        for _try in range(40):
            given = [argument(kind) for kind in kinds]
            found = list(question.__wrapped__(*given))
            assert sorted(map(plain, question(*given))) == sorted(map(plain, found)), question.__qualname__
            rows += len(found)
    assert rows > 100


def plain(row: Any) -> str:
    """A row as text, with all that was read."""
    return (
        repr(sorted((name, str(value)) for name, value in vars(row).items() if name != "_state") or row)
        if hasattr(row, "__dict__")
        else repr(row)
    )
