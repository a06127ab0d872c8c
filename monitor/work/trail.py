"""The audit trail itself: its days written down outside the database, and whether it is whole (R43)."""

import json
import os
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from sqlmodel import Session

from monitor.clock import Clock, today
from monitor.domain import Anchor, AuditEntry
from monitor.errors import ConfigError
from monitor.log import log
from monitor.rules.trail import Flaw, flaws
from monitor.store import Store, people

_PROVEN_FOR = timedelta(minutes=15)
_FIELDS = ("day", "last", "count", "head", "kept_until", "before", "hash")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a look along the whole trail gave."""

    entries: int
    flaws: tuple[Flaw, ...]
    """In the order of the trail; none when it is whole."""

    @property
    def whole(self) -> bool:
        """Nothing was changed, taken out or put in."""
        return not self.flaws


def verify(store: Store, now: datetime, file: Path | None = None) -> Verdict:
    """Looks along every entry and every anchor, and beside them the lines of the anchor `file`.

    Raises ConfigError when the file cannot be read.
    """
    written, torn = _read(file) if file is not None else (None, [])
    seen = 0

    def counted(session: Session) -> Iterator[AuditEntry]:
        nonlocal seen
        for entry in people.trail(session):
            seen += 1
            yield entry

    with store.read() as session:
        found = (*flaws(counted(session), people.anchors(session), written, now), *torn)
    return Verdict(seen, found)


class Proof:
    """The last time that the whole trail was proven, by this process: it is not for every visit to walk along years."""

    def __init__(self, store: Store, clock: Clock, file: Path) -> None:
        self._store, self._clock, self._file = store, clock, file
        self._last: tuple[Verdict, datetime] | None = None
        self._lock = threading.Lock()

    def verdict(self) -> tuple[Verdict, datetime]:
        """What the last look gave, and when: at most a quarter of an hour ago. One with flaws is done again each time.

        Raises ConfigError when the anchor file cannot be read.
        """
        with self._lock:  # who asks meanwhile gets the same answer
            now = self._clock()
            if self._last is None or not self._last[0].whole or now - self._last[1] >= _PROVEN_FOR:
                self._last = None
                self._last = verify(self._store, now, self._file if self._file.exists() else None), now
            return self._last


def anchor_trail(store: Store, now: datetime, file: Path) -> int:
    """Adds each day that is over to the anchor file, and tells its hash in the log; how many days. Twice is once.

    The file is only added to. Raises ConfigError when it cannot be read or written.
    """
    written = _read(file)[0] if file.exists() else []
    newest = max((line.day for line in written), default=date.min)
    with store.read() as session:
        new = [a for a in people.anchors(session) if newest < a.day < today(now)]
    if new:
        _append(file, [json.dumps({name: _plain(getattr(a, name)) for name in _FIELDS}) for a in new])
    for anchor in new:
        log.info("trail anchored", day=anchor.day.isoformat(), last=anchor.last, head=anchor.head, hash=anchor.hash)
    return len(new)


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _append(file: Path, lines: Sequence[str]) -> None:
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with file.open("a", encoding="utf-8") as out:
            out.writelines(f"{line}\n" for line in lines)
            out.flush()
            os.fsync(out.fileno())
    except OSError as error:
        raise _unusable(file, error) from error


def _unusable(file: Path, error: OSError) -> ConfigError:
    advice = f"Het ankerbestand {file} is niet te gebruiken ({error.strerror}). Controleer het pad en de rechten."
    return ConfigError("omgeving", "TORENWACHT_ANCHORS", advice=advice)


def _read(file: Path) -> tuple[list[Anchor], list[Flaw]]:
    """The lines of an anchor file, in its order, and the lines that are none."""
    try:
        lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError as error:
        raise _unusable(file, error) from error
    anchors, torn = list[Anchor](), list[Flaw]()
    for number, line in enumerate(lines, start=1):
        try:
            anchors.append(_anchor(json.loads(line)))
        except (ValueError, TypeError, KeyError):
            torn.append(Flaw(None, f"Regel {number} van het ankerbestand is niet te lezen."))
    return anchors, torn


def _anchor(told: dict[str, str]) -> Anchor:
    """Raises ValueError, TypeError or KeyError for a line that someone spoiled."""
    until = datetime.fromisoformat(told["kept_until"])
    return Anchor(
        day=date.fromisoformat(told["day"]),
        last=int(told["last"]),
        count=int(told["count"]),
        head=told["head"],
        kept_until=until,
        before=told["before"],
        hash=told["hash"],
        delete_after=until,
    )
