"""When messages of one channel wait and come together, and the one message that tells them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from alerts import Message, Topic
from classifiers import Level
from monitor.clock import local
from monitor.domain import Delivery, Event, EventState, Fact
from monitor.domain.area import areas
from monitor.rules.picture import short_day, short_moment
from monitor.rules.sending import Burst, Quiet

_GRAVE_AT_MOST, _OTHERS_AT_MOST, _AREAS_AT_MOST = 8, 12, 6
"""Lines that a phone still shows as one picture; the week page has the rest."""


@dataclass(frozen=True, slots=True)
class Traffic:
    """What one channel took lately."""

    alone: Sequence[tuple[datetime, Level]]
    """Messages about one event, newest first: when, and its level."""
    bundled: datetime | None
    """When it took the last bundle."""


def held_until(level: Level, burst: Burst, quiet: Quiet | None, traffic: Traffic, now: datetime) -> datetime | None:
    """Until when a message about an event of this level waits; None when it may go.

    A C waits for nothing but other C's: they have a budget of their own, and no quiet hours.
    """
    grave = level is Level.C
    mine = [sent for sent, of in traffic.alone if (of is Level.C) is grave and sent > now - burst.within]
    moments = [mine[burst.more_than - 1] + burst.within] if len(mine) >= burst.more_than else []
    if not grave:
        # Who just had a bundle is in a burst: the next word is a bundle too, when this one is read.
        moments += [traffic.bundled + burst.within] if traffic.bundled else []
        moments += [end] if quiet and (end := quiet.ends(now)) else []
    return max((moment for moment in moments if moment > now), default=None)


def together(row: Delivery, level: Level, waiting: int, burst: Burst) -> bool:
    """Whether a message that may go now takes along all that waits: after it was held, or when much piled up."""
    return waiting > 1 and (row.held or (waiting > burst.more_than and level is not Level.C))


def newest_of_each(waiting: Iterable[tuple[Delivery, Event]]) -> list[tuple[Message, Event]]:
    """Each event with its newest message: the gravest first, and then in the order in which they were first told."""
    found: dict[int | None, tuple[Message, Event]] = {}
    for row, event in waiting:
        if row.message is not None:
            found[event.id] = row.message, event
    return sorted(found.values(), key=lambda one: one[1].level, reverse=True)


def bundle(fact: Fact, waiting: Sequence[tuple[Delivery, Event]], link_base: str) -> Message:
    """One message for all of them: how many per level and neighbourhood, each C with its link, then the others."""
    told = newest_of_each(waiting)
    grave = [message for message, event in told if event.level is Level.C and _lives(event)]
    others = [message for message, event in told if event.level is not Level.C or not _lives(event)]
    shown, listed = grave[:_GRAVE_AT_MOST], others[:_OTHERS_AT_MOST]
    left = len(told) - len(shown) - len(listed)
    number = "1 gebeurtenis" if len(told) == 1 else f"{len(told)} gebeurtenissen"
    return Message(
        key=f"feit-{fact.id}",
        topic=Topic.LEVEL,
        urgency=max(message.urgency for message, _ in told),
        title=f"{number} {_span([row.created_at for row, _ in waiting])}: {_levels(told)}",
        lines=(
            f"Waar: {_places(told)}",
            *(f"{message.title} {message.link}" for message in shown),
            *(message.title for message in listed),
            *([f"… en {left} andere in het weekbeeld"] if left else []),
        ),
        link=f"{link_base}/",
        footer=_footer(fact),
        confidential=not fact.public,
        at=fact.at,
    )


def _lives(event: Event) -> bool:
    return event.state is not EventState.WITHDRAWN


def _levels(told: Sequence[tuple[Message, Event]]) -> str:
    """`2 × C, 11 × B, 1 × ingetrokken`."""
    counts = Counter(event.level for _, event in told if _lives(event))
    parts = [f"{counts[level]} × {level}" for level in sorted(counts, reverse=True)]
    ended = len(told) - counts.total()
    return ", ".join([*parts, *([f"{ended} × ingetrokken"] if ended else [])])


def _places(told: Sequence[tuple[Message, Event]]) -> str:
    """`Binnenstad-Noord 12 · Stationsgebied 9 · elders 4 · buurt niet bekend 3`."""
    names = {area.code: area.name for area in areas()}
    counts = Counter(names.get(event.area, "") for _, event in told)
    unknown = counts.pop("", 0)
    most = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    parts = [f"{name} {n}" for name, n in most[:_AREAS_AT_MOST]]
    if elsewhere := sum(n for _, n in most[_AREAS_AT_MOST:]):
        parts.append(f"elders {elsewhere}")
    if unknown:
        parts.append(f"buurt niet bekend {unknown}")
    return " · ".join(parts)


def _span(moments: Sequence[datetime]) -> str:
    """`tussen 00.10 en 00.25 uur`; with the days when it is more than one."""
    first, last = local(min(moments)), local(max(moments))
    if first.replace(second=0, microsecond=0) == last.replace(second=0, microsecond=0):
        return f"om {first:%H.%M} uur"
    if first.date() == last.date():
        return f"tussen {first:%H.%M} en {last:%H.%M} uur"
    return f"tussen {short_moment(first)} en {short_moment(last)}"


def _footer(fact: Fact) -> str:
    audience = "openbare orde" if fact.public else "openbare orde en politieliaison"
    handling = "intern" if fact.public else "vertrouwelijk"
    return f"Doelgroep: {audience} · {handling} · vervalt {short_day(fact.at + timedelta(days=3))}"
