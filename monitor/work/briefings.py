"""make_briefing(app): events and facts of a week -> a Briefing, made once (walk D)."""

from datetime import datetime, timedelta

from sqlmodel import Session

from monitor.app import App
from monitor.clock import midnight, today, week_of
from monitor.domain import MACHINE, Actor, Briefing, Digest, FactKind, Role
from monitor.domain.briefing import hash_of
from monitor.errors import InvalidInput
from monitor.render import to_html
from monitor.rules.digest import AGENDA_DAYS, digest, week_label
from monitor.store import briefings, events, facts, sources
from monitor.work.journal import record
from monitor.work.steps import step


def make_briefing(app: App, moment: datetime | None = None, *, confidential: bool = False, by: Actor = MACHINE) -> int:
    """The id of the briefing of the week that holds `moment` (None: now); made once, a second call returns the first.

    The edition looks back on seven days and 14 days ahead. It is a draft until a person approves it (R35); a person who
    asks for it again before that gets the same draft brought up to date. Raises InvalidInput for a week other than this
    one that has no briefing: what was known then is not known any more.
    """
    if by is not MACHINE:
        allowed = (Role.ADVISOR, Role.LIAISON) if confidential else (Role.ADVISOR, Role.EDITOR, Role.LIAISON)
        by.must_be(*allowed, act="deze briefing maken")
    now = app.clock()
    week = week_of(moment or now)
    with app.store.begin(lane="events") as session, step(app, "weekbriefing", "brief"):
        made = briefings.briefing_of(session, week[0], confidential)
        anew = made is not None and by is not MACHINE and not made.approved_by and week == week_of(now)
        if made and made.id is not None and not anew:
            return made.id
        if week != week_of(now):
            raise InvalidInput({"week": "Van die week is geen briefing gemaakt. Dat kan alleen in de week zelf."})
        html = _html(app, session, confidential)
        if made and made.id is not None:
            briefings.rewrite(session, made, html, now)
            return made.id
        row = Briefing(
            start=week[0], end=week[1], confidential=confidential, html=html, sha256=hash_of(html), made_at=now
        )
        briefings.add(session, row)
        label: dict[str, str | int | None] = {"briefing": row.id, "week": week_label(week[0])}
        record(app, session, FactKind.BRIEFING_READY, by=by, data=label, confidential=confidential)
        return row.id or 0


def renew_drafts(app: App, session: Session) -> None:
    """Makes this week's drafts anew, from what may be told now; an approved edition stays as it is.

    The caller is in the lane `events`, so that nobody approves a text while it is replaced (R35).
    """
    for confidential in (False, True):
        made = briefings.briefing_of(session, week_of(app.clock())[0], confidential)
        if made is not None and not made.approved_by:
            briefings.rewrite(session, made, _html(app, session, confidential), app.clock())


def _html(app: App, session: Session, confidential: bool) -> str:
    return to_html(_content(app, session, confidential), indicators={i.code: i for i in app.reader.indicators})


def _content(app: App, session: Session, confidential: bool) -> Digest:
    now = app.clock()
    day = midnight(today(now))
    past = (day - timedelta(days=7), day)
    told = facts.facts_between(session, past[0], now)
    return digest(
        organisation=app.settings.organisation,
        past_days=past,
        now=now,
        notice=app.settings.notice,
        confidential=confidential,
        stopped=sources.is_stopped(session),
        # Confidential events are counted in every edition; `digest` keeps them out of the open one.
        coming=events.events_between(session, day, day + timedelta(days=AGENDA_DAYS), public_only=False),
        undated=events.undated(session, past[0], public_only=False),
        past=events.events_between(session, *past, public_only=False),
        facts=told,
        told_of=events.named(session, {fact.event for fact in told if fact.event is not None}),
        sources=app.sources,
        states=sources.states(session),
        approvals=sources.approvals(session),
        counts=facts.counts(session, today(now)),
    )
