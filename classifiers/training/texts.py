"""The texts of our own, to learn from: classifiers/training/data, without what is set aside for measuring."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from classifiers.vocabulary import Category, Phase, Voice

DATA = Path(__file__).parent / "data"
ASIDE = "aside"
"""How the name begins of a file that is only measured on."""


@dataclass(frozen=True, slots=True)
class Text:
    """One labelled text, as far as the judge learns from it."""

    title: str
    text: str
    voice: Voice
    published: datetime
    category: Category
    phase: Phase
    codes: frozenset[str]
    event: str
    """Key of the event, or of the text itself: what may not stand on both sides of a split."""

    @property
    def is_concrete(self) -> bool:
        """Whether it is of a concrete event; only those have indicators (guideline, decision 2)."""
        return self.category is not Category.NONE and self.phase is not Phase.OTHER


def own_texts(folder: Path = DATA) -> Iterator[Text]:
    """Every text to learn from, in the order of the files."""
    for file in sorted(folder.glob("*.jsonl")):
        if file.name.startswith(ASIDE):
            continue
        for line in file.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            yield Text(
                title=row["title"],
                text=row["text"],
                voice=Voice(row["source_kind"]),
                published=datetime.fromisoformat(row["published"]),
                category=Category(row["category"]),
                phase=Phase(row["phase"]),
                codes=frozenset(row["indicators"]),
                event=row["event_key"] or row["id"],
            )
