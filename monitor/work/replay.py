"""replay(app, rules, since): what send rules would have had told of the stored facts; sends and keeps nothing."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from alerts import Topic
from classifiers import Level
from monitor.app import App
from monitor.domain import Event, Fact, FactKind
from monitor.rules.sending import Case, Change, Sending, SendRules, cases_of, decide
from monitor.store import events, facts


@dataclass(frozen=True, slots=True)
class Retold:
    """One message that would have been sent."""

    at: datetime
    event: int
    changes: tuple[Change, ...]
    level: Level
    public: bool
    sending: Sending
    channels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Replay:
    """What the rules make of some weeks."""

    acts: int
    """Everything that changed about events."""
    told: tuple[Retold, ...]
    matched: Counter[str]
    """How often each rule was the first that fits, silent rules and cooldowns included."""


def replay(app: App, rules: SendRules, since: datetime) -> Replay:
    """Facts hold from which level to which; kind, place and day of an event are those of now."""
    now = app.clock()
    with app.store.read() as session:
        stored = [fact for fact in facts.facts_between(session, since, now) if fact.event is not None]
        known = {event.id: event for event in events.named(session, {fact.event or 0 for fact in stored})}
    matched: Counter[str] = Counter()
    told: list[Retold] = []
    last: dict[tuple[int, FactKind, bool], datetime] = {}
    acts = 0
    for (at, id, public), group in groupby(sorted(stored, key=_act), key=_act):
        cases = _cases(list(group), known.get(id), at)
        acts += bool(cases)
        matched.update(rule.name for case in cases if (rule := rules.first(case, app.settings.notice)))
        sending = decide(rules, cases, app.settings.notice)
        if sending is None or _rests(sending, last, id, at, public=public):
            continue
        last |= {(id, case.kind, public): at for case in cases}
        heard = app.switchboard.hearers(Topic.LEVEL, sending.urgency, confidential=not public)
        changes = tuple(case.change for case in cases)
        told.append(Retold(at, id, changes, cases[0].level, public, sending, sending.goes_to(heard)))
    return Replay(acts, tuple(told), matched)


def _act(fact: Fact) -> tuple[datetime, int, bool]:
    """Facts of one act share their moment, their event and their compartment: one message tells them."""
    return fact.at, fact.event or 0, fact.public


def _cases(of_act: Sequence[Fact], event: Event | None, at: datetime) -> list[Case]:
    if event is None:
        return []
    level = next((Level(str(fact.data["to"])) for fact in of_act if "to" in fact.data), event.level)
    return [case for fact in of_act for case in cases_of((fact.kind,), fact, event, level, at)]


def _rests(
    sending: Sending, last: dict[tuple[int, FactKind, bool], datetime], event: int, at: datetime, *, public: bool
) -> bool:
    never = datetime.min.replace(tzinfo=at.tzinfo) + timedelta(days=1)
    pauses = sending.rests.items()
    return bool(pauses) and all(last.get((event, kind, public), never) > at - pause for kind, pause in pauses)
