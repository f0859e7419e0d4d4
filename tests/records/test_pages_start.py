"""Beginning a record: what is said of the first answers."""

import pytest

from kapok.records.models import Record
from tests import make
from tests.records.forms import get, signed_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("code", "name"), [("initiative", "title-en"), ("expert", "title")])
def test_a_title_that_is_too_long_is_told_and_kept_whole(index, code, name):
    index()
    long = ("Keeping seeds " * 30).strip()
    facts = {"government": "KEN"} if code == "expert" else {}
    page = get(signed_in(make.person()), f"/records/new/{code}").press(name, **facts, **{name: long})

    assert page.status == 422
    assert [place for place, _said in page.summary()] == ["title"]
    assert f"{len(long)}" in page.summary()[0][1]
    assert page.values(name)[name] == [long]
    assert not Record.objects.exists()
