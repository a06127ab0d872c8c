"""purge(app): what is old enough goes, and the journal says how much (walk E, R37)."""

from monitor.app import App
from monitor.domain import EventState, FactKind
from monitor.rules.retain import horizon
from monitor.store import briefings, events, facts, items, people, sources
from monitor.work.journal import record


def purge(app: App) -> dict[str, int]:
    """Closes what is over, deletes what is past its term; counts per kind. All of it in one transaction.

    A closed event is never assessed again, so its level does not sink when its reports go; `Seen` keeps the bare
    fingerprint, so an old entry that a feed still lists does not come back.
    """
    now = app.clock()
    terms = horizon(app.settings.retention, now)
    with app.store.begin(lane="events") as session:
        over = events.closable(session, terms.closes)
        for event in over:
            event.state, event.closed_at = EventState.CLOSED, now
            session.add(event)
        session.flush()
        counts = {
            "closed": len(over),
            "items": items.delete_expired(session, now),
            "events": events.delete_expired(session, now),
            "messages": facts.empty_messages(session, terms.messages),
            "ticks": sources.delete_ticks(session, terms.ticks),
            "seen": items.seen_expired(session, now),
            "briefings": briefings.delete_expired(session, now),
            "facts": facts.delete_unbound(session, terms.records),
            "audit": people.delete_audit(session, terms.records),
            "logins": people.delete_logins(session, now),
        }
        record(app, session, FactKind.PURGED, data=counts)
    return counts
