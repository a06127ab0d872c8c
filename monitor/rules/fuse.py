"""Item, candidates -> Fusion: which event an item reports, and why. Vetoes on kind, day and place come before likeness.

No likeness of words may join two happenings on other days or places: on hard pairs (same square, other protest)
likeness alone fails.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from classifiers import Category, Period, Phase, Place, Precision
from monitor.clock import local, midnight
from monitor.domain import Event, Item, metres
from monitor.rules.classify import CANCELLED

GENERAL_KINDS = frozenset({"stad", "gemeente", "provincie", "land", "regio"})
"""Kinds of place that say too little to tell two happenings apart."""

NEAR_METRES = 250
"""Two points this close are one place: a square and the church on it."""

LIKE_ENOUGH = {"dag plaats": 0.08, "dag": 0.15, "plaats": 0.30, "": 0.45}
"""Least likeness by what already agrees; the less agrees, the more the words must."""

SAME_START = timedelta(hours=3)
"""Two exact starts further apart are two happenings, unless the words are much alike."""
MUCH_ALIKE = 0.35

UNDATED_REACH = timedelta(days=6)
"""An undated report joins only what was reported within this time."""
NEARBY_DAYS = 8
"""How far from its own day a report is compared: a week, for reports that tell a weekend or a week."""
MOVED_REACH = timedelta(days=21)
"""A cancelled or moved happening is looked for this far from its new day."""

_SEASON_DAYS = 184
"""Reports of a whole season of New Year's Eve are compared with each other."""
_SEASON_OPENS = 7
"""July: talk of New Year's Eve is from then on about the coming one."""

_TOKEN = re.compile(r"[^\W\d_]{4,}|\d{3,}")
_STOP = frozenset(
    "aangaan aantal afgelopen allemaal alleen alles alweer andere anders avond bekend bent bijna binnen blijft boven "
    "buiten daar daarna daarom deze diverse door doordat draait echt eens eerder eerste enkele erbij ergens gaan gaat "
    "geen gemeente gewoon goed groningen groninger graag groot grote haar hebben heeft hele hier hierbij hoewel "
    "hoeveel iedereen iets inmiddels jaar jullie kan kans keer komen komende komt kunnen kunt laat laten later leden "
    "liggen maakt maar maken mensen mocht moeten moment morgen naar naam niet niets nieuw nieuwe nodig nooit omdat "
    "onder ongeveer onze ook over overal paar plaats plek politie ruim rond samen sinds soms staan staat steeds stad "
    "steun straks tegen tevens tijd tijdens toch toen tussen vaak vanaf vandaag vanavond vanmiddag vanuit vanwege veel "
    "verder verschillende vindt volgende volgens vooral voor voordat waar waarbij waardoor waarin waarom wanneer want "
    "waren wegens welke werd werden wordt worden wilden willen woensdag donderdag vrijdag zaterdag zondag maandag "
    "dinsdag zeggen zegt zelf zich zien zijn zodat zonder zoals zorgen zouden zullen januari februari maart april juni "
    "juli augustus september oktober november december weekend week middag ochtend nacht".split()
)


@dataclass(frozen=True, slots=True)
class Report:
    """What one item says of a happening, in the form in which two are compared."""

    category: Category
    period: Period | None
    days: frozenset[date]
    """Local days it may be about; empty when it names none."""
    places: frozenset[str]
    """Specific places, in lower case."""
    points: tuple[tuple[float, float], ...]
    """(longitude, latitude) of the specific places that have one."""
    words: frozenset[str]
    published: datetime
    entry: str
    cancels: bool
    """It says that something is cancelled, banned or moved."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An event nearby, with its reports."""

    event: Event
    reports: tuple[Report, ...]


@dataclass(frozen=True, slots=True)
class Fusion:
    """The event an item reports: an existing one, or a new one to open; and the codes of the reasons."""

    event: Event | None
    """None when a new event is to be opened."""
    why: tuple[str, ...]

    @property
    def opened(self) -> bool:
        """A new event is to be opened."""
        return self.event is None


def _new_years_eve(moment: datetime) -> date:
    """The New Year's Eve whose run-up or aftermath a moment belongs to: from July it is the coming one."""
    day = local(moment).date()
    return date(day.year if day.month >= _SEASON_OPENS else day.year - 1, 12, 31)


def _days(item: Item, places: Sequence[Place]) -> frozenset[date]:
    period = item.reading.period
    if item.reading.category is Category.NEW_YEAR and not places:
        # Reports on the whole town in one season are about one night, whatever day of it they dwell on.
        return frozenset({_new_years_eve(period.start if period else item.published)})
    if period is None:
        day = local(item.published).date()
        match item.reading.phase:
            case Phase.UNDER_WAY:
                return frozenset({day})
            case Phase.OVER:
                return frozenset({day, day - timedelta(days=1)})
        return frozenset()
    first = local(period.start).date()
    # An end at midnight belongs to the day before: periods are half-open.
    last = local(period.end - timedelta(microseconds=1)).date() if period.end else first
    return frozenset(first + timedelta(days=n) for n in range(min((last - first).days, 13) + 1))


def searched_days(item: Item) -> tuple[datetime | None, int]:
    """Around which moment, and how many days to either side, events are looked for that this item may report."""
    period = item.reading.period
    if item.reading.category is Category.NEW_YEAR and not _specific(item.reading.places):
        return midnight(_new_years_eve(period.start if period else item.published)), _SEASON_DAYS
    days = MOVED_REACH.days if CANCELLED in item.reading.codes else NEARBY_DAYS
    return (period.start if period else None), days


def words_of(text: str) -> frozenset[str]:
    """The telling words of a text, each cut to six letters: Dutch endings and compounds then often meet."""
    return frozenset(w[:6] for w in _TOKEN.findall(text.casefold()) if w not in _STOP)


def _specific(places: Iterable[Place]) -> list[Place]:
    return [p for p in places if p.kind not in GENERAL_KINDS]


def report_of(item: Item) -> Report:
    """An item as a report."""
    places = _specific(item.reading.places)
    return Report(
        category=item.reading.category,
        period=item.reading.period,
        days=_days(item, places),
        places=frozenset(p.name.casefold() for p in places),
        points=tuple((p.longitude, p.latitude) for p in places if p.longitude is not None and p.latitude is not None),
        words=words_of(f"{item.title} {item.extract}"),
        published=item.published,
        entry=item.entry,
        cancels=CANCELLED in item.reading.codes,
    )


def likeness(a: frozenset[str], b: frozenset[str]) -> float:
    """Share of the telling words of the shorter text that stand in the other, 0 to 1; half for very short texts."""
    shorter = min(len(a), len(b))
    return len(a & b) / max(shorter, 8) if shorter else 0.0


def _kinds_agree(a: Category, b: Category) -> bool:
    # Disorder grows out of a match, a protest or New Year's Eve: there the words decide.
    return a is b or Category.UNREST in (a, b)


def _places_agree(a: Report, b: Report) -> bool | None:
    """True: one place; False: two places; None: one of the two does not say."""
    if not a.places or not b.places:
        return None
    if a.places & b.places:
        return True
    return any(metres(p, q) <= NEAR_METRES for p in a.points for q in b.points)


def _starts_agree(a: Report, b: Report) -> bool | None:
    if a.period is None or b.period is None:
        return None
    if a.period.precision is not Precision.MINUTE or b.period.precision is not Precision.MINUTE:
        return None
    if a.period.end and b.period.end and a.period.start < b.period.end and b.period.start < a.period.end:
        return True
    return abs(a.period.start - b.period.start) <= SAME_START


def _match(new: Report, old: Report) -> tuple[float, tuple[str, ...]] | None:
    """How well two reports agree, 0 to 4, and in what; None when a veto forbids that they are one happening."""
    if new.entry == old.entry:
        # Above the best likeness there is: after a split, a report stays where a person put it.
        return 4.0, ("zelfde_bericht",)
    if not _kinds_agree(new.category, old.category):
        return None
    like = likeness(new.words, old.words)
    days = bool(new.days & old.days) if new.days and old.days else None
    if days is False:
        # A cancelled or moved happening names its new day, or only the old one.
        moved = (new.cancels or old.cancels) and any(abs(a - b) <= MOVED_REACH for a in new.days for b in old.days)
        if not moved or like < LIKE_ENOUGH["plaats"]:
            return None
    place = _places_agree(new, old)
    if place is False and not (new.category is Category.FOOTBALL and old.category is Category.FOOTBALL):
        return None
    if days is None and abs(new.published - old.published) > UNDATED_REACH:
        return None
    if _starts_agree(new, old) is False and like < MUCH_ALIKE:
        return None
    if new.category is not old.category and like < MUCH_ALIKE and not (days and place):
        return None
    agreed = tuple(name for name, holds in (("dag", days), ("plaats", place)) if holds)
    if like < LIKE_ENOUGH[" ".join(agreed)]:
        return None
    why = (*agreed, "soort") if new.category is old.category else agreed
    return len(agreed) + like, (*why, "woorden")


def fuse(item: Item, candidates: Sequence[Candidate]) -> Fusion | None:
    """The event that `item` reports; None when it reports no concrete event.

    The best agreeing report of each candidate counts; the earlier event wins a draw.
    """
    if item.reading.category is Category.NONE or item.reading.phase is Phase.OTHER:
        return None
    new = report_of(item)
    best: tuple[float, Candidate, tuple[str, ...]] | None = None
    for candidate in candidates:
        for old in candidate.reports:
            match = _match(new, old)
            if match and (best is None or match[0] > best[0]):
                best = match[0], candidate, match[1]
    return Fusion(None, ("nieuw",)) if best is None else Fusion(best[1].event, best[2])


def clusters(items: Collection[Item]) -> dict[str, str]:
    """Fingerprint of every item -> name of its cluster, fused in order of publication as the house would."""
    found: dict[str, str] = {}
    events: list[tuple[str, list[Report]]] = []
    for item in sorted(items, key=lambda i: (i.published, i.fingerprint)):
        if item.reading.category is Category.NONE or item.reading.phase is Phase.OTHER:
            continue
        new = report_of(item)
        scored = [(m[0], n) for n, (_, reports) in enumerate(events) for old in reports if (m := _match(new, old))]
        if scored:
            _, n = max(scored, key=lambda s: (s[0], -s[1]))
        else:
            n = len(events)
            events.append((f"g{n + 1}", []))
        events[n][1].append(new)
        found[item.fingerprint] = events[n][0]
    return found
