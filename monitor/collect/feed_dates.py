"""Dates of a feed's entries -> moments: at once for the two spellings of nearly all feeds, as feedparser for others."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime

from feedparser.datetimes import _parse_date

from monitor.collect.moments import moment_of

_NAMES = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_MONTHS = {name: f"{number:02}" for number, name in enumerate(_NAMES, 1)}
_RFC822 = re.compile(
    r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), )?(\d\d?) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) "
    r"((?:19|20)\d\d) (\d\d:\d\d(?::\d\d)?) (?:GMT|UTC|Z|([+-]\d\d):?(\d\d))",
    re.A,
)
_ISO = re.compile(r"(?:19|20)\d\d-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:\d\d)", re.A)


def moment_in(text: str, now: datetime) -> datetime | None:
    """The moment that `text` tells, equal to what feedparser makes of it; None when nobody can read it."""
    if _ISO.fullmatch(text):
        iso = text
    elif found := _RFC822.fullmatch(text):
        day, month, year, clock, hours, minutes = found.groups()
        iso = f"{year}-{_MONTHS[month]}-{day:0>2}T{clock}{hours or '+00'}:{minutes or '00'}"
    else:
        return moment_from(_parse_date(text), text, now)
    try:
        at = datetime.fromisoformat(iso).astimezone(UTC)
    except ValueError:  # the 31st of February, a leap second, or a zone that is none
        return moment_from(_parse_date(text), text, now)
    return at.replace(microsecond=0) if at.microsecond else at


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
