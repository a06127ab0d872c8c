"""How an event stands at one moment: how long it still takes, since when it is known, and its term of notice."""

from datetime import datetime
from typing import Any

import pytest

from classifiers import Category, Precision
from monitor.config import Notice
from monitor.domain import EventState, Notification, Notified
from monitor.rules.outlook import lead_words, notification_of, outlook
from tests.build import NOON, an_event, at


@pytest.mark.parametrize(
    ("starts", "words"),
    [
        (at(28, 14), "over 6 dagen"),
        (at(23, 23), "morgen"),
        (at(23, 11), "over 23 uur"),
        (at(22, 13, 30), "over 1 uur"),
        (at(22, 12, 30), "over minder dan een uur"),
        (NOON, ""),
        (None, ""),
    ],
)
def test_lead_is_told_in_days_of_the_calendar_and_at_last_in_hours(starts: datetime | None, words: str) -> None:
    assert lead_words(an_event(starts=starts, ends=None), NOON) == words


def test_lead_of_a_day_without_its_hour_is_told_in_days_only() -> None:
    assert lead_words(an_event(starts=at(23), ends=at(24), precision=Precision.DAY), NOON) == "morgen"


@pytest.mark.parametrize(
    ("seen", "starts", "words"),
    [
        (NOON, at(28, 14), "zo 22 nov 12.00 uur, 6 dagen van tevoren"),
        (NOON, at(23, 1), "zo 22 nov 12.00 uur, 1 dag van tevoren"),
        (NOON, at(22, 20), "zo 22 nov 12.00 uur, op de dag zelf"),
        (NOON, at(22, 11), "zo 22 nov 12.00 uur, toen het al begonnen was"),
        (NOON, at(22, 5), "zo 22 nov 12.00 uur, toen het al voorbij was"),
        (NOON, None, "zo 22 nov 12.00 uur"),
        (None, at(28, 14), ""),
    ],
)
def test_since_when_it_is_known_is_told_with_how_long_before(
    seen: datetime | None, starts: datetime | None, words: str
) -> None:
    assert outlook(an_event(first_seen=seen, starts=starts, ends=None), NOON, Notice()).first_seen == words


@pytest.mark.parametrize(
    ("days", "precision", "words"),
    [
        ((22, 23), Precision.DAY, "op de dag zelf"),
        ((21, 23), Precision.DAY, "toen het al begonnen was"),
        ((21, 22), Precision.DAY, "toen het al voorbij was"),
        ((23, 24), Precision.DAY, "1 dag van tevoren"),
        ((21, 23), Precision.WEEKEND, "in het weekend zelf"),
        ((16, 23), Precision.WEEK, "in de week zelf"),
        ((9, 16), Precision.WEEK, "toen het al voorbij was"),
    ],
)
def test_without_an_hour_nothing_is_told_of_the_hour(days: tuple[int, int], precision: Precision, words: str) -> None:
    event = an_event(first_seen=NOON, starts=at(days[0]), ends=at(days[1]), precision=precision)

    assert outlook(event, NOON, Notice()).first_seen == f"zo 22 nov 12.00 uur, {words}"


LATEST = at(26)
"""Forty-eight hours that count before Saturday 28 November at 14.00: the Friday and the Thursday."""


@pytest.mark.parametrize(
    ("event", "now", "expected"),
    [
        (
            {}, NOON,
            Notification(
                Notified.IN_TIME, LATEST, "controleer intern; kan nog gemeld worden tot do 26 nov 00.00 uur"
            ),
        ),
        (
            {}, LATEST,
            Notification(
                Notified.TOO_LATE, LATEST, "controleer intern; uiterste moment verstreken (do 26 nov 00.00 uur)"
            ),
        ),
        (
            {"ends": None}, at(28, 19, 59),
            Notification(
                Notified.TOO_LATE, LATEST, "controleer intern; uiterste moment verstreken (do 26 nov 00.00 uur)"
            ),
        ),
        (
            {"ends": None}, at(28, 20),
            Notification(Notified.NOT_ASKED, None, "niet van toepassing: het gaat niet door of is voorbij"),
        ),
        ({"notification": "Z-1", "ends": None}, at(28, 15), Notification(Notified.DONE, None, "gemeld, nummer Z-1")),
        ({"notification": "Z-1"}, NOON, Notification(Notified.DONE, None, "gemeld, nummer Z-1")),
        (
            {"notification": "Z-1", "category": Category.EVENT}, NOON,
            Notification(Notified.DONE, None, "gemeld, nummer Z-1"),
        ),
        ({"category": Category.FOOTBALL}, NOON, Notification(Notified.NOT_ASKED, None, "niet van toepassing")),
        (
            {"state": EventState.CANCELLED}, NOON,
            Notification(Notified.NOT_ASKED, None, "niet van toepassing: het gaat niet door of is voorbij"),
        ),
        (
            {}, at(28, 16),
            Notification(Notified.NOT_ASKED, None, "niet van toepassing: het gaat niet door of is voorbij"),
        ),
        (
            {"precision": Precision.WEEK}, NOON,
            Notification(
                Notified.UNKNOWN, None, "controleer intern; uiterste moment niet bekend, want de dag staat niet vast"
            ),
        ),
    ],
)  # fmt: skip
def test_notification_has_one_state_and_its_last_moment(
    event: dict[str, Any], now: datetime, expected: Notification
) -> None:
    assert notification_of(an_event(**event), now, Notice()) == expected
