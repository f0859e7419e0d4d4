"""Each published version is split by country and theme; nothing is lost, doubled or forgotten."""

from decimal import Decimal

import pytest
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from kapok import vocab
from kapok.core.rules import SYSTEM
from kapok.insight import keeping
from kapok.insight.models import Allocation, Commitment, Place, Spell
from kapok.insight.models.allocations import WHOLE
from kapok.insight.spells import Stretch, derived
from kapok.records import verbs
from kapok.records.models import Record, Version
from tests import make, samples

pytestmark = pytest.mark.django_db

COUNTRIES = [one.id for one in vocab.vocabulary("place").terms][:60]
THEMES = [one.id for one in vocab.vocabulary("theme").terms if not one.asks_words]


def rows(record):
    found = Allocation.objects.filter(record=record, spell__valid_until=None)
    return {(one.country, one.theme): Decimal(one.share) / WHOLE for one in found}


def initiative(**values):
    return make.record("initiative", **values)


def money(amount, **values):
    return {"key": "mny", "kind": "grant", "amount": amount, "currency": "USD", **values}


def test_a_record_is_split_by_the_shares_it_gives():
    record = initiative(
        countries=[{"id": "KEN", "share": "0.25"}, {"id": "UGA", "share": "0.75"}],
        themes=[{"id": "i", "share": "0.4"}, {"id": "detection", "share": "0.2"}, {"id": "b", "share": "0.4"}],
    )

    keeping.drain()

    assert rows(record) == {
        ("KEN", "i"): Decimal("0.15"),
        ("KEN", "b"): Decimal("0.1"),
        ("UGA", "i"): Decimal("0.45"),
        ("UGA", "b"): Decimal("0.3"),
    }


def test_a_group_stands_for_its_members_and_a_global_record_for_no_country():
    grouped = initiative(countries=[{"id": "KEN", "share": "0.5"}, {"id": "sids", "share": "0.5"}], scope="regional")
    world = initiative(countries=[], scope="global")

    keeping.drain()

    members = vocab.members("sids")
    assert {country for country, _theme in rows(grouped)} == {"KEN", *members}
    assert sum(share for (country, _t), share in rows(grouped).items() if country == "KEN") == Decimal("0.5")
    assert rows(world) == {("", "i"): Decimal("0.5"), ("", "b"): Decimal("0.5")}


def test_money_is_split_to_the_cent_in_its_own_currency_and_in_dollars_of_its_year():
    lines = [money("100.00"), money("33.34", key="two", currency="EUR", year=2012), money("7", key="x", currency="KES")]
    record = initiative(countries=[{"id": "KEN"}, {"id": "UGA"}, {"id": "PER"}], budget=lines)

    keeping.drain()

    sums = {
        said["currency"]: (said["own"], said["usd"])
        for said in Commitment.objects.filter(record=record)
        .values("currency")
        .annotate(own=Sum("cents"), usd=Sum("usd_cents"))
    }
    # 33.34 euro at 1.2848 dollars.
    assert sums == {"USD": (10000, 10000), "EUR": (3334, 4287), "KES": (700, None)}
    assert Commitment.objects.filter(record=record, line="0-mny").count() == 6


def test_the_past_is_kept_with_the_days_of_each_version():
    record = initiative()
    keeping.drain()
    verbs.revise(record, by=make.editor(record.owner))
    record.draft.values = record.values | {"countries": [{"id": "PER"}]}
    record.draft.save()
    record.refresh_from_db()
    verbs.publish(record, by=SYSTEM)
    verbs.withdraw(record, by=SYSTEM, reason="It was a test.")

    keeping.drain()

    spells = list(Spell.objects.filter(record=record).order_by("valid_from"))
    assert [one.number for one in spells] == [1, 2]
    assert spells[0].valid_until == spells[1].valid_from
    assert spells[1].valid_until is not None
    assert {one.country for one in spells[0].allocations.all()} == {"KEN"}
    assert {one.country for one in spells[1].allocations.all()} == {"PER"}
    assert rows(record) == {}


def test_what_is_restored_counts_again_and_what_is_merged_does_not():
    record, other = initiative(), initiative()
    officer = make.secretariat()
    verbs.withdraw(record, by=SYSTEM, reason="It was a test.")
    verbs.restore(record, by=officer)
    verbs.merge(other, by=officer, into=record)

    keeping.drain()

    assert sum(rows(record).values()) == 1
    assert rows(other) == {}


def test_a_draft_is_not_counted_and_a_deleted_record_leaves_nothing():
    make.draft("initiative", lead=make.record().identifier)
    gone = initiative()
    keeping.drain()
    assert Allocation.objects.filter(format="initiative").values("record").distinct().count() == 1

    gone.delete()
    keeping.drain()

    assert not Allocation.objects.filter(format="initiative").exists()


def test_applying_again_changes_nothing():
    initiative()
    keeping.drain()
    before = list(Spell.objects.order_by("pk").values())

    with transaction.atomic():
        keeping.refresh(Record.objects.values_list("identifier", flat=True))

    assert list(Spell.objects.order_by("pk").values()) == before


@pytest.mark.parametrize(
    "harm",
    [
        lambda: Allocation.objects.filter(format="initiative").first().delete(),
        lambda: Allocation.objects.filter(format="initiative").update(share=1),
        lambda: Commitment.objects.update(cents=1),
        lambda: Spell.objects.filter(format="initiative").delete(),
        lambda: Spell.objects.filter(format="initiative").update(valid_until=timezone.now()),
    ],
)
def test_repair_finds_what_is_wrong_and_puts_it_right(harm):
    record = initiative(budget=[money("100")])
    keeping.drain()
    before = rows(record)
    assert keeping.wrong() == []

    harm()

    assert keeping.wrong() == [record.identifier]
    assert keeping.wrong(repair=True) == [record.identifier]
    assert keeping.wrong() == []
    assert rows(record) == before


def test_other_rates_convert_all_money_anew(settings, tmp_path):
    record = initiative(budget=[money("100", currency="KES", year=2020)])
    keeping.drain()
    assert Commitment.objects.filter(record=record, usd_cents=None).exists()
    settings.DATA = tmp_path
    (tmp_path / "rates.csv").write_text("currency,year,usd\nKES,2020,0.01\n")

    keeping.drain()

    assert Commitment.objects.filter(record=record).aggregate(all=Sum("usd_cents")) == {"all": 100}


def test_news_of_a_change_brings_it_up_to_date_at_once(django_capture_on_commit_callbacks):
    keeping.drain()
    assert Place.objects.exists()

    with django_capture_on_commit_callbacks(execute=True):
        record = initiative()

    assert sum(rows(record).values()) == 1


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.sampled_from(COUNTRIES), max_size=8, unique=True),
    st.lists(st.sampled_from(THEMES), min_size=1, max_size=6, unique=True),
    st.booleans(),
    st.lists(st.decimals(0, 10**9, places=2), max_size=4),
)
def test_whatever_a_record_says_its_shares_sum_to_one_and_its_money_to_the_cent(countries, themes, weighted, amounts):
    values = samples.initiative("") | {
        "organisations": [],
        "countries": weigh(countries, weighted),
        "themes": weigh(themes, weighted),
        "budget": [money(f"{amount:f}", key=f"l{at}") for at, amount in enumerate(amounts)],
    }
    version = Version(number=1, values=values)

    spell = derived(Record(format="initiative"), Stretch(version, timezone.now(), None), timezone.now().date())

    assert sum(spell.shares.values()) == WHOLE
    facets = spell.facts["facets"]
    tops = [one for one in facets["theme"] if not vocab.ancestors("theme", one)]
    assert set(spell.shares) == {(c, t) for c in facets.get("country", [""]) for t in tops}
    for at, amount in enumerate(amounts):
        parts = spell.money[at][1]
        assert sum(cents for cents, _usd in parts.values()) == int(amount * 100)
        assert sum(usd or 0 for _cents, usd in parts.values()) == int(amount * 100)


def weigh(ids, weighted):
    given = [{"id": one} for one in ids]
    if weighted and len(ids) > 1:
        part = Decimal(1) / 16
        for item in given:
            item["share"] = str(part)
        given[-1]["share"] = str(1 - part * (len(ids) - 1))
    return given
