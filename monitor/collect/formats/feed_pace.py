"""How long a feed itself asks to be left alone: `ttl` of RSS, or the module Syndication."""

import re
from datetime import timedelta

from monitor.domain import Fetched

FRESH_AT_MOST = timedelta(hours=24)
"""The longest that a feed may ask to be left alone."""
_TTL = re.compile(r"<ttl>\s*(\d{1,6})\s*</ttl>", re.I)
_PERIOD = re.compile(r"<(?:\w+:)?updatePeriod>\s*(hourly|daily|weekly|monthly|yearly)\s*<", re.I)
_FREQUENCY = re.compile(r"<(?:\w+:)?updateFrequency>\s*(\d{1,4})\s*<", re.I)
_ENTRY = re.compile(r"<(?:\w+:)?(?:item|entry)[\s>]", re.I)
_LOOK_IN = 4096
_PERIODS = {
    "hourly": timedelta(hours=1), "daily": timedelta(days=1), "weekly": timedelta(weeks=1),
    "monthly": timedelta(days=30), "yearly": timedelta(days=365),
}  # fmt: skip


def fresh_for(fetched: Fetched) -> timedelta | None:
    """How long the feed asks to be left alone: `ttl`, or how often it says to be renewed; at most 24 hours.

    Looks at the first 4 KB, before the first entry. None when it says nothing.
    """
    head = fetched.body[:_LOOK_IN].decode("ascii", "ignore")
    if entry := _ENTRY.search(head):
        head = head[: entry.start()]
    if found := _TTL.search(head):
        fresh = timedelta(minutes=int(found[1]))
    elif period := _PERIOD.search(head):
        frequency = _FREQUENCY.search(head)
        fresh = _PERIODS[period[1].lower()] / max(1, int(frequency[1]) if frequency else 1)
    else:
        return None
    return min(fresh, FRESH_AT_MOST) or None
