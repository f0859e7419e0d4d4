"""Which passwords are refused, and that no rule of composition is."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from kapok.people.models import Person

PERSON = Person(name="Officer Wanjiru", email="desk.wanjiru@ministry.example")


@pytest.mark.parametrize(
    "password",
    [
        "purple lantern over rivers",
        "abcdjklmqrst",
        "四个互不相关的词语在这里呢",
        "١٢ نخلة على ضفة النهر",
        "x7" * 30 + "word",
        "river biosafety lantern purple",
        "0" + "correct horse battery " * 5,
    ],
)
def test_long_passwords_of_any_letters_are_taken(password):
    validate_password(password, PERSON)


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("elevenchars", "password_too_short"),
        ("purple lantern " * 9, "password_too_long"),
        ("password1234", "password_too_common"),
        ("!!!password!!!", "password_too_common"),
        ("qwertyuiop1234", "password_too_common"),
        ("aaaaaaaaaaaaaaa", "password_too_common"),
        ("121212121212", "password_too_common"),
        ("kapok-biosafety-2026", "password_of_own_words"),
        ("CartagenaProtocol1", "password_of_own_words"),
        ("wanjiru-officer-99", "password_of_own_words"),
        ("ministry2026desk", "password_of_own_words"),
    ],
)
def test_weak_passwords_are_refused(password, code):
    with pytest.raises(ValidationError) as refused:
        validate_password(password, PERSON)

    assert code in {error.code for error in refused.value.error_list}
