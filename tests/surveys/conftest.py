"""The national reports that come with Kapok, in the database."""

import pytest


@pytest.fixture(autouse=True)
def nothing_kept():
    """What one test counted is not there for the next, whose rows have the same numbers."""
    from kapok.surveys.synthesis.reading import forget

    forget()


@pytest.fixture(scope="module")
def printed(django_db_setup, django_db_blocker):
    """The questionnaires that come with Kapok, loaded once for the tests of a file and gone after them."""
    # Models can be read only once Django has started, which is after this file is loaded.
    from django.db import transaction

    from kapok.surveys.questionnaires import loading

    with django_db_blocker.unblock(), transaction.atomic():
        loading.ensure()
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def rebuilt(printed, django_db_blocker):
    """The second reports with the answers built from what was published, once for the tests of a file."""
    from django.db import transaction

    from kapok.core.rules import SYSTEM
    from kapok.surveys import verbs
    from kapok.surveys.queries import questionnaire

    with django_db_blocker.unblock(), transaction.atomic():
        verbs.reconstruct(questionnaire("nr2"), by=SYSTEM)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def reports(printed, db):
    """Reports 2 to 5 by their code, without answers."""
    from kapok.core.rules import SYSTEM
    from kapok.surveys import verbs
    from kapok.surveys.models import Response
    from kapok.surveys.queries import questionnaire

    found = {code: questionnaire(code) for code in ("nr2", "nr3", "nr4", "nr5")}
    if Response.objects.exists():  # another test of this file asked for them
        verbs.remove_reconstruction(found["nr2"], by=SYSTEM)
    return found


@pytest.fixture
def nr2(rebuilt, db):
    """The second reports with their answers."""
    from kapok.surveys.queries import questionnaire

    return questionnaire("nr2")


@pytest.fixture(scope="session")
def bank_of_2012():
    """The answers built again from the published figures, with the options and conditions of the questionnaire."""
    from kapok import vocab
    from kapok.surveys.questionnaires.reports import plans
    from kapok.surveys.synthesis.bank import Asked, Given, build, needs_of
    from kapok.surveys.synthesis.grouping import KNOWN
    from kapok.surveys.synthesis.reconstruct import DEADLINE, answers

    plan = next(plan for plan in plans() if plan.code == "nr2")
    asked = [
        Asked(
            question.key,
            tuple(option.key for option in question.options),
            question.kind == "choices",
            needs_of([[(test["question"], test["options"]) for test in tests] for tests in question.condition]),
        )
        for question in plan.questions
    ]
    made = answers()
    given = [Given(country, key, tuple(said)) for country, values in made.items() for key, said in values.items()]
    groups = {key: vocab.members(key, DEADLINE) for key in KNOWN}
    return build("nr2", "1", DEADLINE, asked, made, given, groups, synthetic=True)
