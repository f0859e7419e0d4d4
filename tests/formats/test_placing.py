"""What is wrong is told with the field that it is wrong in, also deep within parts."""

import pytest
from django.utils import translation

from kapok.formats.asking import steps
from kapok.formats.format import format_of
from kapok.formats.placing import placed
from kapok.formats.problems import Problems

FIELDS = format_of("initiative").fields


@pytest.mark.parametrize(
    ("path", "sentence", "told"),
    [
        ("starts", "There is no such day.", "Starts on: There is no such day."),
        ("title", "Answer “Title”: it is required.", "Answer “Title”: it is required."),
        ("budget-1-amount", "Write digits.", "Budget line 2: Amount: Write digits."),
        ("budget-0-amount", "Answer “Amount”: it is required.", "Budget line 1: Answer “Amount”: it is required."),
        ("results-0-indicators-2-unit", "Shorter.", "Result 1: Indicator 3: Unit: Shorter."),
        ("budget", "Give at most 200.", "Budget: Give at most 200."),
        ("owner", "Choose the body that owns the record.", "Choose the body that owns the record."),
        ("", "Something is odd.", "Something is odd."),
    ],
)
def test_a_sentence_names_its_place(path, sentence, told):
    problems = Problems()
    problems.add(path, sentence)
    problems.remark(path, "Only said.")

    assert placed(FIELDS, problems) == [(path, told)]


@pytest.mark.parametrize("tag", ["ar", "en", "es", "fr", "ru", "zh-hans"])
def test_a_field_is_named_once_in_every_language(tag):
    problems = Problems()
    with translation.override(tag):
        problems.add("title", str(FIELDS["title"].missing))
        ((_path, told),) = placed(FIELDS, problems)

        assert told.count(str(FIELDS["title"].label)) == 1


def test_within_one_part_the_part_is_not_named():
    problems = Problems()
    problems.add("budget-0-amount", "Write digits.")

    assert placed(FIELDS["budget"].part.fields, problems, within="budget-0-") == [
        ("budget-0-amount", "Amount: Write digits.")
    ]


def test_a_part_that_was_only_added_is_no_answer():
    added = {"results": [{"key": "a", "indicators": [{"key": "b"}]}]}
    answered = {"results": [{"key": "a", "title": {"en": "Samples are tested"}}]}

    def state(values):
        found = steps(format_of("initiative"), values, Problems(), "First")
        return next(step.state for step in found if any(kind.name == "results" for kind in step.kinds))

    assert (state(added), state(answered)) == ("todo", "done")
