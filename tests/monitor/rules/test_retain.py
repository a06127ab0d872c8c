"""How long things may exist (R37, R38)."""

from dataclasses import replace
from datetime import timedelta

from monitor.config import Retention
from monitor.domain import Handling
from monitor.rules.retain import as_promised, event_keeps_until, horizon, item_keeps_until
from tests.build import NOON, an_event, an_item, at
from tests.monitor.rules.test_health import LEGAL, a_source

TERMS = Retention()


def test_an_item_goes_thirty_days_after_its_event() -> None:
    assert item_keeps_until(TERMS, an_item(), an_event()) == at(28, 16) + timedelta(days=30)


def test_police_data_never_outlive_their_own_term() -> None:
    late = an_event(starts=at(1, month=3, year=2027), ends=None)
    police = an_item(handling=Handling.POLICE)
    assert item_keeps_until(TERMS, police, late) == NOON + timedelta(days=28)


def test_the_end_date_of_a_signal_stands_above_all() -> None:
    assert item_keeps_until(TERMS, an_item(expires=at(24)), an_event()) == at(24)


def test_a_source_that_promises_less_is_kept_less() -> None:
    found = as_promised(TERMS, a_source(legal=replace(LEGAL, retention_days=3)))
    assert (found.unmatched_days, found.matched_days, found.police_days) == (3, 3, TERMS.police_days)
    assert as_promised(TERMS, None) == TERMS


def test_an_event_is_kept_a_year_after_it_ended() -> None:
    assert event_keeps_until(TERMS, at(28, 16)) == at(28, 16) + timedelta(days=365)


def test_the_horizon_follows_the_settings() -> None:
    found = horizon(Retention(closes_after_days=1, message_days=2), NOON)
    assert (found.closes, found.messages) == (NOON - timedelta(days=1), NOON - timedelta(days=2))


def test_an_event_is_not_gone_before_it_closed() -> None:
    assert event_keeps_until(Retention(event_days=1, closes_after_days=7), NOON) == NOON + timedelta(days=7)
