"""Dutch words for the time of day -> Clocks: "half drie", "van 13.00 tot 17.00 uur", "kwart over acht 's avonds"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import time

from classifiers.numerals import number_of


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day, or a span of two, that a text names."""

    start: int
    end: int
    """Offsets of the words in the text, half-open."""
    begins: time
    until: time | None
    """None where one time is named; earlier than `begins` where the span runs past midnight."""
    sure: bool
    """False for "om drie uur", where only the words around tell whether that is in the afternoon."""
    until_sure: bool
    """As `sure`, of `until`."""
    loose: bool
    """True where the words may tell a length of time as well: "twee uur"."""
    figures: bool
    """True for "7.00": with minutes, as on the clock of 24 hours, where the evening is 19.00."""
    word: str
    """The preposition before it ("om", "vanaf", "tot" …), or nothing."""


_NUMBER = (
    r"een|één|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|tweeën|drieën|vieren|vijven|zessen"
    r"|zevenen|achten|negenen|tienen|elven|twaalven"
)
_OCLOCK = {
    "tweeën": 2, "drieën": 3, "vieren": 4, "vijven": 5, "zessen": 6, "zevenen": 7, "achten": 8, "negenen": 9,
    "tienen": 10, "elven": 11, "twaalven": 12,
}  # fmt: skip # one list, two lines
_SMALL = r"vijf|tien|twintig|5|10|20"
_WHEN = r"'s\s?(?:morgens|ochtends|middags|avonds|nachts)|in de (?:ochtend|middag|avond|nacht)"
_PART = rf"(?:\s*(?P<{{0}}part>{_WHEN}))?"
_PART_FIRST = rf"(?:(?P<{{0}}pre>{_WHEN})\s+(?:om\s+|vanaf\s+|rond\s+|tegen\s+)?)?"
_BEFORE = (
    r"(?:\b(?P<word>om|vanaf|van|tot|tussen|rond|tegen|na|voor|omstreeks|sinds|klokslag|uiterlijk|start|aftrap"
    r"|aanvang|inloop|@)\s*(?:(?<=\s)(?:ongeveer|circa|ca\.?|stipt|exact|precies|(?P<about>een uur of))\s+)?(?<=[\s@]))"
)


def _one(name: str) -> str:
    """The pattern of one time; its groups start with `name`."""
    return (
        _PART_FIRST.format(name)
        + rf"(?:(?P<{name}h>[01]?\d|2[0-4])(?:[.:]|\s?(?:u|h)\s?)(?P<{name}m>[0-5]\d)(?!\d|[.,]\d|\s*(?:euro|miljoen"
        rf"|meter|kilometer|km\b|procent))"
        rf"(?:\s*(?:uur|u|h)\b)?"
        rf"|(?P<{name}four>(?:0\d|1[0-9]|2[123])(?:00|15|30|45))(?![\w.,:-]*\d)(?=\s*(?:uur|u\b|h\b)"
        rf"|[ \n](?!euro|man|mensen|m2))"
        rf"(?:\s*(?:uur|u|h)\b)?"
        rf"|(?P<{name}half>half)\s?(?P<{name}halfh>{_NUMBER}|\d\d?)\b(?:\s+uur\b)?"
        rf"|(?P<{name}min>kwart|(?:{_SMALL})(?:\s+minuten)?)\s+(?P<{name}dir>over|voor"
        rf"|na)\s+(?P<{name}half2>half\s+)?(?P<{name}minh>{_NUMBER}|\d\d?)\b(?:\s+uur\b)?"
        rf"|(?P<{name}full>{_NUMBER}|[01]?\d|2[0-4])(?P<{name}uur>\s*(?:uur|u\b|h\b))?(?![\w.:,]*\d)(?!\w)"
        rf"|(?P<{name}mid>middernacht)\b)(?:\s+(?:stipt|precies|scherp))?" + _PART.format(name)
    )


_CLOCK = re.compile(
    rf"(?<![\w.,:€])(?<!€\s){_BEFORE}?{_one('a')}(?:\s*(?P<to>tot|–|—|-|en|t/m|tot en met)\s*(?:ongeveer\s+"
    rf"|circa\s+|uiterlijk\s+|rond\s+)?{_one('b')})?"
)
_TWELVE = 12
_DIGITS = 2
"""As many as an hour has on the 24-hour clock: "08.00" is morning, "8 uur" may be evening."""
_HARD_LEFT = re.compile(r"(?:€|\b(?:nummer|nr\.?|artikel|art\.?|kamer|vak|tel\.?|bel|hectometer|km))\s*$")
_LENGTH = re.compile(
    r"\s*(?:lang|durende?|van tevoren|vooraf|per|later|eerder|geleden|na afloop|na sluiting|voor aanvang)\b"
)
_COUNTED_BACK = re.compile(r"\s*voor de\b")
"""After "twee uur": that long before something. After "om twee uur", "13.00 uur" and "half zeven" stands the place."""


def clocks_in(text: str) -> list[Clock]:
    """All times of day in lower-case `text`, in order. Lengths of time ("24 uur van tevoren") are none."""
    return list(_clocks(text))


def _clocks(text: str) -> Iterator[Clock]:
    position = 0
    while match := _CLOCK.search(text, position):
        position = match.end()
        word = match["word"] or ""
        left = text[max(0, match.start() - 12) : match.start()]
        begins = _time_of(match, "a")
        until = _time_of(match, "b") if match["to"] else None
        if match["to"] and until is None:
            position = match.end("to")
        if (
            begins is None
            or _LENGTH.match(text, match.end())
            or (match["auur"] and not word and not match["to"] and _COUNTED_BACK.match(text, match.end()))
            or (
                not word
                and not (match["ahalf"] or match["amin"])
                and (_HARD_LEFT.search(left) or (match["afull"] and not match["auur"] and left.rstrip()[-1:].isdigit()))
            )
        ):
            continue
        bare = match["afull"] is not None
        told = (
            match["about"]
            or match["auur"]
            or match["buur"]
            or _part(match, "a")
            or _part(match, "b")
            or match["bh"]
            or match["bhalf"]
        )
        if bare and not told and not _bare_but_a_time(match, word, text):
            continue
        loose = match["afour"] is not None and not word
        if bare and until is None and not _part(match, "a"):
            loose = _perhaps_a_length(match["afull"], word)
        if match["to"] == "en" and word != "tussen":
            until = None
        sure = (
            bool((match["am"] and len(match["ah"]) == _DIGITS) or match["afour"])
            or _is_late(begins)
            or bool(_part(match, "a") or match["amid"])
        )
        ends = _part(match, "b")
        if not sure and until is not None and ends:
            begins, sure = _shifted(begins, ends), True
        until_sure = bool(ends or (match["bm"] and len(match["bh"]) == _DIGITS) or (until and until.hour > _TWELVE))
        yield Clock(match.start(), match.end(), begins, until, sure, until_sure, loose, match["am"] is not None, word)


_THEN_A_VERB = re.compile(
    r"\s*(?:[.,;!?)\n]|$|\d{2,}|(?:lopen|gaan|is|zijn|staan|staat|komen|komt|mag|mogen|kan|kunnen|wordt"
    r"|worden|op|in|bij|aan|achter|langs|voor|we|wij|ben|doen|rijden|rijdt|zitten|houden|naast|rond)\b)"
)


_AFTER_A_TIME = re.compile(
    r"\s*(?:[.,;!?)\n]|$|(?:bij|op|in|voor|aan|vuur|gaan|zijn|staan|uur|ben|is|we|wij|met|verzamelen|begint|start|naar"
    r"|precies|stipt|en dan|door|vanaf|achter|onder|langs|sta|staat|ga|gaat|kom|komen|loop|lopen|loopt|rijden|rijdt"
    r"|zitten|moeten|moet|weer|vertrek\w*|ze|jullie|iedereen|daar|hier)\b)"
)


_UNTIL = ("tot", "-", "–", "—")
_SPOKEN = frozenset(_NUMBER.split("|"))
_AFTER_A_DAY = re.compile(
    r"(?:dag|morgen|ochtend|middag|avond|ari|maart|april|mei|juni|juli|augustus|(?:septem|okto|novem|decem)ber|20\d\d)"
    r"[,:]?\s\Z"
)


def _perhaps_a_length(number: str, word: str) -> bool:
    """ "drie uur" without a preposition is a length, "een staking van drie uur" too; "20 uur" in an agenda is not."""
    on_the_clock = not word and number.isdigit() and len(number) == _DIGITS
    return word in ("", "van", "na", "voor", "sinds") and not on_the_clock


def _bare_but_a_time(match: "re.Match[str]", word: str, text: str) -> bool:
    """ "vanaf 11", "rond drieën": a number alone counts as a time in few places only; in "wij vieren" it is none."""
    if match["afull"] in _OCLOCK:
        return bool(word)
    if match["to"] and ((word == "tussen" and match["to"] == "en") or (word == "van" and match["to"] != "en")):
        return _THEN_A_VERB.match(text, match.end()) is not None
    if match["to"] in _UNTIL and not word and _AFTER_A_DAY.search(text, max(0, match.start() - 16), match.start()):
        # "Morgen 13-17", "zaterdag, elf tot vijf"; what may be the figures of a date is left to the dates.
        return match["bfull"] in _SPOKEN or (match["bfull"].isdigit() and int(match["bfull"]) > _TWELVE)
    if word not in ("om", "vanaf", "rond", "tegen", "start", "aftrap", "aanvang", "klokslag") or match["to"]:
        return False
    return _AFTER_A_TIME.match(text, match.end()) is not None


def _is_late(moment: time) -> bool:
    return moment.hour not in range(1, 13)


def _time_of(match: "re.Match[str]", name: str) -> time | None:
    if match[f"{name}mid"]:
        return time(0, 0)
    minute = 0
    if match[f"{name}four"]:
        hour, minute = divmod(int(match[f"{name}four"]), 100)
    elif match[f"{name}h"]:
        hour, minute = int(match[f"{name}h"]), int(match[f"{name}m"])
    elif match[f"{name}half"]:
        hour, minute = _hour(match[f"{name}halfh"]) - 1, 30
    elif match[f"{name}min"]:
        count = match[f"{name}min"].removesuffix("minuten").strip()
        step = 15 if count == "kwart" else number_of(count) or 0
        hour = _hour(match[f"{name}minh"])
        total = hour * 60 - (30 if match[f"{name}half2"] else 0) + (-step if match[f"{name}dir"] == "voor" else step)
        hour, minute = total // 60, total % 60
    elif match[f"{name}full"]:
        hour = _hour(match[f"{name}full"])
    else:
        return None
    if hour not in range(-1, 25):
        return None
    # On the twelve-hour clock "half een" is after noon, unless the words say night.
    moment = time((hour or 12 if match[f"{name}half"] or match[f"{name}min"] else hour) % 24, minute)
    part = _part(match, name)
    return _shifted(moment, part) if part else moment


def _part(match: "re.Match[str]", name: str) -> str | None:
    """The part of the day told with a time, before or after it."""
    return match[f"{name}part"] or match[f"{name}pre"]


def _hour(word: str) -> int:
    return _OCLOCK.get(word) or number_of(word) or 0


_SMALL_HOURS = range(1, 7)
"""In a night one o'clock is never that of the afternoon."""


def _shifted(moment: time, part: str) -> time:
    """`moment` on the twelve-hour clock, in the part of the day that the words name."""
    late = ("middag" in part and moment.hour in range(1, 8)) or ("avond" in part and moment.hour in range(4, 12))
    if late:
        return _late(moment)
    if "avond" in part and moment.hour == _TWELVE:
        return moment.replace(hour=0)
    if "nacht" in part and moment.hour in (10, 11, _TWELVE):
        return moment.replace(hour=(moment.hour + 12) % 24)
    return moment


def readings_of(clock: Clock, part: str | None) -> list[Clock]:
    """`clock` on the 24-hour clock: one reading where that is sure, else the morning's and the afternoon's.

    `part` is the part of the day that is named with the date.
    """
    if clock.sure:
        return [replace(clock, until=_until(clock.until, clock.begins))] if not clock.until_sure else [clock]
    begins = clock.begins if part is None else _shifted(clock.begins, part)
    told = (
        begins != clock.begins
        or (part == "nacht" and begins.hour in _SMALL_HOURS)
        or (clock.figures and begins.hour not in _SMALL_HOURS)
    )
    firsts = [begins] if told or begins.hour not in range(1, _TWELVE) else [begins, _late(begins)]
    return [replace(clock, begins=first, until=_until(clock.until, first)) for first in firsts]


def _until(until: time | None, begins: time) -> time | None:
    """The end that comes first after `begins` of those that the words allow."""
    if until is None or until.hour not in range(1, _TWELVE) or until > begins:
        return until
    return _late(until) if _late(until) > begins else until


def _late(moment: time) -> time:
    return moment.replace(hour=moment.hour + 12)
