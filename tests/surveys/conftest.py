"""The national reports that come with Kapok, in the database."""

import pytest


@pytest.fixture
def reports(db):
    """Reports 2 to 5 by their code."""
    # Models can be read only once Django has started, which is after this file is loaded.
    from kapok.surveys.queries import questionnaire
    from kapok.surveys.questionnaires import loading

    loading.ensure()
    return {code: questionnaire(code) for code in ("nr2", "nr3", "nr4", "nr5")}
