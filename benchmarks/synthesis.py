"""Measure the counting of answers: 239 questions of 143 Parties, all at once and one by one.

`DATA=folder python -m benchmarks.synthesis` on a folder with answers (`kapok reconstruct-2012`). Every question that
the reconstruction leaves open is answered at random, so that there is something to count. One JSON line per figure.
"""

import random
import time
from collections.abc import Callable, Iterator

import django

django.setup()

from benchmarks.search_bench import line  # noqa: E402
from kapok import vocab  # noqa: E402
from kapok.surveys.models import Questionnaire  # noqa: E402
from kapok.surveys.queries import questionnaire  # noqa: E402
from kapok.surveys.synthesis import reading, report  # noqa: E402
from kapok.surveys.synthesis.bank import Bank, Given, build  # noqa: E402
from kapok.surveys.synthesis.counting import count, count_all  # noqa: E402
from kapok.surveys.synthesis.figures import Figures  # noqa: E402
from kapok.surveys.synthesis.grouping import KNOWN, by  # noqa: E402
from kapok.surveys.synthesis.reconstruct import DEADLINE, respondents  # noqa: E402

GROUPS = ",".join(("africa", "asia-pacific", "cee", "grulac", "weog", "ldc", "sids"))
ROUNDS, DOCUMENTS = 30, 5


def given(bank: Bank) -> Iterator[Given]:
    """Every question answered by everybody, with one option or, where several are possible, some of them."""
    dice = random.Random(5)
    for country in respondents():
        for asked in bank.questions.values():
            if asked.options:
                number = dice.randint(1, len(asked.options)) if asked.multiple else 1
                yield Given(country, asked.key, tuple(dice.sample(asked.options, number)))
            else:
                yield Given(country, asked.key, (), words=True)


def taken(
    work: Callable[[], object], rounds: int = ROUNDS, clock: Callable[[], float] = time.perf_counter
) -> list[float]:
    """How long some rounds of the work take, each in milliseconds."""
    times = []
    for _round in range(rounds):
        began = clock()
        work()
        times.append((clock() - began) * 1000)
    return times


def documents(of: Questionnaire, parties: int) -> None:
    """The whole synthesis as a file, by the clock on the wall and by the time of the processor."""
    for kind in report.KINDS:

        def write(kind: str = kind) -> bytes:
            figures = Figures(reading.bank_of(of, None, "synthetic"))
            return report.content(report.document(of, figures, "en"), kind)

        line(f"synthesis: the document as {kind}", parties, taken(write, DOCUMENTS))
        line(f"synthesis: the document as {kind}, processor", parties, taken(write, DOCUMENTS, time.process_time))


def main() -> None:
    """Count all, count one, and read the answers from the database."""
    nr2 = questionnaire("nr2")
    assert nr2 is not None, "run `kapok reconstruct-2012` on this folder first"
    read = reading.bank_of(nr2, None, "synthetic")
    groups = {key: vocab.members(key, DEADLINE) for key in KNOWN}
    full = build("nr2", "bench", DEADLINE, read.questions.values(), respondents(), given(read), groups)
    seven = by(full, GROUPS).groups
    parties = len(full.countries)
    line("synthesis: all questions by 7 groups", parties, taken(lambda: count_all(full, seven)))
    line("synthesis: one question by 7 groups", parties, taken(lambda: count(full, "143", seven)))
    line("synthesis: one question, answers kept", parties, taken(lambda: reading.figures_of(nr2, data="synthetic")))
    documents(nr2, parties)
    line("synthesis: read all answers of a cycle", parties, taken(lambda: reading.bank_of(nr2, None, "synthetic")))


if __name__ == "__main__":
    main()
