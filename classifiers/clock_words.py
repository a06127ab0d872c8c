"""Dutch words for the time of day -> Clocks: "half drie", "van 13.00 tot 17.00 uur", "kwart over acht 's avonds"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
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
_PART = r"(?:\s*(?P<{0}part>'s\s?(?:morgens|ochtends|middags|avonds|nachts)|in de (?:ochtend|middag|avond|nacht)))?"
_BEFORE = (
    r"(?:\b(?P<word>om|vanaf|van|tot|tussen|rond|tegen|na|voor|omstreeks|sinds|klokslag|uiterlijk|start|aftrap"
    r"|aanvang|inloop)\s+(?:ongeveer\s+|circa\s+|een uur of\s+)?)"
)


def _one(name: str) -> str:
    """The pattern of one time; its groups start with `name`."""
    return (
        rf"(?:(?P<{name}h>[01]?\d|2[0-4])(?:[.:]|\s?(?:u|h)\s?)(?P<{name}m>[0-5]\d)(?!\d|[.,]\d|\s*(?:euro|miljoen"
        rf"|meter|kilometer|km\b|procent))"
        rf"(?:\s*(?:uur|u|h)\b)?"
        rf"|(?P<{name}half>half)\s+(?P<{name}halfh>{_NUMBER}|\d\d?)\b(?:\s+uur\b)?"
        rf"|(?P<{name}min>kwart|(?:{_SMALL})(?:\s+minuten)?)\s+(?P<{name}dir>over|voor"
        rf"|na)\s+(?P<{name}half2>half\s+)?(?P<{name}minh>{_NUMBER}|\d\d?)\b(?:\s+uur\b)?"
        rf"|(?P<{name}full>{_NUMBER}|[01]?\d|2[0-4])(?P<{name}uur>\s*(?:uur|u\b|h\b))?(?![\w.:,]*\d)(?!\w)"
        rf"|(?P<{name}mid>middernacht)\b)" + _PART.format(name)
    )


_CLOCK = re.compile(
    rf"(?<![\w.,:€])(?<!€\s){_BEFORE}?{_one('a')}(?:\s*(?P<to>tot|–|—|-|en|t/m|tot en met)\s*(?:ongeveer\s+"
    rf"|circa\s+)?{_one('b')})?"
)
_TWELVE = 12
_DIGITS = 2
"""As many as an hour has on the 24-hour clock: "08.00" is morning, "8 uur" may be evening."""
_HARD_LEFT = re.compile(r"(?:€|nummer|nr\.?|artikel|art\.?|kamer|vak|tel\.?|bel|hectometer|km)\s*$")
_LENGTH = re.compile(
    r"\s*(?:lang|durende?|van tevoren|vooraf|per|later|eerder|geleden|na afloop|na sluiting|voor aanvang|voor de)\b"
)


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
            or (
                not word
                and not (match["ahalf"] or match["amin"])
                and (_HARD_LEFT.search(left) or (match["afull"] and left.rstrip()[-1:].isdigit()))
            )
        ):
            continue
        bare = match["afull"] is not None
        told = match["auur"] or match["buur"] or match["apart"] or match["bpart"]
        if bare and not told and not _bare_but_a_time(match, word, text):
            continue
        if bare and until is None and not match["apart"] and _perhaps_a_length(match["afull"], word):
            continue
        if match["to"] == "en" and word != "tussen":
            until = None
        sure = (
            bool(match["am"] and len(match["ah"]) == _DIGITS)
            or _is_late(begins)
            or bool(match["apart"] or match["amid"])
        )
        if not sure and until is not None and match["bpart"]:
            begins, sure = _shifted(begins, match["bpart"]), True
        yield Clock(match.start(), match.end(), begins, until, sure, word)


_THEN_A_VERB = re.compile(
    r"\s*(?:[.,;!?\n]|$|(?:lopen|gaan|is|zijn|staan|staat|komen|komt|mag|mogen|kan|kunnen|wordt"
    r"|worden|op|in|bij)\b)"
)


def _perhaps_a_length(number: str, word: str) -> bool:
    """ "drie uur" without a preposition is a length, "een staking van drie uur" too; "20 uur" in an agenda is not."""
    on_the_clock = not word and number.isdigit() and len(number) == _DIGITS
    return word in ("", "van", "na", "voor", "sinds") and not on_the_clock


def _bare_but_a_time(match: "re.Match[str]", word: str, text: str) -> bool:
    """ "vanaf 11", "rond drieën": a number alone counts as a time in few places only."""
    if match["afull"] in _OCLOCK:
        return True
    if word == "tussen" and match["to"] == "en":
        return _THEN_A_VERB.match(text, match.end()) is not None
    if word not in ("om", "vanaf", "rond", "tegen", "start", "aftrap", "klokslag") or match["to"]:
        return False
    return (
        re.match(
            r"\s*(?:[.,;!?\n]|$|bij\b|op\b|in\b|vuur\b|gaan\b|zijn\b|staan\b|uur)", text[match.end() : match.end() + 8]
        )
        is not None
    )


def _is_late(moment: time) -> bool:
    return moment.hour not in range(1, 13)


def _time_of(match: "re.Match[str]", name: str) -> time | None:
    if match[f"{name}mid"]:
        return time(0, 0)
    minute = 0
    if match[f"{name}h"]:
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
    return _shifted(moment, match[f"{name}part"]) if match[f"{name}part"] else moment


def _hour(word: str) -> int:
    return _OCLOCK.get(word) or number_of(word) or 0


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


def in_part(clock: Clock, part: str | None, *, evening: bool) -> tuple[time, time | None]:
    """The times of `clock` on the 24-hour clock.

    `part` is the part of the day named with the date; `evening` tells that the text speaks of an evening.
    Without either, one to six is the afternoon: nobody demonstrates at three at night unless the words say so.
    """
    begins, until = clock.begins, clock.until
    if not clock.sure:
        if part is not None:
            begins = _shifted(begins, part)
        elif begins.hour in range(1, 7) or (evening and begins.hour in range(7, 12)):
            begins = _late(begins)
    if until is not None and not clock.sure and until.hour in range(1, 12) and until <= begins < _late(until):
        until = _late(until)
    return begins, until


def _late(moment: time) -> time:
    return moment.replace(hour=moment.hour + 12)
