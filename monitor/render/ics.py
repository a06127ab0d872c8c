"""Feed -> an iCalendar that Outlook and others subscribe to (RFC 5545, RFC 7986)."""

import re
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit

from icalendar import Calendar, Timezone, TimezoneDaylight, TimezoneStandard, vDuration, vText
from icalendar import Event as Appointment

from classifiers import Precision
from monitor.clock import AMSTERDAM, local
from monitor.domain import Entry, Event, Feed

MEDIA_TYPE = "text/calendar; charset=utf-8"

REFRESH = timedelta(hours=1)
"""How often we ask programs to look again; Outlook and Exchange choose for themselves."""
_SHOWN_HOUR = timedelta(hours=1)
"""How long an event of which no report tells the end stands in the calendar."""
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\\]")
"""What TEXT may not hold (RFC 5545 3.3.11), what programs take for the end of a line, and what UTF-8 cannot write; and
the backslash, of which `icalendar` makes the end of a line when an N follows."""


def to_ics(feed: Feed) -> bytes:
    """Every event with a day that was not taken back; the calendar's description names those without one.

    The same feed gives the same bytes. Nothing in it says by which address it was asked: that holds the key.
    """
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//Torenwacht//Agenda//NL")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    for name in ("name", "x-wr-calname"):
        calendar.add(name, _text(feed.title))
    for name in ("description", "x-wr-caldesc"):
        calendar.add(name, _text(_description(feed)))
    calendar.add("x-wr-timezone", vText(AMSTERDAM.key))
    calendar.add("last-modified", feed.updated.astimezone(UTC))
    calendar.add("url", feed.address)
    calendar.add("refresh-interval", vDuration(REFRESH), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(REFRESH))
    calendar.add_component(_zone())
    for entry in feed.standing:
        if entry.event.starts is not None:
            calendar.add_component(_appointment(feed, entry, entry.event.starts))
    written: bytes = calendar.to_ical()
    return written


def _text(told: str) -> vText:
    return vText(_UNSEEN.sub("", told.replace("\r\n", "\n").replace("\r", "\n")))


def _description(feed: Feed) -> str:
    """What the calendar is, and what is not in it."""
    told = [f"Open gebeurtenissen die {feed.organisation} volgt. Een melding is geen besluit."]
    if feed.undated:
        told.append("Niet in deze agenda, want de dag is niet bekend:")
        told += [f"- {entry.headline}: {entry.address}" for entry in feed.undated]
    return "\n".join(told)


def _zone() -> Timezone:
    """Time in the Netherlands by its two rules, which programs read better than a list of changes."""
    zone = Timezone()
    zone.add("tzid", AMSTERDAM.key)
    winter, summer = timedelta(hours=1), timedelta(hours=2)
    for part, name, begins, was, becomes in (
        (TimezoneDaylight(), "CEST", datetime(1981, 3, 29, 2), winter, summer),  # noqa: DTZ001  # RFC 5545: local time
        (TimezoneStandard(), "CET", datetime(1996, 10, 27, 3), summer, winter),  # noqa: DTZ001  # RFC 5545: local time
    ):
        part.add("dtstart", begins)
        part.add("rrule", {"freq": "yearly", "bymonth": begins.month, "byday": "-1su"})
        part.add("tzname", name)
        part.add("tzoffsetfrom", was)
        part.add("tzoffsetto", becomes)
        zone.add_component(part)
    return zone


def _appointment(feed: Feed, entry: Entry, starts: datetime) -> Appointment:
    event, found = entry.event, Appointment()
    first, end = _span(event, starts)
    found.add("uid", f"gebeurtenis-{event.id}@{urlsplit(feed.address).hostname}")
    found.add("sequence", event.revision)
    # Of the event, not of this answer: the same calendar must be the same bytes, or nobody could ask what is new.
    found.add("dtstamp", entry.updated.astimezone(UTC))
    found.add("created", (event.first_seen or event.changed_at).astimezone(UTC))
    found.add("last-modified", entry.updated.astimezone(UTC))
    found.add("dtstart", first)
    found.add("dtend", end)
    found.add("summary", _text(entry.headline))
    found.add("description", _text("\n".join((*entry.lines, *_shown_as(event)))))
    if event.place:
        found.add("location", _text(event.place if entry.area in ("", event.place) else f"{event.place}, {entry.area}"))
    if event.latitude is not None and event.longitude is not None:
        found.add("geo", (event.latitude, event.longitude))
    found.add("url", entry.address)
    found.add("categories", [_text(event.category.value.capitalize()), _text(f"Niveau {event.level}")])
    found.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED" if entry.confirmed else "TENTATIVE")
    found.add("transp", "TRANSPARENT")  # a happening in the city keeps nobody from a meeting
    return found


def _shown_as(event: Event) -> tuple[str, ...]:
    """What the calendar shows otherwise than it is known."""
    if event.precision is Precision.MINUTE and event.ends is None:
        return ("Het einde is niet bekend. In de agenda staat daarom één uur.",)
    return ()


def _span(event: Event, starts: datetime) -> tuple[datetime | date, datetime | date]:
    """Start, and the end that is not part of it: moments when the hour is known, else whole local days."""
    known = event.ends if event.ends is not None and event.ends > starts else None
    if event.precision is Precision.MINUTE:
        return _moment(starts), _moment(known or starts + _SHOWN_HOUR)
    first = local(starts).date()
    last = local(known - timedelta(microseconds=1)).date() if known else first
    return first, last + timedelta(days=1)


def _moment(moment: datetime) -> datetime:
    """In local time, but for the hour that comes twice: RFC 5545 takes it for the first, so the second is in UTC."""
    here = local(moment)
    return moment.astimezone(UTC) if here.fold else here
