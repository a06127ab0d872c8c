"""The one reader of the wall clock, and the local calendar of the municipality."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")

Clock = Callable[[], datetime]
"""Gives the present moment, aware."""


def now() -> datetime:
    """The present moment, in UTC."""
    return datetime.now(UTC)


def local(moment: datetime) -> datetime:
    """The same moment as clocks in the Netherlands show it."""
    return moment.astimezone(AMSTERDAM)


def today(moment: datetime) -> date:
    """The local day of a moment: after midnight in the Netherlands, UTC is still on the day before."""
    return local(moment).date()


def midnight(day: date) -> datetime:
    """The start of a local day, aware."""
    return datetime.combine(day, time.min, AMSTERDAM)


def week_of(moment: datetime) -> tuple[datetime, datetime]:
    """The ISO week that holds `moment`, as local midnights `[Monday, next Monday)`."""
    day = local(moment).date()
    monday = day - timedelta(days=day.weekday())
    return midnight(monday), midnight(monday + timedelta(days=7))
