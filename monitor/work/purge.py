"""purge(app): what is old enough goes, and the journal says how much (walk E, R37)."""

from datetime import datetime

from sqlmodel import Session

from classifiers import Evidence
from monitor.app import App
from monitor.domain import Approval, EventState, FactKind
from monitor.domain.term import TERMS
from monitor.rules.retain import horizon
from monitor.store import events, facts, sources
from monitor.store.purge import delete_expired
from monitor.work.journal import record
from monitor.work.withhold import lift_what_is_over


def purge(app: App) -> dict[str, int]:
    """Closes what is over, deletes what is past its term; counts per kind. All of it in one transaction.

    A closed event is never assessed again, so its level does not sink when its reports go; `Seen` keeps the bare
    fingerprint, so an old entry that a feed still lists does not come back.
    """
    lift_what_is_over(app)
    now = app.clock()
    terms = horizon(app.settings.retention, now)
    with app.store.begin(lane="events") as session:
        _remember(session, now)
        over = events.closable(session, terms.closes)
        for event in over:
            event.state = EventState.CLOSED
            session.add(event)
        sources.renew(session, app.sources)
        sources.renew_approvals(session, _withdrawn(app, session))
        session.flush()
        counts = {"closed": len(over), "messages": facts.empty_messages(session, terms.messages)}
        counts |= {TERMS[table].name: gone.count for table, gone in delete_expired(session, now).items()}
        record(app, session, FactKind.PURGED, data=counts)
    return counts


def _withdrawn(app: App, session: Session) -> list[Approval]:
    """The withdrawals that hold: what stops a source must not lapse, or the table would start it again (R1)."""
    approvals = sources.approvals(session)
    standings = (source.standing(approvals.get(source.id, ())) for source in app.sources.values())
    return [standing.withdrawn for standing in standings if standing.withdrawn]


def _remember(session: Session, now: datetime) -> None:
    """Keeps the indicators of confidential reports that go, without a word of what they said (R38, R39).

    So a level does not sink because a report reached its term, and nobody can read there what it told.
    """
    for event, item in events.losing_reports(session, now):
        if not item.handling.confidential:
            continue
        gone = {e.code: Evidence(e.code, "", e.by, decisive=e.decisive) for e in item.reading.evidence}
        event.remembered = tuple(({e.code: e for e in event.remembered} | gone).values())
        if not event.public:
            event.evidence = tuple(gone.get(e.code, e) for e in event.evidence)
        session.add(event)
