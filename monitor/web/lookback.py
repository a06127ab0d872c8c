"""How the signals of past weeks did: in time, missed, false alarms, and how long before."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from classifiers import Level
from monitor.clock import week_of
from monitor.rules.outcome import outcome_of
from monitor.store import facts, looking_back
from monitor.web.access import Right, Visitor, needs
from monitor.web.purposes import purpose_of
from monitor.web.shell import house, show
from monitor.work.looks import look

router = APIRouter()

WEEKS = 8


@router.get("/terugblik", name="lookback")
def get_lookback(request: Request, visitor: Annotated[Visitor, needs(Right.SEE_EVENTS)]) -> HTMLResponse:
    """The last weeks that are over, newest first; what only the compartment knows counts for those who may know it."""
    app = house(request)
    look(app, visitor.actor, "lookback_viewed", what=f"weeks:{WEEKS}", purpose=purpose_of(request))
    this_week, _ = week_of(app.clock())
    public_only = not visitor.may(Right.SEE_CONFIDENTIAL)
    spans = [week_of(this_week - timedelta(days=7 * n - 1)) for n in range(1, WEEKS + 1)]
    with app.store.read() as session:
        began = looking_back.began_between(session, spans[-1][0], spans[0][1], public_only=public_only)
        ids = {event.id for event in began if event.id is not None}
        told = facts.told_among(session, ids, public_only=public_only)
        corrected = looking_back.corrected_among(session, ids)
    weeks = [
        outcome_of(
            span,
            [event for event in began if event.starts is not None and span[0] <= event.starts < span[1]],
            told=told,
            corrected=corrected,
            in_open=public_only,
        )
        for span in spans
    ]
    return show(request, "lookback.html", visitor, weeks=weeks, levels=[Level.C, Level.B, Level.A])
