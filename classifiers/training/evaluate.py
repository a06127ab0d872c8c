"""Gold items and predictions -> figures, by the annotation guideline (docs/guideline.md).

Every figure is a share from 0 to 1 and higher is better, but for names that end in `_leak`, `_missed` or `_false`.
A prediction may leave a field out: that counts as "nothing found".
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import NotRequired, TypedDict
from zoneinfo import ZoneInfo

from classifiers.reading import Finding, Period, Reading, Redacted
from classifiers.vocabulary import Category, Level, Precision

_LOCAL = ZoneInfo("Europe/Amsterdam")
_COVERED = 0.9
"""A span counts as found when this share of its characters is covered."""


class When(TypedDict):
    """The moment of an event; a bare date unless the precision is `minuut`; `end` is inclusive."""

    start: str
    end: str | None
    precision: str


class Attendance(TypedDict):
    """Both ends included."""

    min: int | None
    max: int | None


class Span(TypedDict):
    """Half-open offsets in `title + "\\n" + text`."""

    start: int
    end: int
    type: str


class Gold(TypedDict):
    """One annotated item (guideline, Fields)."""

    id: str
    text: str
    category: str
    relevant: bool
    phase: NotRequired[str]
    title: NotRequired[str]
    source_kind: NotRequired[str]
    published: NotRequired[str]
    risk: NotRequired[str | None]
    indicators: NotRequired[list[str]]
    when: NotRequired[When | None]
    where: NotRequired[list[str] | None]
    size: NotRequired[Attendance | None]
    pii: NotRequired[list[Span] | None]
    event_key: NotRequired[str | None]


class Prediction(TypedDict, total=False):
    """What the reader says of one item; `cluster` is given by whoever fuses items into events."""

    category: str
    relevant: bool
    risk: str | None
    indicators: list[str]
    when: When | None
    where: list[str]
    size: Attendance | None
    pii: list[Span]
    redacted: str
    cluster: str | None


Figures = dict[str, float | int]
_Pairs = Sequence[tuple[Gold, Prediction]]


def as_prediction(reading: Reading, redacted: Redacted) -> Prediction:
    """A reading and the redaction before it, in the fields of a prediction."""
    return Prediction(
        category=reading.category.value,
        relevant=reading.relevant,
        risk=reading.level.value if reading.level else None,
        indicators=[evidence.code for evidence in reading.evidence],
        when=_as_when(reading.period) if reading.period else None,
        where=[place.name for place in reading.places],
        size=Attendance(min=reading.size.min, max=reading.size.max) if reading.size else None,
        pii=[_as_span(finding) for finding in redacted.findings],
        redacted=f"{redacted.title}\n{redacted.text}",
    )


def _as_when(period: Period) -> When:
    start, end = period.start.astimezone(_LOCAL), period.end.astimezone(_LOCAL) if period.end else None
    if period.precision is Precision.MINUTE:
        last = end.strftime("%Y-%m-%dT%H:%M") if end else None
        return When(start=start.strftime("%Y-%m-%dT%H:%M"), end=last, precision=period.precision.value)
    last_day = (end - timedelta(minutes=1)).date() if end else start.date()
    more = last_day.isoformat() if last_day > start.date() else None
    return When(start=start.date().isoformat(), end=more, precision=period.precision.value)


def _as_span(finding: Finding) -> Span:
    return Span(start=finding.start, end=finding.end, type=finding.kind.value)


def evaluate(gold: Iterable[Gold], predicted: Mapping[str, Prediction]) -> Figures:
    """All figures. Raises KeyError when an item has no prediction, ValueError when there is no item."""
    pairs: _Pairs = [(item, predicted[item["id"]]) for item in gold]
    if not pairs:
        raise ValueError("no gold items")
    # A text of category `geen` may name a date, a place or a number all the same: those are not judged.
    events: _Pairs = [(g, p) for g, p in pairs if g["category"] != Category.NONE]
    return {
        "items": len(pairs),
        **_category(pairs),
        **_relevance(pairs),
        **_risk(pairs),
        **_indicators(pairs),
        **_when(events),
        **_where(events),
        **_size(events),
        **_personal(pairs),
        **_clusters(pairs),
    }


class _Tally:
    """True and false finds, and what was missed. Nothing to find and nothing found is perfect."""

    def __init__(self) -> None:
        self.right = self.wrong = self.missed = 0

    def add(self, right: int, wrong: int, missed: int) -> None:
        self.right, self.wrong, self.missed = self.right + right, self.wrong + wrong, self.missed + missed

    @property
    def precision(self) -> float:
        return _share(self.right, self.right + self.wrong, empty=1.0)

    @property
    def recall(self) -> float:
        return _share(self.right, self.right + self.missed, empty=1.0)

    @property
    def f1(self) -> float:
        return _share(2 * self.right, 2 * self.right + self.wrong + self.missed, empty=1.0)


def _share(part: float, whole: float, *, empty: float = 0.0) -> float:
    return part / whole if whole else empty


def _macro_f1(labels: Sequence[tuple[str | None, str | None]], classes: Sequence[str]) -> float:
    """Mean F1 over the classes that occur in either column."""
    scores = []
    for name in classes:
        tally = _Tally()
        for wanted, got in labels:
            tally.add(wanted == got == name, got == name != wanted, wanted == name != got)
        if tally.right + tally.wrong + tally.missed:
            scores.append(tally.f1)
    return _share(sum(scores), len(scores))


def _category(pairs: _Pairs) -> Figures:
    labels = [(g["category"], p.get("category")) for g, p in pairs]
    return {
        "category_macro_f1": _macro_f1(labels, [c.value for c in Category]),
        "category_accuracy": _share(sum(wanted == got for wanted, got in labels), len(labels)),
    }


def _relevance(pairs: _Pairs) -> Figures:
    tally = _Tally()
    for g, p in pairs:
        wanted, got = g["relevant"], bool(p.get("relevant"))
        tally.add(wanted and got, got and not wanted, wanted and not got)
    return {"relevant_precision": tally.precision, "relevant_recall": tally.recall, "relevant_f1": tally.f1}


def _risk(pairs: _Pairs) -> Figures:
    """Only items with a level in the gold set; a level that was not given counts as A in kappa."""
    judged = [(g, p) for g, p in pairs if g.get("risk")]
    labels = [(g.get("risk"), p.get("risk")) for g, p in judged]
    figures: Figures = {
        "risk_macro_f1": _macro_f1(labels, [level.value for level in Level]),
        "risk_kappa": _weighted_kappa(labels),
    }
    for level in Level:
        right = labels.count((level.value, level.value))
        figures[f"risk_{level.value}_recall"] = right / max(1, sum(g == level for g, _ in labels))
        figures[f"risk_{level.value}_precision"] = right / max(1, sum(p == level for _, p in labels))
    grave = [p for g, p in judged if g["relevant"] and g.get("risk") == Level.C]
    missed = sum(not p.get("relevant") or p.get("risk") not in (Level.B, Level.C) for p in grave)
    figures["grave_missed"] = missed / max(1, len(grave))
    return figures


def _weighted_kappa(labels: Sequence[tuple[str | None, str | None]]) -> float:
    """Agreement beyond chance; an error of two steps weighs four times one of one step."""
    order = [level.value for level in Level]
    steps = [(order.index(g or "A"), order.index(p) if p in order else 0) for g, p in labels]
    if not steps:
        return 1.0
    wanted, got = Counter(g for g, _ in steps), Counter(p for _, p in steps)
    observed = sum((g - p) ** 2 for g, p in steps) / len(steps)
    by_chance = sum(wanted[i] * got[j] * (i - j) ** 2 for i in range(3) for j in range(3)) / len(steps) ** 2
    return 1 - observed / by_chance if by_chance else 1.0


def _indicators(pairs: _Pairs) -> Figures:
    tally = _Tally()
    for g, p in pairs:
        if g.get("risk"):
            wanted, got = set(g.get("indicators", [])), set(p.get("indicators") or [])
            tally.add(len(wanted & got), len(got - wanted), len(wanted - got))
    return {"indicator_precision": tally.precision, "indicator_recall": tally.recall, "indicator_micro_f1": tally.f1}


def _when(events: _Pairs) -> Figures:
    days, minutes, false = [], [], []
    for g, p in events:
        wanted, got = g.get("when"), p.get("when")
        if not wanted:
            false.append(bool(got))
            continue
        start = (got["start"] if got else None) or ""
        days.append(wanted["start"][:10] == start[:10])
        if wanted["precision"] == Precision.MINUTE:
            minutes.append(wanted["start"][:16] == start[:16])
    return {
        "when_day": _share(sum(days), len(days)),
        "when_minute": _share(sum(minutes), len(minutes)),
        "when_false": _share(sum(false), len(false)),
    }


def _where(events: _Pairs) -> Figures:
    tally, first = _Tally(), []
    for g, p in events:
        wanted, got = g.get("where") or [], p.get("where") or []
        if wanted:
            first.append(any(_same_place(wanted[0], name) for name in got))
        found = sum(any(_same_place(name, other) for other in got) for name in wanted)
        strange = sum(not any(_same_place(other, name) for other in wanted) for name in got)
        tally.add(found, strange, len(wanted) - found)
    return {
        "where_first": _share(sum(first), len(first)),
        "where_precision": tally.precision,
        "where_recall": tally.recall,
        "where_f1": tally.f1,
    }


def _same_place(one: str, other: str) -> bool:
    """Equal, or one within the other ("Euroborg", "stadion Euroborg"), but never on less than four letters."""
    one, other = (" ".join(name.casefold().replace("-", " ").split()) for name in (one, other))
    return one == other or (min(len(one), len(other)) >= 4 and (one in other or other in one))  # noqa: PLR2004 - docstring


def _size(events: _Pairs) -> Figures:
    right, false = [], []
    for g, p in events:
        wanted, got = g.get("size"), p.get("size")
        if wanted:
            right.append(_same_size(wanted, got))
        else:
            false.append(bool(got))
    return {"size_right": _share(sum(right), len(right)), "size_false": _share(sum(false), len(false))}


def _same_size(wanted: Attendance, got: Attendance | None) -> bool:
    """Ranges that touch, give or take a fifth, and neither end off by more than a factor of two."""
    if not got:
        return False
    ends = [end for end in (got.get("min"), got.get("max")) if end is not None]
    if not ends:
        return False
    low, high = ends[0], ends[-1]
    least, most = wanted["min"] or 0, wanted["max"] or 0
    return low <= most * 1.25 and high >= least * 0.8 and low >= least / 2 and high <= most * 2


def _covered(spans: Iterable[Span] | None) -> set[int]:
    return {offset for span in spans or () for offset in range(span["start"], span["end"])}


def _personal(pairs: _Pairs) -> Figures:
    """Recall per kind by characters; leaks by what still stands in the redacted text."""
    found: Counter[str] = Counter()
    total: Counter[str] = Counter()
    strings = leaked = items = items_with = right = marked = innocent = 0
    for g, p in pairs:
        full = f"{g['title']}\n{g['text']}" if "title" in g else g["text"]
        spans, cover, wanted = g.get("pii") or [], _covered(p.get("pii")), _covered(g.get("pii"))
        right, marked, innocent = right + len(cover & wanted), marked + len(cover), innocent + len(full) - len(wanted)
        redacted = p.get("redacted", full)
        leaks = 0
        for span in spans:
            total[span["type"]] += 1
            inside = set(range(span["start"], span["end"]))
            found[span["type"]] += len(inside & cover) >= _COVERED * len(inside)
            leaks += not _is_gone(full[span["start"] : span["end"]], full, redacted)
        strings, leaked = strings + len(spans), leaked + leaks
        items, items_with = items + bool(leaks), items_with + bool(spans)
    figures: Figures = {f"pii_{kind}_recall": found[kind] / n for kind, n in sorted(total.items())}
    return figures | {
        "pii_recall": found.total() / max(1, total.total()),
        "pii_char_precision": _share(right, marked, empty=1.0),
        "pii_overredaction_false": (marked - right) / max(1, innocent),
        "pii_string_leak": leaked / max(1, strings),
        "pii_item_leak": items / max(1, items_with),
    }


def _is_gone(string: str, full: str, redacted: str) -> bool:
    """A string that stands more often than it is marked (a street that bears the name) is judged by count."""
    return string not in redacted or full.count(string) > redacted.count(string)


def _clusters(pairs: _Pairs) -> Figures:
    """B-cubed over items that share an event; an item without a cluster stands alone. Absent without such items."""
    events = {g["id"]: key for g, _ in pairs if (key := g.get("event_key"))}
    if not events:
        return {}
    given = {g["id"]: p.get("cluster") or f"alone:{g['id']}" for g, p in pairs if g["id"] in events}
    by_event, by_cluster = defaultdict(set), defaultdict(set)
    for name, event in events.items():
        by_event[event].add(name)
        by_cluster[given[name]].add(name)
    precision = recall = 0.0
    for name, event in events.items():
        together = len(by_event[event] & by_cluster[given[name]])
        precision += together / len(by_cluster[given[name]]) / len(events)
        recall += together / len(by_event[event]) / len(events)
    return {
        "cluster_precision": precision,
        "cluster_recall": recall,
        "cluster_b3_f1": _share(2 * precision * recall, precision + recall),
    }
