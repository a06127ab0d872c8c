"""All times of day that a text names -> the one at which the event begins, or none of them."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, time
from functools import cached_property

from classifiers.clock_words import Clock, readings_of
from classifiers.event_days import EventDay
from classifiers.mentions import Mention
from classifiers.scales import Scale
from classifiers.tenses import Sentences
from classifiers.vocabulary import Phase

_BESIDE = 14
_EARLY = 6
_NEW_YEARS_EVE = (12, 31)
_ENTRY = re.compile(
    r"\b(?:inloop|deuren|poorten|inschrij\w*|aanmeld\w*|afhalen|ophalen|parkeer\w*|parkeren|bussen?|pendel\w*|treinen"
    r"|opbouw|afbouw|kassa|zaal open|hek|kroegen|verkoop|opgeven|startnummers?|veegwagen|afsluit\w*|afgesloten"
    r"|warming-?up|bereikbaar|telefonisch|open|koffie|ontvangst|trein|bus|terug|vertrekt de bus|winkels|horeca|school"
    r"|raad\w*|vergader\w*)\b[^.;!?]*$"
)
_OPENING = re.compile(
    r"\b(?:begint|beginnen|begin|start|starten|aanvang\w*|aftrap|van start|vertrek\w*|verzamel\w*|speelt"
    r"|gespeeld|lopen we"
    r"|trapt|staan we|komen we|gaan we|zetten in|bijeen|samenkomst)\b[^.;!?]{0,30}$"
)
_WHOSE = (
    ("starts", re.compile(
        r"\b(?:begin\w*|begon\w*|start\w*|aanvang\w*|aftrap|trapt|speel\w*|spelen|gespeeld|wedstrijd|duel|partij|om)\b"
        r"[^.;!?]{0,24}$"
    )),
    ("gathers", re.compile(r"\b(?:verzamel\w*|samenkomst|samenkomen|bijeen|treffen|ontvangst)\b[^.;!?]{0,30}$")),
    ("leaves", re.compile(r"\b(?:vertrek\w*|vertrokken|bus|bussen|buscombi\w*|trein|afreis\w*)\b[^.;!?]{0,30}$")),
    ("moves", re.compile(r"\b(?:lopen|loopt|trekt|trekken|tocht|optocht|mars|stoet|rijden|rijdt)\b[^.;!?]{0,30}$")),
    ("for traffic", re.compile(
        r"\b(?:verkeer\w*|weg|wegen|straat|parkeer\w*|parkeren|geparkeerd|afgesloten|af te sluiten|gesloten|dicht"
        r"|voertuigen|bereikbaar|wegsleep\w*)\b[^.;!?]*$"
    )),
)  # fmt: skip # a table
"""What the words before a time say that happens then."""
_THEN = (
    ("then starts", re.compile(r"^\W*(?:begint|beginnen|start|starten|aanvang|aftrap|speelt|spelen|trapt|is het)\b")),
    ("then moves", re.compile(r"^\W*(?:lopen|loopt|trekt|trekken|vertrekt|vertrekken|rijden|rijdt|gaan|gaat)\b")),
    ("then gathers", re.compile(r"^\W*(?:verzamel\w*|samenkomst|staan|komen|treffen|bij)\b")),
    ("then closed", re.compile(
        r"^(?:\W+\w+){0,9}?\W+(?:gesloten|afgesloten|dicht|verboden|verbod|af te sluiten|parkeren|afsluiting)\b"
    )),
)  # fmt: skip # idem
"""Idem, of the words after it."""
_ROLES = (
    ("closing", {"then closed", "for traffic", "area"}), ("ending", {"ending", "end after"}),
    ("doors", {"opens", "entry"}), ("gathering", {"gathers", "then gathers"}), ("leaving", {"leaves"}),
    ("moving", {"then moves", "moves"}), ("starting", {"then starts", "starts", "opening"}),
)  # fmt: skip # idem
"""What a time is the time of, the first that fits. A road is closed from 13.30, people gather at 14.00: beside the
other, neither is the beginning for its own sake."""
_GATHERING = re.compile(
    r"^\s*:?\s*(?:verzamel\w*|aanvang\w*|start\w*|begin\w*|aftrap|vertrek\w*|staan|stipt|trapt|speelt)\b"
)
_OPENS = re.compile(r"^\s*[:,(-]?\s*(?:inloop|deuren|open\b|zaal open|poorten|ontvangst|koffie|welkom|inschrijv)")
_ENDING = re.compile(
    r"\b(?:einde|eindigt|afgelopen|duurt tot|sluit\w*|uiterlijk|tot|voorbij|klaar|ontbonden|laatste|terug|thuis|slot)\b"
    r"[^.;!?]{0,16}$"
)
_END_AFTER = re.compile(
    r"^\W*(?:\w+\W+){0,3}(?:is het )?(?:afgelopen|klaar|voorbij|sluit\w*|einde|thuis|leeg|dicht|afloop|stil|uit)\b"
)
_SAYING = re.compile(r"\b(?:bel\w*|kaarten|bezwaar|melden|vragen|info|telefoon|bereikbaar|balie)\b[^.;!?]{0,20}$")
_NOT_THIS = re.compile(
    r"\b(?:niet(?: meer| langer)?|geen|in plaats(?: van)?|ipv|i\.p\.v\.|oorspronkelijk|aanvankelijk)\s+(?:de\s+)?$"
)
_NAMED = frozenset(("", "om", "vanaf", "van", "rond", "@"))
"""Words before a time that may be denied with it: "niet om 13.00 maar om 14.00"; "niet voor 20.00" denies no time."""
_MOVED_TO = re.compile(r"\b(?:maar|naar|vervroegd|verplaatst|nu|wordt)\s+(?:naar\s+)?(?:om\s+|vanaf\s+)?$")
_AREA = re.compile(
    r"\b(?:verbod\w*|verboden|zone|gebied\w*|afgesloten|dicht|geldt|gelden|afsluiting|noodbevel|noodverordening"
    r"|risicogebied|aangewezen)\b"
)
_HAPPENED = re.compile(r"\b(?:begon\w*|vertrok\w*|sinds|startte\w*|aangevangen|begonnen|vanaf)\b[^.;!?]{0,30}$")
_EVENING = re.compile(
    r"\b(?:\w*avond|'s avonds|avondklok|concert\w*|feest\w*|wake|fakkel\w*|lichtjes\w*|rave|theater|film|borrel"
    r"|kroeg\w*"
    r"|bar|dj|donker|pubquiz|stille tocht|aftrap|bier)\b"
)
_MORNING = re.compile(
    r"\b(?:\w*ochtend|'s ochtends|'s morgens|van-?morgen|\w+dagmorgen|ontbijt|vroeg\w*|dienst|staking|staken"
    r"|school\w*)\b"
)

_ROLE_NAMES = (*(role for role, _ in _ROLES), "time")
_ELSEWHERE = ("opening", "gathering", "area")
"""What a time that is none of these owes to another that is."""

Candidate = tuple[Clock | None, list[str]]


def _role_of(features: list[str]) -> str:
    return next((role for role, names in _ROLES if not names.isdisjoint(features)), "time")


class ClockFinder:
    """The candidates of one text for the beginning of its event on a given day."""

    def __init__(self, read: Sentences, clocks: list[Clock], published: datetime, scale: Scale) -> None:
        self._read, self._clocks, self._published, self._scale = read, clocks, published, scale
        sure = next((clock for clock in clocks if clock.sure), None)
        self._sure_half = None if sure is None else "pm" if sure.begins >= time(12) else "am"
        seen = [self._features(clock, nth) for nth, clock in enumerate(clocks)]
        counted = Counter(map(_role_of, seen))
        counted.update(f"any {name}" for own in seen for name in _ELSEWHERE if name in own)
        self._seen = [[*own, *self._beside_others(nth, seen, counted)] for nth, own in enumerate(seen)]

    @cached_property
    def _parts_of_day(self) -> list[str]:
        """What the words tell of the time of day, asked only where a time leaves it open."""
        told = (("evening", _EVENING), ("morning", _MORNING))
        return [name for name, pattern in told if pattern.search(self._read.lower)]

    def candidates(self, day: EventDay, mentions: list[Mention], phase: Phase | None) -> Iterator[Candidate]:
        """Every time, and "not told", with its features for `day`; `mentions` are the days the text names."""
        name = phase.value if phase else "unknown"
        # The digits of "za 14.06, vanaf" are no clock; those in "31 december, 18.00 uur, tot 1 januari" are.
        dates = [m for m in mentions if m.kind == "figures"]
        found = 0
        for clock, features in zip(self._clocks, self._seen, strict=True):
            if "not this" in features or any(m.start <= clock.start and clock.end <= m.end for m in dates):
                continue
            found += 1
            beside = [*features, f"clock {name}", *self._beside(clock, day, mentions)]
            if "word sinds" in features or "happened" in features:
                beside.append(f"begun {name}")
            readings = readings_of(clock, day.part)
            for reading in readings:
                yield (
                    reading,
                    [
                        *beside,
                        *(self._half(reading, day, name) if len(readings) > 1 else ()),
                        *([f"{self._side(reading)} {name}"] if day.first == self._published.date() else ()),
                    ],
                )
        yield (
            None,
            ["none", f"none {name}", f"none {min(found, 2)}", f"none {name} {min(found, 2)}", *self._whole_days(day)],
        )

    def best(self, day: EventDay, mentions: list[Mention], phase: Phase | None) -> Clock | None:
        if not self._clocks:
            return None
        weigh = self._scale.weigh
        scored = [(weigh(features), clock) for clock, features in self.candidates(day, mentions, phase)]
        return max(scored, key=lambda row: row[0])[1]

    def end_after(self, clock: Clock) -> Clock | None:
        """The end told apart from the beginning: "om 16.00 uur is het afgelopen"."""
        for other in self._clocks:
            if other.start <= clock.start or other.until is not None:
                continue
            before, after = self._read.around(other.start, other.end, 30)
            if _END_AFTER.search(after) or re.search(r"\b(?:einde|eindigt|duurt|afgelopen|tot)\W+(?:\w+\W+)?$", before):
                return other
        return None

    def _side(self, clock: Clock) -> str:
        """Whether a time of today has passed."""
        return "still to come" if clock.begins > self._published.time() else "passed"

    @staticmethod
    def _whole_days(day: EventDay) -> list[str]:
        return [f"none of {'some days' if day.first != day.last else 'a day'}", f"none {day.precision.value}"]

    def _features(self, clock: Clock, nth: int) -> list[str]:
        before, after = self._read.around(clock.start, clock.end, 60)
        if nth:
            # What stands before another time belongs to that one: "inloop 19.00, aanvang 20.00 uur".
            before = before[max(0, len(before) - max(0, clock.start - self._clocks[nth - 1].end)) :]
        words = f"{before[-40:]}{clock.word} " if clock.word else before[-40:]
        told = [
            f"word {clock.word}", f"clock {min(nth, 3)}", "span" if clock.until else "one time",
            "sure" if clock.sure else "unsure", f"sentence {min(self._read.index_at(clock.start), 5)}",
        ]  # fmt: skip # what, and where
        checks = (
            ("opening", _OPENING.search(words)),
            ("gathering", _GATHERING.search(after)),
            ("opens", _OPENS.search(after)),
            ("entry", _ENTRY.search(before)),
            ("ending", _ENDING.search(words)),
            ("end after", _END_AFTER.search(after)),
            ("asking", _SAYING.search(before)),
            ("not this", clock.word in _NAMED and _NOT_THIS.search(before)),
            ("moved to", _MOVED_TO.search(before)),
            ("area", _AREA.search(before) or _AREA.search(after)),
            ("happened", _HAPPENED.search(words)),
            ("loose", clock.loose),
            ("minutes", clock.begins.minute),
            ("small hours", clock.sure and clock.begins.hour < _EARLY),
        )
        told += [name for name, pattern in _WHOSE if pattern.search(words)]
        told += [name for name, pattern in _THEN if pattern.search(after)]
        return told + [name for name, found in checks if found]

    def _beside_others(self, nth: int, seen: list[list[str]], counted: Counter[str]) -> list[str]:
        """What a time owes to the other times of the text, of which `counted` tells the roles."""
        own, clock, role = seen[nth], self._clocks[nth], _role_of(seen[nth])
        features = [f"{role} beside {other}" for other in _ROLE_NAMES if counted[other] > (other == role)]
        features += [f"{name} elsewhere" for name in _ELSEWHERE if name not in own and counted[f"any {name}"]]
        before = seen[nth - 1] if nth else []
        features += [f"behind {name}" for name in ("entry", "opens", "area", "gathering") if name in before]
        behind = seen[nth + 1] if nth + 1 < len(seen) else []
        features += [f"before {name}" for name in ("opening", "moved to", "entry", "end after") if name in behind]
        if not clock.sure:
            features.append(f"others {self._sure_half}" if self._sure_half else "none is sure")
        if clock.begins.hour < _EARLY:
            features.append("early")
        return features

    def _beside(self, clock: Clock, day: EventDay, mentions: list[Mention]) -> list[str]:
        index = self._read.index_at(clock.start)
        days = {m.first for m in mentions if self._read.index_at(m.start) == index}
        features = []
        if days:
            features.append("its day" if day.first in days else "another day")
        nearest = min(mentions, key=lambda m: min(abs(m.start - clock.end), abs(clock.start - m.end)), default=None)
        if nearest is not None:
            features.append("nearest is its day" if nearest.first == day.first else "nearest is another day")
        anchor = day.mention
        if anchor is None:
            return [*features, "day implied"]
        steps = index - self._read.index_at(anchor.start)
        features.append(f"steps {max(-2, min(4, steps))}")
        same = [m for m in mentions if m.first == day.first]
        if any(0 <= clock.start - m.end <= _BESIDE for m in same):
            features.append("right behind")
        elif any(0 <= m.start - clock.end <= _BESIDE for m in same):
            features.append("right before")
        return features

    def _half(self, clock: Clock, day: EventDay, name: str) -> list[str]:
        half = "pm" if clock.begins >= time(12) else "am"
        hour = clock.begins.hour % 12
        features = [half, f"{half} {hour}", f"{half} {hour} {day.part}", f"{half} {hour} {clock.begins.minute == 0}"]
        if 0 < hour <= _EARLY:
            features += [f"{half} small", f"{half} small {name}"]
        if clock.until is not None:
            features.append(f"{half} {'through midnight' if clock.until <= clock.begins else 'within a day'}")
        features.append(f"{half} posted {self._published.hour // 6}")
        if clock.until is not None and clock.until_sure:
            features.append(f"{half} before {'pm' if clock.until >= time(12) else 'am'}")
        if self._sure_half:
            features.append(f"{half} beside {self._sure_half}")
        if (day.first.month, day.first.day) == _NEW_YEARS_EVE:
            features += [f"{half} new year's eve", f"{half} {hour} new year's eve"]
        return features + [f"{half} {part}" for part in self._parts_of_day]
