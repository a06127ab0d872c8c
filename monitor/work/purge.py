"""purge(app): what is old enough goes, and the journal and a proof say how much (walk E, R37, R39)."""

from datetime import datetime

from sqlmodel import Session

from classifiers import Category, Evidence
from monitor.app import App
from monitor.clock import today
from monitor.domain import Approval, EventState, FactKind
from monitor.domain.term import TERMS
from monitor.log import log
from monitor.rules.picture import telling
from monitor.rules.retain import as_promised, horizon, item_keeps_until, late_since
from monitor.store import deletions, events, facts, holds, items, people, sources
from monitor.store.purge import Gone, delete_expired
from monitor.work.history import revising
from monitor.work.journal import record
from monitor.work.steps import step
from monitor.work.withhold import lift_what_is_over


def purge(app: App) -> dict[str, int]:
    """Closes what is over, deletes what is past its term and not under a legal hold; counts per rule.

    All of it in one transaction; then the files are rid of it too, and only then it counts as done. A closed event is
    never assessed again, so its level does not sink when its reports go; `Seen` keeps the bare fingerprint, so an old
    entry that a feed still lists does not come back.
    """
    lift_what_is_over(app)
    now = app.clock()
    with app.store.begin(lane="events") as session, step(app, "bewaartermijn", "purge") as did:
        counts = _delete(app, session, now) | {"logbook": app.logbook.expire(today(now))}
        did.count({f"purged.{kind}": count for kind, count in counts.items()})
    if not app.store.scrub(at_once=False):
        log.warning("log of the database still in use", advice="the next purge empties it")
    with app.store.begin() as session, step(app, "bewaartermijn", "report_purge", after=did.trace):
        late = _told_of(session, now)
        record(app, session, FactKind.PURGED, data=counts, aloud=late)
    return counts


def _delete(app: App, session: Session, now: datetime) -> dict[str, int]:
    terms, kept = horizon(app.settings.retention, now), holds.kept(session, now)
    _remember(session, now, holds.held_items(session, now))
    over = events.closable(session, terms.closes)
    for event in over:
        with revising(app, session, event):
            event.state = EventState.CLOSED
        session.add(event)
    sources.renew(session, app.sources)
    sources.renew_approvals(session, _withdrawn(app, session))
    _end_new_year(app, session)
    session.flush()
    taken = [
        deletions.Taken("messages", "delivery", Gone(facts.empty_messages(session, terms.messages, kept))),
        *(
            deletions.Taken(TERMS[table].name, table, gone)
            for table, gone in delete_expired(session, now, kept).items()
        ),
        deletions.Taken("queue", "procrastinate_jobs", Gone(app.queue.forget(session, terms.jobs))),
    ]
    deletions.add(session, now, taken)
    return {"closed": len(over)} | {rule: gone.count for rule, _, gone in taken}


def _withdrawn(app: App, session: Session) -> list[Approval]:
    """The withdrawals that hold: what stops a source must not lapse, or the table would start it again (R1)."""
    approvals = sources.approvals(session)
    standings = (source.standing(approvals.get(source.id, ())) for source in app.sources.values())
    return [standing.withdrawn for standing in standings if standing.withdrawn]


def _end_new_year(app: App, session: Session) -> None:
    """When the evaluation is adopted, what was kept for it goes at its usual term, though its events are closed."""
    if app.settings.retention.evaluation_adopted is None:
        return
    for event, item in events.reports_of(session, Category.NEW_YEAR):
        promised = as_promised(app.settings.retention, app.sources.get(item.source))
        item.delete_after = min(item.delete_after, item_keeps_until(promised, item, event))
        session.add(item)


def _remember(session: Session, now: datetime, held: set[int]) -> None:
    """Keeps the indicators of confidential reports that go, without a word of what they said (R38, R39).

    So a level does not sink because a report reached its term, and nobody can read there what it told. What is no
    longer used, at someone's request or since a newer version came, has nothing to leave.
    """
    for event, item in events.losing_reports(session, now):
        if not item.handling.confidential or item.id in held:
            continue
        if item not in telling(items.items_of(session, event.id or 0)):
            continue
        gone = {e.code: Evidence(e.code, "", e.by, decisive=e.decisive) for e in item.reading.evidence}
        event.remembered = tuple(({e.code: e for e in event.remembered} | gone).values())
        if not event.public:
            event.evidence = tuple(gone.get(e.code, e) for e in event.evidence)
        session.add(event)


def purge_late(session: Session, now: datetime) -> datetime | None:
    """Since when a purge should have gone well; None when the last one did, a day and two hours ago at most (R37)."""
    purged = facts.newest(session, FactKind.PURGED)
    return late_since(purged.at if purged else people.began(session), now)


def _told_of(session: Session, now: datetime) -> bool:
    """Whether people were told that the purge is late, and not yet that it is over."""
    told, purged = facts.newest(session, FactKind.PURGE_LATE), facts.newest(session, FactKind.PURGED)
    return told is not None and (purged is None or purged.at < told.at <= now)


def watch(app: App) -> bool:
    """Tells the maintainers, once until it is over, that no purge went well for too long; True when it did."""
    now = app.clock()
    with app.store.begin() as session:
        since = purge_late(session, now)
        if since is None or _told_of(session, now):
            return False
        record(app, session, FactKind.PURGE_LATE, data={"since": since.isoformat()})
    return True
