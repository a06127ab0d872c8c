"""remind(app): what begins soon without a known notification; escalate(app, fact): what nobody has seen."""

from datetime import timedelta

from classifiers import Category, Precision
from monitor.app import App
from monitor.domain import MACHINE, EventState, Fact, FactKind
from monitor.errors import NotFound
from monitor.rules.sending import cases_of, decide
from monitor.store import events, facts
from monitor.work.journal import record

_AHEAD = timedelta(days=60)
"""Further than any term of hours that count reaches: 720 hours and the free days among them."""
_TOLD = (Precision.MINUTE, Precision.DAY)
"""An event whose day is not told has no term."""


def remind(app: App) -> int:
    """Records NOTICE_DUE of each demonstration that the send rules now ask for, once; returns how many."""
    now, told = app.clock(), 0
    with app.store.begin(lane="events") as session:
        for event in events.soon(session, Category.DEMONSTRATION, now, now + _AHEAD):
            fact = Fact(kind=FactKind.NOTICE_DUE, at=now, by=MACHINE.name, public=event.public)
            before = facts.facts_of(session, event.id or 0)
            known = any(row.kind is fact.kind and row.public is fact.public for row in before)
            if known or event.precision not in _TOLD:
                continue
            if decide(app.send_rules, cases_of((fact.kind,), fact, event, event.level, now), app.settings.notice):
                record(app, session, FactKind.NOTICE_DUE, event=event)
                told += 1
    return told


def escalate(app: App, fact: int) -> None:
    """Records NOT_SEEN, once, when nobody acknowledged or judged the event since the fact, and a rule still asks it."""
    with app.store.begin(lane="events") as session:
        try:
            first = facts.get(session, fact)
            event = events.get(session, first.event or 0)
        except NotFound:
            return  # purged since
        seen = any(row.at >= first.at for row in events.acknowledgements_of(session, event.id or 0))
        # Who set it to C in this very act is not the one who is to see it.
        judged = any(row.at > first.at for row in events.overrides_of(session, event.id or 0))
        called = any(
            row.kind is FactKind.NOT_SEEN and row.public is first.public and row.at >= first.at
            for row in facts.facts_of(session, event.id or 0)
        )
        waits = event.state is EventState.OPEN and app.send_rules.patience(event.level) is not None
        if not waits or seen or judged or called:
            return
        minutes = int((app.clock() - first.at).total_seconds()) // 60
        record(app, session, FactKind.NOT_SEEN, event=event, data={"minutes": minutes}, confidential=not first.public)
