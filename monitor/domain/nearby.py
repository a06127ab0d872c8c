"""Whether two events are near each other in place and time: what `samenloop` sees."""

from datetime import date, datetime, timedelta

from classifiers import Precision
from monitor.clock import local
from monitor.domain import Event, metres

HOURS = timedelta(hours=4)
"""Two events of which both hours are told are neighbours when no more than this lies between them."""
METRES = 500
"""Two events are neighbours in place within this distance, or in the same neighbourhood."""
_INSTANT = timedelta(microseconds=1)


def days_of(starts: datetime, ends: datetime | None) -> tuple[date, date]:
    """The first and the last local day of an event; an end at midnight belongs to the day before."""
    last = starts if ends is None or ends <= starts else ends - _INSTANT
    return local(starts).date(), local(last).date()


def same_time(one: Event, other: Event) -> bool:
    """Whether they share a local day and, where both tell their hours, at most four hours lie between them."""
    if one.starts is None or other.starts is None:
        return False
    (first, last), (other_first, other_last) = days_of(one.starts, one.ends), days_of(other.starts, other.ends)
    if first > other_last or other_first > last:
        return False
    if one.precision != Precision.MINUTE or other.precision != Precision.MINUTE:
        return True
    return max(one.starts, other.starts) - min(one.ends or one.starts, other.ends or other.starts) <= HOURS


def same_place(one: Event, other: Event) -> bool:
    """Whether they are in one neighbourhood, or their centres within 500 metres; not when a place is unknown."""
    if one.area and one.area == other.area:
        return True
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return False
    return metres((one.longitude, one.latitude), (other.longitude, other.latitude)) <= METRES
