"""Promises: a job is put in the caller's transaction and done at least once. Two engines, one contract."""

from contextlib import AbstractContextManager

from sqlalchemy import make_url

from monitor.clock import Clock
from monitor.config import Settings
from monitor.queue.contract import Act, Again, Doors, Queue, given_up
from monitor.queue.embedded import open_embedded

__all__ = ["Act", "Again", "Queue", "given_up", "open_queue"]


def open_queue(settings: Settings, store: Doors, clock: Clock, *, works: bool = True) -> AbstractContextManager[Queue]:
    """The engine that fits the database: embedded on SQLite, for one process; cluster on PostgreSQL, for many.

    `works` False is for a command beside a running service, which only puts. Raises ConfigError when another
    process has the embedded queue of this folder open to work.
    """
    if make_url(store.url).get_backend_name() == "sqlite":
        return open_embedded(settings.data, store, clock, works=works)
    from monitor.queue.cluster import open_cluster  # noqa: PLC0415  # half a second that SQLite need not wait for

    return open_cluster(store, clock)
