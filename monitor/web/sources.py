"""Sources: how each does, on what ground it is read, why one does not start; deciding about one, stopping them all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from monitor.app import App
from monitor.domain import Approval, Decision, Source, SourceState
from monitor.errors import InvalidInput, NotFound
from monitor.render.dutch import day
from monitor.rules.health import Diagnosis, Health, diagnose
from monitor.rules.rhythm import in_words, rhythm_of
from monitor.store import sources
from monitor.web.access import Right, Visitor, needs
from monitor.web.shell import house, show
from monitor.work.approvals import decide_source, pause_source, resume_collection, stop_collection

router = APIRouter(prefix="/bronnen")

Stopper = Annotated[Visitor, needs(Right.STOP)]
Pauser = Annotated[Visitor, needs(Right.PAUSE_SOURCE)]
Approver = Annotated[Visitor, needs(Right.APPROVE_SOURCE)]
Reason = Annotated[str, Form(max_length=500)]

_CHOICES = {
    Decision.APPROVED: "Goedkeuren",
    Decision.SECONDED: "Als tweede persoon goedkeuren",
    Decision.REVIEWED: "Opnieuw beoordeeld: mag doorgaan",
    Decision.WITHDRAWN: "Goedkeuring intrekken",
}

_TONES = ("bad", "care", "good", "new", "off")
"""What needs attention first."""


@dataclass(frozen=True, slots=True)
class Line:
    """One source as the page shows it."""

    source: Source
    state: SourceState | None
    diagnosis: Diagnosis
    approvals: Sequence[Approval] = ()
    """What people decided about it, oldest first."""

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
    def review_date(self) -> date | None:
        """When it must be reviewed: by its legal record, or by the last review; None without a record."""
        legal = self.source.legal
        return self.source.standing(self.approvals).review_date or (legal.review_date if legal else None)

    @property
    def choices(self) -> Mapping[Decision, str]:
        """What may be decided about it, as the form says it."""
        return {d: text for d, text in _CHOICES.items() if self.source.high_risk or d is not Decision.SECONDED}

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


def _line(source: Source, state: SourceState | None, approvals: Sequence[Approval], now: datetime) -> Line:
    return Line(source, state, diagnose(source, state, approvals, now), approvals)


def _lines(app: App) -> list[Line]:
    """What needs attention first, then by name."""
    with app.store.read() as session:
        states, approvals = sources.states(session), sources.approvals(session)
    now = app.clock()
    lines = [_line(s, states.get(s.id), approvals.get(s.id, ()), now) for s in app.sources.values()]
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
        may_decide=visitor.may(Right.PAUSE_SOURCE) or visitor.may(Right.APPROVE_SOURCE),
        may_stop=visitor.may(Right.STOP),
        problems=problems or {},
        typed=typed,
    )


@router.get("", name="sources")
def get_sources(request: Request, visitor: Annotated[Visitor, needs(Right.SEE_SOURCES)]) -> HTMLResponse:
    """Every source of the catalogue."""
    return _page(request, visitor)


@router.post("/stop", name="stop_collection")
def post_stop(request: Request, visitor: Stopper, reason: Reason = "") -> Response:
    """The kill switch (R47)."""
    try:
        stop_collection(house(request), visitor.actor, reason=reason)
    except InvalidInput as error:
        return _page(request, visitor, error.problems, reason)
    return RedirectResponse("/bronnen#noodstop", HTTPStatus.SEE_OTHER)


@router.post("/hervat", name="resume_collection")
def post_resume(request: Request, visitor: Stopper, reason: Reason = "") -> Response:
    """Collection goes on."""
    try:
        resume_collection(house(request), visitor.actor, reason=reason)
    except InvalidInput as error:
        return _page(request, visitor, error.problems, reason)
    return RedirectResponse("/bronnen#noodstop", HTTPStatus.SEE_OTHER)


_FIELDS = ("decision", "reason", "until", "pause_reason")


def _page_of(
    request: Request,
    visitor: Visitor,
    id: str,
    problems: Mapping[str, str] | None = None,
    typed: Mapping[str, str] | None = None,
) -> HTMLResponse:
    """One source with all that was decided about it; raises NotFound."""
    app = house(request)
    if id not in app.sources:
        raise NotFound("bron", id)
    with app.store.read() as session:
        state, approvals = sources.state_of(session, id), sources.approvals_of(session, id)
    return show(
        request,
        "source.html",
        visitor,
        status=HTTPStatus.BAD_REQUEST if problems else HTTPStatus.OK,
        line=_line(app.sources[id], state, approvals, app.clock()),
        may_pause=visitor.may(Right.PAUSE_SOURCE),
        may_approve=visitor.may(Right.APPROVE_SOURCE),
        problems=problems or {},
        typed=dict.fromkeys(_FIELDS, "") | dict(typed or {}),
    )


@router.get("/{id}", name="source")
def get_source(request: Request, visitor: Annotated[Visitor, needs(Right.SEE_SOURCES)], id: str) -> HTMLResponse:
    """Its legal record, who decided what about it, and the forms to decide."""
    return _page_of(request, visitor, id)


@router.post("/{id}/pauze", name="pause_source")
def post_pause(
    request: Request, visitor: Pauser, id: str, paused: Annotated[bool, Form()] = True, pause_reason: Reason = ""
) -> Response:
    """Leaves one source alone, or takes it up again."""
    try:
        pause_source(house(request), visitor.actor, id, paused=paused, reason=pause_reason)
    except InvalidInput as error:
        problems = {f"pause_{field}": problem for field, problem in error.problems.items()}
        return _page_of(request, visitor, id, problems, {"pause_reason": pause_reason})
    return RedirectResponse(f"/bronnen/{id}", HTTPStatus.SEE_OTHER)


@router.post("/{id}/besluit", name="decide_source")
def post_decision(
    request: Request,
    visitor: Approver,
    id: str,
    *,
    decision: Annotated[str, Form(max_length=40)] = "",
    reason: Reason = "",
    until: Annotated[str, Form(max_length=10)] = "",
) -> Response:
    """Approves the source, seconds that, sets its next review, or withdraws (R1, R9)."""
    try:
        decide_source(house(request), visitor.actor, id, _decision(decision), reason=reason, until=_date(until))
    except InvalidInput as error:
        typed = {"decision": decision, "reason": reason, "until": until}
        return _page_of(request, visitor, id, error.problems, typed)
    return RedirectResponse(f"/bronnen/{id}", HTTPStatus.SEE_OTHER)


def _decision(text: str) -> Decision:
    try:
        return Decision(text)
    except ValueError as error:
        raise InvalidInput({"decision": "Kies wat u besluit."}) from error


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise InvalidInput({"until": "Schrijf de dag als 2027-01-31."}) from error
