"""Start, holidays -> the latest moment at which a demonstration can still be notified (R49)."""

from datetime import date, datetime, time, timedelta

import holidays

from monitor.clock import AMSTERDAM, local

NOTICE = timedelta(hours=48)
"""Groningen, APVG art. 2:4; other municipalities ask other terms."""

_SATURDAY = 5


def free_days(year: int) -> frozenset[date]:
    """The days in `year` that do not count besides Saturdays and Sundays: Algemene termijnenwet art. 3, without
    Good Friday, which many town halls keep as a working day.
    """
    official = holidays.country_holidays("NL", years=year, categories=("public", "optional"), language="nl")
    return frozenset(day for day, name in official.items() if name.casefold() != "goede vrijdag")


def _counts(day: date) -> bool:
    return day.weekday() < _SATURDAY and day not in free_days(day.year)


def notify_before(starts: datetime, notice: timedelta = NOTICE) -> datetime:
    """The latest moment of notification for a start: `notice` back, in hours of days that count, local time.

    Hours are those on the clock: also in a night that the clock changes, a day of notice is a day.
    """
    end, left = local(starts).replace(tzinfo=None), notice
    while True:
        # The day whose hours come just before `end`: at midnight that is the day before.
        day = (end - timedelta(microseconds=1)).date()
        begin = datetime.combine(day, time.min)
        if _counts(day):
            if end - begin >= left:
                return (end - left).replace(tzinfo=AMSTERDAM)
            left -= end - begin
        end = begin
