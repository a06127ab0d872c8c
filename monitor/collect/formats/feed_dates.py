"""Dates of a feed's entries -> moments, in the spellings of nearly all feeds, as feedparser reads them.

Of the zones with a name it knows those of North America; it takes others, CET too, for UTC.
"""

import re
from datetime import UTC, datetime

_NAMES = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_MONTHS = {name: f"{number:02}" for number, name in enumerate(_NAMES, 1)}
_ZONES = {
    "EST": "-05",
    "EDT": "-04",
    "CST": "-06",
    "CDT": "-05",
    "MST": "-07",
    "MDT": "-06",
    "PST": "-08",
    "PDT": "-07",
}
_RFC822 = re.compile(
    r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), {1,2})?(\d\d?) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) "
    r"((?:19|20)\d\d) (\d\d:\d\d(?::\d\d)?) (?:GMT|UTC|Z|([ECMP][SD]T)|([+-]\d\d):?(\d\d))",
    re.A,
)
_ISO = re.compile(r"((?:19|20)\d\d-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?)(?:Z|([+-]\d\d:\d\d))?)?", re.A)


def exact(text: str) -> datetime | None:
    """The moment that `text` tells, in UTC, to the second; None when it is spelled in a way that is not known here."""
    if found := _ISO.fullmatch(text):
        day, clock, zone = found.groups()
        if zone and text[10] == " ":
            return None
        iso = f"{day}T{clock or '00:00'}{zone or '+00:00'}"
    elif found := _RFC822.fullmatch(text):
        date, month, year, clock, name, hours, minutes = found.groups()
        iso = f"{year}-{_MONTHS[month]}-{date:0>2}T{clock}{_ZONES[name] if name else hours or '+00'}:{minutes or '00'}"
    else:
        return None
    try:
        at = datetime.fromisoformat(iso).astimezone(UTC)
    except ValueError:  # the 31st of February, a leap second, or a zone that is none
        return None
    return at.replace(microsecond=0) if at.microsecond else at
