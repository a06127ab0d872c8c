"""Start, rule of the municipality -> the latest moment at which a demonstration can still be notified (R49)."""

from datetime import date, datetime, time, timedelta
from functools import cache

import holidays

from monitor.clock import AMSTERDAM, local
from monitor.config import Notice

_SATURDAY = 5
_DAY = timedelta(days=1)


@cache
def free_days(year: int, *, good_friday: bool = False) -> frozenset[date]:
    """The generally recognised holidays of a year: Algemene termijnenwet art. 3(1), and with `good_friday` the day
    that art. 3(2) puts on a par with them.
    """
    official = holidays.country_holidays("NL", years=year, categories=("public", "optional"), language="nl")
    return frozenset(
        day
        for day, name in official.items()
        # Easter and Whit Sunday are Sundays; the law does not name them.
        if name.casefold() not in ("eerste paasdag", "eerste pinksterdag")
        and (good_friday or name.casefold() != "goede vrijdag")
    )


def _counts(day: date, notice: Notice) -> bool:
    if not notice.counts_weekends and day.weekday() >= _SATURDAY:
        return False
    return notice.counts_holidays or day not in free_days(day.year, good_friday=not notice.counts_good_friday)


def notify_before(starts: datetime, notice: Notice) -> datetime:
    """The latest moment of notification for a start, local time.

    Hours are those on the clock: also in a night that the clock changes, a day of notice is a day.
    """
    end = local(starts).replace(tzinfo=None)
    found = _hours_back(end, notice) if notice.before is None else _weekly(end.date(), *notice.before, notice)
    return found.replace(tzinfo=AMSTERDAM)


def _hours_back(end: datetime, notice: Notice) -> datetime:
    """So many hours of days that count before `end`."""
    left = timedelta(hours=notice.hours)
    while True:
        # The day whose hours come just before `end`: at midnight that is the day before.
        day = (end - timedelta(microseconds=1)).date()
        begin = datetime.combine(day, time.min)
        if _counts(day, notice):
            if end - begin >= left:
                return end - left
            left -= end - begin
        end = begin


def _weekly(day: date, weekday: int, hour: time, notice: Notice) -> datetime:
    """The last such weekday before `day`; at that hour of the last day that counts, when that one does not."""
    day -= timedelta(days=(day.weekday() - weekday - 1) % 7 + 1)
    while not _counts(day, notice):
        day -= _DAY
    return datetime.combine(day, hour)
