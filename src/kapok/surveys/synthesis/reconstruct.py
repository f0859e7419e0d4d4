"""The second national reports of 2012, built again from the figures that were published about them.

Nobody knows any more what each Party answered. This set gives exactly the published margins; who stands behind
them is chosen by rule. It is synthetic, says so wherever it is shown, and is never mixed with real reports.
"""

from collections.abc import Mapping
from datetime import date

from kapok import vocab
from kapok.surveys.synthesis.fitting import choose, deal, shuffled, ticks_for
from kapok.surveys.synthesis.grouping import BESIDE, REGIONS
from kapok.surveys.synthesis.published import Row, rows

CYCLE = "nr2"
DEADLINE = date(2011, 9, 30)
# Asked with figures for every region; Question 143 carries the denominators as well.
TABLED = ("143", "135", "137", "145", "148")
# The three figures on risk assessment fit together only if two Parties left these questions out.
SILENT = ("81", "83", "84")
# Nobody knows how many areas each active Party named; three on average keeps shares of ticks and of Parties apart.
AREAS_EACH = 3

Answers = dict[str, dict[str, list[str]]]


def table(question: str) -> dict[str, Row]:
    """The published rows of a question, by group; "" is all respondents."""
    return {row.group: row for row in rows() if row.question == question}


def groups() -> dict[str, frozenset[str]]:
    """The Parties of each region, and those of them on the lists that cut across, on the day of the report."""
    parties = frozenset(vocab.members("cpb-parties", DEADLINE))
    return {key: parties & frozenset(vocab.members(key, DEADLINE)) for key in (*REGIONS, *BESIDE)}


def respondents() -> list[str]:
    """143 Parties: so many of each region, of the least developed countries and of the small islands as reported."""
    known, published = groups(), table("143")
    pools = {key: known[key] for key in REGIONS}
    sizes = {key: published[key].denominator for key in REGIONS}
    across = {key: (known[key], published[key].denominator) for key in BESIDE}
    return sorted(choose("reported", pools, sizes, across))


def answered_yes(question: str, reported: list[str]) -> set[str]:
    """Those who say yes to a question that was published by region."""
    known, published = groups(), table(question)
    pools = {key: known[key] & set(reported) for key in REGIONS}
    sizes = {key: published[key].numerator for key in REGIONS}
    across = {key: (known[key], published[key].numerator) for key in BESIDE}
    return choose(question, pools, sizes, across)


def answers() -> Answers:
    """What each respondent answers: {country: {question: options}}."""
    reported = respondents()
    made: Answers = {country: {} for country in reported}
    for question in TABLED:
        put(made, question, {"yes": sorted(answered_yes(question, reported))}, reported)
    risk = shuffled("risk assessment", reported)
    for question in (*SILENT, "56"):
        row = table(question)[""]
        asked = [country for country in reported if country in risk[: row.denominator]]
        put(made, question, {"yes": shuffled(question, asked)[: row.numerator]}, asked)
    add_detection(made, reported)
    add_channels(made)
    add_areas(made)
    add_needs(made, reported)
    return made


def put(made: Answers, question: str, chosen: Mapping[str, list[str]], asked: list[str], rest: str = "no") -> None:
    """Write down who chose what; all others who were asked give the remaining answer."""
    said = {country: option for option, countries in chosen.items() for country in countries}
    for country in asked:
        made[country][question] = [said.get(country, rest)]


def add_detection(made: Answers, reported: list[str]) -> None:
    """Question 34 has three answers; of the two counts that round to 52 per cent the smaller is taken."""
    found = [row for row in rows() if row.question == "34"]
    order = shuffled("34", reported)
    at, chosen = 0, {}
    for row in found:
        chosen[row.option] = order[at : at + row.numerator]
        at += row.numerator
    put(made, "34", chosen, reported)


def add_channels(made: Answers) -> None:
    """Question 136, asked of those who had support: the fewest ticks whose shares are those published."""
    asked = shuffled("136", [country for country, said in made.items() if said["135"] == ["yes"]])
    shares = {row.option: row.percent for row in rows() if row.question == "136"}
    for country, options in deal(ticks_for(shares, len(asked)), asked).items():
        made[country]["136"] = options


def add_areas(made: Answers) -> None:
    """Question 144, asked of those who were active: the published shares of all areas named."""
    asked = shuffled("144", [country for country, said in made.items() if said["143"] == ["yes"]])
    shares = {row.option: row.percent for row in rows() if row.question == "144"}
    for country, options in deal(ticks_for(shares, AREAS_EACH * len(asked)), asked).items():
        made[country]["144"] = options


def add_needs(made: Answers, reported: list[str]) -> None:
    """Questions 146 and 147: so many need more in every area. Of the others nothing is known but that they replied."""
    areas = [row.option for row in rows() if row.question == "144"]
    in_all = shuffled("147", reported)[: table("147")[""].numerator]
    put(made, "146", {"yes": in_all}, reported, rest="yes-a-few")
    for country in in_all:
        made[country]["147"] = list(areas)
