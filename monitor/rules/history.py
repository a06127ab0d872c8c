"""An event before and after -> Revisions; and a Revision in plain Dutch. Values are codes, never words of a report."""

from collections.abc import Mapping
from datetime import UTC, datetime

from classifiers import Category, Indicator, Level, Period, Precision
from monitor.clock import local
from monitor.domain import MACHINE, Actor, Event, EventState, Item, Part, Revision, areas, in_the_open
from monitor.rules.announce import crowd
from monitor.rules.picture import CATEGORY_WORDS, when

_UNKNOWN = "niet bekend"


def parts_of(event: Event) -> dict[Part, str]:
    """Each part of an event as it is kept in its history; empty for what is not known."""
    return {
        Part.CATEGORY: event.category.value,
        Part.UNCERTAIN: _yes(event.uncertain),
        Part.PERIOD: _period(event),
        Part.PLACE: event.place,
        Part.AREA: event.area,
        Part.SCOPE: event.scope.value,
        Part.PHASE: event.phase.value,
        Part.SIZE: _size(event),
        Part.LEVEL: event.level.value,
        Part.MACHINE_LEVEL: event.machine_level.value,
        Part.REVIEWED: _yes(event.reviewed),
        Part.STATE: event.state.value,
        Part.EVIDENCE: " ".join(sorted(piece.code for piece in event.evidence)),
        Part.SOURCES: str(event.sources),
        Part.PUBLIC: _yes(event.public),
        Part.NOTIFICATION: event.notification,
        Part.PERMIT: event.permit,
    }


def _yes(value: bool) -> str:
    return "ja" if value else "nee"


def _period(event: Event) -> str:
    """`2026-11-28T13:00+00:00/2026-11-28T15:00+00:00/minuut`; the end may be empty."""
    if event.starts is None:
        return ""
    start, end = (value.astimezone(UTC).isoformat() if value else "" for value in (event.starts, event.ends))
    return f"{start}/{end}/{event.precision or Precision.DAY}"


def _size(event: Event) -> str:
    """`300-500`."""
    return "" if event.size_min is None or event.size_max is None else f"{event.size_min}-{event.size_max}"


def revisions(
    before: Event, after: Event, *, by: Actor, cause: Item | None, at: datetime, confidential: bool
) -> list[Revision]:
    """What is otherwise, part by part.

    It is open when the event was and is, and no confidential report brought it about (R31); `confidential` keeps it in
    the compartment for another reason. Of one that goes into the compartment, or comes back from there, the open sees
    how it stood there and how it stands there now.
    """
    speaks = cause if cause is None or not cause.handling.confidential else None
    if before.public is after.public:
        public = after.public and not confidential and speaks is cause
        return _otherwise(before, after, by=by, cause=cause, at=at, public=public)
    inside = _otherwise(before, after, by=by, cause=cause, at=at, public=False)
    was, now = in_the_open(before), in_the_open(after)
    if was is None or now is None:
        return inside
    if before.public:
        by, speaks = MACHINE, None
    return _otherwise(was, now, by=by, cause=speaks, at=at, public=True) + inside


def _otherwise(
    before: Event, after: Event, *, by: Actor, cause: Item | None, at: datetime, public: bool
) -> list[Revision]:
    if after.id is None:
        raise ValueError("this event is not in the database yet")
    was, now = parts_of(before), parts_of(after)
    return [
        Revision(
            event=after.id,
            part=part,
            was=was[part],
            now=now[part],
            report=cause.id if cause else None,
            source=cause.source if cause else "",
            by=by.name,
            at=at,
            public=public,
        )
        for part in Part
        if was[part] != now[part]
    ]


def told(revision: Revision, indicators: Mapping[str, Indicator]) -> str:
    """`van za 28 nov 14.00 uur naar zo 29 nov 14.00 uur`; of indicators what came and what went."""
    if revision.part is Part.EVIDENCE:
        was, now = revision.was.split(), revision.now.split()
        came = [_label(code, indicators) for code in now if code not in was]
        went = [_label(code, indicators) for code in was if code not in now]
        return "; ".join(f"{word}: {', '.join(labels)}" for word, labels in (("erbij", came), ("weg", went)) if labels)
    return f"van {_words(revision.part, revision.was)} naar {_words(revision.part, revision.now)}"


def _label(code: str, indicators: Mapping[str, Indicator]) -> str:
    return indicators[code].label if code in indicators else code


def _words(part: Part, value: str) -> str:
    """One value as an advisor reads it."""
    if not value:
        return _UNKNOWN
    match part:
        case Part.CATEGORY:
            return CATEGORY_WORDS[Category(value)]
        case Part.PERIOD:
            return when(_read_period(value))
        case Part.AREA:
            return next((area.name for area in areas() if area.code == value), value)
        case Part.SIZE:
            low, _, high = value.partition("-")
            return f"{crowd(int(low), int(high))} mensen"
        case Part.LEVEL | Part.MACHINE_LEVEL:
            return f"{value} – {Level(value).label}"
        case Part.STATE if value == EventState.OPEN:
            return "gaat door"
    return value


def _read_period(value: str) -> Period:
    start, end, precision = value.split("/")
    ends = local(datetime.fromisoformat(end)) if end else None
    return Period(local(datetime.fromisoformat(start)), ends, Precision(precision))
