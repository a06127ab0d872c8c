"""What changed about an event -> which send rule takes it: to whom, and how urgent. The table is alerts/rules.toml."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from enum import StrEnum
from itertools import product

from alerts import Urgency
from classifiers import Category, Level
from monitor.clock import local, midnight
from monitor.config import Notice
from monitor.domain import Event, Fact, FactKind
from monitor.rules.deadline import notify_before

STALE = timedelta(days=2)
"""A happening that ended longer ago is news for the briefing, not for an alert."""


class Change(StrEnum):
    """What can change about an event, in the words of the table."""

    NEW = "nieuw"
    CONFIRMED = "tweede_bron"
    UP = "niveau_omhoog"
    DOWN = "niveau_omlaag"
    REVIEWED = "bevestigd"
    MOVED = "verplaatst"
    CANCELLED = "afgelast"
    RESUMED = "gaat_toch_door"
    ASKED = "vraag"
    SIGNAL = "signaal"
    WITHDRAWN = "ingetrokken"
    RESTORED = "hersteld"
    SOURCE_WITHDREW = "bron_trok_in"
    MERGED = "samengevoegd"
    SPLIT = "gesplitst"
    NOTICE = "termijn"
    UNSEEN = "niet_gezien"


_CHANGES = {
    FactKind.EVENT_OPENED: Change.NEW,
    FactKind.CONFIRMED: Change.CONFIRMED,
    FactKind.REVIEWED: Change.REVIEWED,
    FactKind.MOVED: Change.MOVED,
    FactKind.CANCELLED: Change.CANCELLED,
    FactKind.RESUMED: Change.RESUMED,
    FactKind.REVIEW_ASKED: Change.ASKED,
    FactKind.SIGNAL_ADDED: Change.SIGNAL,
    FactKind.WITHDRAWN: Change.WITHDRAWN,
    FactKind.RESTORED: Change.RESTORED,
    FactKind.SOURCE_WITHDREW: Change.SOURCE_WITHDREW,
    FactKind.EVENTS_MERGED: Change.MERGED,
    FactKind.EVENT_SPLIT: Change.SPLIT,
    FactKind.NOTICE_DUE: Change.NOTICE,
    FactKind.NOT_SEEN: Change.UNSEEN,
}

MAY_REST = frozenset(
    {Change.CONFIRMED, Change.REVIEWED, Change.ASKED, Change.SIGNAL, Change.SOURCE_WITHDREW, Change.MERGED}
)
"""Changes that may have a cooldown: none that leaves people with a wrong level, day, place or outcome."""
_FIRST_WORD = frozenset({Change.NEW, Change.CONFIRMED})
"""Changes after which only the level of now counts: nobody need know the one before."""


@dataclass(frozen=True, slots=True)
class Case:
    """One change of one event, as far as a rule looks at it."""

    change: Change
    kind: FactKind
    level: Level
    was: Level
    """The level before the act; the same as `level` where it did not change."""
    category: Category
    area: str
    starts: datetime | None
    ends: datetime | None
    at: datetime

    @property
    def levels(self) -> frozenset[Level]:
        """Those that count."""
        return frozenset({self.level} if self.change in _FIRST_WORD else {self.level, self.was})

    @property
    def over(self) -> bool:
        """It ended too long ago to be told."""
        ended = self.ends or self.starts
        return ended is not None and ended < self.at - STALE


@dataclass(frozen=True, slots=True)
class SendRule:
    """One row of the table; an empty set means any."""

    name: str
    changes: frozenset[Change]
    levels: frozenset[Level]
    categories: frozenset[Category]
    areas: frozenset[str]
    """Codes of neighbourhoods."""
    horizon: timedelta | None
    hours: int
    """Of days that count for a notification; for `Change.NOTICE` only."""
    patience: timedelta
    """How long somebody may take to see it; for `Change.UNSEEN` only."""
    to: tuple[str, ...]
    """Names of channels; empty: every channel that wants to hear it."""
    urgency: Urgency | None
    """None: page and briefing only."""
    cooldown: timedelta

    def takes(self, case: Case, notice: Notice) -> bool:
        """Whether the rule is about this change of this event."""
        if not self._is_about(case.change, case.levels, case.category, case.area):
            return False
        if case.change is Change.NOTICE:
            counted = replace(notice, hours=self.hours, before=None)
            return case.starts is not None and case.at < case.starts and notify_before(case.starts, counted) <= case.at
        return self.horizon is None or case.starts is None or case.starts <= case.at + self.horizon

    def _is_about(self, change: Change, levels: frozenset[Level], category: Category, area: str) -> bool:
        return (
            change in self.changes
            and not self.levels.isdisjoint(levels)
            and (not self.categories or category in self.categories)
            and (not self.areas or area in self.areas)
        )

    def _reaches(self, other: "SendRule") -> bool:
        """Whether it takes all that the other takes of one and the same kind of case."""
        far = self.horizon is None or (other.horizon is not None and other.horizon <= self.horizon)
        return far and self.hours >= other.hours


@dataclass(frozen=True, slots=True)
class Quiet:
    """Hours in which a channel hears a C only, local time; `until` before `start` lies on the next day."""

    start: time
    until: time

    def ends(self, now: datetime) -> datetime | None:
        """When the quiet hours end in which `now` lies; None outside them."""
        here = local(now)
        for day in (here.date() - timedelta(days=1), here.date()):
            begin = midnight(day).replace(hour=self.start.hour, minute=self.start.minute)
            last = day if self.start < self.until else day + timedelta(days=1)
            end = midnight(last).replace(hour=self.until.hour, minute=self.until.minute)
            if begin <= here < end:
                return end
        return None


@dataclass(frozen=True, slots=True)
class Burst:
    """From when on messages come together: more than so many on one channel within so long."""

    more_than: int = 10
    within: timedelta = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class SendRules:
    """The whole table."""

    rules: tuple[SendRule, ...]
    quiet: Mapping[str, Quiet] = field(default_factory=dict)
    """By the name of the channel."""
    burst: Burst = field(default_factory=Burst)

    def first(self, case: Case, notice: Notice) -> SendRule | None:
        """The rule that counts; None when the change waits for the briefing."""
        return None if case.over else next((rule for rule in self.rules if rule.takes(case, notice)), None)

    def patience(self, level: Level) -> timedelta | None:
        """How long a new C may go unseen before a rule looks again; None when there is no such rule."""
        asked = [r.patience for r in self.rules if Change.UNSEEN in r.changes and level in r.levels and r.urgency]
        return min(asked, default=None)

    def shadowed(self) -> list[tuple[str, tuple[str, ...]]]:
        """Rules that are never the first, each with those before it that take all of theirs."""
        named = sorted({code for rule in self.rules for code in rule.areas})
        found = []
        for n, rule in enumerate(self.rules):
            by: dict[str, None] = {}
            for change, category, area in product(rule.changes, Category, [*named, ""]):
                for levels in _level_sets(change):
                    if not rule._is_about(change, levels, category, area):
                        continue
                    earlier = (r for r in self.rules[:n] if r._is_about(change, levels, category, area))
                    before = next((r for r in earlier if r._reaches(rule)), None)
                    by[before.name if before else ""] = None
            if "" not in by:
                found.append((rule.name, tuple(by)))
        return found


def _level_sets(change: Change) -> Iterable[frozenset[Level]]:
    """Every set of levels that a case of this change can have."""
    for now, was in product(Level, Level):
        same, up = now == was, now > was
        wrong = {Change.UP: not up, Change.DOWN: up or same}.get(change, change in _FIRST_WORD and not same)
        if not wrong:
            yield frozenset({now, was})


@dataclass(frozen=True, slots=True)
class Sending:
    """What the rules decided about one act: one message."""

    urgency: Urgency
    rules: tuple[str, ...]
    """Names, of those that want it told."""
    to: frozenset[str] | None
    """Names of channels; None: every channel that wants to hear it."""
    rests: Mapping[FactKind, timedelta]
    """How long each change that may rest stays silent after it was told; empty when one of them may not."""

    def goes_to(self, channels: Sequence[str]) -> tuple[str, ...]:
        """Those of these channels that are meant."""
        return tuple(name for name in channels if self.to is None or name in self.to)


def cases_of(kinds: Iterable[FactKind], fact: Fact, event: Event, level: Level, at: datetime) -> list[Case]:
    """The changes of one act; `level` is that of the event at the time. Kinds that no rule knows have none."""
    found = []
    was = Level(str(fact.data.get("from") or level))
    for kind in kinds:
        change = _CHANGES.get(kind)
        if kind is FactKind.LEVEL_CHANGED:
            change = Change.UP if level > was else Change.DOWN
        if change is not None:
            found.append(Case(change, kind, level, was, event.category, event.area, event.starts, event.ends, at))
    return found


def decide(rules: SendRules, cases: Iterable[Case], notice: Notice) -> Sending | None:
    """What becomes of one act: each change goes by its own first rule; None when it waits for the briefing."""
    taken = [(case, rule) for case in cases if (rule := rules.first(case, notice)) and rule.urgency]
    urgencies = [rule.urgency for _, rule in taken if rule.urgency]
    if not urgencies:
        return None
    everyone = any(not rule.to for _, rule in taken)
    rests = {case.kind: rule.cooldown for case, rule in taken}
    return Sending(
        urgency=max(urgencies),
        rules=tuple(dict.fromkeys(rule.name for _, rule in taken)),
        to=None if everyone else frozenset(name for _, rule in taken for name in rule.to),
        rests=rests if all(rests.values()) else {},
    )
