"""step(): one processing step in the record of processing, joined to the step that it came from (R43)."""

from collections import Counter
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from contextvars import ContextVar, Token
from secrets import token_hex
from types import TracebackType

from monitor.app import App
from monitor.domain.activity import ACTIVITIES
from monitor.logbook import Record, Status


class Step:
    """A step that goes on. Its record is written when it ends, whatever the end; see `step`."""

    def __init__(self, app: App, activity: str, name: str, trace_id: str, parent: str) -> None:
        self.name = name
        self._app, self._activity = app, ACTIVITIES[activity].uri(app.settings.link_base)
        self._trace_id, self._span_id, self._parent = trace_id, token_hex(8), parent
        self._counts: Counter[str] = Counter()
        self._error = ""
        self._outer: Token[Step | None] | None = None

    @property
    def trace(self) -> str:
        """Its place in the trace, as W3C Trace Context writes it: for a step that comes after it, also in a job."""
        return f"00-{self._trace_id}-{self._span_id}-01"

    def count(self, counts: Mapping[str, int]) -> None:
        """How much it handled: `items.seen`, `items.kept`."""
        self._counts.update(counts)

    def failed(self, error: Exception) -> None:
        """It went wrong, although the act goes on: only the type is kept."""
        self._error = _type_of(type(error))

    def __enter__(self) -> "Step":
        self._start = self._app.clock()
        self._outer = _current.set(self)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, places: TracebackType | None
    ) -> None:
        if self._outer is not None:
            _current.reset(self._outer)
        if kind is not None and issubclass(kind, Exception):
            self._error = self._error or _type_of(kind)
        status = Status.ERROR if self._error else Status.OK if kind is None else Status.UNSET
        self._app.logbook.write(
            Record(
                trace_id=self._trace_id,
                span_id=self._span_id,
                parent_span_id=self._parent,
                name=self.name,
                activity=self._activity,
                start=self._start,
                end=self._app.clock(),
                status=status,
                error=self._error,
                counts=dict(self._counts),
            )
        )


_current: ContextVar[Step | None] = ContextVar("step", default=None)
"""The step that goes on here; a thread that is asked to do part of it has it too."""


def step(app: App, activity: str, name: str, *, after: str = "") -> AbstractContextManager[Step]:
    """Records what is done within as one step of a processing activity of ACTIVITIES.

    A step within one of the same name is part of it. `after` is the `trace` of the step that it comes from; without it
    that is the step within which it is done, and without one it begins a trace.

    Raises StoreError at its end when the record cannot be written. What keeps data therefore has its step inside its
    transaction: no record, then nothing is kept.
    """
    outer = _current.get()
    if outer is not None and outer.name == name:
        return nullcontext(outer)
    came_from = after or (outer.trace if outer else "")
    _, trace_id, parent, _ = came_from.split("-") if came_from else ("", token_hex(16), "", "")
    return Step(app, activity, name, trace_id, parent)


def _type_of(kind: type[BaseException]) -> str:
    return f"{kind.__module__}.{kind.__qualname__}"
