"""How often a digest shows one happening twice, and an alert opens a second thread for it. See README.md beside it.

Labelled texts take the road of every entry through the real house, each at the moment it was published. Prints counts
only, never a text.
"""

import argparse
import asyncio
import json
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import classifiers
from alerts import Urgency
from classifiers import Voice
from monitor.app import App
from monitor.domain import Event, EventState, RawItem
from monitor.rules.normalise import entry_of
from monitor.store import events, facts, items
from monitor.work.ingest import take_in
from tests.fakes import FixedClock, a_house, house_settings

SLOTS = 12


@dataclass(frozen=True, slots=True)
class Shown:
    """One event of the house."""

    keys: frozenset[str]
    """The happenings that its reports are about, by their labels; empty when none has one."""
    reports: int
    lead: timedelta | None
    """From its first report to its start; None when its day is not told."""
    urgency: Urgency | None
    """Of the most urgent message about it, by the shipped send rules; None when none was sent and it has no thread."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """One text with the happening that a person said it is about; an empty key where it is about none."""

    raw: RawItem
    published: datetime
    key: str


def read_labelled(file: Path) -> list[Labelled]:
    """The lines of a file of labelled texts, in order of publication; each as if by a publisher of its own."""
    found = []
    for line in file.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        published = datetime.fromisoformat(row["published"])
        voice = Voice(row.get("source_kind", Voice.NEWS))
        raw = RawItem(row["id"], row["id"], row["title"], row["text"], "", published, voice=voice)
        found.append(Labelled(raw, published, row.get("event_key") or ""))
    return sorted(found, key=lambda one: (one.published, one.raw.key))


async def shown_of(labelled: Sequence[Labelled]) -> list[Shown]:
    """What the house makes of these texts."""
    clock = FixedClock()
    with tempfile.TemporaryDirectory() as folder:
        async with a_house(house_settings(Path(folder), "sqlite"), classifiers.load(), clock) as app:
            ids: set[int] = set()
            for one in labelled:
                clock.moment = one.published
                ids.update(take_in(app, [one.raw]).events)
            return _shown(app, ids, {entry_of(one.raw): one.key for one in labelled})


def _shown(app: App, ids: set[int], key_of: dict[str, str]) -> list[Shown]:
    with app.store.read() as session:
        known = [e for e in events.named(session, ids) if e.state is not EventState.WITHDRAWN]
        reports = items.of_events(session, ids)
        urgency: dict[int | None, Urgency] = {}
        for delivery in facts.deliveries(session):
            if delivery.message is not None:
                said = delivery.message.urgency
                urgency[delivery.event] = max(said, urgency.get(delivery.event, said))
    return [
        Shown(
            keys=frozenset(key for item in reports.get(e.id or 0, []) if (key := key_of[item.entry])),
            reports=e.reports,
            lead=_lead(e),
            urgency=urgency.get(e.id),
        )
        for e in known
    ]


def _lead(event: Event) -> timedelta | None:
    return event.starts - event.opened_at if event.starts else None


def by_lead(shown: Iterable[Shown]) -> list[Shown]:
    """The longest known in advance first; without a day last."""
    return sorted(shown, key=lambda one: (one.lead is None, -(one.lead or timedelta())))


def digests(shown: Sequence[Shown]) -> list[Sequence[Shown]]:
    """As many digests as it takes, each of `SLOTS` events at most."""
    return [shown[n : n + SLOTS] for n in range(0, len(shown), SLOTS)]


def repeats(digest: Iterable[Shown]) -> int:
    """How many slots show a happening that stands in an earlier slot too."""
    seen: set[str] = set()
    found = 0
    for one in digest:
        found += not one.keys.isdisjoint(seen)
        seen |= one.keys
    return found


def report(labelled: Sequence[Labelled], shown: Sequence[Shown]) -> list[str]:
    """The figures, as lines."""
    lines = [f"{len(labelled)} texts about {len({o.key for o in labelled if o.key})} happenings; {len(shown)} events"]
    for name, chosen in (("more than one report", [s for s in shown if s.reports > 1]), ("all", list(shown))):
        each = [repeats(digest) for digest in digests(by_lead(chosen))]
        lines.append(
            f"{name}: {len(chosen)} events in {len(each)} digests of {SLOTS}; repeated slots {sum(each)}, "
            f"at most {max(each, default=0)} in one digest; {repeats(chosen)} when all stood in one"
        )
    for name, least in (("that wants all", Urgency.LOW), ("as channels are set", Urgency.NORMAL)):
        told = [one for one in shown if one.urgency is not None and one.urgency >= least]
        threads = Counter(key for one in told for key in one.keys)
        mean = sum(threads.values()) / len(threads) if threads else 0.0
        more = sum(n > 1 for n in threads.values())
        lines.append(
            f"threads on a channel {name}: {len(told)}; per happening told {mean:.2f}, "
            f"at most {max(threads.values(), default=0)}; {more} of {len(threads)} with more than one"
        )
    lines.append(f"events that hold more than one happening: {sum(len(one.keys) > 1 for one in shown)}")
    return lines


def main() -> None:
    """Reads a file of labelled texts, and prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path, help="JSON lines: id, source_kind, published, title, text, event_key")
    labelled = read_labelled(parser.parse_args().gold)
    print("\n".join(report(labelled, asyncio.run(shown_of(labelled)))))


if __name__ == "__main__":
    main()
