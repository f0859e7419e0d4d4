"""Kapok speaks six languages: nothing missing, nothing guessed, every placeholder kept, every plural there."""

import re

import pytest
from babel.messages.pofile import read_po
from django.utils import translation
from django.utils.translation import ngettext

from scripts import messages
from tests.house.places import SOURCE

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}|%[sd]")
PLURALS = {"ar": 6, "en": 2, "es": 2, "fr": 2, "ru": 3, "zh_Hans": 1}


def read(locale):
    with (SOURCE / "locale" / locale / "LC_MESSAGES" / "django.po").open("rb") as file:
        return read_po(file, locale=locale)


@pytest.fixture(scope="module")
def catalogues():
    return {locale: read(locale) for locale in messages.LOCALES}


@pytest.fixture(scope="module")
def gathered():
    return messages.gather()


def strings(message):
    """The translations of a message: one, or one for each plural form."""
    return list(message.string) if isinstance(message.string, tuple | list) else [message.string]


@pytest.mark.parametrize("locale", messages.LOCALES)
def test_every_sentence_of_the_house_is_in_the_catalogue(locale, catalogues, gathered):
    known = {(message.context, str(message.id)) for message in catalogues[locale]}

    unknown = [message.id for message in gathered if message.id and (message.context, str(message.id)) not in known]

    assert unknown == [], "run `make messages` and translate what is new"


@pytest.mark.parametrize("locale", messages.LOCALES)
def test_nothing_is_missing_and_nothing_is_guessed(locale, catalogues):
    assert [message.id for message in messages.missing(catalogues[locale])] == []
    assert [message.id for message in catalogues[locale] if message.id and message.fuzzy] == []


@pytest.mark.parametrize("locale", messages.LOCALES)
def test_plural_forms_are_those_of_the_language(locale, catalogues):
    catalogue = catalogues[locale]

    wrong = [message.id for message in catalogue if message.pluralizable and len(strings(message)) != PLURALS[locale]]

    assert catalogue.num_plurals == PLURALS[locale]
    assert wrong == []


@pytest.mark.parametrize("locale", messages.LOCALES)
def test_placeholders_are_kept(locale, catalogues):
    """A plural form for one, two or none may leave the number out; it may not invent a placeholder."""
    wrong = []
    for message in catalogues[locale]:
        if not message.id:
            continue
        ids = list(message.id) if message.pluralizable else [message.id]
        wanted = {mark for each in ids for mark in PLACEHOLDER.findall(each)}
        for said in strings(message):
            found = set(PLACEHOLDER.findall(said or ""))
            if found - wanted or (not message.pluralizable and found != wanted):
                wrong.append((message.id, said))

    assert wrong == []


@pytest.mark.parametrize("locale", messages.LOCALES)
def test_edges_are_kept(locale, catalogues):
    """A sentence that begins or ends with a space or a line break is put together with something else."""
    wrong = [
        message.id
        for message in catalogues[locale]
        if message.id and not message.pluralizable and message.string
        if (message.id[0].isspace(), message.id[-1].isspace())
        != (message.string[0].isspace(), message.string[-1].isspace())
    ]

    assert wrong == []


@pytest.mark.parametrize(
    ("count", "said"), [(1, "سجل"), (2, "سجلان"), (5, "سجلات"), (14, "سجلا"), (102, "سجل"), (112, "سجلا")]
)
def test_arabic_counts_agree_with_their_numbers(count, said):
    """Eleven to ninety-nine take the accusative; so does 112, whose last two figures decide."""
    with translation.override("ar"):
        assert ngettext("record", "records", count) == said
