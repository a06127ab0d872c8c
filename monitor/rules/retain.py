"""Retention, now -> Horizon: what is old enough to go (R37, R38)."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from classifiers import Category
from monitor.clock import midnight, today
from monitor.config import Retention
from monitor.domain import Event, Handling, Item, Source

PURGE_WITHIN = timedelta(hours=26)
"""A purge that did not go well for longer is late: a day, and time to try again (R37)."""
_APRIL, _SEASON_BEGINS = 4, 9
"""The months in which the season of New Year is over, and the next one begins."""


@dataclass(frozen=True, slots=True)
class Horizon:
    """Everything that ended before these moments may go."""

    closes: datetime
    """Events that ended before are closed."""
    messages: datetime
    """Deliveries made before lose their message."""
    jobs: datetime
    """Jobs that were given up before go."""


def horizon(retention: Retention, now: datetime) -> Horizon:
    """The moments of one purge."""
    return Horizon(
        closes=now - timedelta(days=retention.closes_after_days),
        messages=now - timedelta(days=retention.message_days),
        jobs=now - timedelta(days=retention.job_days),
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
        new_year=retention.new_year and days >= retention.matched_days,
    )


def event_keeps_until(retention: Retention, ended: datetime) -> datetime:
    """When the record of an event goes; never before it closed."""
    return ended + timedelta(days=max(retention.event_days, retention.closes_after_days))


def item_keeps_until(retention: Retention, item: Item, event: Event) -> datetime:
    """When an item of an event goes: some days after the event ended, police data never later than their own term.

    What tells of New Year stays until the evaluation is adopted, and no later than 1 April (R38).
    """
    ended = event.ends or event.starts or event.changed_at
    closes = ended + timedelta(days=retention.closes_after_days)
    usual = max(closes, ended + timedelta(days=retention.matched_days))
    terms = [max(usual, _evaluated(retention, ended)) if event.category is Category.NEW_YEAR else usual]
    if item.handling is Handling.POLICE:
        terms.append(item.taken_in + timedelta(days=retention.police_days))
    if item.expires is not None:
        terms.append(item.expires)
    return min(terms)


def _evaluated(retention: Retention, ended: datetime) -> datetime:
    """When the evaluation of the season is adopted, 1 April at the latest; `ended` itself outside the season."""
    day = today(ended)
    if not retention.new_year or _APRIL <= day.month < _SEASON_BEGINS:
        return ended
    latest = date(day.year + (day.month >= _SEASON_BEGINS), _APRIL, 1)
    adopted = retention.evaluation_adopted
    return midnight(adopted if adopted and day <= adopted < latest else latest)


def late_since(purged: datetime | None, now: datetime) -> datetime | None:
    """Since when a purge is late, given the last good one; None when it is not, or when there is nothing to purge."""
    if purged is None or now - purged <= PURGE_WITHIN:
        return None
    return purged + PURGE_WITHIN
