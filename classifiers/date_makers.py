"""One maker for each way to name a day: what a pattern of `date_grammar` found -> Mention, or None: it is no day."""

import re
from dataclasses import replace
from datetime import date, timedelta

from classifiers.feasts import feast_day
from classifiers.mentions import Direction, Frame, Mention
from classifiers.numerals import ORDINALS as SPOKEN
from classifiers.numerals import number_of
from classifiers.vocabulary import Precision

_EVENING, _NOON = 18, 12
_SATURDAY, _SUNDAY = 5, 6
_A_YEAR_OR_SO = 400
_FAR_AWAY = 100
_TWO_DIGITS = 10
_MONTHS_A_YEAR = 12
_NEXT_WEEK_AT_LEAST = 3
"""Days. Who says "volgende vrijdag" on a Wednesday does not mean the day after tomorrow."""

DAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
MONTHS = {
    "januari": 1, "jan": 1, "februari": 2, "feb": 2, "maart": 3, "mrt": 3, "april": 4, "apr": 4, "mei": 5, "juni": 6,
    "jun": 6, "juli": 7, "jul": 7, "augustus": 8, "aug": 8, "september": 9, "sept": 9, "sep": 9, "oktober": 10,
    "okt": 10, "november": 11, "nov": 11, "december": 12, "dec": 12,
}  # fmt: skip # one line a quarter reads better than one a name
ORDINALS = {"eerste": 1, "1e": 1, "tweede": 2, "2e": 2, "derde": 3, "3e": 3, "vierde": 4, "4e": 4, "laatste": -1}
COMING = r"(?:aanstaande|aankomende?|komende?|eerstkomende|eerstvolgende|a\.s\.|volgende?)"
GONE = r"(?:afgelopen|voorbije|jongstleden|jl\.?|j\.l\.|vorige?|verleden)"
_PARTS = {
    "ochtend": "ochtend", "morgen": "ochtend", "vroeg": "ochtend", "middag": "middag", "namiddag": "middag",
    "avond": "avond", "nacht": "nacht",
}  # fmt: skip # idem
_LATEST = {"ochtend": 12, "middag": 18, "avond": 24, "nacht": 24}
_EARLIEST = {"ochtend": 5, "middag": 12, "avond": 17, "nacht": 20}
_COMING, _GONE = re.compile(COMING), re.compile(GONE)

Found = re.Match[str]


def _day(match: Found, day: date, kind: str, *, part: str | None = None, weekday: int | None = None) -> Mention:
    part = _PARTS.get(part or "")
    last = day + timedelta(days=1) if part == "nacht" else day
    return Mention(match.start(), match.end(), day, last, Precision.DAY, kind, part, weekday)


def _weekday_number(word: str | None) -> int | None:
    if not word:
        return None
    return next(i for i, name in enumerate(DAYS) if name.startswith(word.rstrip(".")))


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _nearest(candidates: list[date], frame: Frame) -> date | None:
    """The candidate that the words most likely mean: in their direction first, then near."""

    def distance(day: date) -> float:
        delta = (day - frame.today).days
        if frame.direction is Direction.AHEAD:
            return delta if delta >= 0 else 200 - delta * 4
        return -delta if delta <= 0 else 60 + delta

    return min(candidates, key=distance, default=None)


def _in_some_year(month: int, day: int, weekday: int | None, frame: Frame) -> date | None:
    """`day` `month` in the year that fits; a weekday named beside it settles which."""
    years = range(frame.today.year - 2, frame.today.year + 3)
    candidates = [d for year in years if (d := _date(year, month, day)) is not None]
    fitting = [d for d in candidates if weekday is not None and d.weekday() == weekday]
    fitting = [d for d in fitting if abs((d - frame.today).days) < _A_YEAR_OR_SO]
    return _nearest(fitting or candidates, frame)


def _year_of(match: Found, frame: Frame) -> int | None:
    groups = match.groupdict()
    if written := groups.get("year") or groups.get("short"):
        return 2000 + int(written[-2:])
    told = groups.get("told")
    return frame.today.year + {"vorig": -1, "dit": 0, "volgend": 1}[told] if told else None


def full_date(match: Found, frame: Frame) -> Mention | None:
    day = SPOKEN.get(match["day"]) or number_of(match["day"])
    if day is None:
        return None
    month, year, weekday = MONTHS[match["month"].rstrip(".")], _year_of(match, frame), _weekday_number(match["wd"])
    found = _date(year, month, day) if year else _in_some_year(month, day, weekday, frame)
    kind = "date" if weekday is None else "weekday date"
    return None if found is None else _day(match, found, kind, part=match["part"])


_NUMBERS = re.compile(r"\d\d?")


def date_row(match: Found, frame: Frame) -> Mention | None:
    """ "14 t/m 16 juni", "13, 14 en 15 juni", "14-16 juni", "de nacht van 14 op 15 juni"."""
    last = full_date(match, frame)
    if last is None:
        return None
    numbers = [int(match["from"]), *map(int, _NUMBERS.findall(match["more"] or ""))]
    if not 0 < numbers[0] < last.first.day:
        return None
    named = [d for n in numbers if (d := _date(last.first.year, last.first.month, n)) is not None]
    # "14 en 15 juni" is one event of two days; of "14 en 21 juni" the first day counts.
    apart = match["how"] in ("en", "of", "&") and max(named) + timedelta(days=2) < last.first
    part = "nacht" if match["how"] == "op" else match.groupdict().get("part") and _PARTS[match["part"]]
    if apart:
        return replace(last, first=named[0], last=named[0], part=part, kind="row", others=(*named[1:], last.first))
    return replace(last, first=named[0], part="nacht" if part == "nacht" else None, kind="row")


def numeric(match: Found, frame: Frame) -> Mention | None:
    day, month, year = int(match["day"]), int(match["month"]), _year_of(match, frame)
    weekday, groups = _weekday_number(match["wd"]), match.groupdict()
    # "2-1" is a score and "24/7" a figure of speech; "2-1" after a weekday or "op", or before an hour, is a date, and
    # so is "5/12" at the head of a line.
    sure = (
        year
        or weekday is not None
        or match["op"]
        or groups.get("hour") is not None
        or groups.get("line") is not None
        or day > _MONTHS_A_YEAR
        or (day >= _TWO_DIGITS and match["mark"] != "/")
        or match["month"][0] == "0"
    )
    if not sure or (day, month) == (24, 7) or not 1 <= month <= _MONTHS_A_YEAR:
        return None
    found = _date(year, month, day) if year else _in_some_year(month, day, weekday, frame)
    return None if found is None else _day(match, found, "figures", part=match["part"])


def iso(match: Found, _: Frame) -> Mention | None:
    found = _date(int(match["year"]), int(match["month"]), int(match["day"]))
    return None if found is None else _day(match, found, "figures")


def day_of_month(match: Found, frame: Frame) -> Mention | None:
    """ "zaterdag 14", "zaterdag de 14e", "op de 20e": the month is the one that fits."""
    number, weekday = SPOKEN.get(match["day"]) or int(match["day"]), _weekday_number(match["wd"])
    year, month = frame.today.year, frame.today.month
    candidates = []
    for step in range(-2, 4):
        index = year * 12 + month - 1 + step
        day = _date(index // 12, index % 12 + 1, number)
        if day is not None and (weekday is None or day.weekday() == weekday):
            candidates.append(day)
    found = _nearest(candidates, frame)
    return None if found is None else _day(match, found, "day of month", part=match["part"])


def weekday(match: Found, frame: Frame) -> Mention | None:
    number = _weekday_number(match["wd"])
    if number is None:
        return None
    groups = match.groupdict()
    part = _PARTS.get(groups.get("part") or "")
    before, after = groups.get("before") or "", groups.get("after") or ""
    near = before + " " + after
    monday = frame.today - timedelta(days=frame.today.weekday())
    ahead = (number - frame.today.weekday()) % 7
    coming, gone = frame.today + timedelta(days=ahead), frame.today - timedelta(days=-ahead % 7)
    if "over" in after:
        return _day(match, coming + timedelta(days=7), "told weekday", part=part)
    if "wek" in near or "week" in near:
        shift = {"vori": -1, "verl": -1, "afge": -1, "deze": 0, "van ": 0, "dees": 0}.get(near.strip()[:4], 1)
        return _day(match, monday + timedelta(days=7 * shift + number), "told weekday", part=part)
    if _GONE.search(near):
        day = gone if gone < frame.today else gone - timedelta(days=7)
        if "vorige" in near and (frame.today - day).days < _NEXT_WEEK_AT_LEAST and day >= monday:
            day -= timedelta(days=7)
        return _day(match, day, "gone weekday", part=part)
    if _COMING.search(near):
        day = coming if ahead else coming + timedelta(days=7)
        if (
            "volgende" in near
            and "eerst" not in near
            and 0 < ahead < _NEXT_WEEK_AT_LEAST
            and day < monday + timedelta(7)
        ):
            day += timedelta(days=7)
        return _day(match, day, "coming weekday", part=part)
    if before.startswith("deze"):
        return _day(match, coming, "coming weekday", part=part)
    if number == frame.published.weekday() and frame.published.date() != frame.today:
        # Soon after midnight the weekday of the calendar is that of the night itself.
        day = frame.published.date()
    elif ahead == 0:
        day = _today_or_else(part, frame)
    else:
        day = gone if frame.direction is Direction.BACK else coming
    return _day(match, day, "weekday", part=part, weekday=number)


def _today_or_else(part: str | None, frame: Frame) -> date:
    """The weekday of publication itself: today, unless that part of the day lies on the wrong side of now."""
    hour = frame.published.hour + (24 if frame.published.date() != frame.today else 0)
    if frame.direction is Direction.BACK and part and hour < _EARLIEST[part]:
        return frame.today - timedelta(days=7)
    if frame.direction is Direction.AHEAD and part and hour >= _LATEST[part]:
        return frame.today + timedelta(days=7)
    return frame.today


_STEMS = {"overmorgen": 2, "eergister": -2, "gister": -1, "morgen": 1}


def day_word(match: Found, frame: Frame) -> Mention:
    word = match[0]
    stem = next((stem for stem in _STEMS if word.startswith(stem)), None)
    if stem is not None:
        part = word.removeprefix(stem).removeprefix("en").strip() or None
        day = frame.today + timedelta(days=_STEMS[stem])
        # Soon after midnight "gisteravond" is the evening of the lived day.
        if stem == "gister" and part and frame.published.date() != frame.today:
            day = frame.today
        return _day(match, day, "day word", part=part)
    part = next((p for p in _PARTS if word.endswith(p) and word != p), None)
    day = frame.today
    if word == "vannacht" and frame.published.date() == frame.today:
        # By day "vannacht" is the night behind us, unless the words look ahead.
        hour, looks_ahead = frame.published.hour, frame.direction is Direction.AHEAD
        day -= timedelta(days=hour < _EVENING and not (looks_ahead and hour >= _NOON))
    return _day(match, day, "today" if part is None else "day word", part=part)


def this_part(match: Found, frame: Frame) -> Mention:
    """ "afgelopen nacht", "komende avond", "deze middag"."""
    part = _PARTS[match["part"]]
    day = frame.today
    if _GONE.match(match["which"]):
        hour = frame.published.hour + (24 if frame.published.date() != frame.today else 0)
        over = part != "nacht" and hour >= _EARLIEST[part]
        day -= timedelta(days=not over and hour < 24)  # noqa: PLR2004 - hours
    return _day(match, day, "day word", part=part)


def weekend(match: Found, frame: Frame) -> Mention | None:
    groups = match.groupdict()
    saturday = frame.today + timedelta(days=_SATURDAY - frame.today.weekday())
    if groups.get("nth"):
        saturday = _month_days(match, _SATURDAY, frame) or saturday
    elif groups.get("day") and groups.get("month"):
        anchor = full_date(match, frame)
        if anchor is None:
            return None
        saturday = anchor.first + timedelta(days=_SATURDAY - anchor.first.weekday())
    else:
        which = groups.get("which") or ""
        if _GONE.search(which) or (frame.direction is Direction.BACK and not which):
            saturday -= timedelta(days=0 if frame.today.weekday() == _SUNDAY and not which else 7)
        elif which.startswith("volgend") or (_COMING.search(which) and frame.today.weekday() >= _SATURDAY):
            saturday += timedelta(days=7)
    told = groups.get("which") or groups.get("nth") or groups.get("month")
    last = saturday + timedelta(days=1)
    return Mention(match.start(), match.end(), saturday, last, Precision.WEEKEND, "told weekend" if told else "weekend")


def _month_days(match: Found, number: int, frame: Frame) -> date | None:
    """The nth weekday `number` of the named month, in the year that fits."""
    nth, month, year = ORDINALS[match["nth"]], MONTHS[match["month"].rstrip(".")], _year_of(match, frame)
    candidates = []
    for y in [year] if year else range(frame.today.year - 1, frame.today.year + 2):
        days = [d for n in range(1, 32) if (d := _date(y, month, n)) is not None and d.weekday() == number]
        candidates.append(days[nth - 1 if nth > 0 else -1])
    return _nearest(candidates, frame)


def nth_weekday(match: Found, frame: Frame) -> Mention | None:
    number = _weekday_number(match["wd"])
    day = None if number is None else _month_days(match, number, frame)
    return None if day is None else _day(match, day, "nth weekday", part=match["part"])


def feast(match: Found, frame: Frame) -> Mention | None:
    years = [frame.today.year + step for step in (-1, 0, 1)]
    spans = [span for year in years if (span := feast_day(match[0], year)) is not None]
    first = _nearest([span[0] for span in spans], frame)
    if first is None:
        return None
    last = next(span[1] for span in spans if span[0] == first)
    part = next((p for p in ("nacht", "avond", "middag", "ochtend") if match[0].endswith(p)), None)
    return Mention(match.start(), match.end(), first, last, Precision.DAY, "feast", part)


def week(match: Found, frame: Frame) -> Mention | None:
    groups = match.groupdict()
    if groups.get("number"):
        number = int(match["number"])
        try:
            mondays = [date.fromisocalendar(frame.today.year + step, number, 1) for step in (-1, 0, 1)]
        except ValueError:
            return None
        monday = _nearest(mondays, frame) or frame.today
    elif groups.get("day"):
        anchor = full_date(match, frame)
        if anchor is None:
            return None
        monday = anchor.first - timedelta(days=anchor.first.weekday())
    else:
        shift = {"deze": 0, "afgelopen": -1, "vorige": -1}.get(match["which"], 1)
        monday = frame.today + timedelta(days=7 * shift - frame.today.weekday())
    told = "told week" if groups.get("day") or groups.get("number") else "week"
    return Mention(match.start(), match.end(), monday, monday + timedelta(days=6), Precision.WEEK, told)


def days_away(match: Found, frame: Frame) -> Mention | None:
    count = number_of(match["count"])
    if count is None:
        return None
    days = count * (7 if match["unit"].startswith("we") else 1) * (-1 if match["ago"] else 1)
    return _day(match, frame.today + timedelta(days=days), "days away") if abs(days) <= _FAR_AWAY else None
