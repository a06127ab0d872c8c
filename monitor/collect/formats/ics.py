"""Kind "ics": a calendar -> RawItems, one per occurrence. Reads no organiser, attendee or contact."""

import re
import warnings
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta, tzinfo

import recurring_ical_events
import structlog
from dateutil.rrule import rrulestr  # type: ignore[import-untyped]  # it ships no types
from icalendar import Calendar, Event, vDDDTypes, vRecur
from icalendar.prop import vBroken
from icalendar.timezone import tzp

from classifiers import Period, Precision
from monitor.clock import AMSTERDAM, local, midnight
from monitor.collect.formats.content_lines import Agenda, Entry, agenda_of, within
from monitor.collect.formats.entry import Partial, changed, raw_item
from monitor.collect.formats.moments import FIRST, LAST, believable
from monitor.domain import Fetched, RawItem, Source, Told
from monitor.errors import NotAFeed

BACK, AHEAD = timedelta(days=7), timedelta(days=400)
"""Occurrences between these, seen from the moment of fetching, are given."""

AT_MOST = 5000
"""Entries of one calendar that may fall in the window; more is no agenda."""

OCCURRENCES, STEPS = 20_000, 300_000
"""What the repetitions of one calendar may give together, and what has to be counted for it, from the first time on:
some seconds of work each."""

ZONES, ZONE_LINES = 20, 300
"""Time zones of its own that one calendar may describe, and the lines of each."""

OLDEST = 1900
"""Year: what repeats may have begun long ago, such as a remembrance of 1945."""

LATE = 9960
"""Year: from here to the end of time every day of the week met every date."""
EARLIEST, LATEST = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)

_DAYS = {"DAILY": 1, "WEEKLY": 7, "MONTHLY": 28, "YEARLY": 365}
"""What each frequency steps over, at least."""

_NEEDED = frozenset(("DTSTART", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID"))
"""Without one of these that was given, an event would be told on a day that it is not."""

_ODD = (ValueError, LookupError, TypeError, AttributeError, AssertionError, OverflowError, RecursionError)
"""What icalendar and recurring_ical_events let slip on rubbish; each means: this cannot be read."""

_OFF = re.compile(
    r"\W{0,3}(?:afgelast|geannuleerd|vervallen|gaat niet door|cancell?ed|canceled event)\b\s*(?:[:!)\]|/*]|[-–—]\s)",
    re.I,
)
"""How Outlook, and whoever has no button for it, says that it is off: before the title, set apart from it."""

log = structlog.get_logger(__name__)


def parse(fetched: Fetched, source: Source) -> list[RawItem]:
    """Every occurrence from a week back to 400 days ahead, by start. Raises NotAFeed for what is no calendar.

    The key of a repeated event is its uid with the moment it was planned for, in local time, so that each occurrence is
    its own entry, and stays it when it moves, is called off, or is written in another time zone.
    """
    if not fetched.body.strip():
        dutch = "geeft een leeg antwoord (0 bytes); controleer het adres in sources.toml."
        raise changed(source, "empty answer", dutch, NotAFeed)
    agenda = agenda_of(fetched)
    if agenda is None:
        dutch = "geeft geen agenda (ics); zoek het nieuwe adres van de agenda en zet het in sources.toml."
        raise changed(source, "no calendar", dutch, NotAFeed)
    if not agenda.closed:
        dutch = "geeft een agenda (ics) die halverwege ophoudt; vraag de uitgever om herstel of zet de bron uit."
        raise changed(source, "no readable calendar", dutch, NotAFeed)
    start, end = fetched.at - BACK, fetched.at + AHEAD
    entries = within(agenda.entries, start, end)
    if len(entries) > AT_MOST:
        dutch = f"geeft meer dan {AT_MOST} afspraken; kies een kleinere agenda."
        raise changed(source, "calendar too large", dutch)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of guessed zones, and of an UNTIL beside a COUNT
        items = _read(agenda, entries, fetched, source)
    items.sort(key=lambda item: (item.told.period.start if item.told.period else start, item.key))
    return items


def _read(agenda: Agenda, entries: list[Entry], fetched: Fetched, source: Source) -> list[RawItem]:
    zone = _known_zones(agenda)
    events: list[Event] = []
    for entry in entries:
        try:
            events.append(_event(entry, zone))
        except _ODD:
            continue
    _calm(events, source, fetched.at)
    items: list[RawItem] = []
    left_out = len(entries) - len(events)
    for series in _series(events):
        try:
            items += _occurrences(series, fetched, source)
        except _ODD:
            left_out += len(series)
    if entries and left_out >= len(entries):
        dutch = "geeft een agenda (ics) zonder één leesbare afspraak; vraag de uitgever om herstel of zet de bron uit."
        raise changed(source, "no readable event", dutch, NotAFeed)
    if left_out:
        log.warning("events that cannot be read left out", source=source.id, count=left_out)
    return Partial(items) if left_out else items


def _known_zones(agenda: Agenda) -> tzinfo:
    """Makes the zones that this calendar describes known to icalendar, and no longer those of the one before.

    Two publishers may call different zones "Customized Time Zone". One that is known by its name keeps its rules. Gives
    the zone of moments that name none.
    """
    tzp.use_default()
    for lines in agenda.zones[:ZONES]:
        rules = "\n".join(line.upper() for line in lines if line.upper().startswith("RRULE"))
        if len(lines) > ZONE_LINES or re.search(r"FREQ=(?!YEARLY)|BYHOUR|BYMINUTE|BYSECOND|INTERVAL", rules):
            continue  # a zone changes twice a year; one that does so daily is there to keep us busy
        try:
            Calendar.from_ical("\r\n".join(["BEGIN:VCALENDAR", *lines, "END:VCALENDAR"]))
        except _ODD:
            log.debug("a time zone that cannot be read left out")
    try:
        return tzp.timezone(agenda.zone) or AMSTERDAM if agenda.zone else AMSTERDAM
    except (*_ODD, OSError):  # a name that is a path
        return AMSTERDAM


def _moment(event: Event, name: str) -> date | None:
    """A day or a moment; None when there is none, or two, or what is neither."""
    found: object = getattr(event.get(name), "dt", None)
    return found if isinstance(found, date) else None


def _start(event: Event) -> date:
    start = _moment(event, "DTSTART")
    if start is None:
        raise ValueError("no readable start")
    return start


def _event(entry: Entry, zone: tzinfo) -> Event:
    """One event, with moments in a zone and an end after its start. Raises one of _ODD."""
    event = Event.from_ical(entry.text())
    if not isinstance(event, Event):
        raise ValueError("no event")
    for name, value in list(event.items()):
        if any(isinstance(one, vBroken) for one in (value if isinstance(value, list) else [value])):
            if name in _NEEDED:
                raise ValueError("no telling when it falls")
            event.pop(name)
    if entry.withdrawn:
        event["STATUS"] = "CANCELLED"
    for name in ("LAST-MODIFIED", "CREATED", "DTSTAMP"):
        if not isinstance(_moment(event, name), datetime):
            event.pop(name, None)
    if not isinstance(event.get("SEQUENCE", 0), int):
        event.pop("SEQUENCE")
    for name in ("DTSTART", "DTEND", "RECURRENCE-ID"):
        moment, value = _moment(event, name), event.get(name)
        if isinstance(moment, datetime) and isinstance(value, vDDDTypes) and moment.tzinfo is None:
            value.dt = moment.replace(tzinfo=zone)
    start, end, lasts = _start(event), _moment(event, "DTEND"), getattr(event.get("DURATION"), "dt", None)
    if not OLDEST <= start.year <= LAST:
        raise ValueError("a year that is a mistake")
    if end is not None and _instant(end) < _instant(start):
        event.pop("DTEND")  # a slip of the pen: of the two, the start is what people come for
    elif isinstance(lasts, timedelta) and isinstance(start, datetime) and "RRULE" not in event:
        event.pop("DURATION")
        if end is None:
            event["DTEND"] = vDDDTypes(_after(start, lasts))
    return event


def _after(start: datetime, lasts: timedelta) -> datetime:
    """A day is a day of the calendar; an hour is an hour, also in the night that the clock is changed."""
    days = timedelta(days=lasts.days)
    return (_instant(start + days) + (lasts - days)).astimezone(start.tzinfo) if lasts > timedelta() else start


def _instant(moment: date) -> datetime:
    """In UTC: two moments of one zone compare as the clock shows them, which is wrong in the night it is changed."""
    if not 1 < moment.year < LATEST.year:
        return EARLIEST if moment.year <= 1 else LATEST  # there a zone would lead out of time
    aware = moment if isinstance(moment, datetime) else midnight(moment)
    return (aware if aware.tzinfo else aware.replace(tzinfo=AMSTERDAM)).astimezone(UTC)


def _series(events: Iterable[Event]) -> list[list[Event]]:
    """Events that belong together: one with its moved occurrences share a uid. One without a uid stands alone.

    Of several versions the newest counts. Where nothing tells them apart but their start, they are different events of
    a calendar that numbers carelessly, and none may get lost.
    """
    found: dict[object, dict[object, list[Event]]] = {}
    for number, event in enumerate(events):
        planned = _moment(event, "RECURRENCE-ID")
        versions = found.setdefault(_text(event, "UID") or number, {})
        versions.setdefault(_instant(planned) if planned else None, []).append(event)
    series: list[list[Event]] = []
    for versions in found.values():
        newest = {planned: _newest(of_one) for planned, of_one in versions.items()}
        moved = [event for planned, of_one in newest.items() if planned for event in of_one[-1:]]
        cores = newest.get(None, [])
        if len(cores) > 1:
            cores = [_by_start(event) for event in cores]
        series.append([*cores[-1:], *moved])
        series.extend([event] for event in cores[:-1])
    return series


def _newest(versions: list[Event]) -> list[Event]:
    """The newest version; several, of different starts, when nothing says which that is."""

    def age(event: Event) -> tuple[int, datetime, datetime]:
        changes = (_moment(event, name) for name in ("LAST-MODIFIED", "DTSTAMP"))
        modified, stamped = (_instant(moment) if moment else EARLIEST for moment in changes)
        return int(str(event.get("SEQUENCE", 0))), modified, stamped

    highest = max(map(age, versions))
    by_start = {_instant(_start(event)): event for event in versions if age(event) == highest}
    return [event for _, event in sorted(by_start.items(), key=lambda one: one[0])]


def _by_start(event: Event) -> Event:
    """Makes the start part of the key, as if it were an occurrence."""
    if "RRULE" not in event and "RDATE" not in event:
        event["RECURRENCE-ID"] = vDDDTypes(_start(event))
    return event


def _occurrences(series: list[Event], fetched: Fetched, source: Source) -> list[RawItem]:
    """The entries of one series in the window. Raises one of _ODD when it cannot be read."""
    if _text(series[0], "CLASS").upper() in ("PRIVATE", "CONFIDENTIAL"):
        return []  # shown by mistake; it was not meant for us
    alone = Calendar()
    alone.subcomponents = list(series)
    repeated = any(name in event for event in series for name in ("RRULE", "RDATE", "RECURRENCE-ID"))
    found = recurring_ical_events.of(alone).between(fetched.at - BACK, fetched.at + AHEAD)
    off = _text(series[0], "STATUS").strip().upper() == "CANCELLED" and "RECURRENCE-ID" not in series[0]
    ranges = {
        _instant(planned): _instant(_start(event)) - _instant(planned)
        for event in series
        if (planned := _moment(event, "RECURRENCE-ID")) and "RANGE" in getattr(event.get("RECURRENCE-ID"), "params", ())
    }
    items = []
    for event in found:
        planned = _moment(event, "RECURRENCE-ID") or event.start
        if _instant(planned) in ranges:  # this one and all later ones moved by as much
            planned = event.start - ranges[_instant(planned)]
        items.append(_item(event, fetched, source, planned=planned if repeated else None, off=off))
    return items


def _calm(events: Iterable[Event], source: Source, now: datetime) -> None:
    """Takes the repetition out of events that repeat within a day, or by steps of nothing: millions of entries.

    And out of those that never come true, such as each 30 February: they would be looked for until the year 9999.
    Raises Changed when the others could still give more than OCCURRENCES, or ask more than STEPS.
    """
    falls = steps = 0
    for event in events:
        for name in ("RDATE", "EXDATE"):
            found = event.get(name, [])
            falls += sum(len(getattr(dates, "dts", ())) for dates in (found if isinstance(found, list) else [found]))
        rules = event.get("RRULE", [])
        for rule in rules if isinstance(rules, list) else [rules]:
            if not isinstance(rule, Mapping):
                continue  # cannot be read: the series falls out later, alone
            most = _at_most(rule, _instant(_start(event)), now)
            if most is None:
                log.warning("repetition left out", source=source.id)
                event.pop("RRULE", None)
                continue
            falls, steps = falls + most[0], steps + most[1]
            if not _comes_true(rule, _start(event)):
                log.warning("repetition that never comes left out", source=source.id)
                event.pop("RRULE", None)
                steps += STEPS // 30  # finding that out took so much
            if steps > STEPS:
                break
    if falls > OCCURRENCES or steps > STEPS:
        dutch = f"herhaalt afspraken meer dan {OCCURRENCES} keer in een jaar; kies een kleinere agenda."
        raise changed(source, "calendar repeats too much", dutch)


def _at_most(rule: Mapping[str, Sequence[object]], start: datetime, now: datetime) -> tuple[int, int] | None:
    """How often a rule can fall in the window, and how many steps lead there; None when it repeats within a day."""
    frequency = str(next(iter(rule.get("FREQ", ())), "")).upper()
    if frequency not in _DAYS or {"BYHOUR", "BYMINUTE", "BYSECOND"} & set(rule):
        return None
    every = next(iter(rule.get("INTERVAL", ())), 1)
    if not isinstance(every, int) or every < 1:
        return None  # a step of nothing never ends
    if sum(len(values) for values in rule.values() if isinstance(values, list)) > 2 * 366:
        return None
    until, count = next(iter(rule.get("UNTIL", ())), None), next(iter(rule.get("COUNT", ())), None)
    step = _DAYS[frequency] * every
    steps = max(0, (now + AHEAD - start).days) // step + 1
    if isinstance(until, date) and _instant(until) < now - BACK - timedelta(days=1):
        return 0, steps
    falls = (min(steps, (BACK + AHEAD).days // step + 2)) * _each_time(frequency, rule)
    return (min(falls, count), steps) if isinstance(count, int) and count > 0 else (falls, steps)


def _each_time(frequency: str, rule: Mapping[str, Sequence[object]]) -> int:
    """How often a rule falls in one day, week, month or year, at most."""
    by = {name: len(values) for name, values in rule.items() if name.startswith("BY")}
    months = by.pop("BYMONTH", 12 if by else 1) if frequency == "YEARLY" else 1
    if not by or frequency == "DAILY":
        return months
    if "BYSETPOS" in by:
        return by["BYSETPOS"] * months
    if frequency == "WEEKLY" and set(by) == {"BYDAY"}:
        return by["BYDAY"]
    ordinal = any(re.search(r"\d", str(day)) for day in rule.get("BYDAY", ()))  # 2SU: the second Sunday
    if set(by) == {"BYMONTHDAY"} or (set(by) == {"BYDAY"} and ordinal):
        return sum(by.values()) * months
    return _DAYS[frequency] + 3


def _comes_true(rule: Mapping[str, Sequence[object]], start: date) -> bool:
    """Whether a rule ever falls; tried on the last years there are, for there the search ends soon."""
    parts = {name: values for name, values in rule.items() if name not in ("UNTIL", "COUNT")}
    if not any(name.startswith("BY") for name in parts):
        return True
    frequency, every = str(next(iter(rule["FREQ"]))).upper(), int(str(next(iter(rule.get("INTERVAL", ())), 1)))
    day = datetime(start.year, start.month, min(start.day, 28))  # noqa: DTZ001  # days count here, zones do not
    if frequency in ("MONTHLY", "YEARLY"):
        late = day.replace(year=LATE - (LATE - day.year) % every)
    else:
        step = _DAYS[frequency] * every
        late = day + timedelta(days=(datetime(LATE, 1, 1) - day).days // step * step)  # noqa: DTZ001  # idem
    if LATEST.year - late.year < LATEST.year - LATE:
        return True  # the steps are so long that there are few of them
    text = vRecur(parts).to_ical().decode()  # type: ignore[no-untyped-call]  # icalendar types this one not
    return next(iter(rrulestr(text, dtstart=late, cache=False)), None) is not None


def _text(event: Event, name: str) -> str:
    value = event.get(name, "")
    return str(value[0] if isinstance(value, list) and value else value or "")


def _item(event: Event, fetched: Fetched, source: Source, *, planned: date | None, off: bool) -> RawItem:
    """`planned`: when an occurrence would have been; None for what happens once."""
    uid, title, period = _text(event, "UID"), _text(event, "SUMMARY"), _period(event)
    key = f"{uid}@{_as_planned(planned or event.start)}" if planned or not uid else uid
    return raw_item(
        fetched,
        source,
        key=key if uid else f"{key} {title}",
        title=title,
        text=_text(event, "DESCRIPTION"),
        link=_text(event, "URL"),
        published=_published(event, fetched.at),
        told=Told(
            period=period,
            place=" ".join(_text(event, "LOCATION").split()),
            cancelled=off or _text(event, "STATUS").strip().upper() == "CANCELLED" or bool(_OFF.match(title)),
        ),
    )


def _as_planned(moment: date) -> str:
    """What the clock here shows then: the same in every zone that a calendar may be written in."""
    return (local(_instant(moment)).replace(tzinfo=None) if isinstance(moment, datetime) else moment).isoformat()


def _period(event: Event) -> Period:
    """Half-open, as iCalendar has it: DTEND of a whole-day event is the day after its last."""
    start, end = event.start, event.end
    if not (FIRST <= start.year <= LAST and FIRST <= end.year <= LAST):
        raise ValueError("a year that is a mistake")
    if not isinstance(start, datetime):
        after = end.date() if isinstance(end, datetime) else end
        return Period(midnight(start), midnight(max(after, start + timedelta(days=1))), Precision.DAY)
    # By way of UTC: half past two does not exist in the night that summer begins.
    opening, closing = _instant(start), _instant(end if isinstance(end, datetime) else end + timedelta(days=1))
    return Period(local(opening), local(closing) if closing > opening else None, Precision.MINUTE)


def _published(event: Event, now: datetime) -> datetime | None:
    """When the entry last changed. DTSTAMP says nothing: most calendars put the moment of asking there."""
    for name in ("LAST-MODIFIED", "CREATED"):
        moment = _moment(event, name)
        if isinstance(moment, datetime) and believable(moment) and _instant(moment) <= now:
            return local(_instant(moment))
    return None
