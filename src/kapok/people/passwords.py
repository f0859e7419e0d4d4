"""What a password must be: long, and not made of words that anybody would try first."""

import re
from typing import Any

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

SHORTEST = 12
LONGEST = 128
SITE_WORDS = ("kapok", "biosafety", "cartagena", "protocol", "clearinghouse", "biodiversity", "secretariat", "lmo")
LEFT_OVER = 6
DIFFERENT = 5
NOT_LETTERS = re.compile(r"[\W\d_]+")


class LengthValidator:
    """From 12 to 128 characters; which ones is free."""

    def validate(self, password: str, user: Any = None) -> None:
        if len(password) < SHORTEST:
            raise ValidationError(
                _("This password is too short: use at least %(count)s characters, for example four words."),
                code="password_too_short",
                params={"count": SHORTEST},
            )
        if len(password) > LONGEST:
            raise ValidationError(
                _("This password is too long: use at most %(count)s characters."),
                code="password_too_long",
                params={"count": LONGEST},
            )

    def get_help_text(self) -> str:
        return _("At least %(count)s characters; four words that do not belong together do well.") % {"count": SHORTEST}


class CommonWordsValidator:
    """Not one of the passwords everybody tries, even with digits and signs around it, and not one key held down."""

    def __init__(self) -> None:
        self.common = CommonPasswordValidator()

    def validate(self, password: str, user: Any = None) -> None:
        whole = password.lower().strip()
        core = NOT_LETTERS.sub("", whole)
        known = self.common.passwords
        if whole in known or core in known or len(set(whole)) < DIFFERENT:
            raise ValidationError(
                _("This password is among the first that others would try. Use words of your own."),
                code="password_too_common",
            )

    def get_help_text(self) -> str:
        return _("Not a common password, even with digits added.")


class OwnWordsValidator:
    """Not made of words of this site, or of the person's own name and address."""

    def validate(self, password: str, user: Any = None) -> None:
        rest = NOT_LETTERS.sub("", password.lower())
        before = rest
        words = {*SITE_WORDS, *words_of(getattr(user, "name", "")), *words_of(getattr(user, "email", ""))}
        for word in sorted(words, key=len, reverse=True):
            rest = rest.replace(word, "")
        if rest != before and len(rest) < LEFT_OVER:
            raise ValidationError(
                _("This password is made of words of this site or of your own name. Use other words."),
                code="password_of_own_words",
            )

    def get_help_text(self) -> str:
        return _("Not made of the name of this site or your own.")


def words_of(text: str) -> list[str]:
    """The words of a name or an address that are long enough to matter."""
    return [word for word in NOT_LETTERS.sub(" ", text.lower()).split() if len(word) > 2]
