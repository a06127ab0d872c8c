"""Sources: how each does, on what ground it is read, why one does not start; pausing one, and stopping them all."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from monitor.app import App
from monitor.domain import Source, SourceState
from monitor.errors import InvalidInput
from monitor.render.dutch import day
from monitor.rules.health import Diagnosis, Health, diagnose
from monitor.rules.rhythm import in_words, rhythm_of
from monitor.store import sources
from monitor.web.access import Right, Visitor, needs
from monitor.web.shell import house, show
from monitor.work.approvals import pause_source, resume_collection, stop_collection

router = APIRouter(prefix="/bronnen")

Stopper = Annotated[Visitor, needs(Right.STOP)]
Pauser = Annotated[Visitor, needs(Right.PAUSE_SOURCE)]


_TONES = ("bad", "care", "good", "new", "off")
"""What needs attention first."""


@dataclass(frozen=True, slots=True)
class Line:
    """One source as the page shows it."""

    source: Source
    state: SourceState | None
    diagnosis: Diagnosis

    @property
    def tone(self) -> str:
        """Which mark stands beside the word: `bad`, `care` (it sees, and wants a look), `good`, `new` or `off`."""
        if self.diagnosis.health in (Health.NOT_APPROVED, Health.PAUSED):
            return "off"
        if self.diagnosis.blind:
            return "bad"
        if self.diagnosis.health is Health.FRESH:
            return "new"
        return "good" if self.diagnosis.well else "care"

    @property
    def started(self) -> bool:
        """It may be asked, so it may be paused."""
        return self.diagnosis.health is not Health.NOT_APPROVED

    @property
    def news_at(self) -> datetime | None:
        """When its newest entry was published; None when it never had one."""
        return self.state.news_at if self.state else None

    @property
    def habit(self) -> str:
        """How often it has news, in Dutch; empty while that is not known."""
        if self.state is None:
            return ""
        if self.state.lists_until is not None:
            last = self.state.lists_until - timedelta(microseconds=1)  # a whole day ends where the next one begins
            return f"agenda tot en met {day(last, year=True)}"
        rhythm = rhythm_of(self.state.news_days)
        return f"meestal {in_words(rhythm)} nieuws" if rhythm else ""

    @property
    def next_at(self) -> datetime | None:
        """When it is asked again; None when nothing is planned."""
        return self.state.due_at if self.state and self.started and not self.state.paused else None


def _lines(app: App) -> list[Line]:
    """What needs attention first, then by name."""
    with app.store.read() as session:
        states = sources.states(session)
    now = app.clock()
    lines = [Line(s, states.get(s.id), diagnose(s, states.get(s.id), now)) for s in app.sources.values()]
    return sorted(lines, key=lambda line: (_TONES.index(line.tone), line.source.name.casefold()))


def _page(request: Request, visitor: Visitor, problems: dict[str, str] | None = None, typed: str = "") -> HTMLResponse:
    lines = _lines(house(request))
    return show(
        request,
        "sources.html",
        visitor,
        status=HTTPStatus.BAD_REQUEST if problems else HTTPStatus.OK,
        lines=lines,
        now=house(request).clock(),
        tally={tone: sum(line.tone == tone for line in lines) for tone in _TONES},
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
