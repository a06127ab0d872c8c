"""Events and what their reports name -> Concurrents: what else is going on near one of them, and why it is told.

It tells more than the indicator `samenloop` weighs (`rules.assess`): a march passes by, and crowds walk to a stadium.
What only this tells never touches a level.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from classifiers import Category, Place, Precision
from monitor.clock import local
from monitor.domain import Event, Item, metres
from monitor.domain.area import Point
from monitor.domain.nearby import HOURS, METRES, same_place, same_time
from monitor.rules.approach import Approach
from monitor.rules.picture import telling
from monitor.rules.report import GENERAL_KINDS

_ROUTE = "verplaatsing"
_ONE_SPOT = 150
"""Metres within which two places are one to who has to keep order there."""
_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an event stands: its own place, and the others that its reports name."""

    event: Event
    vague: bool
    """Its own place is no more than the town."""
    others: tuple[Place, ...]
    """Each with a point: the places along a march, or where else it takes place."""

    @property
    def spot(self) -> Point | None:
        """The point of its own place; None when that is not known, or no more than the town."""
        if self.vague or self.event.longitude is None or self.event.latitude is None:
            return None
        return self.event.longitude, self.event.latitude

    @property
    def points(self) -> list[tuple[str, Point]]:
        """Every place by name, its own first."""
        named = [(p.name, (p.longitude, p.latitude)) for p in self.others if p.longitude and p.latitude]
        return [(self.event.place, self.spot), *named] if self.spot else named


@dataclass(frozen=True, slots=True)
class Concurrent:
    """Another event in the same hours, nearby or along the way to it."""

    event: Event
    where: str
    """Dutch: `vlakbij`, `langs de route: Vismarkt`."""
    when: str
    """Dutch: `tegelijk`, `ruim 2 uur ertussen`, `begint 2 uur later`, `dezelfde dag`."""


def standing(event: Event, reports: Sequence[Item]) -> Standing:
    """Where an event stands by its own reports; of an open one the confidential ones tell nothing (R31)."""
    heard = telling([report for report in reports if not (event.public and report.handling.confidential)])
    named = [place for report in heard for place in report.reading.places]
    precise = [p for p in named if p.kind not in GENERAL_KINDS]
    others = {p.name: p for p in precise if p.name != event.place and p.longitude and p.latitude}
    vague = any(p.name == event.place for p in named) and event.place not in {p.name for p in precise}
    return Standing(event, vague, tuple(others.values()))


def concurrents(one: Standing, others: Iterable[Standing], approaches: Sequence[Approach]) -> tuple[Concurrent, ...]:
    """What takes place beside an event, the nearest first. An open event knows no confidential one (R31)."""
    found = []
    for other in others:
        if other.event.id == one.event.id or (one.event.public and not other.event.public):
            continue
        when, where = _when(one.event, other.event), _where(one, other, approaches)
        if when and where:
            found.append(((where[0], when[0]), Concurrent(other.event, where[1], when[1])))
    found.sort(key=lambda pair: (*pair[0], -ord(pair[1].event.level), pair[1].event.id or 0))
    return tuple(concurrent for _, concurrent in found)


def _when(one: Event, other: Event) -> tuple[int, str] | None:
    """How near in time, with its rank; None when too far apart, or when no report tells the day."""
    if one.starts is None or other.starts is None:
        return None
    if one.precision is Precision.MINUTE and other.precision is Precision.MINUTE:
        gap = max(one.starts, other.starts) - min(one.ends or one.starts, other.ends or other.starts)
        if gap > HOURS:
            return None
        return (1, _apart(gap, one, other)) if gap > timedelta(0) else (0, "tegelijk")
    if not same_time(one, other):
        return None
    wide = {Precision.WEEK, Precision.WEEKEND} & {one.precision, other.precision}
    return (3, "misschien op dezelfde dag") if wide else (2, "dezelfde dag")


def _apart(gap: timedelta, one: Event, other: Event) -> str:
    """How long between them; of one without an end nobody knows, so only how much later the next begins."""
    long = "minder dan een uur" if gap < _HOUR else f"{'ruim ' if gap % _HOUR else ''}{gap // _HOUR} uur"
    first, later = sorted((one, other), key=lambda event: event.starts or event.opened_at)
    if first.ends is not None:
        return f"{long} ertussen"
    return f"begint {long} {'later' if later is other else 'eerder'}"


def _where(one: Standing, other: Standing, approaches: Sequence[Approach]) -> tuple[int, str] | None:
    """How near in place, with its rank; None when no report says so."""
    if same_place(one.event, other.event):
        return _at_one_place(one, other)
    if passed := _passed(one, other):
        return 3, passed
    for visited, passing in ((one, other), (other, one)):
        if walked := _walked(visited, passing, approaches):
            return 4, walked
    return None


def _at_one_place(one: Standing, other: Standing) -> tuple[int, str]:
    if one.vague or other.vague:
        return 5, "misschien vlakbij: een van de plekken is niet precies bekend"
    if one.spot and other.spot and metres(one.spot, other.spot) <= _ONE_SPOT:
        return 0, "op dezelfde plek"
    return (1, "in dezelfde buurt") if one.event.area == other.event.area else (2, "vlakbij")


def _passed(one: Standing, other: Standing) -> str:
    """That a place of one lies near a place of the other; empty when none does."""
    pairs = [(a, b) for a in one.points for b in other.points if metres(a[1], b[1]) <= METRES]
    if not pairs:
        return ""
    (mine, _), (theirs, _) = min(pairs, key=lambda pair: metres(pair[0][1], pair[1][1]))
    moves = any(piece.code == _ROUTE for event in (one.event, other.event) for piece in event.evidence)
    # The place that is no event's own tells the reader something new.
    name = theirs if mine == one.event.place else mine
    return f"langs de route: {name}" if moves else f"ook op deze plek: {name}"


def _walked(visited: Standing, passing: Standing, approaches: Sequence[Approach]) -> str:
    """That the visitors of one walk past the other; empty when they do not."""
    if visited.spot is None:
        return ""
    for approach in approaches:
        if approach.leads_to(visited.event.category, visited.spot):
            stops = [stop for _, point in passing.points if (stop := approach.stop_near(point))]
            if stops:
                return f"looproute van en naar {approach.name}: {stops[0].name}"
    return ""


def meeting_kinds(event: Event, found: Sequence[Concurrent]) -> tuple[Category, ...]:
    """The kinds that come together, that of the event first; empty when all are of one kind."""
    kinds = tuple(dict.fromkeys(one.category for one in (event, *(c.event for c in found))))
    return kinds if len(kinds) > 1 else ()


def remark(found: Sequence[Concurrent]) -> tuple[str, ...]:
    """The one line of a message; none when nothing else is going on.

    `Tegelijk in de buurt: Voetbal, Euroborg, za 28 nov, 20.00 uur (vlakbij, tegelijk), en nog 2`
    """
    if not found:
        return ()
    first = found[0]
    event = first.event
    hour = f", {local(event.starts):%H.%M} uur" if event.starts and event.precision is Precision.MINUTE else ""
    more = f", en nog {len(found) - 1}" if len(found) > 1 else ""
    return (f"Tegelijk in de buurt: {event.title}{hour} ({first.where}, {first.when}){more}",)
