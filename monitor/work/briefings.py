"""make_briefing(app): events and facts of a week -> a Briefing, made once (walk D)."""

from datetime import datetime, timedelta
from hashlib import sha256

from monitor.app import App
from monitor.clock import local, midnight, week_of
from monitor.domain import MACHINE, Actor, Briefing, Digest, FactKind, Role
from monitor.render import to_html
from monitor.rules.digest import AGENDA_DAYS, digest, week_label
from monitor.store import briefings, events, facts, sources
from monitor.work.journal import record


def make_briefing(app: App, moment: datetime | None = None, *, confidential: bool = False, by: Actor = MACHINE) -> int:
    """The id of the briefing made in the week of `moment` (None: now); a second call in that week returns the first.

    The edition looks back on the week before and 14 days ahead. It is a draft until a person approves it (R35).
    """
    if by is not MACHINE:
        by.must_be(Role.ADVISOR, Role.EDITOR, Role.LIAISON, act="een briefing maken")
    week = week_of(moment or app.clock())
    with app.store.begin() as session:
        made = briefings.briefing_of(session, week[0], confidential)
        if made and made.id is not None:
            return made.id
        content = _content(app, week, confidential)
        html = to_html(content, indicators={i.code: i for i in app.reader.indicators})
        until = content.made_at + timedelta(days=app.settings.retention.audit_days)
        row = briefings.add(
            session,
            Briefing(
                start=week[0],
                end=week[1],
                confidential=confidential,
                html=html,
                sha256=sha256(html.encode()).hexdigest(),
                made_at=content.made_at,
                delete_after=until,
            ),
        )
        label: dict[str, str | int | None] = {"briefing": row.id, "week": week_label(week[0])}
        record(app, session, FactKind.BRIEFING_READY, by=by, data=label)
        return row.id or 0


def _content(app: App, week: tuple[datetime, datetime], confidential: bool) -> Digest:
    now = app.clock()
    today = midnight(local(now).date())
    past = (week[0] - timedelta(days=7), week[0])
    with app.store.read() as session:
        return digest(
            organisation=app.settings.organisation,
            week=past,
            now=now,
            confidential=confidential,
            # Police events are counted in every edition; `digest` keeps them out of the open one.
            coming=events.events_between(session, today, today + timedelta(days=AGENDA_DAYS), public_only=False),
            undated=events.undated(session, past[0], public_only=False),
            past=events.events_between(session, *past, public_only=False),
            facts=facts.facts_between(session, past[0], now),
            sources=app.sources,
            states=sources.states(session),
            counts=facts.counts(session, now.date().replace(day=1)),
        )
