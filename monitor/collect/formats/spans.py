"""Dates as Dutch agendas write them: from one day to another, from hour to hour, today and tomorrow -> two moments."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from monitor.clock import AMSTERDAM, local
from monitor.collect.formats.moments import AHEAD, BACK, FIRST, LAST, Moment, moment_of

LOOK_AT_MOST = 300
"""Characters: a date is short, and what follows is no date."""

_MONTHS = {
    name: number
    for number, names in enumerate(
        "jan januari|feb februari|mrt maart mar|apr april|mei|jun juni|jul juli|aug augustus|sep sept september|"
        "okt oktober oct|nov november|dec december".split("|"),
        1,
    )
    for name in names.split()
}
_RELATIVE = {"gisteren": -1, "vandaag": 0, "vanmiddag": 0, "vanavond": 0, "morgen": 1, "overmorgen": 2}
_TODAY = re.compile(rf"\b(?:{'|'.join(_RELATIVE)})\b")
_NAMES = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DATE = re.compile(
    rf"""(?:
      (?<!\d)(?P<y>\d{{4}})-(?P<m>\d{{2}})-(?P<d>\d{{2}})
    | (?<![\d.:/-])(?P<day>\d{{1,2}})[-/.](?P<month>0?[1-9]|1[0-2])
        (?:[-/.](?P<year>\d{{4}}) | (?!\d|[.:]\d|\s*(?:{_NAMES})\b))
    | (?<!\d)(?P<day2>\d{{1,2}})e?\.?\s(?P<name>{_NAMES})\b\.?(?:\s(?P<year2>\d{{4}})\b)?
    )(?![\d-])""",
    re.X,
)
_TO = r"\s*(?:t/m|t\.?e\.?m\.?|tot en met|tot|-|–|—|/)\s*"
_WEEKDAY = r"(?:(?:maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|ma|di|wo|do|vr|za|zo)\b\.?,?\s*)?"
_CLOCK = r"(?P<{0}>[01]?\d|2[0-4])(?:[:.](?P<{1}>[0-5]\d)(?!\d)(?:\s*(?:uur|u)\b)?|\s*(?:uur|u)\b)"
_BARE_DAY = re.compile(rf"(?<![\d.:/-])(?P<day>\d{{1,2}})(?:{_TO}|\s*(?P<next>en|&)\s*){_WEEKDAY}$")
_BETWEEN_DAYS = re.compile(rf"[\s,]*(?:(?:om|van|vanaf)\s+)?(?:{_CLOCK.format('hour', 'minute')})?{_TO}{_WEEKDAY}")
_HOURS = re.compile(
    rf"(?<![\d.:€])(?<!€ ){_CLOCK.format('hour', 'minute')}(?:{_TO}(?:(?:om)\s+)?{_CLOCK.format('hour2', 'minute2')})?"
)
_HOURS_SHORT = re.compile(r"(?<![\d.:])(\d{1,2})(?=\s*(?:-|–|tot)\s*\d{1,2}\s*(?:uur|u)\b)")
"""The first half of "20 - 23 uur", which does not say that it is an hour."""
_MACHINE = re.compile(
    r"\d{4}-\d{2}-\d{2}t\d|\d:\d{2}(?:[:.]\d+)*\s*(?:z|utc|gmt|[a-z]?est|[a-z]?et|\+\d{2}:?\d{2})\b|:\d{2}:\d{2}\s*-\d{2}",
    re.I,
)
"""A moment with its zone, which `moment_of` reads."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A date in a text; a part that is not written is None."""

    day: int
    month: int
    year: int | None
    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class _Days:
    """One day, or the first and the last."""

    first: date
    last: date | None
    opening: timedelta | None
    """The hour that stands between the two."""
    behind: int
    """Where in the text the hours may begin that stand behind them."""


def _dates(text: str) -> list[_Found]:
    found = []
    for match in _DATE.finditer(text):
        day, month = match["d"] or match["day"] or match["day2"], match["m"] or match["month"]
        year = match["y"] or match["year"] or match["year2"]
        number = int(month) if month else _MONTHS[match["name"]]
        if match["day"] and not year and "-" not in match[0]:
            continue  # 20.11 is an hour, and 1/2 is no day
        found.append(_Found(int(day), number, int(year) if year else None, *match.span()))
    return found


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if FIRST <= year <= LAST else None
    except ValueError:
        return None


def _day(found: _Found, today: date) -> date | None:
    """The day that `found` names; without a year the one that lies nearest, as in moments."""
    if found.year is not None:
        return _date(found.year, found.month, found.day)
    near = (_date(year, found.month, found.day) for year in (today.year - 1, today.year, today.year + 1))
    return next((day for day in near if day and today - BACK <= day <= today + AHEAD), None)


def _before(found: _Found, last: date) -> date | None:
    """The day that `found` names, on or before `last`: "28 december t/m 3 januari 2027" began in 2026."""
    if found.year is not None:
        return _date(found.year, found.month, found.day)
    years = (_date(year, found.month, found.day) for year in (last.year, last.year - 1))
    return next((day for day in years if day and day <= last), None)


def _clock(hour: str | None, minute: str | None) -> timedelta | None:
    return timedelta(hours=int(hour), minutes=int(minute or 0)) if hour else None


def _moment(day: date, clock: timedelta | None) -> Moment:
    at = datetime.combine(day, time.min) + (clock or timedelta())  # 24.00 uur is the next midnight
    return Moment(at.replace(tzinfo=AMSTERDAM), bool(clock))


def _both(first: _Found, second: _Found, today: date) -> tuple[date, date] | None:
    """First and last day of a range; the year that one of them has counts for the other."""
    if first.year is not None and second.year is None:
        start = _day(first, today)
        years = (_date(first.year + more, second.month, second.day) for more in (0, 1))
        last = next((day for day in years if start and day and day >= start), None)
    else:
        last = _day(second, today)
        start = _before(first, last) if last else None
    return (start, last) if start and last and start <= last else None


def _bare(number: int, last: date) -> date | None:
    """The day of which only the number is told, before `last`: "30 t/m 2 december" begins in November."""
    if number < last.day:
        return _date(last.year, last.month, number)
    before = last.replace(day=1) - timedelta(days=1)
    return _date(before.year, before.month, number)


def _days(text: str, today: date) -> _Days | None:
    """The first date in `text`, with the second when that is the last day of the same."""
    dates = _dates(text)
    if not dates:
        return None
    first = dates[0]
    between = _BETWEEN_DAYS.fullmatch(text, first.end, dates[1].begin) if len(dates) > 1 else None
    if between and (both := _both(first, dates[1], today)):
        return _Days(*both, _clock(between["hour"], between["minute"]), dates[1].end)
    day = _day(first, today)
    if day is None:
        return None
    if (bare := _BARE_DAY.search(text, 0, first.begin)) and (start := _bare(int(bare["day"]), day)):
        one_after_the_other = day - start == timedelta(days=1)
        return _Days(start, None if bare["next"] and not one_after_the_other else day, None, first.end)
    return _Days(day, None, None, first.end)


def _read(text: str, today: date) -> tuple[Moment, Moment | None] | None:
    days = _days(text, today)
    if days is None:
        return None
    start, last, opening = days.first, days.last, days.opening
    hours = _HOURS.search(_HOURS_SHORT.sub(r"\1 uur", text[days.behind :]))
    closing = None
    if hours:
        first, second = _clock(hours["hour"], hours["minute"]), _clock(hours["hour2"], hours["minute2"])
        if opening is not None and second is None:
            closing = first
        else:
            opening, closing = opening if opening is not None else first, second
    if last is not None:
        return _moment(start, opening), _moment(last, closing)
    if closing is None:
        return _moment(start, opening), None
    over_midnight = opening is not None and closing <= opening
    return _moment(start, opening), _moment(start + timedelta(days=over_midnight), closing)


def span_of(text: str, *, now: datetime, pattern: str = "") -> tuple[Moment, Moment | None] | None:
    """When it begins and, where `text` tells that too, when it ends; None when no date can be read.

    "21 t/m 23 november 2026", "vr 27 nov - zo 29 nov", "27 november 2026, 20.00 - 23.00 uur", "morgen 14.00 uur". The
    end is bare (not exact) when only its day is told; hours behind two days are those of the first and of the last.
    With `pattern` only that is tried, and there is no end. Raises nothing.
    """
    text = text[:LOOK_AT_MOST]
    if not pattern and not _MACHINE.search(text):
        today = local(now).date()
        plain = " ".join(text.lower().replace("\u2013", "-").split())
        if not _dates(plain):
            plain = _TODAY.sub(lambda word: (today + timedelta(days=_RELATIVE[word[0]])).isoformat(), plain)
        if found := _read(plain, today):
            return found
    moment = moment_of(text, now=now, pattern=pattern)
    return (moment, None) if moment else None
