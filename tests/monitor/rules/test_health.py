"""How a source does, and when people hear of it."""

from datetime import date, timedelta
from typing import Any

import pytest

from classifiers import Voice
from monitor.domain import FactKind, LegalBasis, Outcome, PersonalDataRisk, Source, SourceState
from monitor.rules.health import Health, diagnose, is_silent, next_poll, report
from tests.build import NOON

LEGAL = LegalBasis(
    "De burgemeester", "Openbare orde", "Gemeentewet art. 172", "DPIA-1", PersonalDataRisk.LOW, 30, "privacy",
    date(2027, 1, 1),
)  # fmt: skip


def a_source(**values: Any) -> Source:
    """An approved feed, every fifteen minutes."""
    known: dict[str, Any] = {
        "id": "krant", "name": "Krant", "publisher": "Uitgever", "kind": "feed", "url": "https://krant.example/rss",
        "voice": Voice.NEWS, "every": timedelta(minutes=15), "hosts": ("krant.example",), "enabled": True,
        "legal": LEGAL,
    }  # fmt: skip
    return Source(**known | values)


def a_state(**values: Any) -> SourceState:
    """Polled at noon, with fresh news."""
    known: dict[str, Any] = {"source": "krant", "polled_at": NOON, "outcome": Outcome.OK, "news_at": NOON}
    return SourceState(**known | values)


@pytest.mark.parametrize(
    ("source", "state", "health"),
    [
        (a_source(enabled=False), None, Health.NOT_APPROVED),
        (a_source(legal=None, missing=("purpose",)), None, Health.NOT_APPROVED),
        (a_source(), None, Health.FRESH),
        (a_source(), a_state(), Health.OK),
        (a_source(), a_state(outcome=Outcome.NOT_MODIFIED), Health.OK),
        (a_source(), a_state(outcome=Outcome.EMPTY), Health.EMPTY),
        (a_source(), a_state(outcome=Outcome.NOT_A_FEED), Health.NOT_A_FEED),
        (a_source(), a_state(outcome=Outcome.BLOCKED), Health.BLOCKED),
        (a_source(), a_state(outcome=Outcome.FAILING), Health.FAILING),
        (a_source(), a_state(news_at=NOON - timedelta(days=200)), Health.SILENT),
        (a_source(), a_state(paused=True), Health.PAUSED),
        (a_source(), SourceState(source="krant", paused=True), Health.PAUSED),
        (a_source(), a_state(polled_at=NOON - timedelta(days=3)), Health.STALE),
    ],
)
def test_no_news_never_looks_like_broken(source: Source, state: SourceState | None, health: Health) -> None:
    assert diagnose(source, state, NOON).health is health


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (a_source(enabled=False), "staat uit"),
        (a_source(legal=None, missing=("purpose", "dpia_reference")), "mist purpose, dpia_reference"),
        (a_source(), None),
    ],
)
def test_a_source_that_may_not_start_says_why(source: Source, words: str | None) -> None:
    hindrance = source.hindrance(NOON.date())
    assert (words is None) == (hindrance is None)
    assert words is None or words in (hindrance or "")


def test_a_review_that_is_due_stops_a_source() -> None:
    assert a_source().hindrance(date(2027, 1, 1)) is None
    assert "opnieuw" in (a_source().hindrance(date(2027, 1, 2)) or "")


@pytest.mark.parametrize(
    ("state", "outcome", "told"),
    [
        (a_state(failures=0), Outcome.FAILING, None),
        (a_state(failures=2), Outcome.FAILING, FactKind.SOURCE_FAILING),
        (a_state(failures=5, reported="source_failing"), Outcome.FAILING, None),
        (a_state(failures=5, reported="source_silent"), Outcome.NOT_A_FEED, FactKind.SOURCE_FAILING),
        (a_state(reported="source_failing"), Outcome.EMPTY, None),
        (a_state(failures=0), Outcome.NOT_A_FEED, FactKind.SOURCE_FAILING),
        (a_state(failures=5, reported="source_failing"), Outcome.OK, FactKind.SOURCE_RECOVERED),
        (a_state(), Outcome.OK, None),
    ],
)
def test_people_hear_once_that_it_fails_and_once_that_it_works(
    state: SourceState, outcome: Outcome, told: FactKind | None
) -> None:
    assert report(state, outcome) is told


def test_a_silent_source_is_told_once() -> None:
    silent = a_state(news_at=NOON - timedelta(days=200))
    assert is_silent(silent, NOON)
    assert report(silent, Outcome.OK, silent=True) is FactKind.SOURCE_SILENT
    silent.reported = "source_silent"
    assert report(silent, Outcome.OK, silent=True) is None
    assert report(silent, Outcome.OK, silent=False) is FactKind.SOURCE_RECOVERED


def test_a_failing_source_is_asked_less_and_less_but_daily() -> None:
    assert next_poll(a_source(), 0, None, NOON) == NOON + timedelta(minutes=15)
    assert next_poll(a_source(), 2, None, NOON) == NOON + timedelta(hours=1)
    assert next_poll(a_source(), 50, None, NOON) == NOON + timedelta(days=1)
    assert next_poll(a_source(), 0, 7200, NOON) == NOON + timedelta(hours=2)
