"""Random answers, as strategies, and a recount of them that nobody could call clever."""

from datetime import date

from hypothesis import strategies as st

from kapok.surveys.synthesis.bank import Asked, Given, build

COUNTRIES = ("AGO", "BHS", "EGY", "FRA", "HTI", "IND", "KEN", "PER", "RUS", "SVN", "TUV", "VNM")
DAY = date(2011, 9, 30)
QUESTIONS = (
    Asked("1", ("true", "false")),
    Asked("2", ("a", "b", "c"), multiple=True, needs=((("1", ("true",)),),)),
    Asked("3", ("yes", "some", "no"), needs=((("2", ("a", "c")),), (("1", ("false",)), ("2", ("b", "c"))))),
    Asked("4"),
)
OPTIONS = {asked.key: asked.options for asked in QUESTIONS}


@st.composite
def answers(draw):
    """Who reported, what each answered, and some groups: `cpb-parties`, and two that overlap."""
    reported = draw(st.lists(st.sampled_from(COUNTRIES), unique=True, min_size=1))
    given = []
    for country in reported:
        for asked in QUESTIONS:
            chosen = draw(st.lists(st.sampled_from((*asked.options, "unheard")), unique=True, max_size=4))
            words = draw(st.booleans())
            if chosen or words:
                given.append(Given(country, asked.key, tuple(chosen), words))
    groups = {
        name: draw(st.lists(st.sampled_from(COUNTRIES), unique=True)) for name in ("cpb-parties", "africa", "ldc")
    }
    return reported, given, groups


def bank_of(reported, given, groups):
    return build("nr9", "1", DAY, QUESTIONS, reported, given, groups)


def naive(drawn, question, option=None, group=None):
    """Count by going from country to country: (count, respondents, asked, reported)."""
    reported, given, groups = drawn
    held = {(one.country, one.question): one for one in given}
    asked_of = {asked.key: asked for asked in QUESTIONS}

    def was_asked(country, key):
        return all(any(opens(country, *test) for test in tests) for tests in asked_of[key].needs)

    def opens(country, other, options):
        before = held.get((country, other))
        ticked = before is not None and any(each in options for each in before.options)
        return ticked and was_asked(country, other)

    def answered(country):
        one = held.get((country, question))
        if one is None:
            return False
        return any(each in OPTIONS[question] for each in one.options) if OPTIONS[question] else one.words

    those = [one for one in reported if one in groups["cpb-parties"] and (group is None or one in groups[group])]
    asked = [one for one in those if was_asked(one, question)]
    base = [one for one in asked if answered(one)]
    chosen = [one for one in base if option is not None and option in held[one, question].options]
    return len(chosen), len(base), len(asked), len(those)
