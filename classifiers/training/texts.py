"""The texts of our own, to learn from: classifiers/training/data, without what is set aside for measuring."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from classifiers.training.evaluate import Gold
from classifiers.vocabulary import Category, Phase, Voice

DATA = Path(__file__).parent / "data"
ASIDE = DATA / "aside.jsonl"
"""Only measured on."""


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


def files_to_learn(folder: Path = DATA) -> list[Path]:
    """Every file of labelled texts but what is set aside, in a fixed order."""
    return sorted(file for file in folder.glob("*.jsonl") if file.name != ASIDE.name)


def items_of(file: Path) -> Iterator[Gold]:
    """The items of a file in the format of the annotation guideline, in its order."""
    with file.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def own_texts(folder: Path = DATA) -> Iterator[Text]:
    """Every text to learn from, in the order of the files."""
    for item in (item for file in files_to_learn(folder) for item in items_of(file)):
        yield Text(
            title=item["title"],
            text=item["text"],
            voice=Voice(item["source_kind"]),
            published=datetime.fromisoformat(item["published"]),
            category=Category(item["category"]),
            phase=Phase(item["phase"]),
            codes=frozenset(item["indicators"]),
            event=item["event_key"] or item["id"],
        )
