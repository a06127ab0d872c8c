"""Bench: a real queue on a real database, and a clock that the test moves."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta

from monitor.config import Settings
from monitor.queue import Queue, open_queue
from monitor.queue.cluster import Cluster
from monitor.queue.embedded import Embedded
from monitor.store import Store
from tests.databases import set_clock

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


class Bench:
    """The queue that fits `store`; `pass_time` moves the clock of the house and that of the database."""

    def __init__(self, settings: Settings, store: Store) -> None:
        self.settings, self.store, self.now = settings, store, NOON
        self._open = ExitStack()
        self.pass_time()
        self.queue: Queue = self._open.enter_context(open_queue(settings, store, self.clock))

    def clock(self) -> datetime:
        """The moment of the test."""
        return self.now

    def pass_time(self, **units: float) -> None:
        """Moves the clock: `pass_time(minutes=1)`."""
        self.now += timedelta(**units)
        if self.store.url.startswith("postgresql"):
            set_clock(self.store.url, self.now)

    def put(
        self,
        act: str,
        args: dict[str, str | int] | None = None,
        *,
        lock: str | None = None,
        key: str | None = None,
        due: datetime | None = None,
    ) -> None:
        """Puts one job in a transaction of its own."""
        with self.store.begin() as session:
            self.queue.put(session, act, args or {}, lock=lock, key=key, due=due)

    def impatient(self) -> Queue:
        """The same queue, but it gives running jobs no time to finish."""
        if isinstance(self.queue, Embedded):
            return Embedded(self.store, self.clock, grace=0)
        return Cluster(self.store, self.clock, grace=0)

    @contextmanager
    def closed(self) -> Iterator[None]:
        """Closes the queue, and opens it again at the end."""
        self._open.close()
        yield
        self.queue = self._open.enter_context(open_queue(self.settings, self.store, self.clock))

    def close(self) -> None:
        """Lets go of the folder."""
        self._open.close()
