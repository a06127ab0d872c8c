"""Bytes of a calendar -> its events as content lines (RFC 5545), unfolded. An organiser or a guest gets no further.

What is of no use is left before anything is read: alarms, tasks, contacts, and the years that are over. So a calendar
of ten years takes little longer than one of a season, and one line that is wrong spoils one event.
"""

import re
from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from monitor.collect.formats.charset import text_of
from monitor.domain import Fetched

OF_EVENTS = frozenset(
    "UID DTSTART DTEND DURATION RRULE RDATE EXDATE RECURRENCE-ID SEQUENCE STATUS SUMMARY DESCRIPTION LOCATION URL"
    " CLASS DTSTAMP LAST-MODIFIED CREATED".split()
)
"""The properties that are read. No ORGANIZER, ATTENDEE, CONTACT, COMMENT or ATTACH, and no TRANSP (R11)."""

LINE_AT_MOST = 100_000
"""Characters; a text is cut after so many long before it is read."""

DEEPEST = 10
"""Components in one another; RFC 5545 knows three. More is no calendar, and counts as one that was cut off."""

_MANY = frozenset(("DTSTART", "RRULE", "RDATE", "EXDATE"))
"""May come twice, or make an event unreadable when they do; of the others the first counts."""
_REPEATING = frozenset(("RRULE", "RDATE", "RECURRENCE-ID", "DURATION"))
_FOLD = re.compile(rb"(?:\r\n|\n|\r)[ \t]")
_LINE = re.compile(r"[^\r\n]+")
_NAME = re.compile(r"\s*([A-Za-z0-9-]+)[;:]")
_DAY = re.compile(r":(\d{8})(?!\d)")
_MARGIN = timedelta(days=2)
"""More than any two time zones differ."""


@dataclass(slots=True)
class Entry:
    """One VEVENT."""

    lines: dict[str, list[str]] = field(default_factory=dict)
    """By name of the property, in capitals."""
    withdrawn: bool = False
    """It stands in a calendar that takes events back (METHOD:CANCEL)."""

    def value(self, name: str) -> str:
        """What stands behind the first colon; enough to compare by, for a parameter may hold one too."""
        return next((line.partition(":")[2].strip() for line in self.lines.get(name, ())), "")

    def text(self) -> str:
        """The event as it goes to a reader of calendars."""
        return "\r\n".join(["BEGIN:VEVENT", *(line for lines in self.lines.values() for line in lines), "END:VEVENT"])


@dataclass(slots=True)
class Agenda:
    """What one answer holds."""

    entries: list[Entry] = field(default_factory=list)
    zones: list[list[str]] = field(default_factory=list)
    """Each VTIMEZONE, from BEGIN to END."""
    zone: str = ""
    """X-WR-TIMEZONE: what moments without a zone count in."""
    closed: bool = False
    """It has an end. A calendar that was cut off would make the rest seem withdrawn."""


def agenda_of(fetched: Fetched) -> Agenda | None:
    """The calendars in one answer, taken together; None when there is none. Raises nothing."""
    body = fetched.body
    if b"\0" not in body[:4]:
        # Before decoding: software that counts bytes folds in the midst of a letter.
        body = _FOLD.sub(b"", body)
    text = text_of(replace(fetched, body=body))
    if b"\0" in fetched.body[:4]:
        text = re.sub(r"(?:\r\n|\n|\r)[ \t]", "", text)
    if "BEGIN:VCALENDAR" not in text[:4096].upper():
        return None
    inside: list[str] = []
    agenda, withdrawing, entry = Agenda(), False, Entry()
    for match in _LINE.finditer(text):
        line = match[0][:LINE_AT_MOST]
        named = _NAME.match(line)
        if named is None:
            continue  # the second line of a text that was not folded
        name, line = named[1].upper(), line.lstrip()
        what = line.partition(":")[2].strip().upper()
        if "VTIMEZONE" in inside:
            agenda.zones[-1].append(line)
        if name == "BEGIN":
            if len(inside) > DEEPEST:
                agenda.closed = False
                break
            inside.append(what)
            if what == "VCALENDAR":
                inside, withdrawing, agenda.closed = ["VCALENDAR"], False, False
            elif what == "VEVENT":
                # An event is never part of another: the one before was not closed, and is not whole.
                inside, entry = ["VCALENDAR", "VEVENT"], Entry(withdrawn=withdrawing)
            elif what == "VTIMEZONE":
                agenda.zones.append([line])
        elif name == "END":
            if what == "VCALENDAR":
                agenda.closed, inside = True, []
            elif what in inside:
                if what == "VEVENT":
                    agenda.entries.append(entry)
                del inside[inside.index(what) :]
        elif inside[-1:] == ["VEVENT"]:
            if name in OF_EVENTS and (name in _MANY or name not in entry.lines):
                entry.lines.setdefault(name, []).append(line)
        elif inside == ["VCALENDAR"]:
            if name == "METHOD":
                withdrawing = what == "CANCEL"
            elif name == "X-WR-TIMEZONE" and not agenda.zone:
                agenda.zone = line.partition(":")[2].strip()
    return agenda


def within(entries: list[Entry], start: datetime, end: datetime) -> list[Entry]:
    """Those that may fall between `start` and `end`, by their bare days; what repeats or is unclear stays.

    Versions of one event stay or go together, or the version before would come back.
    """
    first, last = f"{start - _MARGIN:%Y%m%d}", f"{end + _MARGIN:%Y%m%d}"
    by_uid: defaultdict[object, list[Entry]] = defaultdict(list)
    for number, entry in enumerate(entries):
        by_uid[entry.value("UID") or number].append(entry)
    return [
        entry for found in by_uid.values() if not all(_outside(one, first, last) for one in found) for entry in found
    ]


def _outside(entry: Entry, first: str, last: str) -> bool:
    if not _REPEATING.isdisjoint(entry.lines):
        return False
    days = [_DAY.search(line) for name in ("DTSTART", "DTEND") for line in entry.lines.get(name, ())]
    if not days or None in days:
        return False
    told = [match[1] for match in days if match]
    return max(told) < first or min(told) > last
