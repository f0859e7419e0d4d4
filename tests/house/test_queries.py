"""The tests themselves notice a page that asks the database once for each line of a list."""

import pytest
from django.http import HttpResponse
from django.urls import path
from zeal import NPlusOneError

from kapok.people.models import Designation
from tests import make


def wasteful(request):
    return HttpResponse(" ".join(held.person.name for held in Designation.objects.all()))


def thrifty(request):
    return HttpResponse(" ".join(held.person.name for held in Designation.objects.select_related("person")))


urlpatterns = [path("wasteful", wasteful), path("thrifty", thrifty)]


@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_a_page_with_a_question_for_each_line_fails(client):
    # More than three, since zeal spares rows that were once read singly, and remembers them by number.
    for _row in range(12):
        make.editor()

    assert client.get("/thrifty").status_code == 200
    with pytest.raises(NPlusOneError):
        client.get("/wasteful")
