"""Questions whose SQL is kept: the rows are those that Django finds, whatever the arguments."""

from collections.abc import Sequence
from threading import Thread

import pytest
from django.db import connection
from django.db.models import Count, Q
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from kapok.core.prepared import prepared
from kapok.people.models import Body, Designation, Kind
from tests import make

CODES = ("KEN", "FRA", "BRA", "CHN", "EGY", "RUS")


@prepared
def of_codes(codes: Sequence[str]):
    return Body.objects.filter(code__in=codes).order_by("-code")


@prepared
def named(code: str):
    return Body.objects.filter(code=code)


@prepared
def keys_between(first: int, last: int, kind: str):
    return Body.objects.filter(Q(pk=first) | Q(pk__gte=first, pk__lt=last), kind=kind).values_list("pk", flat=True)


@prepared
def held_by(bodies: Sequence[int]):
    return Designation.objects.filter(body__in=bodies).select_related("person", "body").order_by("pk")[:2]


@prepared
def counted(kind: str):
    return Body.objects.filter(kind=kind).annotate(held=Count("designations")).order_by("pk").values("code", "held")


class AsDjango(TestCase):
    """By chance: sequences of any length, values twice, values that are not there."""

    @classmethod
    def setUpTestData(cls):
        for code in CODES:
            make.editor(make.government(code))

    @given(st.lists(st.sampled_from([*CODES, "NOT"]), max_size=9))
    def test_sequences_of_any_length(self, codes):
        assert of_codes(codes) == list(Body.objects.filter(code__in=codes).order_by("-code"))

    @given(st.integers(-3, 20), st.integers(-3, 20), st.sampled_from([*Kind]))
    def test_an_argument_that_stands_twice(self, first, last, kind):
        found = Body.objects.filter(Q(pk=first) | Q(pk__gte=first, pk__lt=last), kind=kind)
        assert sorted(keys_between(first, last, kind)) == sorted(found.values_list("pk", flat=True))


@pytest.mark.django_db
def test_what_is_read_along_is_there_without_another_question(django_assert_num_queries):
    bodies = [make.editor(make.government(code)).designations.get().body for code in CODES]
    held_by([bodies[0].pk])

    with django_assert_num_queries(1):
        held = held_by([body.pk for body in bodies])
        assert [(one.body.code, bool(one.person.email)) for one in held] == [("KEN", True), ("FRA", True)]


@pytest.mark.django_db
def test_counts_and_rows_as_mappings():
    make.editor(make.government("KEN"))
    make.government("FRA")

    rows = [row for row in counted(Kind.GOVERNMENT) if row["code"] in {"KEN", "FRA"}]

    assert rows == [{"code": "KEN", "held": 1}, {"code": "FRA", "held": 0}]


@pytest.mark.django_db
def test_rows_are_read_anew_each_time():
    assert named("KEN") == []

    body = make.government("KEN")
    assert [one.pk for one in named("KEN")] == [body.pk]

    body.delete()
    assert named("KEN") == []


@pytest.mark.django_db
def test_nothing_asks_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert of_codes([]) == []


@pytest.mark.django_db
def test_texts_are_data_and_never_sql():
    make.government("KEN")

    for hostile in ("' OR 1=1 --", "KEN' --", "%s", "stand-in 1900000000", "KEN\\"):
        assert named(hostile) == []
        assert of_codes([hostile, "KEN"])[0].code == "KEN"


def test_an_argument_that_does_not_reach_the_sql_is_refused():
    @prepared
    def first(code: str, most: int):
        return Body.objects.filter(code=code)[:most]

    with pytest.raises(TypeError, match=r"first.*does not arrive"):
        first("KEN", 5)


@pytest.mark.django_db(transaction=True)
def test_each_thread_asks_over_its_own_line():
    make.government("KEN")
    found = [len(named("KEN"))]

    def ask():
        try:
            found.append(len(named("KEN")))
        finally:
            connection.close()

    beside = Thread(target=ask)
    beside.start()
    beside.join()

    assert found == [1, 1]
