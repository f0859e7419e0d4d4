"""The ground of the tests holds: roles are what they say, and each test has its own index."""

import os

import pytest
from django.apps import apps

from tests import make


@pytest.mark.parametrize("role", ["member", "editor", "focal_point", "secretariat", "administrator"])
def test_a_client_is_signed_in_in_its_role(as_, role):
    client = as_(role)

    from kapok.people.models import Person

    person = Person.objects.get(pk=client.session["_auth_user_id"])
    assert person.roles == (frozenset() if role == "member" else {role})


def test_each_process_of_the_tests_has_a_data_folder_of_its_own(settings):
    """With xdist too: an index shared by two processes would show each the other's things."""
    assert str(settings.DATA) == os.environ["DATA"]
    assert settings.INSTALLED_APPS.count("zeal") == 1
    assert apps.is_installed("zeal")


def test_a_test_that_is_not_marked_as_of_the_store_cannot_ask_the_database(request):
    """It runs on one database only."""
    assert not request.node.get_closest_marker("store")
    with pytest.raises(RuntimeError, match="Database access not allowed"):
        apps.get_model("people.Person").objects.exists()


@pytest.mark.django_db
def test_a_test_with_the_mark_of_the_database_is_one_of_the_store(request):
    assert request.node.get_closest_marker("store")


def test_a_test_with_a_database_for_its_programs_is_one_of_the_store(request, databases):
    assert request.node.get_closest_marker("store")


def test_a_visitor_has_no_session(as_):
    assert not as_("visitor").session.keys()


@pytest.mark.django_db
def test_an_index_of_ones_own_follows_the_database(index):
    assert index() == 0

    make.record()

    assert index() > 0
    assert index() == 0
