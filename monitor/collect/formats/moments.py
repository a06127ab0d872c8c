"""Dates as sources write them, Dutch month names and all -> aware moments; and two of them -> a Period."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from email.utils import parsedate_to_datetime

from classifiers import Period, Precision
from monitor.clock import AMSTERDAM, local, midnight

_MONTHS = {
    "januari": "Jan", "jan": "Jan", "februari": "Feb", "feb": "Feb", "maart": "Mar", "mrt": "Mar", "mar": "Mar",
    "april": "Apr", "apr": "Apr", "mei": "May", "may": "May", "juni": "Jun", "jun": "Jun", "juli": "Jul", "jul": "Jul",
    "augustus": "Aug", "aug": "Aug", "september": "Sep", "sept": "Sep", "sep": "Sep", "oktober": "Oct", "okt": "Oct",
    "oct": "Oct", "november": "Nov", "nov": "Nov", "december": "Dec", "dec": "Dec",
}  # fmt: skip
_WEEKDAYS = {
    "maandag": "Mon", "ma": "Mon", "dinsdag": "Tue", "di": "Tue", "woensdag": "Wed", "wo": "Wed", "donderdag": "Thu",
    "do": "Thu", "vrijdag": "Fri", "vr": "Fri", "zaterdag": "Sat", "za": "Sat", "zondag": "Sun", "zo": "Sun",
}  # fmt: skip
_NUMBER = {name: number for number, name in enumerate("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(), 1)}

_WORD = re.compile(r"[A-Za-z]+\.?")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_RFC822 = re.compile(r"\d{1,2} [A-Z][a-z]{2} \d{2,4} \d{1,2}:\d{2}")
_FIGURES = re.compile(r"(?<!\d)(?P<day>\d{1,2})[-/.](?P<month>\d{1,2})[-/.](?P<year>\d{4})(?!\d)")
_WORDS = re.compile(r"(?<!\d)(?P<day>\d{1,2})\.? (?P<month>[A-Z][a-z]{2})(?: (?P<year>\d{4}))?\b")
_TIME = re.compile(r"(?<![\d:.-])(?P<hour>[01]?\d|2[0-4])[:.](?P<minute>[0-5]\d)(?!\d)")

FIRST, LAST = 1970, 2200
"""Years outside which a date is a mistake."""

BACK, AHEAD = timedelta(days=90), timedelta(days=275)
"""A date without a year lies between these, seen from the day it was fetched: agendas look ahead."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time as a source tells it."""

    at: datetime
    """Aware, Europe/Amsterdam."""
    exact: bool
    """The source tells the time of day. Midnight counts as none: that is how software writes a bare date."""


def _english(text: str) -> str:
    """Dutch names of months and days as three English letters, for the parsers of the standard library."""

    def name(match: "re.Match[str]") -> str:
        word = match[0].rstrip(".").lower()
        return _MONTHS.get(word) or _WEEKDAYS.get(word) or match[0]

    return " ".join(_WORD.sub(name, text).split())


def believable(at: datetime | None) -> datetime | None:
    """`at`, unless its year is a mistake: one computes with moments, and at the ends of time that fails."""
    return at if at and FIRST <= at.year <= LAST else None


def _moment(found: datetime, *, timed: bool = True) -> Moment | None:
    if not believable(found):
        return None
    at = found.replace(tzinfo=AMSTERDAM) if found.tzinfo is None else local(found)
    return Moment(at, timed and (at.hour, at.minute, at.second) != (0, 0, 0))


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _nearest(month: int, day: int, today: date) -> date | None:
    """The date without a year that lies in the window around `today`; None for 30 February."""
    days = [found for year in (today.year - 1, today.year, today.year + 1) if (found := _day(year, month, day))]
    return next((found for found in days if today - BACK <= found <= today + AHEAD), None)


def _by_pattern(text: str, pattern: str, today: date) -> Moment | None:
    """`text` as strptime reads it by `pattern`; day and month names are Dutch."""
    dutch = pattern.replace("%B", "%b").replace("%A", "%a")
    years = [today.year] if re.search("%[YyGcxs]", pattern) else [today.year - 1, today.year, today.year + 1]
    for year in years:
        try:
            if len(years) == 1:
                found = datetime.strptime(_english(text), dutch)  # noqa: DTZ007 - _moment() gives it its zone
            else:
                found = datetime.strptime(f"{_english(text)} {year}", f"{dutch} %Y")  # noqa: DTZ007 - as above
        except ValueError:
            continue
        if len(years) == 1 or today - BACK <= found.date() <= today + AHEAD:
            return _moment(found, timed=bool(re.search("%[HIcXsM]", pattern)))
    return None


def _by_words(text: str, today: date) -> Moment | None:
    """The first date in figures ("21-11-2026") or words ("za 21 november"), and the first time of day behind it."""
    match = _FIGURES.search(text) or _WORDS.search(text)
    if match is None:
        return None
    month = int(match["month"]) if match["month"].isdecimal() else _NUMBER.get(match["month"], 0)
    day = int(match["day"])
    found = _day(int(match["year"]), month, day) if match["year"] else _nearest(month, day, today)
    if found is None or not FIRST <= found.year <= LAST:
        return None
    clock = _TIME.search(text, match.end())
    if clock is None:
        return _moment(datetime.combine(found, time.min), timed=False)
    hours = timedelta(hours=int(clock["hour"]), minutes=int(clock["minute"]))  # 24.00 uur is the next midnight
    return _moment(datetime.combine(found, time.min) + hours)


def moment_of(text: str, *, now: datetime, pattern: str = "") -> Moment | None:
    """The moment that `text` tells, or None when it tells none that can be read.

    With `pattern` (as of strptime) only that is tried; without it ISO 8601, RFC 822 and Dutch dates. A text without a
    zone is local time; one without a year lies nearest to `now`. Raises nothing.
    """
    text, today = text.strip(), local(now).date()
    if pattern:
        return _by_pattern(text, pattern, today)
    if _ISO.match(text):
        try:
            return _moment(datetime.fromisoformat(text), timed=len(text) > len("2026-11-21"))
        except (ValueError, OverflowError):
            pass  # such as "2026-11-21 om 14:00": the words below may read it
    english = _english(_ISO.sub(lambda found: "-".join(reversed(found[0].split("-"))), text))
    if _RFC822.search(english):
        try:
            found = parsedate_to_datetime(english)
            return _moment(found if found.tzinfo else found.replace(tzinfo=UTC))
        except (ValueError, OverflowError, IndexError):
            pass  # such as "21 nov 2026 14:00 uur"
    return _by_words(english, today)


def period_of(start: Moment, end: Moment | None = None, *, otherwise: Precision = Precision.DAY) -> Period:
    """When it takes place; a bare end date is the last day, so the period lasts until the midnight after it.

    `otherwise` is the precision when no time of day is told: a fixture that is not scheduled yet is `weekend`.
    """
    last = end.at.date() if end else start.at.date()
    if start.exact:
        if end is None or end.at <= start.at:
            closing = None if end is None or end.exact or last < start.at.date() else midnight(last + timedelta(days=1))
        else:
            closing = end.at if end.exact else midnight(last + timedelta(days=1))
        return Period(start.at, closing, Precision.MINUTE)
    first = start.at.date()
    if otherwise is Precision.WEEKEND:
        saturday = first + timedelta(days=5 - first.weekday())
        return Period(midnight(saturday), midnight(saturday + timedelta(days=2)), Precision.WEEKEND)
    if otherwise is Precision.WEEK:
        monday = first - timedelta(days=first.weekday())
        return Period(midnight(monday), midnight(monday + timedelta(days=7)), Precision.WEEK)
    return Period(midnight(first), midnight(max(first, last) + timedelta(days=1)), Precision.DAY)
