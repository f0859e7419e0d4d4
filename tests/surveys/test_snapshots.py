"""Snapshots: what was published never moves, and who signs has seen what changed."""

from datetime import UTC, date, datetime

import pytest

from kapok.core.rules import SYSTEM, Refused
from kapok.surveys import verbs
from kapok.surveys.models import Response, ResponseVersion, SavedView, Snapshot
from kapok.surveys.synthesis.access import snapshots_visible_to, views_of
from kapok.surveys.synthesis.bank import from_content
from kapok.surveys.synthesis.figures import Figures, parse
from kapok.surveys.synthesis.reading import data_of, figures_of
from tests import make


def report(of, country, at, number=1, **values):
    """A submitted report with answers: `q143="yes"`."""
    held, _new = Response.objects.update_or_create(
        questionnaire=of,
        country=country,
        synthetic=False,
        defaults={"state": "submitted", "number": number, "submitted_at": at},
    )
    said = {key.lstrip("q"): {"options": [option]} for key, option in values.items()}
    ResponseVersion.objects.create(response=held, number=number, values=said, at=at)
    return held


SPRING, AUTUMN = datetime(2011, 4, 1, tzinfo=UTC), datetime(2011, 9, 1, tzinfo=UTC)
YES = parse("143.yes")


@pytest.fixture
def nr2(reports):
    report(reports["nr2"], "KEN", SPRING, q143="yes", q145="no")
    report(reports["nr2"], "PER", AUTUMN, q143="no", q145="no")
    return reports["nr2"]


def test_a_frozen_figure_does_not_move(nr2):
    frozen = verbs.freeze(nr2, by=make.secretariat(), name="First look")
    report(nr2, "PER", AUTUMN, number=2, q143="yes")

    assert Figures(from_content(Snapshot.objects.get().content)).value(YES) == 1
    assert figures_of(nr2).value(YES) == 2
    assert frozen.digest != figures_of(nr2).bank.digest


def test_freezing_the_same_answers_gives_the_same_snapshot(nr2):
    officer = make.secretariat()

    assert verbs.freeze(nr2, by=officer, name="One") == verbs.freeze(nr2, by=officer, name="Two")
    assert from_content(Snapshot.objects.get().content).digest == Snapshot.objects.get().digest


def test_nothing_is_frozen_of_nothing(reports):
    with pytest.raises(Refused, match="nothing to freeze"):
        verbs.freeze(reports["nr3"], by=make.secretariat(), name="Empty")


def test_only_the_secretariat_freezes(nr2):
    with pytest.raises(Refused, match="Secretariat"):
        verbs.freeze(nr2, by=make.focal_point(), name="Mine")


def test_signing_needs_the_answers_one_was_shown(nr2):
    officer = make.secretariat()
    frozen = verbs.freeze(nr2, by=officer, name="First look")
    shown = figures_of(nr2).bank.digest
    report(nr2, "PER", AUTUMN, number=2, q143="yes")

    with pytest.raises(Refused, match="changed since you opened"):
        verbs.sign(frozen, by=officer, seen=shown)
    signed = verbs.sign(frozen, by=officer, seen=figures_of(nr2).bank.digest)

    assert signed.signed_by == officer
    assert signed.wording["fr"]["activities"].startswith("Dans leurs")
    with pytest.raises(Refused, match="signed already"):
        verbs.sign(frozen, by=officer, seen=figures_of(nr2).bank.digest)


def test_the_public_sees_signed_snapshots_only(nr2):
    officer, visitor = make.secretariat(), make.person()
    frozen = verbs.freeze(nr2, by=officer, name="First look")
    assert list(snapshots_visible_to(officer)) == [frozen]
    assert not snapshots_visible_to(visitor).exists()

    verbs.sign(frozen, by=officer, seen=figures_of(nr2).bank.digest)

    assert list(snapshots_visible_to(visitor)) == [frozen]


def test_as_of_counts_what_was_submitted_by_then(nr2):
    assert figures_of(nr2, as_of=date(2011, 6, 1)).bank.countries == ("KEN",)
    assert figures_of(nr2, as_of=date(2011, 9, 1)).bank.countries == ("KEN", "PER")


def test_as_of_reads_the_version_of_that_day(nr2):
    report(nr2, "KEN", datetime(2012, 1, 1, tzinfo=UTC), number=2, q143="no")

    assert figures_of(nr2, as_of=date(2011, 9, 1)).value(YES) == 1
    assert figures_of(nr2).value(YES) == 0


def test_groups_are_those_of_the_day_the_reports_were_due(nr2):
    report(nr2, "WSM", AUTUMN, q143="yes")

    assert figures_of(nr2).value(parse("143.yes.count.ldc")) == 1
    assert figures_of(nr2, as_of=date(2020, 1, 1)).value(parse("143.yes.count.ldc")) == 0


def test_real_and_synthetic_reports_are_never_mixed(nr2):
    verbs.reconstruct(nr2, by=SYSTEM)

    assert data_of(nr2) == "reports"
    assert len(figures_of(nr2).bank.countries) == 2
    assert len(figures_of(nr2, data="synthetic").bank.countries) == 143
    assert figures_of(nr2, data="synthetic").bank.synthetic


def test_drafts_do_not_count(nr2):
    Response.objects.create(questionnaire=nr2, country="VNM")

    assert figures_of(nr2).bank.countries == ("KEN", "PER")


class TestViews:
    def test_a_view_is_kept_and_forgotten(self, nr2):
        person = make.person()
        kept = verbs.keep_view(SavedView(questionnaire=nr2, name="Mine", query="question=143"), by=person)
        again = verbs.keep_view(SavedView(questionnaire=nr2, name="Mine", query="question=145"), by=person)

        assert kept == again
        assert [view.query for view in views_of(person)] == ["question=145"]
        verbs.forget_view(again, by=person)
        assert not views_of(person).exists()

    def test_a_view_needs_a_name(self, nr2):
        with pytest.raises(Refused, match="name"):
            verbs.keep_view(SavedView(questionnaire=nr2, name=" ", query=""), by=make.person())

    def test_nobody_forgets_the_view_of_another(self, nr2):
        kept = verbs.keep_view(SavedView(questionnaire=nr2, name="Mine", query=""), by=make.person())

        with pytest.raises(Refused, match="person concerned"):
            verbs.forget_view(kept, by=make.person())
        assert not views_of(make.person()).exists()
