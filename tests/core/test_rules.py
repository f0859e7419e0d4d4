"""Rules: they combine, and each refusal speaks in the words of the part that refused."""

import pytest

from kapok.core.rules import SYSTEM, Refused, allow, is_anyone, is_signed_in, is_system, rule


@rule("It must be red.")
def is_red(who, thing):
    """The thing is red."""
    return "red" in thing


@rule("It must be round.")
def is_round(who, thing):
    return "round" in thing


def test_a_rule_says_yes_without_words_and_no_with_its_sentence():
    assert is_red(None, "red")
    assert is_red.answer(None, "red").sentence == ""

    said = is_red.answer(None, "blue")

    assert not said
    assert (said.sentence, said.rule) == ("It must be red.", is_red)


def test_every_part_must_agree_and_the_first_that_does_not_speaks():
    both = is_red & is_round

    assert both(None, "red round")
    assert both.answer(None, "blue").sentence == "It must be red."
    assert both.answer(None, "red").sentence == "It must be round."


def test_one_part_is_enough_and_the_first_speaks_for_all():
    either = is_red | is_round

    assert either(None, "red")
    assert either(None, "round")
    assert either.answer(None, "blue").sentence == "It must be red."


def test_the_opposite_with_a_sentence_of_its_own():
    neither = (~(is_red | is_round)).saying("Neither red nor round, please.")

    assert neither(None, "blue")
    assert neither.answer(None, "red").sentence == "Neither red nor round, please."


def test_a_rule_can_be_described_and_taken_apart():
    asked = is_red & (is_round | ~is_red)

    assert asked.describe() == "is_red & (is_round | not is_red)"
    assert [leaf.name for leaf in asked.leaves()] == ["is_red", "is_round", "not is_red"]


def test_allow_goes_on_or_raises_the_sentence():
    allow(is_red, None, "red")

    with pytest.raises(Refused, match=r"It must be red\.") as caught:
        allow(is_red & is_round, None, "round")

    assert caught.value.rule is is_red


def test_the_system_is_nobody_signed_in():
    assert is_system(SYSTEM, None)
    assert not is_signed_in(SYSTEM, None)
    assert not is_system(object(), None)
    assert is_anyone(None, None)
