"""Labelled texts -> the table of the data sheet: `python -m classifiers.training.sheet [--write]`.

Counts what `data/texts.jsonl` and `data/aside.jsonl` hold. Shows counts only, never a word of a text.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from statistics import median, quantiles

from classifiers.training.card import table, written
from classifiers.training.texts import DATA, items_of
from classifiers.vocabulary import Precision

SHEET = DATA / "README.md"
FILES = ("texts", "aside")

Item = Mapping[str, object]


def many(names: Iterable[object]) -> str:
    """Each name with how often it occurs, the most frequent first."""
    return ", ".join(f"{name or 'none'} {count:,}" for name, count in Counter(names).most_common())


def of(field: str) -> Callable[[Sequence[Item]], str]:
    return lambda items: many(item[field] for item in items)


def told(field: str) -> Callable[[Sequence[Item]], str]:
    return lambda items: f"{sum(bool(item[field]) for item in items):,}"


def every(field: str, key: str | None = None) -> Callable[[Sequence[Item]], str]:
    """What stands in a list of each item."""
    return lambda items: many(part[key] if key else part for item in items for part in listed(item[field]))


def listed(value: object) -> list[dict[str, object]]:
    return value if isinstance(value, list) else []


def to_the_minute(items: Sequence[Item]) -> str:
    moments = [when for item in items if isinstance(when := item["when"], dict)]
    return f"{sum(when['precision'] == Precision.MINUTE for when in moments):,}"


def words(items: Sequence[Item]) -> str:
    lengths = [len(f"{item['title']} {item['text']}".split()) for item in items]
    low, *_, high = quantiles(lengths, n=20)
    return f"{min(lengths)} to {max(lengths)}, median {median(lengths):.0f}; 9 in 10 between {low:.0f} and {high:.0f}"


def years(items: Sequence[Item]) -> str:
    counted = Counter(str(item["published"])[:4] for item in items)
    return ", ".join(f"{year} {count}" for year, count in sorted(counted.items()))


def shared(items: Sequence[Item]) -> str:
    events = [
        count for count in Counter(item["event_key"] for item in items if item["event_key"]).values() if count > 1
    ]
    return f"{sum(events)} of {len(events)} events"


ROWS: Mapping[str, Callable[[Sequence[Item]], str]] = {
    "items": lambda items: f"{len(items):,}",
    "category": of("category"),
    "level": of("risk"),
    "phase": of("phase"),
    "source": of("source_kind"),
    "scope": of("scope"),
    "indicators": every("indicators"),
    "relevant": told("relevant"),
    "day told": told("when"),
    "hour told": to_the_minute,
    "place told": told("where"),
    "number of people told": told("size"),
    "items that share their event": shared,
    "words of title and text": words,
    "years": years,
    "items with personal data": told("pii"),
    "personal data": every("pii", "type"),
    "label was in doubt (`split_note`)": lambda items: f"{sum(bool(item.get('split_note')) for item in items):,}",
}


def main() -> int:
    """Prints the table; with `--write` puts it in the data sheet instead."""
    parser = argparse.ArgumentParser(description="Count what the texts of our own hold.")
    parser.add_argument("--write", action="store_true", help="put the table in the data sheet")
    args = parser.parse_args()
    sets = [list(items_of(DATA / f"{name}.jsonl")) for name in FILES]
    text = table(("", *FILES), ((name, *map(count, sets)) for name, count in ROWS.items()))
    if args.write:
        SHEET.write_text(written(SHEET.read_text(encoding="utf-8"), "counts", text), encoding="utf-8")
    else:
        print(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
