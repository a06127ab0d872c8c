"""JSON lines -> what the reader sees in each, in order; and the events that all of them together report."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from classifiers import Reader, Reading, Redacted, Voice
from classifiers.training.evaluate import Prediction, as_prediction
from monitor.config import Retention
from monitor.domain import Item, RawItem
from monitor.rules.classify import classify
from monitor.rules.fuse import clusters
from monitor.rules.normalise import normalise, plain
from monitor.rules.redact import redact

Line = dict[str, object]

_FIRST_YEAR, _LAST_YEAR = 1970, 2200


@dataclass(frozen=True, slots=True)
class _Read:
    id: str
    item: Item
    prediction: Prediction


@dataclass(frozen=True, slots=True)
class _Entry:
    """One line of input that holds."""

    id: str
    voice: Voice
    published: datetime
    title: str
    text: str

    def __repr__(self) -> str:
        return f"_Entry({self.id})"


def _entry(line: str) -> _Entry:
    """Raises ValueError with a Dutch sentence that never repeats what the line says."""
    try:
        value = json.loads(line)
    except json.JSONDecodeError as error:
        raise ValueError(f"geen geldige JSON (teken {error.pos + 1})") from error
    except RecursionError as error:
        raise ValueError("te diep genest") from error
    if not isinstance(value, dict):
        raise ValueError("geen JSON-object")
    for key in ("id", "published", "title", "text"):
        if not isinstance(value.get(key), str):
            raise ValueError(f"het veld '{key}' ontbreekt of is geen tekst")
    try:
        published = datetime.fromisoformat(value["published"])
    except ValueError as error:
        raise ValueError("'published' is geen ISO 8601-moment") from error
    if not _FIRST_YEAR <= published.year <= _LAST_YEAR:
        raise ValueError(f"'published' ligt buiten de jaren {_FIRST_YEAR} tot en met {_LAST_YEAR}")
    if published.tzinfo is None:
        raise ValueError("'published' heeft geen tijdzone; schrijf bijvoorbeeld 2026-11-22T10:00:00+01:00")
    try:
        voice = Voice(value.get("source_kind", Voice.NEWS))
    except ValueError as error:
        raise ValueError(f"'source_kind' is onbekend; kies uit {', '.join(Voice)}") from error
    clean = {key: value[key].encode("utf-8", "replace").decode() for key in ("id", "title", "text")}
    return _Entry(clean["id"], voice, published, clean["title"], clean["text"])


class _OneEntry:
    """The reader for one entry, which gives the same answer to the same question without reading again.

    Most texts are the same in the line, without markup and on the road of every entry, and would be read three times.
    """

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self.version, self.indicators, self.level_of = reader.version, reader.indicators, reader.level_of
        self._redacted: dict[tuple[str, str, Voice], Redacted] = {}
        self._read: dict[tuple[str, str, datetime, Voice], Reading] = {}

    def redact(self, title: str, text: str, *, voice: Voice) -> Redacted:
        asked = title, text, voice
        if asked not in self._redacted:
            self._redacted[asked] = self._reader.redact(title, text, voice=voice)
        return self._redacted[asked]

    def read(self, title: str, text: str, *, published: datetime, voice: Voice) -> Reading:
        asked = title, text, published, voice
        if asked not in self._read:
            self._read[asked] = self._reader.read(title, text, published=published, voice=voice)
        return self._read[asked]


def _read(reader: Reader, entry: _Entry) -> _Read:
    found = reader.redact(entry.title, entry.text, voice=entry.voice).findings
    # What is printed is the text as the house would keep it; the offsets are those of the line.
    clear = reader.redact(plain(entry.title), plain(entry.text), voice=entry.voice)
    redacted = Redacted(clear.title, clear.text, found)
    reading = reader.read(redacted.title, redacted.text, published=entry.published, voice=entry.voice)
    raw = RawItem(entry.id, entry.id, entry.title, entry.text, "", entry.published, voice=entry.voice)
    # For fusion the entry takes the road of every entry: only that makes an Item.
    clean = redact(normalise(raw, now=entry.published), reader)
    item = classify(clean, reader, now=entry.published, retention=Retention())
    return _Read(entry.id, item, as_prediction(reading, redacted))


def analyse(reader: Reader, lines: Iterable[str]) -> Iterator[Line]:
    """One object per line that is not blank, in the same order, with the fields that the scorer knows.

    A bad line gives `{"line": number, "error": sentence}` and does not stop the rest. `cluster` names the event that
    an item reports, over the whole input; None when it reports none.
    """
    found: list[_Read | Line] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            entry = _entry(line)
        except ValueError as error:
            found.append({"line": number, "error": f"Regel {number}: {error}."})
            continue
        found.append(_read(_OneEntry(reader), entry))
    fused = clusters([read.item for read in found if isinstance(read, _Read)])
    for read in found:
        if isinstance(read, _Read):
            yield {"id": read.id, **read.prediction, "cluster": fused.get(read.item.fingerprint)}
        else:
            yield read
