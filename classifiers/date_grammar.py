"""The grammar of Dutch dates: one pattern and one maker for each way to name a day."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from classifiers.feasts import FEAST, feast_day
from classifiers.mentions import Frame, Mention, Tense
from classifiers.numerals import number_of
from classifiers.vocabulary import Precision

_EVENING, _NOON = 18, 12
_SATURDAY, _SUNDAY = 5, 6
_A_YEAR_OR_SO = 400
_FAR_AWAY = 100
_TWO_DIGITS = 10
_MONTHS_A_YEAR = 12


_DAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
_MONTHS = {
    "januari": 1, "jan": 1, "februari": 2, "feb": 2, "maart": 3, "mrt": 3, "april": 4, "apr": 4, "mei": 5, "juni": 6,
    "jun": 6, "juli": 7, "jul": 7, "augustus": 8, "aug": 8, "september": 9, "sept": 9, "sep": 9, "oktober": 10,
    "okt": 10, "november": 11, "nov": 11, "december": 12, "dec": 12,
}  # fmt: skip # one line a quarter reads better than one a name
_ORDINALS = {"eerste": 1, "1e": 1, "tweede": 2, "2e": 2, "derde": 3, "3e": 3, "vierde": 4, "4e": 4, "laatste": -1}
_PARTS = {
    "ochtend": "ochtend", "morgen": "ochtend", "vroeg": "ochtend", "middag": "middag", "namiddag": "middag",
    "avond": "avond", "nacht": "nacht",
}  # fmt: skip # idem
_LATEST = {"ochtend": 12, "middag": 18, "avond": 24, "nacht": 24}
_EARLIEST = {"ochtend": 5, "middag": 12, "avond": 17, "nacht": 20}

_PART = r"(?:ochtend|morgen|namiddag|middag|avond|nacht)"
_WD = r"(?:" + "|".join(_DAYS) + r")"
_ABBR = r"(?:ma|di|wo|do|vr|za|zo)"
_MONTH = r"(?:" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_YEAR = r"(?:,?\s+(?P<year>20\d\d)|\s+'(?P<short>\d\d)|\s+(?P<told>vorig|dit|volgend)\s+jaar)?"
_DAY = r"(?P<day>[0-3]?\d)(?:e|ste|de)?"
_LEAD = rf"(?:\b(?P<wd>{_WD}|{_ABBR}\.?)(?P<part>{_PART})?,?\s+(?:de\s+)?)?"
_COMING = r"(?:aanstaande|aankomende|komende?|eerstkomende|eerstvolgende|a\.s\.|volgende)"
_GONE = r"(?:afgelopen|voorbije|jongstleden|jl\.?|j\.l\.|vorige?)"


Maker = Callable[["re.Match[str]", Frame], "Mention | None"]


def _day(match: "re.Match[str]", day: date, weight: float, **more: object) -> Mention:
    part = _PARTS.get(str(more.get("part") or ""))
    last = day + timedelta(days=1) if part == "nacht" else day
    weekday = more.get("weekday")
    return Mention(
        match.start(),
        match.end(),
        day,
        last,
        Precision.DAY,
        weight,
        part,
        weekday if isinstance(weekday, int) else None,
    )


def _weekday_number(word: str | None) -> int | None:
    if not word:
        return None
    return next(i for i, name in enumerate(_DAYS) if name.startswith(word.rstrip(".")))


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _nearest(candidates: list[date], frame: Frame) -> date | None:
    """The candidate that the words most likely mean: in their direction first, then near."""

    def distance(day: date) -> float:
        delta = (day - frame.today).days
        if frame.tense is Tense.FUTURE:
            return delta if delta >= 0 else 200 - delta * 4
        if frame.tense is Tense.PAST:
            return -delta if delta <= 0 else 60 + delta
        return delta if delta >= 0 else -delta * 2

    return min(candidates, key=distance, default=None)


def _in_some_year(month: int, day: int, weekday: int | None, frame: Frame) -> date | None:
    """`day` `month` in the year that fits; a weekday named beside it settles which."""
    years = range(frame.today.year - 2, frame.today.year + 3)
    candidates = [d for year in years if (d := _date(year, month, day)) is not None]
    fitting = [d for d in candidates if weekday is not None and d.weekday() == weekday]
    fitting = [d for d in fitting if abs((d - frame.today).days) < _A_YEAR_OR_SO]
    return _nearest(fitting or candidates, frame)


def _year_of(match: "re.Match[str]", frame: Frame) -> int | None:
    groups = match.groupdict()
    if written := groups.get("year") or groups.get("short"):
        return 2000 + int(written[-2:])
    told = groups.get("told")
    return frame.today.year + {"vorig": -1, "dit": 0, "volgend": 1}[told] if told else None


def _full_date(match: "re.Match[str]", frame: Frame) -> Mention | None:
    day = number_of(match["day"])
    if day is None:
        return None
    month, year, weekday = _MONTHS[match["month"].rstrip(".")], _year_of(match, frame), _weekday_number(match["wd"])
    found = _date(year, month, day) if year else _in_some_year(month, day, weekday, frame)
    return None if found is None else _day(match, found, 2.9 if weekday is None else 3.1, part=match["part"])


def _date_row(match: "re.Match[str]", frame: Frame) -> Mention | None:
    """ "14 t/m 16 juni", "13, 14 en 15 juni", "14-16 juni"."""
    last = _full_date(match, frame)
    if last is None:
        return None
    number = int(match["from"])
    if not 0 < number < last.first.day:
        return None
    first = last.first.replace(day=number)
    # "14 en 15 juni" is one event of two days; of "14 en 21 juni" the first day counts.
    apart = match["how"] == "en" and number + 2 < last.first.day
    return replace(last, first=first, last=first if apart else last.last, part=None, weight=3.1)


def _numeric(match: "re.Match[str]", frame: Frame) -> Mention | None:
    day, month, year = int(match["day"]), int(match["month"]), _year_of(match, frame)
    weekday = _weekday_number(match["wd"])
    # "2-1" is a score and "24/7" a figure of speech; "2-1" after a weekday or "op" is a date.
    sure = (
        year
        or weekday is not None
        or match["op"]
        or day > _MONTHS_A_YEAR
        or (day >= _TWO_DIGITS and match["mark"] != "/")
        or match["month"][0] == "0"
    )
    if not sure or (day, month) == (24, 7) or not 1 <= month <= _MONTHS_A_YEAR:
        return None
    found = _date(year, month, day) if year else _in_some_year(month, day, weekday, frame)
    return None if found is None else _day(match, found, 2.9, part=match["part"])


def _iso(match: "re.Match[str]", frame: Frame) -> Mention | None:
    found = _date(int(match["year"]), int(match["month"]), int(match["day"]))
    return None if found is None else _day(match, found, 2.9)


def _day_of_month(match: "re.Match[str]", frame: Frame) -> Mention | None:
    """ "zaterdag 14", "zaterdag de 14e", "op de 20e": the month is the one that fits."""
    number, weekday = int(match["day"]), _weekday_number(match["wd"])
    year, month = frame.today.year, frame.today.month
    candidates = []
    for step in range(-2, 4):
        index = year * 12 + month - 1 + step
        day = _date(index // 12, index % 12 + 1, number)
        if day is not None and (weekday is None or day.weekday() == weekday):
            candidates.append(day)
    found = _nearest(candidates, frame)
    return None if found is None else _day(match, found, 2.6, part=match["part"])


def _weekday(match: "re.Match[str]", frame: Frame) -> Mention | None:
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
    yesterday = frame.today - timedelta(days=1)
    if "over" in after:
        return _day(match, coming + timedelta(days=7), 2.6, part=part)
    if "week" in near:
        shift = {"vorig": -1, "deze ": 0}.get(near.strip()[:5], 1)
        return _day(match, monday + timedelta(days=7 * shift + number), 2.6, part=part)
    if re.search(_GONE, near):
        return _day(match, gone if gone < frame.today else gone - timedelta(days=7), 2.6, part=part)
    if re.search(_COMING, near):
        return _day(match, coming if ahead else coming + timedelta(days=7), 2.9, part=part)
    if ahead == 0:
        day = _today_or_else(part, frame)
    elif frame.tense is Tense.PAST or (frame.tense is Tense.OPEN and part and gone == yesterday):
        # Who writes of next week's Thursday evening on a Friday says so.
        day = gone
    else:
        day = coming
    return _day(match, day, 2.5, part=part, weekday=number)


def _today_or_else(part: str | None, frame: Frame) -> date:
    """The weekday of publication itself: today, unless that part of the day lies on the wrong side of now."""
    hour = frame.published.hour + (24 if frame.published.date() != frame.today else 0)
    if frame.tense is Tense.PAST and part and hour < _EARLIEST[part]:
        return frame.today - timedelta(days=7)
    if frame.tense is Tense.FUTURE and part and hour >= _LATEST[part]:
        return frame.today + timedelta(days=7)
    return frame.today


_DAY_WORDS = {"eergister": -2, "gister": -1, "van": 0, "heden": 0, "morgen": 1, "overmorgen": 2}


def _day_word(match: "re.Match[str]", frame: Frame) -> Mention | None:
    word = match[0]
    if word.startswith("van") or word == "heden":
        shift = 0
        part = next((p for p in _PARTS if word.endswith(p) and word != p), None)
    else:
        stem = next(s for s in ("overmorgen", "eergister", "gister", "morgen") if word.startswith(s))
        shift, part = _DAY_WORDS[stem], word.removeprefix(stem).removeprefix("en").strip() or None
    day = frame.today + timedelta(days=shift)
    if word == "vannacht" and frame.published.date() == frame.today:
        # By day "vannacht" is the night behind us, unless the words look ahead.
        behind = frame.published.hour < _EVENING and not (frame.tense is Tense.FUTURE and frame.published.hour >= _NOON)
        day -= timedelta(days=behind)
    return _day(match, day, 2.6, part=part)


def _weekend(match: "re.Match[str]", frame: Frame) -> Mention | None:
    groups = match.groupdict()
    saturday = frame.today + timedelta(days=_SATURDAY - frame.today.weekday())
    if groups.get("nth"):
        days = _month_days(match, _SATURDAY, frame)
        saturday = days or saturday
    elif groups.get("day") and groups.get("month"):
        anchor = _full_date(match, frame)
        if anchor is None:
            return None
        saturday = anchor.first + timedelta(days=_SATURDAY - anchor.first.weekday())
    else:
        which = groups.get("which") or ""
        if re.search(_GONE, which) or (frame.tense is Tense.PAST and "dit" not in which and not which):
            saturday -= timedelta(days=0 if frame.today.weekday() == _SUNDAY and not which else 7)
        elif which == "volgend" or (which in ("komend", "aankomend") and frame.today.weekday() >= _SATURDAY):
            saturday += timedelta(days=7)
    weight = 2.4 if groups.get("which") or groups.get("nth") or groups.get("month") else 1.2
    return Mention(match.start(), match.end(), saturday, saturday + timedelta(days=1), Precision.WEEKEND, weight)


def _month_days(match: "re.Match[str]", weekday: int, frame: Frame) -> date | None:
    """The nth `weekday` of the named month, in the year that fits."""
    nth, month, year = _ORDINALS[match["nth"]], _MONTHS[match["month"].rstrip(".")], _year_of(match, frame)
    candidates = []
    for y in [year] if year else range(frame.today.year - 1, frame.today.year + 2):
        days = [d for n in range(1, 32) if (d := _date(y, month, n)) is not None and d.weekday() == weekday]
        index = nth - 1 if nth > 0 else -1
        candidates.append(days[index])
    return _nearest(candidates, frame)


def _nth_weekday(match: "re.Match[str]", frame: Frame) -> Mention | None:
    number = _weekday_number(match["wd"])
    day = None if number is None else _month_days(match, number, frame)
    return None if day is None else _day(match, day, 2.9, part=match["part"])


def _feast(match: "re.Match[str]", frame: Frame) -> Mention | None:
    years = [frame.today.year + step for step in (-1, 0, 1)]
    spans = [span for year in years if (span := feast_day(match[0], year)) is not None]
    first = _nearest([span[0] for span in spans], frame)
    if first is None:
        return None
    last = next(span[1] for span in spans if span[0] == first)
    part = next((p for p in ("nacht", "avond") if p in match[0]), None)
    return Mention(match.start(), match.end(), first, last, Precision.DAY, 2.0, part)


def _week(match: "re.Match[str]", frame: Frame) -> Mention | None:
    groups = match.groupdict()
    if groups.get("day"):
        anchor = _full_date(match, frame)
        if anchor is None:
            return None
        monday = anchor.first - timedelta(days=anchor.first.weekday())
    else:
        shift = {"deze": 0, "afgelopen": -1, "vorige": -1}.get(match["which"], 1)
        monday = frame.today + timedelta(days=7 * shift - frame.today.weekday())
    return Mention(match.start(), match.end(), monday, monday + timedelta(days=6), Precision.WEEK, 1.0)


def _days_away(match: "re.Match[str]", frame: Frame) -> Mention | None:
    count = number_of(match["count"])
    if count is None:
        return None
    days = count * (7 if match["unit"].startswith("we") else 1) * (-1 if match["ago"] else 1)
    return _day(match, frame.today + timedelta(days=days), 1.5) if abs(days) <= _FAR_AWAY else None


_ON = r"(?P<op>\bop\s+)?"
_NTH = rf"\b(?P<nth>{'|'.join(_ORDINALS)})\s+"
_OF_MONTH = rf"\s+(?:van|in)\s+(?P<month>{_MONTH}){_YEAR}"
_DATE = rf"{_DAY}\s+(?P<month>{_MONTH}){_YEAR}"
_FIGURES = r"(?<![\d.,€-])\b(?P<day>[0-3]?\d)"
_DAYWORD = (
    rf"\b(?:van(?:daag|ochtend|morgen|middag|avond|nacht)|heden|(?:eer)?gister(?:en)?{_PART}?|overmorgen"
    rf"|(?<!'s )(?<!goede)(?<!goede )(?<!op de )(?<!deze )morgen(?:\s?(?:ochtend|middag|avond|nacht|vroeg))?)\b"
)


@dataclass(frozen=True, slots=True)
class Rule:
    """One way to name a day."""

    pattern: "re.Pattern[str]"
    make: Maker
    needs: "re.Pattern[str] | None"
    """What a text must hold for the rule to be tried at all: most texts name no month and write no figures."""


def _rule(*parts: str, make: Maker, needs: str | None = None) -> Rule:
    return Rule(re.compile("".join(parts)), make, re.compile(needs) if needs else None)


# Specific before general: what an earlier row takes, a later one leaves alone.
GRAMMAR: tuple[Rule, ...] = (
    _rule(_NTH, r"week(?:end|einde)", _OF_MONTH, make=_weekend, needs=_MONTH),
    _rule(r"\bweek(?:end|einde)\s+van\s+", _LEAD, r"(?:\d\d?\s+(?:en|op)\s+)?", _DATE, make=_weekend, needs=_MONTH),
    _rule(r"\bweek\s+van\s+", _LEAD, _DATE, make=_week, needs=_MONTH),
    _rule(_NTH, rf"(?P<wd>{_WD})(?P<part>{_PART})?", _OF_MONTH, make=_nth_weekday, needs=_MONTH),
    _rule(r"\b(?P<year>20\d\d)-(?P<month>[01]\d)-(?P<day>[0-3]\d)\b", make=_iso),
    _rule(
        rf"{_LEAD}\b(?P<from>[0-3]?\d)(?:,\s*\d\d?)*\s*(?P<how>tot en met|t/m|tm|tot|en|-|–)\s*",
        _DATE,
        make=_date_row,
        needs=_MONTH,
    ),
    _rule(_LEAD, r"\b", _DATE, make=_full_date, needs=_MONTH),
    _rule(
        _ON,
        _LEAD,
        _FIGURES,
        r"(?P<mark>[-/.])(?P<month>[01]?\d)(?P=mark)(?P<year>(?:20)?\d\d)\b",
        make=_numeric,
        needs=r"\d[-/.]\d",
    ),
    _rule(
        _ON,
        _LEAD,
        _FIGURES,
        r"(?P<mark>[-/])(?P<month>[01]?\d)\b(?P<year>)",
        r"(?![\d-]|\s*(?:uur|jaar|jarige|euro|mensen|graden|\w*punten|winst|verlies|zege))",
        make=_numeric,
        needs=r"\d[-/.]\d",
    ),
    _rule(
        rf"\b(?P<wd>{_WD})(?P<part>{_PART})?\s+(?:de\s+(?=\d+(?:e|ste)))?(?P<day>[0-3]?\d)(?:e|ste)?\b",
        r"(?![.:,]\d|\s*(?:uur|u\b|\w*personen|mensen|man\b|procent|euro))",
        make=_day_of_month,
        needs=r"\d",
    ),
    _rule(
        r"(?P<wd>)(?P<part>)\b(?:op\s+)?de\s+(?P<day>[0-3]?\d)(?:e|ste)\b",
        r"(?=\s*(?:[.,;!?]|$|om\b|vanaf\b|is\b|gaan\b|staat\b))",
        make=_day_of_month,
        needs=r"\d",
    ),
    _rule(
        rf"\b(?P<before>(?:vorige|deze|volgende|komende)\s+week\s+|(?:{_COMING}|{_GONE}|deze)\s+)?",
        rf"(?<!elke )(?<!iedere )(?<!'s )(?P<wd>{_WD})(?P<part>{_PART})?(?!\w)",
        r"(?P<after>\s+(?:aanstaande|a\.s\.|jl\b\.?|j\.l\.|jongstleden|volgende\s+week|over\s+een\s+week))?",
        make=_weekday,
    ),
    _rule(_DAYWORD, make=_day_word),
    _rule(
        r"\b(?:(?P<which>aankomend|komend|dit|volgend|vorig|afgelopen)\s+|(?:in|tijdens|voor)\s+het\s+)",
        r"week(?:end|einde)\b",
        make=_weekend,
    ),
    _rule(FEAST, make=_feast),
    _rule(r"\b(?P<which>deze|volgende|komende|aankomende|afgelopen|vorige)\s+week\b", make=_week),
    _rule(r"\bover\s+(?P<count>\d\d?|\w+)\s+(?P<unit>dagen|dag|weken|week)\b(?P<ago>)", make=_days_away),
    _rule(r"\b(?P<count>\d\d?|\w+)\s+(?P<unit>dagen|dag|weken|week)\s+(?P<ago>geleden)\b", make=_days_away),
)
