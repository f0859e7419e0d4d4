"""The six languages of the United Nations, their tags, and text that exists in several of them."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import translation


@dataclass(frozen=True, slots=True)
class Language:
    """One interface language: `tag` for people and addresses, `code` for Django, `autonym` in its own words."""

    tag: str
    code: str
    autonym: str
    locale: str
    direction: str = "ltr"


LANGUAGES: dict[str, Language] = {
    language.tag: language
    for language in (
        Language("ar", "ar", "العربية", "ar", "rtl"),
        Language("en", "en", "English", "en"),
        Language("es", "es", "Español", "es"),
        Language("fr", "fr", "Français", "fr"),
        Language("ru", "ru", "Русский", "ru"),
        Language("zh", "zh-hans", "中文", "zh_Hans"),
    )
}
TAGS: tuple[str, ...] = tuple(LANGUAGES)
RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur", "ps", "dv", "ug", "yi", "sd", "ckb"})
# Where a text is missing in the reader's language, these are tried in order.
FALLBACK = ("en", "fr", "es", "ru", "ar", "zh")


def tag_of(code: str | None) -> str:
    """The public tag of one of Django's language codes: `zh-hans` is `zh`."""
    primary = (code or "en").split("-")[0].lower()
    return primary if primary in LANGUAGES else "en"


def current() -> str:
    """The tag of the language now in use."""
    return tag_of(translation.get_language())


def code_of(tag: str) -> str:
    """Django's code for a public tag."""
    return LANGUAGES[tag].code if tag in LANGUAGES else "en"


def direction(tag: str) -> str:
    """`rtl` or `ltr`, for any language tag."""
    return "rtl" if tag.split("-")[0] in RIGHT_TO_LEFT else "ltr"


def best(text: Mapping[str, str] | str | None, language: str | None = None) -> tuple[str, str]:
    """The text in the wanted language or the best other one, with the tag of what was found.

    A plain string has no language and answers with an empty tag.
    """
    if not text:
        return "", ""
    if isinstance(text, str):
        return text, ""
    wanted = language or current()
    for tag in (wanted, *FALLBACK, *text):
        if text.get(tag):
            return text[tag], tag
    return "", ""


def words(text: Mapping[str, str] | str | None, language: str | None = None) -> str:
    """The best text without its tag."""
    return best(text, language)[0]
