"""`kapok answers import`: looks first when asked to, and says what it left out."""

import pytest

from kapok.site import command
from kapok.surveys.models import Response
from tests.surveys import sample

pytestmark = pytest.mark.django_db


def run(path, *words):
    return command.main(["answers", "import", str(path), "--report", "small", *words])


def test_a_file_is_brought_in_after_a_look(tmp_path, capsys):
    sample.small()
    path = tmp_path / "answers.csv"
    path.write_text("country,question,option\nKEN,1,yes\nPER,1,no\n")

    assert run(path, "--dry-run") == 0
    assert not Response.objects.exists()
    assert run(path, "--synthetic") == 0

    assert Response.objects.filter(synthetic=True, number=1).count() == 2
    assert "2 responses are in force." in capsys.readouterr().out


def test_rows_left_out_are_told_and_the_command_says_so(tmp_path, capsys):
    sample.small()
    path = tmp_path / "answers.csv"
    path.write_text("country,question,option\nAtlantis,1,yes\nPER,1,no\n")

    assert run(path) == 1
    assert "row 2, country: 'Atlantis'" in capsys.readouterr().out


def test_what_is_not_there_is_said_in_one_sentence(tmp_path, capsys):
    assert run(tmp_path / "none.csv") == 2
    assert "There is no questionnaire small" in capsys.readouterr().err
