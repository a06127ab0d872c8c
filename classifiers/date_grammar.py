"""The grammar of Dutch dates: one pattern for each way to name a day, and the maker that reads it."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from classifiers import date_makers as make
from classifiers.feasts import FEAST
from classifiers.mentions import Frame, Mention
from classifiers.numerals import CARDINALS, ORDINALS
from classifiers.tenses import Sentences

_PART = r"(?:ochtend|morgen|namiddag|middag|avond|nacht)"
_WD = r"(?:" + "|".join(make.DAYS) + r")"
_ABBR = r"(?:maa?|din?|woe?|don?|vr(?:ij)?|zat?|zon?d?)"
_MONTH = r"(?:" + "|".join(sorted(make.MONTHS, key=len, reverse=True)) + r")\b\.?"
_YEAR = r"(?:(?:,?\s+|-)(?P<year>20\d\d)|\s+'(?P<short>\d\d)|\s+(?P<told>vorig|dit|volgend)\s+jaar)?"
_SPOKEN = "|".join(sorted(ORDINALS, key=len, reverse=True))
_SPOKEN_DAY = "|".join(sorted((*ORDINALS, *CARDINALS), key=len, reverse=True))
_DAY = rf"(?:(?P<day>[0-3]?\d|{_SPOKEN_DAY})(?:e|ste|de)?)"
_LEAD = rf"(?:\b(?P<wd>{_WD}|{_ABBR}\.?)\s?(?P<part>{_PART})?,?\s+(?:de\s+)?)?"
_ON = r"(?:(?P<op>\b(?:op|datum:|wanneer:)\s+)|(?P<line>(?<![^\n])(?=\d\d?/)(?![123]/[234]\b)))?"
_NTH = rf"\b(?P<nth>{'|'.join(make.ORDINALS)})\s+"
_OF_MONTH = rf"\s+(?:van|in)\s+(?P<month>{_MONTH}){_YEAR}"
_DATE = rf"{_DAY}(?:\s+|\s?-\s?|(?<=\d))(?P<month>{_MONTH}){_YEAR}"
_FIGURES = r"(?<![\d.,€-])(?<!groep )(?<!groepen )(?<!klas )(?<!lijn )\b(?P<day>[0-3]?\d)"
_BEFORE_AN_HOUR = (
    r"(?P<hour>(?=,?\s*(?:(?:om|vanaf|rond|omstreeks|tegen|aanvang|start)\s+(?:\d|half\b|kwart\b|\w+\s+uur)"
    r"|(?:van\s+)?\d\d?(?:[.:]\d\d|\s?u(?:ur)?\b))))?"
)
_NO_DATE = r"\s*(?:uur|jaar|jarige|euro|mensen|graden|\w*punten|winst|verlies|zege|gewonnen|verloren|voor\b)"
_ORDINAL_THING = (
    r"(?!\s*-?(?:keer|editie|eeuw|verjaardag|minuut|plaats|plek|maal|ronde|etage|verdieping|week|dag\b|jaargang|straat"
    r"|lustrum|klas|divisie|man|bezoeker|kerstdag|paasdag|pinksterdag|jaars|helft))"
)
_DAYWORD = (
    rf"\b(?:van(?:daag|ochtend|morgen|middag|avond|nacht)|heden(?:ochtend|middag|avond|nacht)?"
    rf"|(?:eer)?gister(?:en)?\s?{_PART}?|overmorgen"
    rf"|(?<!'s )(?<!goede)(?<!goede )(?<!op de )(?<!deze )(?<!de volgende )"
    rf"morgen(?:\s?(?:ochtend|namiddag|middag|avond|nacht|vroeg))?)\b"
)


_BEFORE, _AFTER = 44, 44
"""Characters around an anchor within which the words of one date stand."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One way to name a day."""

    pattern: "re.Pattern[str]"
    make: Callable[["re.Match[str]", Frame], Mention | None]
    anchor: str
    """Where it is tried: around words that give this cue (cues.py). A whole text is too long for every rule."""
    holds: tuple[str, ...]
    """A text without any of these is not tried at all; empty where every text is."""


def _rule(
    *parts: str,
    by: Callable[["re.Match[str]", Frame], Mention | None],
    anchor: str,
    holds: tuple[str, ...] = (),
) -> Rule:
    return Rule(re.compile("".join(parts)), by, anchor, holds)


_NTHS = tuple(make.ORDINALS)

# Specific before general: what an earlier row takes, a later one leaves alone.
GRAMMAR: tuple[Rule, ...] = (
    _rule(_NTH, r"week(?:end|einde)", _OF_MONTH, by=make.weekend, anchor="@month", holds=("weeke",)),
    _rule(
        r"\bweek(?:end|einde) +(?:van +)?", _LEAD, r"(?:\d\d?\s*(?:en|op|-|/|t/m)\s*)?", _DATE,
        by=make.weekend, anchor="@month", holds=("weeke",),
    ),
    _rule(r"\bweek\s+van\s+", _LEAD, _DATE, by=make.week, anchor="@month", holds=("week van",)),
    _rule(_NTH, rf"(?P<wd>{_WD})(?P<part>{_PART})?", _OF_MONTH, by=make.nth_weekday, anchor="@month", holds=_NTHS),
    _rule(r"\b(?P<year>20\d\d)-(?P<month>[01]\d)-(?P<day>[0-3]\d)\b", by=make.iso, anchor="@figure", holds=("20",)),
    _rule(
        rf"(?:\b(?:{_WD}|{_ABBR}\.?)(?P<part>{_PART})?,?\s+)?(?P<wd>)\b(?P<from>[0-3]?\d)(?:e|ste)?"
        rf"(?P<more>(?:,\s*(?:{_WD}\s+)?\d\d?)*),?\s*(?P<how>tot en met|t/m|tm|tot|en|of|op|&|-|–)\s*(?:{_WD}\s+)?",
        _DATE, by=make.date_row, anchor="@month",
    ),
    _rule(_LEAD, r"\b", _DATE, by=make.full_date, anchor="@month"),
    _rule(
        _ON, _LEAD, _FIGURES, r"(?P<mark>[-/.])(?P<month>[01]?\d)(?P=mark)(?P<year>(?:20)?\d\d)\b",
        by=make.numeric, anchor="@figure",
    ),
    _rule(
        _ON, _LEAD, _FIGURES, rf"(?P<mark>[-/])(?P<month>[01]?\d)\b(?P<year>)(?![\d-]|{_NO_DATE})", _BEFORE_AN_HOUR,
        by=make.numeric, anchor="@figure", holds=("-", "/"),
    ),
    _rule(
        rf"(?P<op>)\b(?P<wd>{_WD}"
        rf"|{_ABBR})(?P<part>{_PART})?,?\s+(?P<day>[0-3]?\d)(?P<mark>\.)(?P<month>[01]?\d)(?P<year>)\.?"
        r"(?=\s*(?:,|\(|om\b|vanaf\b|van\b)\s*)",
        by=make.numeric, anchor="@figure",
    ),
    _rule(
        r"(?P<op>)(?P<wd>)(?P<part>)(?<!om )(?<!van )(?<!vanaf )(?<!tot )", _FIGURES,
        r"(?P<mark>\.)(?P<month>[01]?\d)\b(?P<year>)(?=\s+(?:om|vanaf)\s)", _BEFORE_AN_HOUR,
        by=make.numeric, anchor="@figure",
    ),
    _rule(
        rf"\b(?P<wd>{_WD})(?P<part>{_PART})?\s+(?:de\s+(?=\d+(?:e|ste)))?(?P<day>[0-3]?\d)(?:e|ste)?\b",
        r"(?![.:,]\d|[-/]\d|\s*(?:uur|u\b|h\b|\w*personen|mensen|man\b|procent|euro|keer|jaar|\w+ers\b))",
        by=make.day_of_month, anchor="@weekday",
    ),
    _rule(
        rf"\b(?P<wd>{_WD})(?P<part>{_PART})?,?\s+de\s+(?P<day>{_SPOKEN})\b", _ORDINAL_THING,
        by=make.day_of_month, anchor="@weekday",
    ),
    _rule(
        r"(?P<wd>)(?P<part>)\b(?:op|van|vanaf|tot|naar|en|is|wordt|met|voor"
        r"|tegen)\s+(?:de\s+)(?P<day>[0-3]?\d)(?:e|ste)\b",
        _ORDINAL_THING, by=make.day_of_month, anchor="@ordinal",
    ),
    _rule(
        r"(?P<wd>)(?P<part>)\bde\s+(?P<day>[0-3]?\d)(?:e|ste)\b",
        r"(?=\s*(?:[.,:;!?]|$|om\b|vanaf\b|is\b|gaan\b|staat\b))", by=make.day_of_month, anchor="@ordinal",
    ),
    _rule(
        r"(?P<wd>)(?P<part>)\b(?P<day>[0-3]?\d)(?:e|ste)\b",
        r"(?=,?\s*(?:om\b|vanaf\b|rond\b|half\b|kwart\b|\d\d?(?:[.:]\d\d|\s?u(?:ur)?\b)))",
        by=make.day_of_month, anchor="@ordinal",
    ),
    _rule(
        rf"\b(?P<before>(?:vorige|deze|volgende|komende|afgelopen|verleden)\s+week\s+(?:op\s+)?"
        rf"|(?:{make.COMING}|{make.GONE}|deze)\s+)?",
        rf"(?<!elke )(?<!iedere )(?<!alle )(?<!'s )(?<!goede )(?<!witte )(?<!dolle )"
        rf"(?P<wd>{_WD})(?:\s?(?P<part>{_PART}))?(?!\w)",
        r"(?P<after>\s+(?:aanstaande|a\.s\.|jl\b\.?|j\.l\.|jongstleden|volgende\s+week|vorige\s+week|afgelopen\s+week"
        r"|(?:van\s+)?(?:deze|dezer)\s+wek?e?k?\b|over\s+(?:een|1)\s+week))?",
        by=make.weekday, anchor="@weekday",
    ),
    _rule(_DAYWORD, by=make.day_word, anchor="@day"),
    _rule(
        r"\b(?P<which>afgelopen|voorbije|komende|deze|vorige)\s+(?P<part>nacht|avond|middag|ochtend)\b",
        by=make.this_part, anchor="@part",
    ),
    _rule(
        r"\b(?:(?P<which>aankomende?|eerstvolgende?|komende?|dit|volgende?|vorige?|afgelopen|voorbije|verleden)\s+"
        r"|(?:in|tijdens|voor)\s+het\s+)week(?:end|einde)\b",
        by=make.weekend, anchor="@weekend",
    ),
    _rule(FEAST, by=make.feast, anchor="@feast"),
    _rule(r"\bweek\s+(?P<number>\d\d?)\b(?!\s*(?:uur|weken|dagen))", by=make.week, anchor="@week"),
    _rule(
        r"\b(?P<which>deze|volgende|komende|aankomende|afgelopen|vorige)\s+week\b", by=make.week, anchor="@week"
    ),
    _rule(
        r"\bover\s+(?:precies\s+|ruim\s+|zo'n\s+)?(?P<count>\d\d?|\w+)\s+(?P<unit>dagen|dag|weken|week)\b(?P<ago>)",
        by=make.days_away, anchor="@away",
    ),
    _rule(
        r"\b(?P<count>\d\d?|\w+)\s+(?P<unit>dagen|dag|weken|week)\s+(?P<ago>geleden)\b",
        by=make.days_away, anchor="@away",
    ),
)  # fmt: skip # a rule is one pattern: two or three lines, not eight

_ANCHORS = frozenset(rule.anchor for rule in GRAMMAR)
_FIGURE = re.compile(r"\d[-/.]\d")

_Windows = list[tuple[int, int]]


def matches_in(read: Sentences) -> Iterator[tuple[Rule, "re.Match[str]"]]:
    """What each rule finds in a text, in the order of the rules; finds may overlap."""
    text = read.lower
    windows = {anchor: _windows(read.marks.get(anchor, ()), text) for anchor in _ANCHORS}
    windows["@figure"] = _windows([match.start() for match in _FIGURE.finditer(text)], text)
    for rule in GRAMMAR:
        if rule.holds and not any(word in text for word in rule.holds):
            continue
        for first, last in windows[rule.anchor]:
            for match in rule.pattern.finditer(text, first, last):
                yield rule, match


def _windows(anchors: Iterable[int], text: str) -> _Windows:
    """Parts of `text` around each anchor, from white space to white space, those that overlap joined."""
    found: _Windows = []
    for anchor in anchors:
        first = max(0, text.rfind(" ", 0, max(0, anchor - _BEFORE)))
        last = text.find(" ", anchor + _AFTER)
        last = len(text) if last < 0 else last
        if found and first <= found[-1][1]:
            found[-1] = (found[-1][0], last)
        else:
            found.append((first, last))
    return found
