"""How a source does, what a person can do, and when people hear of it."""

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from classifiers import Voice
from monitor.domain import FactKind, LegalBasis, Outcome, PersonalDataRisk, Source, SourceState
from monitor.errors import (
    SOFT,
    TEMPORARY,
    Changed,
    CollectError,
    Declined,
    Gone,
    NotAFeed,
    Paywalled,
    RobotsDenied,
    SelectorMissing,
    Unreachable,
)
from monitor.rules.health import Diagnosis, Health, began, diagnose, outcome_of, tell, trouble_of
from tests.build import NOON, at, four_eyes_on
from tests.house.tree import text

LEGAL = LegalBasis(
    "De burgemeester", "Openbare orde", "Gemeentewet art. 172", "DPIA-1", PersonalDataRisk.LOW, 30, "privacy",
    date(2027, 1, 1),
)  # fmt: skip
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
DAILY = ["2026-11-19", "2026-11-20", "2026-11-21"]


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
    known: dict[str, Any] = {
        "source": "krant", "polled_at": NOON, "since": at(20), "outcome": Outcome.OK, "news_at": NOON,
        "news_days": DAILY,
    }  # fmt: skip
    return SourceState(**known | values)


FAULTS = {
    Outcome.NOT_A_FEED: Health.NOT_A_FEED,
    Outcome.SELECTOR_MISSING: Health.SELECTOR_MISSING,
    Outcome.ROBOTS_DENIED: Health.ROBOTS_DENIED,
    Outcome.BLOCKED: Health.BLOCKED,
    Outcome.PAYWALLED: Health.PAYWALLED,
    Outcome.FAILING: Health.FAILING,
}


@pytest.mark.parametrize(
    ("source", "state", "health"),
    [
        (a_source(enabled=False), None, Health.NOT_APPROVED),
        (a_source(legal=None, missing=("purpose",)), None, Health.NOT_APPROVED),
        (a_source(), None, Health.FRESH),
        (a_source(), a_state(), Health.OK),
        (a_source(), a_state(outcome=Outcome.NOT_MODIFIED), Health.NOT_MODIFIED),
        (a_source(), a_state(outcome=Outcome.EMPTY), Health.EMPTY),
        (a_source(), a_state(outcome=Outcome.UNDATED), Health.UNDATED),
        (a_source(), a_state(news_at=NOON - 37 * HOUR), Health.SILENT),
        (a_source(), a_state(news_at=NOON - 20 * DAY, news_days=[]), Health.OK),
        (a_source(), a_state(news_at=NOON - 22 * DAY, news_days=[]), Health.SILENT),
        (a_source(), a_state(news_at=NOON - 200 * DAY, news_days=["2026-05-01"]), Health.STALE),
        (a_source(), a_state(news_at=NOON - 200 * DAY, lists_until=NOON + DAY), Health.OK),
        (a_source(), a_state(lists_until=NOON - 2 * DAY), Health.SILENT),
        (a_source(), a_state(lists_until=NOON - 200 * DAY), Health.STALE),
        (a_source(), a_state(paused=True), Health.PAUSED),
        (a_source(), SourceState(source="krant", paused=True), Health.PAUSED),
        (a_source(), a_state(polled_at=NOON - 3 * DAY, due_at=NOON - 2 * DAY), Health.LATE),
        *((a_source(), a_state(outcome=outcome), health) for outcome, health in FAULTS.items()),
    ],
)
def test_no_news_never_looks_like_broken(source: Source, state: SourceState | None, health: Health) -> None:
    assert diagnose(source, state, (), NOON).health is health


def test_one_fault_that_may_pass_is_not_called_broken() -> None:
    light, heavy = a_state(outcome=Outcome.BLOCKED, strain=0.25), a_state(outcome=Outcome.BLOCKED, strain=1.5)

    assert [diagnose(a_source(), state, (), NOON).word for state in (light, heavy)] == [
        "laatste keer niet gelukt", "geweigerd",
    ]  # fmt: skip


def test_every_outcome_has_a_health_of_its_own_name() -> None:
    assert {outcome.value for outcome in Outcome} <= {health.value for health in Health}


def test_when_several_things_are_wrong_the_first_in_order_is_told() -> None:
    """Each step mends what was told, and the next thing that is wrong shows."""
    source = a_source(enabled=False)
    state = a_state(
        paused=True, due_at=NOON - 2 * DAY, outcome=Outcome.FAILING, news_at=NOON - 200 * DAY, news_days=DAILY
    )
    found = [diagnose(source, state, (), NOON).health]
    source = a_source()
    for mend in (
        {"paused": False}, {"due_at": NOON + HOUR}, {"outcome": Outcome.EMPTY}, {"outcome": Outcome.UNDATED},
        {"news_at": NOON - 3 * DAY}, {"news_at": NOON}, {"outcome": Outcome.NOT_MODIFIED}, {"outcome": Outcome.OK},
    ):  # fmt: skip
        found.append(diagnose(source, state, (), NOON).health)
        for name, value in mend.items():
            setattr(state, name, value)
    found.append(diagnose(source, state, (), NOON).health)

    assert found == [
        Health.NOT_APPROVED, Health.PAUSED, Health.LATE, Health.FAILING, Health.EMPTY, Health.STALE, Health.SILENT,
        Health.UNDATED, Health.NOT_MODIFIED, Health.OK,
    ]  # fmt: skip
    order = list(Health)
    assert [order.index(health) for health in found] == sorted(order.index(health) for health in found)


def test_the_words_and_what_to_do_stand_in_the_documents() -> None:
    section = text("docs/sources.md").partition("\n## Health\n")[2]
    rows = re.findall(r"^\| `(\w+)` \| ([^|]+) \| [^|]+ \| ([^|]+) \|$", section, re.MULTILINE)

    assert rows == [(health.value, health.word, health.to_do) for health in Health]


@pytest.mark.parametrize("health", list(Health))
def test_what_to_do_is_short_and_plain(health: Health) -> None:
    sentences = re.split(r"(?<=[.?]) ", health.to_do)

    assert health.word[0].islower()
    assert all(sentence[0].isupper() and sentence[-1] in ".?" for sentence in sentences)
    assert max(len(sentence.split()) for sentence in sentences) <= 17


@pytest.mark.parametrize(
    ("state", "diagnosis"),
    [
        (a_state(), Diagnosis(Health.OK)),
        (
            a_state(news_at=at(18, 9)),
            Diagnosis(
                Health.SILENT,
                "De bron gaf meestal elke dag nieuws. Het laatste bericht is van wo 18 nov 2026. "
                "Controleer of de pagina nog bestaat.",
                at(18, 9),
                blind=True,
            ),
        ),
        (
            a_state(outcome=Outcome.FAILING, strain=2.0, advice="De server van de krant heeft een storing."),
            Diagnosis(Health.FAILING, "De server van de krant heeft een storing.", at(20), blind=True),
        ),
        (
            a_state(outcome=Outcome.FAILING, strain=0.25, advice="De server van de krant heeft een storing."),
            Diagnosis(
                Health.FAILING,
                "De server van de krant heeft een storing. Dit kan vanzelf overgaan: u hoeft nog niets te doen.",
                at(20),
            ),
        ),
        (a_state(outcome=Outcome.EMPTY), Diagnosis(Health.EMPTY, Health.EMPTY.to_do, at(20), blind=True)),
        (
            a_state(outcome=Outcome.EMPTY, lists_until=at(28)),
            Diagnosis(Health.EMPTY, Health.EMPTY.to_do, at(20)),
        ),
        (a_state(outcome=Outcome.UNDATED), Diagnosis(Health.UNDATED, Health.UNDATED.to_do, at(20))),
        (
            a_state(lists_until=at(14)),
            Diagnosis(
                Health.SILENT,
                "Alles op deze agenda is voorbij sinds za 14 nov 2026. Controleer of de pagina nog bestaat.",
                at(14),
                blind=True,
            ),
        ),
        (a_state(due_at=at(20)), Diagnosis(Health.LATE, Health.LATE.to_do, at(20), blind=True)),
    ],
    ids=["well", "silent", "failing", "may pass", "empty", "empty agenda", "undated", "agenda over", "late"],
)  # fmt: skip
def test_a_diagnosis_says_what_to_do_and_since_when(state: SourceState, diagnosis: Diagnosis) -> None:
    assert diagnose(a_source(), state, (), NOON) == diagnosis


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (a_source(enabled=False), "staat uit"),
        (a_source(legal=None, missing=("purpose", "dpia_reference")), "mist purpose, dpia_reference"),
        (a_source(), None),
    ],
)
def test_a_source_that_may_not_start_says_why(source: Source, words: str | None) -> None:
    hindrance = source.hindrance(NOON.date(), ())
    assert (words is None) == (hindrance is None)
    assert words is None or words in (hindrance or "")


def test_a_review_that_is_due_stops_a_source() -> None:
    assert a_source().hindrance(date(2027, 1, 1), ()) is None
    assert "opnieuw" in (a_source().hindrance(date(2027, 1, 2), ()) or "")


def fault(kind: type[CollectError], weight: float | None = None) -> CollectError:
    """An error as a collector raises it."""
    return kind("krant", "no answer", advice="Controleer het adres.", weight=weight)


@pytest.mark.parametrize(
    ("kind", "outcome"),
    [
        (Unreachable, Outcome.FAILING), (Declined, Outcome.BLOCKED), (Changed, Outcome.FAILING),
        (Gone, Outcome.FAILING), (NotAFeed, Outcome.NOT_A_FEED), (SelectorMissing, Outcome.SELECTOR_MISSING),
        (RobotsDenied, Outcome.ROBOTS_DENIED), (Paywalled, Outcome.PAYWALLED),
    ],
)  # fmt: skip
def test_an_error_stands_for_an_outcome(kind: type[CollectError], outcome: Outcome) -> None:
    assert outcome_of(fault(kind)) is outcome


FAILING, SILENT = FactKind.SOURCE_FAILING, FactKind.SOURCE_SILENT
QUIET = NOON - 3 * DAY


@pytest.mark.parametrize(
    ("state", "error", "trouble"),
    [
        (a_state(), None, None),
        (a_state(strain=0.5), fault(Unreachable), None),
        (a_state(strain=1.0), fault(Declined), None),
        (a_state(strain=1.5), fault(Unreachable), FAILING),
        (a_state(strain=1.0), fault(NotAFeed), FAILING),
        (a_state(strain=1.0), fault(SelectorMissing), FAILING),
        (a_state(strain=1.0), fault(Gone), FAILING),
        (a_state(strain=1.0), fault(Paywalled), FAILING),
        (a_state(strain=1.0), fault(RobotsDenied), FAILING),
        (a_state(strain=0.5), fault(RobotsDenied, SOFT), None),
        (a_state(strain=0.25), fault(Changed, TEMPORARY), None),
        (a_state(news_at=QUIET), None, SILENT),
        (a_state(news_at=QUIET, outcome=Outcome.NOT_MODIFIED), None, SILENT),
        (a_state(news_at=QUIET, outcome=Outcome.EMPTY), None, SILENT),
        (a_state(news_at=QUIET, strain=0.5), fault(Unreachable), SILENT),
        (a_state(news_at=QUIET, strain=1.5), fault(Unreachable), FAILING),
        (a_state(outcome=Outcome.EMPTY), None, None),
        (a_state(outcome=Outcome.EMPTY, reported="source_failing"), None, FAILING),
        (a_state(outcome=Outcome.EMPTY, reported="source_failing", lists_until=at(28)), None, None),
        (a_state(strain=0.5, reported="source_silent"), fault(Unreachable), SILENT),
    ],
    ids=[
        "well", "one soft fault", "one refusal", "three soft faults", "no feed", "opening changed", "gone", "paywall",
        "robots", "robots not read", "may pass", "quiet", "quiet, 304", "quiet, empty", "quiet, soft fault",
        "quiet and failing", "empty", "empty is no recovery", "an agenda may be empty", "one fault is no recovery",
    ],
)  # fmt: skip
def test_trouble_is_what_a_person_must_know(
    state: SourceState, error: CollectError | None, trouble: FactKind | None
) -> None:
    if error is not None:
        state = SourceState(**state.model_dump() | {"outcome": outcome_of(error)})

    assert trouble_of(state, NOON, error) is trouble


@pytest.mark.parametrize(
    ("reported", "hours_ago", "trouble", "weight", "told"),
    [
        ("", 0, None, 0.0, None),
        ("", 0, SILENT, 0.0, SILENT),
        ("source_silent", 23, SILENT, 0.0, None),
        ("source_silent", 24, SILENT, 0.0, SILENT),
        ("source_silent", 1, FAILING, 1.0, FAILING),
        ("source_failing", 23, FAILING, 1.0, None),
        ("source_failing", 24, FAILING, 1.0, FAILING),
        ("source_failing", 1, SILENT, 0.0, SILENT),
        ("source_failing", 1, None, 0.0, FactKind.SOURCE_RECOVERED),
        ("source_silent", 99, None, 0.0, FactKind.SOURCE_RECOVERED),
    ],
)
def test_people_hear_at_once_then_again_until_it_is_over_and_once_that_it_is(
    reported: str, hours_ago: int, trouble: FactKind | None, weight: float, told: FactKind | None
) -> None:
    state = a_state(reported=reported, reported_at=NOON - hours_ago * HOUR if reported else None)

    assert tell(state, trouble, NOON, weight=weight) is told


def test_what_may_pass_is_told_again_in_the_rhythm_of_the_source_and_a_hard_fault_daily() -> None:
    weekly = a_state(news_days=["2026-11-07", "2026-11-14", "2026-11-21"], reported="source_failing")

    told = []
    for days in (1, 6, 7):
        weekly.reported_at = NOON - days * DAY
        told.append((tell(weekly, FAILING, NOON, weight=SOFT), tell(weekly, FAILING, NOON, weight=1.0)))

    assert told == [(None, FAILING), (None, FAILING), (FAILING, FAILING)]


def test_trouble_is_told_since_when_it_began() -> None:
    state = a_state(news_at=at(18))

    assert [began(state, told) for told in ("", "source_failing", "source_silent")] == [None, at(20), at(18)]


def test_a_high_risk_source_is_not_approved_before_two_people_are_and_after_their_last_day() -> None:
    source = a_source(legal=replace(LEGAL, personal_data_risk=PersonalDataRisk.HIGH))
    both = four_eyes_on(source, days=1)

    found = [
        diagnose(source, a_state(), (), NOON),
        *(diagnose(source, a_state(), both, NOON + n * DAY) for n in (1, 2)),
    ]

    assert [d.health is Health.NOT_APPROVED for d in found] == [True, False, True]
