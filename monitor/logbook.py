"""The record of processing (Logboek dataverwerkingen): each step one line of OTLP/JSON, in a file a day (R43).

It tells which processing of the register was done, when, and how it ended; never of whom, by whom, or what it read.
"""

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import IntEnum
from pathlib import Path
from typing import Any

from monitor import __version__
from monitor.clock import today
from monitor.errors import StoreError
from monitor.log import log

ACTIVITY = "dpl.core.processing_activity_id"
ERROR_TYPE = "exception.type"
SERVICE = {"service.name": "torenwacht", "service.version": __version__}
_SPAN = {"traceId", "spanId", "parentSpanId", "name", "kind", "startTimeUnixNano", "endTimeUnixNano", "attributes"}
_TRACE_BYTES, _SPAN_BYTES = 16, 8
_INTERNAL = 1
"""SPAN_KIND_INTERNAL: no step is a call to, or from, another organisation."""
_EPOCH = datetime.fromtimestamp(0, UTC)


class Status(IntEnum):
    """How a step ended, with the numbers of OTLP."""

    UNSET = 0
    """It was cut off: neither done nor failed."""
    OK = 1
    ERROR = 2


@dataclass(frozen=True, slots=True)
class Record:
    """One processing step. `dpl.core.data_subject_id` is never there: what is kept is about nobody."""

    trace_id: str
    """16 bytes in hexadecimal, the same from a poll to its last delivery."""
    span_id: str
    """8 bytes in hexadecimal."""
    parent_span_id: str
    """The step that it came from; empty for the first."""
    name: str
    activity: str
    """Address of the processing activity in the public register of art. 30."""
    start: datetime
    end: datetime
    """Both aware, and kept to the millisecond."""
    status: Status
    error: str = ""
    """The type of what went wrong, never its message: that may quote what was being read."""
    counts: Mapping[str, int] = field(default_factory=dict)
    """How much it handled: `items.seen`, `items.kept`."""

    def line(self) -> str:
        """An ExportTraceServiceRequest with this one span, as OTLP/JSON writes it: numbers of 64 bits as text."""
        told = {ACTIVITY: self.activity} | ({ERROR_TYPE: self.error} if self.error else {})
        span: dict[str, object] = {
            "traceId": self.trace_id,
            "spanId": self.span_id,
            "name": self.name,
            "kind": _INTERNAL,
            "startTimeUnixNano": _nanoseconds(self.start),
            "endTimeUnixNano": _nanoseconds(self.end),
            "attributes": [
                *_texts(told),
                *({"key": key, "value": {"intValue": str(n)}} for key, n in sorted(self.counts.items())),
            ],
            "status": {"code": int(self.status)},
        }
        if self.parent_span_id:
            span["parentSpanId"] = self.parent_span_id
        scope = {"scope": {"name": "torenwacht"}, "spans": [span]}
        request = {"resourceSpans": [{"resource": {"attributes": _texts(SERVICE)}, "scopeSpans": [scope]}]}
        return json.dumps(request, ensure_ascii=True, separators=(",", ":"))


def _texts(told: Mapping[str, str]) -> list[dict[str, object]]:
    return [{"key": key, "value": {"stringValue": value}} for key, value in told.items()]


def _nanoseconds(moment: datetime) -> str:
    return f"{(moment - _EPOCH) // timedelta(milliseconds=1)}000000"


def _moment(nanoseconds: str) -> datetime:
    if not nanoseconds.endswith("000000"):
        raise ValueError("a moment is kept to the millisecond")
    return _EPOCH + timedelta(milliseconds=int(nanoseconds[:-6]))


def parse(line: str) -> Record:
    """The record on a line; raises ValueError for one that misses a field, or has one that no record has."""
    try:
        [of_resource] = json.loads(line)["resourceSpans"]
        [of_scope] = of_resource["scopeSpans"]
        [span] = of_scope["spans"]
        if not {"service.name", "service.version"} <= _attributes(of_resource["resource"]["attributes"]).keys():
            raise ValueError("which service it is of, is missing")
        return _record(span, _attributes(span["attributes"]))
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise ValueError("no record of processing") from error


def _attributes(rows: list[dict[str, Any]]) -> dict[str, str | int]:
    found: dict[str, str | int] = {}
    for row in rows:
        value = row["value"]
        found[row["key"]] = int(value["intValue"]) if "intValue" in value else value["stringValue"]
    return found


def _record(span: dict[str, Any], told: dict[str, str | int]) -> Record:
    if strange := span.keys() - _SPAN - {"status"}:
        raise ValueError(f"no field of a record: {', '.join(sorted(strange))}")
    activity, error = str(told.pop(ACTIVITY)), str(told.pop(ERROR_TYPE, ""))
    if strange := {key for key, value in told.items() if not isinstance(value, int)}:
        raise ValueError(f"no field of a record: {', '.join(sorted(strange))}")
    parent = span.get("parentSpanId", "")
    record = Record(
        trace_id=_hexadecimal(span["traceId"], _TRACE_BYTES),
        span_id=_hexadecimal(span["spanId"], _SPAN_BYTES),
        parent_span_id=_hexadecimal(parent, _SPAN_BYTES) if parent else "",
        name=span["name"],
        activity=activity,
        start=_moment(span["startTimeUnixNano"]),
        end=_moment(span["endTimeUnixNano"]),
        status=Status(span["status"]["code"]),
        error=error,
        counts={key: int(value) for key, value in told.items()},
    )
    if not record.name or record.end < record.start or bool(record.error) != (record.status is Status.ERROR):
        raise ValueError("name, moments or status cannot be so")
    return record


def _hexadecimal(told: str, size: int) -> str:
    if len(bytes.fromhex(told)) != size or not int(told, 16):
        raise ValueError("an id has the wrong length")
    return told


class Logbook:
    """The files of this node, DAY.jsonl by local day."""

    def __init__(self, folder: Path, keep: timedelta) -> None:
        self._folder, self._keep = folder, keep

    def write(self, record: Record) -> None:
        """Adds a record to the file of the day on which it ended; when this returns, the system has taken it.

        One write at the end of the file, so lines of threads and processes stay whole. Raises StoreError when the
        disk does not take it; then the step has no record.
        """
        day, line = today(record.end), f"{record.line()}\n".encode("ascii")
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            file = self._file(day)
            if not file.exists():
                # Where no purge came by, as on the other nodes of a cluster, they go here: a day after their term.
                self.expire(day - timedelta(days=1))
            descriptor = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
            try:
                taken = os.write(descriptor, line)
            finally:
                os.close(descriptor)
        except OSError as error:
            raise self._refused(error.strerror or type(error).__name__) from error
        if taken != len(line):
            raise self._refused("de schijf is vol")

    def expire(self, day: date) -> int:
        """Removes the files of days whose term is over on `day`; how many."""
        old = [file for file in self.files() if _day_of(file) + self._keep <= day]
        for file in old:
            file.unlink(missing_ok=True)
        if old:
            log.info("records of processing expired", files=len(old), day=day.isoformat())
        return len(old)

    def files(self, first: date = date.min, last: date = date.max) -> list[Path]:
        """The files of these days, oldest first."""
        return [file for file in sorted(self._folder.glob("????-??-??.jsonl")) if first <= _day_of(file) <= last]

    def lines(self, first: date = date.min, last: date = date.max) -> Iterator[tuple[str, int, str]]:
        """Name of the file, number from 1 and text of every line of these days."""
        for file in self.files(first, last):
            with file.open(encoding="utf-8", errors="replace") as written:
                for number, line in enumerate(written, start=1):
                    yield file.name, number, line.rstrip("\n")

    def _file(self, day: date) -> Path:
        return self._folder / f"{day.isoformat()}.jsonl"

    def _refused(self, why: str) -> StoreError:
        advice = (
            f"Het logboek van verwerkingen in {self._folder} is niet te schrijven ({why}). Controleer de schijf en de "
            "rechten. Tot die tijd verwerkt Torenwacht niets."
        )
        return StoreError("record of processing not written", advice=advice)


def _day_of(file: Path) -> date:
    return date.fromisoformat(file.stem)


def open_logbook(data: Path, days: int) -> Logbook:
    """The logbook in the data folder, of which each file stays so many days."""
    return Logbook(data / "logboek", timedelta(days=days))
