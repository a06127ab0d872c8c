"""Dates of a feed's entries -> moments: at once for the two spellings of nearly all feeds, as feedparser for others."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from feedparser.datetimes import _parse_date

from monitor.collect.moments import moment_of

_RFC822 = re.compile(
    r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), )?(\d\d?) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) "
    r"((?:19|20)\d\d) (\d\d):(\d\d)(?::(\d\d))? (?:GMT|UTC|Z|([+-])(\d\d):?(\d\d))",
    re.A,
)
_ISO = re.compile(
    r"((?:19|20)\d\d)-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d)(?:\.\d{1,9})?)?(?:Z|([+-])(\d\d):(\d\d))", re.A
)
_MONTHS = {name: str(number) for number, name in enumerate("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(), 1)}


def moment_in(text: str, now: datetime) -> datetime | None:
    """The moment that `text` tells, equal to what feedparser makes of it; None when nobody can read it."""
    if found := _RFC822.fullmatch(text):
        day, month, year, hour, minute, second, sign, hours, minutes = found.groups()
        month = _MONTHS[month]
    elif found := _ISO.fullmatch(text):
        year, month, day, hour, minute, second, sign, hours, minutes = found.groups()
    else:
        return moment_from(_parse_date(text), text, now)
    try:
        at = datetime(int(year), int(month), int(day), int(hour), int(minute), int(second or 0), tzinfo=UTC)
    except ValueError:  # the 31st of February, or a leap second
        return moment_from(_parse_date(text), text, now)
    if sign:
        ahead = timedelta(hours=int(hours), minutes=int(minutes))
        at = at - ahead if sign == "+" else at + ahead
    return at


def moment_from(parsed: Sequence[int] | None, text: str, now: datetime) -> datetime | None:
    """What feedparser found in `text`, or what it tells in a spelling that feedparser does not know: "21 mei 2026"."""
    if parsed:
        try:
            year, month, day, hour, minute, second = parsed[:6]
            return datetime(year, month, day, hour, minute, second, tzinfo=UTC)
        except ValueError:
            return None  # a leap second, or a year that no calendar has
    moment = moment_of(text, now=now)
    return moment.at if moment else None
