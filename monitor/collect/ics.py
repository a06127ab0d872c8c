"""Kind "ics": a calendar -> RawItems, one per occurrence. Reads no organiser, attendee or contact."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

import recurring_ical_events
import structlog
from icalendar import Calendar, Event, vDDDTypes

from classifiers import Period, Precision
from monitor.clock import AMSTERDAM, local, midnight
from monitor.collect.charset import text_of
from monitor.collect.entry import changed, raw_item
from monitor.collect.moments import FIRST, LAST, believable
from monitor.collect.options import Options
from monitor.domain import Fetched, RawItem, Source, Told

OPTIONS: Options = {}

BACK, AHEAD = timedelta(days=7), timedelta(days=400)
"""Occurrences between these, seen from the moment of fetching, are given."""

RENEW = timedelta(days=30)
"""So long without news, and the calendar is read again although it did not change: the window has moved on."""

AT_MOST = 5000
"""Entries of one calendar; more is no agenda."""

OCCURRENCES = 50_000
"""What the repetitions of one calendar may give together; more would keep a thread busy for minutes."""

_IN_WINDOW = {"DAILY": 408, "WEEKLY": 60, "MONTHLY": 15, "YEARLY": 3}
"""How often each frequency falls in the window, at most."""

_ODD = (ValueError, LookupError, TypeError, AttributeError, AssertionError, OverflowError, RecursionError)
"""What icalendar and recurring_ical_events let slip on rubbish; each means: this cannot be read."""

log = structlog.get_logger(__name__)


def parse(fetched: Fetched, source: Source) -> list[RawItem]:
    """Every occurrence from a week back to 400 days ahead, by start. Raises Changed for what is no calendar.

    The key of a repeated event is its uid with the moment it was planned for, so that each occurrence is its own entry
    and stays it when it moves.
    """
    if not fetched.body.strip():
        raise changed(
            source, "empty answer", "geeft een leeg antwoord (0 bytes); controleer het adres in sources.toml."
        )
    text = text_of(fetched)
    if "BEGIN:VCALENDAR" not in text[:4096].upper():
        dutch = "geeft geen agenda (ics); zoek het nieuwe adres van de agenda en zet het in sources.toml."
        raise changed(source, "no calendar", dutch)
    start = fetched.at - BACK
    try:
        calendar = Calendar.from_ical(text)
        events = [event for event in calendar.walk("VEVENT") if isinstance(event, Event)]
        if len(events) > AT_MOST:
            dutch = f"geeft meer dan {AT_MOST} afspraken; kies een kleinere agenda."
            raise changed(source, "calendar too large", dutch)
        _calm(events, source, start)
    except _ODD as error:
        dutch = "geeft een agenda (ics) die niet te lezen is; vraag de uitgever om herstel of zet de bron uit."
        raise changed(source, "no readable calendar", dutch) from error
    items: list[RawItem] = []
    unread = 0
    for series in _series(events):
        try:
            items += _occurrences(series, calendar, fetched, source)
        except _ODD:
            unread += len(series)
    if events and unread == len(events):
        dutch = "geeft een agenda (ics) zonder één leesbare afspraak; vraag de uitgever om herstel of zet de bron uit."
        raise changed(source, "no readable event", dutch)
    if unread:
        log.warning("events that cannot be read left out", source=source.id, count=unread)
    return sorted(items, key=lambda item: (item.told.period.start if item.told.period else start, item.key))


def _series(events: Iterable[Event]) -> list[list[Event]]:
    """Events that belong together: one with its moved occurrences share a uid. One without a uid stands alone."""
    found: dict[object, list[Event]] = {}
    for number, event in enumerate(events):
        found.setdefault(_text(event, "UID") or number, []).append(event)
    return list(found.values())


def _occurrences(series: list[Event], calendar: Calendar, fetched: Fetched, source: Source) -> list[RawItem]:
    """The entries of one series in the window. Raises one of _ODD when it cannot be read."""
    for event in series:
        if not isinstance(event.get("DTSTART"), vDDDTypes):
            raise ValueError("no readable start")
        if uid := _text(event, "UID"):
            event["UID"] = uid  # of two, the first
        for name in ("LAST-MODIFIED", "CREATED"):
            if not isinstance(getattr(event.get(name), "dt", None), datetime):
                event.pop(name, None)
    alone = Calendar(calendar)  # with its properties, such as X-WR-TIMEZONE
    alone.subcomponents = list(series)
    found = recurring_ical_events.of(alone).between(fetched.at - BACK, fetched.at + AHEAD)
    repeated = any("RRULE" in event or "RDATE" in event for event in series)
    return [_item(event, repeated, fetched, source) for event in found]


def _calm(events: Iterable[Event], source: Source, start: datetime) -> None:
    """Takes the repetition out of events that repeat within a day, or by steps of nothing: millions of entries.

    Raises Changed when the others together could still give more than OCCURRENCES.
    """
    expected = 0
    for event in events:
        rules = event.get("RRULE", [])
        for rule in rules if isinstance(rules, list) else [rules]:
            if not isinstance(rule, Mapping):
                continue  # cannot be read: the series falls out later, alone
            most = _at_most(rule, start)
            if most is None:
                log.warning("repetition left out", source=source.id)
                event.pop("RRULE", None)
            expected += most or 0
    if expected > OCCURRENCES:
        dutch = f"herhaalt afspraken meer dan {OCCURRENCES} keer in een jaar; kies een kleinere agenda."
        raise changed(source, "calendar repeats too much", dutch)


def _at_most(rule: Mapping[str, Sequence[object]], start: datetime) -> int | None:
    """How often a rule can fall in the window that begins at `start`, roughly; None when it repeats within a day."""
    frequency = str(next(iter(rule.get("FREQ", ())), "")).upper()
    if frequency not in _IN_WINDOW or {"BYHOUR", "BYMINUTE", "BYSECOND"} & set(rule):
        return None
    if any(not isinstance(step, int) or step < 1 for step in rule.get("INTERVAL", ())):
        return None  # a step of nothing never ends
    until = next(iter(rule.get("UNTIL", ())), None)
    if isinstance(until, date) and until.timetuple() < start.timetuple():
        return 0
    most = _IN_WINDOW["DAILY" if any(name.startswith("BY") for name in rule) else frequency]
    if frequency == "WEEKLY":
        most = _IN_WINDOW[frequency] * max(1, len(rule.get("BYDAY", ())))
    count = next(iter(rule.get("COUNT", ())), None)
    return min(most, count) if isinstance(count, int) else most


def _text(event: Event, name: str) -> str:
    value = event.get(name, "")
    return str(value[0] if isinstance(value, list) and value else value or "")


def _item(event: Event, repeated: bool, fetched: Fetched, source: Source) -> RawItem:
    uid, period = _text(event, "UID"), _period(event)
    planned = event.get("RECURRENCE-ID")
    moment = planned.dt if planned is not None else period.start
    key = f"{uid}@{moment.isoformat()}" if repeated or not uid else uid
    return raw_item(
        fetched,
        source,
        key=key if uid else f"{key} {_text(event, 'SUMMARY')}",
        title=_text(event, "SUMMARY"),
        text=_text(event, "DESCRIPTION"),
        link=_text(event, "URL"),
        published=_published(event, fetched.at),
        told=Told(
            period=period,
            place=" ".join(_text(event, "LOCATION").split()),
            cancelled=_text(event, "STATUS").strip().upper() == "CANCELLED",
        ),
    )


def _aware(moment: datetime) -> datetime:
    """`moment` in local time; one without a zone is local already (RFC 5545 calls it floating)."""
    return moment.replace(tzinfo=AMSTERDAM) if moment.tzinfo is None else local(moment)


def _period(event: Event) -> Period:
    """Half-open, as iCalendar has it: DTEND of a whole-day event is the day after its last."""
    start, end = event.start, event.end
    if not (FIRST <= start.year <= LAST and FIRST <= end.year <= LAST):
        raise ValueError("a year that is a mistake")
    if not isinstance(start, datetime):
        after = end.date() if isinstance(end, datetime) else end
        return Period(midnight(start), midnight(max(after, start + timedelta(days=1))), Precision.DAY)
    opening = _aware(start)
    closing = _aware(end) if isinstance(end, datetime) else _midnight_after(end)
    return Period(opening, closing if closing > opening else None, Precision.MINUTE)


def _midnight_after(day: date) -> datetime:
    return midnight(day + timedelta(days=1))


def _published(event: Event, now: datetime) -> datetime | None:
    """When the entry last changed. DTSTAMP says nothing: most calendars put the moment of asking there."""
    for name in ("LAST-MODIFIED", "CREATED"):
        moment = getattr(event.get(name), "dt", None)
        if isinstance(moment, datetime) and believable(moment) and _aware(moment) <= now:
            return _aware(moment)
    return None
