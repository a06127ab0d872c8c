"""Sources: how each does, on what ground it is read, why one does not start; pausing one, and stopping them all."""

from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from monitor.app import App
from monitor.domain import Source, SourceState
from monitor.errors import InvalidInput
from monitor.rules.health import Diagnosis, Health, diagnose
from monitor.store import sources
from monitor.web.access import Right, Visitor, needs
from monitor.web.shell import house, show
from monitor.work.approvals import pause_source, resume_collection, stop_collection

router = APIRouter(prefix="/bronnen")

Stopper = Annotated[Visitor, needs(Right.STOP)]
Pauser = Annotated[Visitor, needs(Right.PAUSE_SOURCE)]


@dataclass(frozen=True, slots=True)
class Line:
    """One source as the page shows it."""

    source: Source
    state: SourceState | None
    diagnosis: Diagnosis

    @property
    def tone(self) -> str:
        """Which mark stands beside the word: `good`, `bad` or `off`."""
        if self.diagnosis.health in (Health.NOT_APPROVED, Health.PAUSED):
            return "off"
        return "bad" if self.diagnosis.health.blind else "good"

    @property
    def news_at(self) -> datetime | None:
        """The last poll that brought something new."""
        return self.state.news_at if self.state else None


def _lines(app: App) -> list[Line]:
    """What needs attention first, then by name."""
    with app.store.read() as session:
        states = sources.states(session)
    now = app.clock()
    lines = [Line(s, states.get(s.id), diagnose(s, states.get(s.id), now)) for s in app.sources.values()]
    order = {"bad": 0, "good": 1, "off": 2}
    return sorted(lines, key=lambda line: (order[line.tone], line.source.name.casefold()))


def _page(request: Request, visitor: Visitor, problems: dict[str, str] | None = None, typed: str = "") -> HTMLResponse:
    lines = _lines(house(request))
    return show(
        request,
        "sources.html",
        visitor,
        status=HTTPStatus.BAD_REQUEST if problems else HTTPStatus.OK,
        lines=lines,
        tally={tone: sum(line.tone == tone for line in lines) for tone in ("good", "bad", "off")},
        may_pause=visitor.may(Right.PAUSE_SOURCE),
        may_stop=visitor.may(Right.STOP),
        problems=problems or {},
        typed=typed,
    )


@router.get("", name="sources")
def get_sources(request: Request, visitor: Annotated[Visitor, needs(Right.SEE_SOURCES)]) -> HTMLResponse:
    """Every source of the catalogue."""
    return _page(request, visitor)


@router.post("/stop", name="stop_collection")
def post_stop(request: Request, visitor: Stopper, reason: Annotated[str, Form(max_length=500)] = "") -> Response:
    """The kill switch (R47)."""
    try:
        stop_collection(house(request), visitor.actor, reason=reason)
    except InvalidInput as error:
        return _page(request, visitor, error.problems, reason)
    return RedirectResponse("/bronnen#noodstop", HTTPStatus.SEE_OTHER)


@router.post("/hervat", name="resume_collection")
def post_resume(request: Request, visitor: Stopper, reason: Annotated[str, Form(max_length=500)] = "") -> Response:
    """Collection goes on."""
    try:
        resume_collection(house(request), visitor.actor, reason=reason)
    except InvalidInput as error:
        return _page(request, visitor, error.problems, reason)
    return RedirectResponse("/bronnen#noodstop", HTTPStatus.SEE_OTHER)


@router.post("/{id}/pauze", name="pause_source")
def post_pause(request: Request, visitor: Pauser, id: str, paused: Annotated[bool, Form()] = True) -> Response:
    """Leaves one source alone, or takes it up again."""
    pause_source(house(request), visitor.actor, id, paused=paused)
    return RedirectResponse(f"/bronnen#{id}", HTTPStatus.SEE_OTHER)
