"""Two Reports -> Agreement: in what they agree on one happening, and how well; or a veto, when they cannot.

What forbids it comes before any likeness: words are alike of two protests on one square a week apart. Where day, place
and kind agree, words need not: retellings share few. Each threshold below says what agrees otherwise.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum, StrEnum

from classifiers import Category, Precision
from monitor.domain import metres
from monitor.rules.report import MOVED_REACH, Report, Spot

NEAR_METRES = 250
"""Two points this close are one place: a square and the church on it."""

_REACH = {"wijk": 700, "dorp": 900, "gebied": 500, "park": 450, "water": 500, "station": 350, "stad": 2500}
"""Metres from its middle that a place reaches which is no point itself: a park holds venues, a village squares."""
_FAR = 1500
"""Metres; when what is known of two happenings lies so far apart, a street without a point joins them no more."""

_LONG_NAME = 3
"""Letters of the shortest name that is compared with others: "Ae", "A7" are not."""

SAME_START = timedelta(hours=3)
"""Two exact starts further apart are two happenings, unless the words are much alike."""

UNDATED_REACH = timedelta(days=10)
"""An undated report joins only what was reported within this time."""


class Ground(StrEnum):
    """In what an item and a report of its event agree. Stored with the sighting; `label` is what people read."""

    ENTRY = "zelfde_bericht"
    DAY = "dag"
    NIGHT = "nacht"
    MOVED = "verplaatst"
    PLACE = "plaats"
    TOWN = "gemeente"
    KIND = "soort"
    WORDS = "woorden"
    NEW = "nieuw"
    SPLIT = "gesplitst"

    @property
    def label(self) -> str:
        """In plain Dutch, after "Hoort hierbij:"."""
        return _LABELS[self]


_LABELS = {
    Ground.ENTRY: "een nieuwe versie van hetzelfde bericht",
    Ground.DAY: "dezelfde dag",
    Ground.NIGHT: "dezelfde nacht",
    Ground.MOVED: "het bericht meldt een wijziging",
    Ground.PLACE: "dezelfde plaats",
    Ground.TOWN: "dezelfde gemeente",
    Ground.KIND: "dezelfde soort",
    Ground.WORDS: "veel dezelfde woorden",
    Ground.NEW: "het eerste bericht",
    Ground.SPLIT: "een adviseur haalde het uit een andere gebeurtenis",
}


class Where(Enum):
    """How the places of two reports lie."""

    SAME = "same"
    SILENT = "silent"
    """One of the two names no place that tells happenings apart."""
    UNCLEAR = "unclear"
    """Both name one, but of the names that differ not all have a known point."""
    APART = "apart"


@dataclass(frozen=True, slots=True)
class Agreement:
    """Why two reports are of one happening, and how sure that is: higher is surer."""

    weight: float
    grounds: tuple[Ground, ...]


_ONE_VERSION = Agreement(9.0, (Ground.ENTRY,))
"""Above the best that likeness can give: after a split, a report stays where a person put it."""


def likeness(a: frozenset[str], b: frozenset[str]) -> float:
    """Share of the telling words of the shorter text that stand in the other, 0 to 1; half for very short texts."""
    shorter = min(len(a), len(b))
    return len(a & b) / max(shorter, 8) if shorter else 0.0


def agreement(new: Report, old: Report) -> Agreement | None:
    """In what two reports agree; None when they are of two happenings, or nothing shows that they are of one."""
    if new.entry == old.entry:
        return _ONE_VERSION
    # The cheap vetoes first: of all pairs few come further.
    if not _kinds_may_agree(new, old):
        return None
    day = _day(new, old)
    if day is None and ((new.days and old.days) or abs(new.published - old.published) > UNDATED_REACH):
        return None
    like, where = likeness(new.words, old.words), _where(new, old)
    needed = max(_for_day_and_place(new, old, day, where), _for_kind(new, old, day, where), _for_start(new, old, where))
    if like < needed:
        return None
    grounds = [day] if day else []
    if where is Where.SAME:
        grounds.append(Ground.PLACE)
    elif new.towns & old.towns:
        grounds.append(Ground.TOWN)
    if new.category is old.category:
        grounds.append(Ground.KIND)
    if needed > 0:
        grounds.append(Ground.WORDS)
    weight = 2.0 * (day is Ground.DAY and not (new.vague or old.vague)) + 1.0 * (day is not None)
    return Agreement(weight + 2.0 * (where is Where.SAME) + (new.category is old.category) + like, tuple(grounds))


_NEVER = 2.0
"""A likeness that no two texts have: a veto."""
_MUCH_ALIKE = 0.35


def _day(a: Report, b: Report) -> Ground | None:
    """In what their days agree; None when one of them tells none, or they are apart."""
    if not a.days or not b.days:
        return None
    if a.days & b.days:
        return Ground.DAY
    apart = _apart(a.days, b.days)
    if apart <= timedelta(days=1) and (a.at_night or b.at_night):
        return Ground.NIGHT
    return Ground.MOVED if (a.moves or b.moves) and not (a.over and b.over) and apart <= MOVED_REACH else None


def _apart(a: Iterable[date], b: frozenset[date]) -> timedelta:
    return min(abs(one - other) for one in a for other in b)


def _where(a: Report, b: Report) -> Where:
    if a.towns and b.towns and not a.towns & b.towns:
        return Where.APART
    # "Rellen in Groningen, Assen en Hoogeveen" says nothing of where in Groningen.
    shared = a.towns & b.towns | {None}
    mine, theirs = ([spot for spot in report.spots if spot.town in shared] for report in (a, b))
    if not mine or not theirs:
        return Where.SILENT
    if any(_one_name(p.name, q.name) for p in mine for q in theirs) or _near(mine, theirs):
        return Where.SAME
    if all(spot.point for spot in (*mine, *theirs)):
        return Where.APART
    known = [metres(p.point, q.point) for p in mine for q in theirs if p.point and q.point]
    return Where.APART if known and min(known) > _FAR else Where.UNCLEAR


def _one_name(one: str, other: str) -> bool:
    """The same, or one holds all words of the other: "Paddepoel" and "Paddepoel-Noord"."""
    shorter, longer = sorted((one.replace("-", " ").split(), other.replace("-", " ").split()), key=len)
    return set(shorter) <= set(longer) and len("".join(shorter)) >= _LONG_NAME


def _near(a: Sequence[Spot], b: Sequence[Spot]) -> bool:
    """Close together, or one within the other. Of two areas only the middles tell: neighbourhoods touch."""
    areas = any(p.kind in _REACH for p in a) and any(q.kind in _REACH for q in b)
    for p in a:
        for q in b:
            reach = 0 if areas else max(_reach(p, a), _reach(q, b))
            if p.point and q.point and metres(p.point, q.point) <= max(reach, NEAR_METRES):
                return True
    return False


def _reach(spot: Spot, told: Sequence[Spot]) -> int:
    """Metres that a place reaches; none where the report tells more exactly where in it: "Vismarkt, binnenstad"."""
    return 0 if any(other.point and other.kind not in _REACH for other in told) else _REACH.get(spot.kind, 0)


def _for_day_and_place(new: Report, old: Report, day: Ground | None, where: Where) -> float:
    """The likeness that is needed by how day and place agree."""
    match day:
        case Ground.DAY:
            return _for_place_on_one_day(new, old, where)
        case Ground.NIGHT:
            return 0.05 if where is Where.SAME else _NEVER
        case Ground.MOVED:
            # All matches of a club are told of in the same words, and of one stadium.
            same = 0.25 if new.category is Category.FOOTBALL else 0.10
            return {Where.SAME: same, Where.SILENT: 0.25, Where.UNCLEAR: 0.25, Where.APART: _NEVER}[where]
    return {Where.SAME: 0.25, Where.SILENT: 0.45, Where.UNCLEAR: 0.45, Where.APART: _NEVER}[where]


def _for_place_on_one_day(new: Report, old: Report, where: Where) -> float:
    # A club plays one match a day, and its fans gather elsewhere than they play.
    football = new.category is Category.FOOTBALL is old.category
    vague = new.vague or old.vague
    match where:
        case Where.SAME:
            return 0.08 if vague else 0.0
        case Where.SILENT:
            return 0.05 if football else 0.25 if vague else 0.10
        case Where.UNCLEAR:
            # One night has many fires, and each stands in its own street.
            eve = new.category is Category.NEW_YEAR
            return 0.10 if football else 0.25 if vague or eve else 0.15
    if football and new.towns & old.towns:
        return 0.10
    # What is moved to another place is told of at both.
    return 0.08 if new.moves or old.moves else _NEVER


def _kinds_may_agree(a: Report, b: Report) -> bool:
    """Disorder grows out of a match, a protest or New Year's Eve; and the reader may hold two kinds possible."""
    return a.category is b.category or Category.UNREST in (a.category, b.category) or bool(a.kinds & b.kinds)


def _for_kind(new: Report, old: Report, day: Ground | None, where: Where) -> float:
    if new.category is old.category:
        return 0.0
    sure = day in (Ground.DAY, Ground.NIGHT) and where is Where.SAME
    return 0.08 if sure else _MUCH_ALIKE


def _for_start(new: Report, old: Report, where: Where) -> float:
    a, b = new.period, old.period
    another_hour = where is Where.SAME and (new.moves or old.moves)
    # A club plays one match a day: roads close and fans gather hours before it.
    match = new.category is Category.FOOTBALL is old.category
    if a is None or b is None or another_hour or match:
        return 0.0
    if a.precision is not Precision.MINUTE or b.precision is not Precision.MINUTE:
        return 0.0
    if a.end and b.end and a.start < b.end and b.start < a.end:
        return 0.0
    return 0.0 if abs(a.start - b.start) <= SAME_START else _MUCH_ALIKE
