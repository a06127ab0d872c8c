"""How long a feed itself asks to be left alone: `ttl` of RSS.

Not `updatePeriod` of the module Syndication: that says how often the feed is renewed, and every WordPress says hourly.
"""

import re
from datetime import timedelta

from monitor.domain import Fetched

FRESH_AT_MOST = timedelta(hours=24)
"""The longest that a feed may ask to be left alone."""
_TTL = re.compile(r"<ttl>\s*(\d{1,6})\s*</ttl>", re.I)
_ENTRY = re.compile(r"<(?:\w+:)?(?:item|entry)[\s>]", re.I)
_LOOK_IN = 4096


def fresh_for(fetched: Fetched) -> timedelta | None:
    """How long the feed asks to be left alone, at most 24 hours.

    Looks at the first 4 KB, before the first entry. None when it says nothing.
    """
    head = fetched.body[:_LOOK_IN].decode("ascii", "ignore")
    if entry := _ENTRY.search(head):
        head = head[: entry.start()]
    found = _TTL.search(head)
    return min(timedelta(minutes=int(found[1])), FRESH_AT_MOST) or None if found else None
