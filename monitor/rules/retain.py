"""Retention, now -> Horizon: what is old enough to go (R37, R38)."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from monitor.config import Retention
from monitor.domain import Event, Handling, Item, Source


@dataclass(frozen=True, slots=True)
class Horizon:
    """Everything that ended before these moments may go."""

    closes: datetime
    """Events that ended before are closed."""
    messages: datetime
    """Deliveries made before lose their message."""


def horizon(retention: Retention, now: datetime) -> Horizon:
    """The moments of one purge."""
    return Horizon(
        closes=now - timedelta(days=retention.closes_after_days),
        messages=now - timedelta(days=retention.message_days),
    )


def as_promised(retention: Retention, source: Source | None) -> Retention:
    """The periods for the items of one source: days without an event, or after it, as its legal record promises."""
    if source is None or source.legal is None:
        return retention
    days = source.legal.retention_days
    return replace(
        retention,
        unmatched_days=min(retention.unmatched_days, days),
        matched_days=min(retention.matched_days, days),
    )


def event_keeps_until(retention: Retention, ended: datetime) -> datetime:
    """When the record of an event goes; never before it closed."""
    return ended + timedelta(days=max(retention.event_days, retention.closes_after_days))


def item_keeps_until(retention: Retention, item: Item, event: Event) -> datetime:
    """When an item of an event goes: some days after the event ended, police data never later than their own term."""
    ended = event.ends or event.starts or event.changed_at
    closes = ended + timedelta(days=retention.closes_after_days)
    terms = [max(closes, ended + timedelta(days=retention.matched_days))]
    if item.handling is Handling.POLICE:
        terms.append(item.taken_in + timedelta(days=retention.police_days))
    if item.expires is not None:
        terms.append(item.expires)
    return min(terms)
