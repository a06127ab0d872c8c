"""How long things may exist (R37, R38)."""

from dataclasses import replace
from datetime import date, timedelta

from classifiers import Category
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


def test_what_tells_of_new_year_stays_until_the_evaluation_and_no_later_than_april() -> None:
    night = an_event(category=Category.NEW_YEAR, starts=at(31, 22, month=12), ends=at(1, 4, month=1, year=2027))
    april = at(1, month=4, year=2027)
    adopted = replace(TERMS, evaluation_adopted=date(2027, 2, 17))

    assert item_keeps_until(TERMS, an_item(), night) == april
    assert item_keeps_until(adopted, an_item(), night) == at(17, month=2, year=2027)
    assert item_keeps_until(replace(TERMS, new_year=False), an_item(), night) == at(31, 4, month=1, year=2027)
    assert item_keeps_until(TERMS, an_item(handling=Handling.POLICE), night) == NOON + timedelta(days=28)


def test_an_evaluation_of_another_year_and_a_summer_change_nothing() -> None:
    night = an_event(category=Category.NEW_YEAR, starts=at(31, 22, month=12), ends=None)
    summer = an_event(category=Category.NEW_YEAR, starts=at(1, month=7, year=2027), ends=None)
    before = replace(TERMS, evaluation_adopted=date(2026, 2, 17))

    assert item_keeps_until(before, an_item(), night) == at(1, month=4, year=2027)
    assert item_keeps_until(TERMS, an_item(), summer) == at(31, month=7, year=2027)


def test_new_year_does_not_undo_what_a_source_promises() -> None:
    night = an_event(category=Category.NEW_YEAR, starts=at(31, 22, month=12), ends=None)
    promised = as_promised(TERMS, a_source(legal=replace(LEGAL, retention_days=14)))

    assert item_keeps_until(promised, an_item(), night) == at(14, 22, month=1, year=2027)
