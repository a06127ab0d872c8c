"""Event, now, rule of the municipality -> Outlook: what page, alert and briefing alike say of its time to come."""

from datetime import datetime, timedelta

from classifiers import Category, Precision
from monitor.clock import local
from monitor.config import Notice
from monitor.domain import Event, Notification, Notified, Outlook, Stage
from monitor.rules.deadline import notify_before
from monitor.rules.picture import short_moment
from monitor.rules.stage import is_over, stage_of

_DAY = timedelta(days=1)
_HOUR = timedelta(hours=1)
_GONE = (Stage.CANCELLED, Stage.OVER, Stage.WITHDRAWN)
_WITHIN = {Precision.WEEKEND: "in het weekend zelf", Precision.WEEK: "in de week zelf"}
"""When no report tells the day, what was seen in the week itself may still have been seen before it began."""


def outlook(event: Event, now: datetime, notice: Notice) -> Outlook:
    """How the event stands at this moment."""
    return Outlook(
        stage=stage_of(event, now),
        lead=lead_words(event, now),
        first_seen=_first_seen(event),
        notification=notification_of(event, now, notice),
    )


def lead_words(event: Event, now: datetime) -> str:
    """How long it still takes: in days of the calendar, and within a day in hours where the hour is known."""
    if event.starts is None or event.starts <= now:
        return ""
    left = event.starts - now
    if event.precision is Precision.MINUTE and left < _DAY:
        return f"over {left // _HOUR} uur" if left >= _HOUR else "over minder dan een uur"
    days = _days(now, event.starts)
    return "morgen" if days <= 1 else f"over {days} dagen"


def _days(first: datetime, last: datetime) -> int:
    return (local(last).date() - local(first).date()).days


def _first_seen(event: Event) -> str:
    if event.first_seen is None:
        return ""
    seen = short_moment(event.first_seen)
    if event.starts is None:
        return seen
    return f"{seen}, {_seen_when(event, event.starts, event.first_seen)}"


def _seen_when(event: Event, starts: datetime, seen: datetime) -> str:
    """How long before its start; without an hour it began no sooner than its first day was over."""
    days = _days(seen, starts)
    if days > 0:
        return f"{days} dagen van tevoren" if days > 1 else "1 dag van tevoren"
    if is_over(event, seen):
        return "toen het al voorbij was"
    if event.precision in _WITHIN:
        return _WITHIN[event.precision]
    begun = starts <= seen if event.precision is Precision.MINUTE else days < 0
    return "toen het al begonnen was" if begun else "op de dag zelf"


def notification_of(event: Event, now: datetime, notice: Notice) -> Notification:
    """Whether it is notified, and until when that can be done. A number that a person linked answers it (R49)."""
    if event.notification:
        return Notification(Notified.DONE, None, f"{Notified.DONE}, nummer {event.notification}")
    if event.category is not Category.DEMONSTRATION:
        return Notification(Notified.NOT_ASKED, None, str(Notified.NOT_ASKED))
    if stage_of(event, now) in _GONE:
        return Notification(Notified.NOT_ASKED, None, f"{Notified.NOT_ASKED}: het gaat niet door of is voorbij")
    if event.starts is None or event.precision not in (Precision.MINUTE, Precision.DAY):
        words = f"{_known(event)}; {Notified.UNKNOWN}, want de dag staat niet vast"
        return Notification(Notified.UNKNOWN, None, words)
    # Of a whole day the hour decides; a start at its end gives the very last moment.
    whole_day = event.precision is Precision.DAY
    latest = notify_before(event.starts + _DAY if whole_day else event.starts, notice)
    if latest <= now:
        words = f"{_known(event)}; {Notified.TOO_LATE} ({short_moment(latest)})"
        return Notification(Notified.TOO_LATE, latest, words)
    sooner = ", eerder als de actie vroeger op de dag begint" if whole_day else ""
    words = f"{_known(event)}; {Notified.IN_TIME} tot {short_moment(latest)}{sooner}"
    return Notification(Notified.IN_TIME, latest, words)


def _known(event: Event) -> str:
    return "niet bekend" if "geen_kennisgeving" in {e.code for e in event.evidence} else "controleer intern"
