"""All days that a text names -> the one that is the event's, or none of them."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from classifiers.clock_words import Clock
from classifiers.cues import NEAR_A_DATE
from classifiers.mentions import Direction, Mention, lived_day
from classifiers.scales import Scale
from classifiers.tenses import Sentences
from classifiers.vocabulary import Phase, Precision, Voice

_NEAR = 48
_BESIDE = 12
"""Characters between a date and the time that belongs to it: ", vanaf ", " om ", " rond "."""
_SMALL_HOURS, _LATE = 6, 19

_DEADLINE = re.compile(
    r"(?:\buiterlijk|\bvóór|\bvoor|\btot|\bper|\bdeadline|\bdatum:?|\bgeboren|\bgeb\.?|\breageren kan|\bd\.d\.?"
    r"|\bvan voor|\btot uiterlijk|\bvanaf)\s*(?:op|en met)?\s*$"
)
_HAPPENED_ON = re.compile(
    r"\b(?:rellen|ongeregeldheden|incidenten|onlusten|wedstrijd|derby|duel|demonstratie|betoging|protest|feest|rave"
    r"|festival|evenement|kermis|mars|optocht|steekpartij|vechtpartij|avond|nacht|actie|blokkade|tocht|wake|loop"
    r"|bijeenkomst)"
    r"\s+(?:van|op|die)\s+(?:de\s+)?$"
)
_MOVED_TO = re.compile(r"(?:\b(?:naar|tot|nu|nieuwe datum|wordt|worden|maar)|:)\s*(?:op\s+|de\s+)?$")
_MOVED_FROM = re.compile(r"\b(?:van|niet)\s*(?:de\s+)?$")
_NOT_THIS = re.compile(
    r"\b(?:niet(?: op)?|geen|in plaats van|ipv|i\.p\.v\.|behalve|oorspronkelijk(?:e datum)?|zou|eerst"
    r"|aanvankelijk|dus niet"
    r"|anders dan|stond gepland op|de dag na|de dag voor|dag vóór)\s+(?:op\s+|van\s+|voor\s+)?(?:de\s+)?$"
)
_MOVED_AWAY = re.compile(
    r"^\s*(?:naar|wordt|is)?\s*\b(?:verplaatst|afgelast|gaat niet door|vervalt|afgeblazen)\b|^\s*naar\b"
)
_SINCE = re.compile(r"\bsinds\s+(?:de\s+)?\Z")
_ENDING = re.compile(r"\b(?:duurt|loopt|tot en met|geldt|blijft|einde|eindigt|laatste dag)\b[^.;!?]{0,24}$")
_UNKNOWN = re.compile(
    r"\b(?:nog (?:niet bekend|geen datum|onbekend|onduidelijk)|datum (?:volgt|is nog)|datum nog|later bekend"
    r"|in het (?:voor|na)jaar"
    r"|nog geen (?:besluit|beslissing)|volgende maand|dit (?:voor|na)jaar|komend(?:e)? (?:jaar|seizoen|zomer|winter)|"
    r"later dit jaar|volgend jaar|beleid|nota|voorstel|motie)\b"
)

_JUST_BEFORE = (
    ("deadline", _DEADLINE), ("happened on", _HAPPENED_ON), ("not this", _NOT_THIS),
    ("ending", _ENDING),
)  # fmt: skip # idem


@dataclass(frozen=True, slots=True)
class EventDay:
    """A day that may be the event's."""

    first: date
    last: date
    """Both included."""
    precision: Precision
    part: str | None
    mention: Mention | None
    """None where the text names no such day: it follows from the moment of publication alone."""


Candidate = tuple[EventDay | None, list[str]]
"""A day, or None for "not told", and the features that speak for or against it."""


class DayFinder:
    """The candidates of one text. Their features depend on the phase; what can be seen without it is seen once."""

    def __init__(
        self,
        read: Sentences,
        mentions: dict[Direction, list[Mention]],
        clocks: list[Clock],
        *,
        published: datetime,
        scale: Scale,
        voice: Voice | None,
    ) -> None:
        self._read, self._published, self._scale, self._voice = read, published, scale, voice
        self._clocks = clocks
        self._today = lived_day(published)
        counted = Counter(m.first for found in mentions.values() for m in found)
        self._named = [*self._from_mentions(mentions, counted), *self._implied(bool(counted))]
        self._weighed = [scale.weigh(features) for _, features, *_ in self._named]
        self._unknown = ["unknown"] if _UNKNOWN.search(read.lower) else []
        self._any = "mentioned" if counted else "nothing mentioned"

    def candidates(self, phase: Phase | None) -> Iterator[Candidate]:
        """Every day, and "not told", with the features it has if the text is in `phase` (None: not known)."""
        for nth, more in self._in_phase(phase):
            day, features, *_ = self._named[nth]
            yield day, features + more
        yield None, self._nothing(phase)

    def best(self, phase: Phase | None) -> EventDay | None:
        """The likeliest candidate."""
        weigh = self._scale.weigh
        best, score = None, weigh(self._nothing(phase))
        for nth, more in self._in_phase(phase):
            weight = self._weighed[nth] + weigh(more)
            if weight > score:
                best, score = self._named[nth][0], weight
        return best

    def _in_phase(self, phase: Phase | None) -> Iterator[tuple[int, list[str]]]:
        """The days that count in `phase` by number, each with the features that it has in that phase only."""
        name = phase.value if phase else "unknown"
        for nth, (day, features, direction, when) in enumerate(self._named):
            more = [f"{name}:{when}", f"{name}:{direction}"]
            if day.mention is None:
                if phase is None:
                    continue
                more.append(f"{name}:{features[0]}")
            yield nth, more

    def _nothing(self, phase: Phase | None) -> list[str]:
        name = phase.value if phase else "unknown"
        told = ["none", f"none:{name}", f"none:{self._any}", f"none:{name}:{self._any}"]
        return told + [f"none:{unknown}:{name}" for unknown in self._unknown]

    def _from_mentions(
        self, mentions: dict[Direction, list[Mention]], counted: Counter[date]
    ) -> Iterator[tuple[EventDay, list[str], str, str]]:
        seen: dict[tuple[int, date], int] = {}
        spans = {(m.start, m.first) for m in mentions[Direction.AHEAD]} & {
            (m.start, m.first) for m in mentions[Direction.BACK]
        }
        for direction, found in mentions.items():
            for nth, mention in enumerate(found):
                if (mention.start, mention.first) in seen:
                    continue
                seen[mention.start, mention.first] = 1
                told = "told" if (mention.start, mention.first) in spans else direction.value
                features = self._features(mention, nth, counted)
                index = self._read.index_at(mention.start)
                leaning, whole = slant_of(self._read.leanings[index]), slant_of(self._read.whole)
                when = _when((mention.first - self._today).days)
                side = "after" if mention.first > self._today else "before" if mention.last < self._today else "today"
                features += [
                    f"{leaning}:{side}",
                    f"text {whole}:{side}",
                    f"{leaning}:{told}",
                    f"text {whole}:{told}",
                    when,
                ]
                if _SINCE.search(self._read.lower, max(0, mention.start - 12), mention.start):
                    features += ["since", f"since:{told}", f"since:{side}"]
                if told == "told" and mention.kind == "weekday":
                    features.append("weekday of publication")
                yield from self._nights(mention, features, told, when)

    def _nights(
        self, mention: Mention, features: list[str], told: str, when: str
    ) -> Iterator[tuple[EventDay, list[str], str, str]]:
        day = EventDay(mention.first, mention.last, mention.precision, mention.part, mention)
        if mention.part != "nacht" or mention.first == mention.last:
            yield day, features, told, when
            return
        hours = [c.begins.hour for c in self._clocks if c.sure or c.begins.hour <= _SMALL_HOURS]
        small = any(h < _SMALL_HOURS for h in hours)
        late = any(h >= _LATE for h in hours)
        sentence = self._read.index_at(mention.start)
        beside = any(
            c.sure and c.begins.hour < _SMALL_HOURS and self._read.index_at(c.start) == sentence for c in self._clocks
        )
        clock = (
            "small hours beside"
            if beside
            else "small hours"
            if small and not late
            else "late hours"
            if late
            else "no hours"
        )
        yield day, [*features, "night:first", f"night:first:{clock}"], told, when
        second = EventDay(mention.last, mention.last, Precision.DAY, None, mention)
        yield second, [*features, "night:second", f"night:second:{clock}"], told, when

    def _features(self, mention: Mention, nth: int, counted: Counter[date]) -> list[str]:
        read, index = self._read, self._read.index_at(mention.start)
        before, after = read.around(mention.start, mention.end, _NEAR)
        first, last = read.bounds(index)
        features = [
            mention.kind, f"{mention.kind}:{min(nth, 2)}", f"sentence {min(index, 6)}", f"date {min(nth, 4)}",
            f"precision {mention.precision.value}",
        ]  # fmt: skip # the way of naming, and where
        for name in NEAR_A_DATE:
            if read.count(name, max(first, mention.start - _NEAR), min(last, mention.end + _NEAR)):
                features.append(f"near {name}")
            elif read.count(name, first, last):
                features.append(f"in {name}")
        features += [name for name, pattern in _JUST_BEFORE if pattern.search(before)]
        if _MOVED_AWAY.search(after):
            features.append("moved away")
        if read.count("moved", first, last):
            moved = "to" if _MOVED_TO.search(before) else "from" if _MOVED_FROM.search(before) else "beside"
            features.append(f"moved {moved}")
        elif index and read.count("moved", 0, first):
            features.append("moved before")
        if any(0 <= c.start - mention.end <= _BESIDE for c in self._clocks):
            features.append("clock behind")
        elif any(0 <= mention.start - c.end <= _BESIDE for c in self._clocks):
            features.append("clock before")
        elif any(read.index_at(c.start) == index for c in self._clocks):
            features.append("clock in sentence")
        if counted[mention.first] > 2:  # noqa: PLR2004 - both directions count
            features.append("named again")
        if mention.part:
            features.append(f"part {mention.part}")
        if mention.first != mention.last:
            features.append("some days")
        return features

    def _implied(self, mentioned: bool) -> Iterator[tuple[EventDay, list[str], str, str]]:
        """The day of publication, and those beside it, for a text that leaves the day to its reader."""
        hour, local = self._published.hour, self._published.date()
        clock = next(name for name, until in _HOURS if hour < until)
        state = "beside" if mentioned else "alone"
        days = {"today": (local, local)}
        if hour < _SMALL_HOURS:
            days["last night"] = (local - timedelta(days=1), local)
        else:
            days["yesterday"] = (local - timedelta(days=1), local - timedelta(days=1))
        small = any(c.sure and c.begins.hour < _SMALL_HOURS for c in self._clocks)
        earlier = any(c.sure and c.begins > self._published.time() for c in self._clocks)
        sooner = any(c.sure and c.begins <= self._published.time() for c in self._clocks)
        whole = slant_of(self._read.whole)
        for name, (first, last) in days.items():
            features = [
                f"{name} {state}", f"{name} {clock}", f"{name} {state} {clock}", f"{name} {state} text {whole}",
                f"{name} {state} clock {'later' if earlier else 'sooner' if sooner else 'none'}",
            ]  # fmt: skip # idem
            features += [f"{name} small hours told"] * small
            features += [
                f"{name} {cue} {clock}" for cue in ("evening", "night") if self._read.marks.get(f"in the {cue}")
            ]
            if self._voice is not None:
                features += [f"{name} {self._voice.value}", f"{name} {clock} {self._voice.value}"]
            yield EventDay(first, last, Precision.DAY, None, None), features, f"implied {name}", f"implied {state}"


_HOURS = (("night", 6), ("early", 9), ("morning", 12), ("noon", 15), ("afternoon", 19), ("evening", 24))


def slant_of(leaning: float) -> str:
    """Which way words look, in five steps."""
    if leaning > 1:
        return "ahead"
    if leaning > 0:
        return "rather ahead"
    if leaning < -1:
        return "back"
    return "rather back" if leaning < 0 else "level"


_WHENS = (
    (-420, "years ago"), (-45, "months ago"), (-8, "weeks ago"), (-2, "days ago"), (-1, "yesterday"), (0, "today"),
    (1, "tomorrow"), (8, "days ahead"), (60, "weeks ahead"), (420, "months ahead"),
)  # fmt: skip # a table


def _when(days: int) -> str:
    return next((name for until, name in _WHENS if days <= until), "years ahead")
