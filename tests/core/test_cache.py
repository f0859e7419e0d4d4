"""Any news makes every kept page old."""

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import RequestFactory

from kapok.core import cache
from kapok.core.news import announce


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.DATA = tmp_path


def test_each_renewal_is_another_generation():
    seen = {cache.generation()}

    for _time in range(3):
        cache.renew()
        seen.add(cache.generation())

    assert len(seen) == 4


def test_the_file_stays_small(monkeypatch):
    monkeypatch.setattr(cache, "LARGEST", 10)
    for _time in range(40):
        cache.renew()

    assert cache.generation_file().stat().st_size <= 12


@pytest.mark.django_db(transaction=True)
def test_news_renews_only_after_commit():
    before = cache.generation()
    with transaction.atomic():
        announce("tests.news", "thing:1")
        assert cache.generation() == before

    assert cache.generation() != before


@pytest.mark.parametrize(
    ("signed_in", "status", "marked"), [(False, 200, True), (True, 200, False), (False, 404, False)]
)
def test_only_what_a_visitor_finds_is_marked(signed_in, status, marked):
    request = RequestFactory().get("/")
    request.user = type("Who", (), {"is_authenticated": signed_in})()

    response = cache.public(lambda request: HttpResponse("page", status=status))(request)

    assert (response.headers.get(cache.MARK) == "public") is marked
