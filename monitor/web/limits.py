"""How often somebody may ask or try: counted per name, in a moving window, by the clock of the house."""

import threading
from collections import defaultdict, deque
from datetime import datetime, timedelta

from monitor.clock import Clock
from monitor.errors import MonitorError

TRIES, WINDOW = 5, timedelta(minutes=1)
"""Attempts to come in, per address and per name."""
KNOCKS = 30
"""The same for links and for the identity provider, whose secrets cannot be guessed; an office shares one address."""
PAGES = 300
"""Pages and parts of pages per login in that time: more than a person can read, less than a copy of the house takes."""

FEEDS = 20
"""Readings of one subscription in that time: far more than a program needs that shows what is new."""


class TooManyTries(MonitorError):
    """More attempts than the limit allows."""

    advice = "Te veel pogingen achter elkaar. Wacht een minuut en probeer het dan opnieuw."


class TryLimit:
    """Counts attempts per name in a moving window, by the clock of the house."""

    def __init__(self, clock: Clock, *, tries: int = TRIES, window: timedelta = WINDOW) -> None:
        self._clock, self._tries, self._window = clock, tries, window
        self._seen: dict[str, deque[datetime]] = defaultdict(deque)
        self._lock = threading.Lock()

    def hit(self, *keys: str) -> None:
        """Counts one attempt for each key. Raises TooManyTries when one of them is over its limit."""
        now = self._clock()
        with self._lock:
            for key in list(self._seen):
                while self._seen[key] and self._seen[key][0] <= now - self._window:
                    self._seen[key].popleft()
                if not self._seen[key]:
                    del self._seen[key]
            for key in keys:
                if len(self._seen[key]) >= self._tries:
                    raise TooManyTries
                self._seen[key].append(now)
