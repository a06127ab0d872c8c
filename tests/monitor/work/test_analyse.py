"""Reading texts without keeping them."""

import json
from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from classifiers import Evidence, Level, Reader, Reading, Redacted, Voice
from monitor.work.analyse import analyse


class Counting:
    """A reader that counts what it is asked."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self.version, self.indicators = reader.version, reader.indicators
        self.asked: Counter[str] = Counter()

    def redact(self, title: str, text: str, *, voice: Voice) -> Redacted:
        self.asked[f"redact {title}"] += 1
        return self._reader.redact(title, text, voice=voice)

    def read(self, title: str, text: str, *, published: datetime, voice: Voice) -> Reading:
        self.asked[f"read {title}"] += 1
        return self._reader.read(title, text, published=published, voice=voice)

    def level_of(self, evidence: Iterable[Evidence]) -> Level:
        return self._reader.level_of(evidence)


def test_a_plain_text_is_redacted_once_and_read_once(reader: Reader) -> None:
    row = {
        "id": "1",
        "published": "2026-11-22T10:00:00+01:00",
        "title": "Optocht",
        "text": "Om 14.00 uur op het plein.",
    }
    counting = Counting(reader)

    found = list(analyse(counting, [json.dumps(row)]))

    assert [line["id"] for line in found] == ["1"]
    assert (counting.asked["redact Optocht"], counting.asked["read Optocht"]) == (1, 1)
