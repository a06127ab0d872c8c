"""One event: its page, which is its drawer too, and what people decide about it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from classifiers import PERSON, Category, Indicator, Level, Weight
from monitor.app import App
from monitor.domain import Event, EventState, Handling, Item, Override, Sighting, area_at, in_the_open
from monitor.errors import InvalidInput, NotFound
from monitor.render.dutch import day
from monitor.rules.agreement import Ground as Agreed
from monitor.rules.assess import CONCURRENCE
from monitor.rules.concurrence import meeting_kinds
from monitor.rules.digest import sentence
from monitor.rules.football import attention, match_class, shipped
from monitor.rules.outlook import outlook
from monitor.rules.picture import sized_by
from monitor.rules.treatment import WORDS, event_class
from monitor.store import events, facts, history, holds, items
from monitor.web.access import Right, Visitor, needs
from monitor.web.changes import changes_of, source_name
from monitor.web.purposes import purpose_of
from monitor.web.shell import house, is_part, show
from monitor.work import decisions
from monitor.work.beside import beside
from monitor.work.looks import look
from monitor.work.signal_form import BASIS_WORDS, PROVIDER_WORDS

router = APIRouter(prefix="/gebeurtenissen")

_HEAVIEST_FIRST = (Weight.EMERGENCY, Weight.VIOLENCE, Weight.HEAVY, Weight.LOWERS, Weight.LIGHT)

Reason = Annotated[str, Form(max_length=2000)]
Decider = Annotated[Visitor, needs(Right.DECIDE)]


@dataclass(frozen=True, slots=True)
class Report:
    """One item as a reader sees it."""

    id: int
    source: str
    title: str
    extract: str
    url: str
    published: datetime
    confidential: bool
    provided: str
    """On what ground, by whom and until when a manual signal was given; empty for what a source published."""
    joined: str
    """Why it was held to report this event, in Dutch; empty for the one that opened it."""


@dataclass(frozen=True, slots=True)
class Ground:
    """One indicator of an event, with the words that showed it and who wrote them."""

    indicator: Indicator
    words: str
    by_hand: bool
    report: Report | None
    """None where no single report shows it, as with `samenloop`."""


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the timeline."""

    at: datetime
    words: str
    by: str
    """Login name; empty for the machine."""


def _provided(item: Item) -> str:
    if item.provision is None:
        return ""
    parts = [PROVIDER_WORDS[item.provision.by], BASIS_WORDS[item.provision.basis]]
    return " · ".join([*parts, f"bewaard tot en met {day(item.expires)}"] if item.expires else parts)


def _joined(sighting: Sighting | None) -> str:
    codes = sighting.why.split() if sighting else ()
    return ", ".join(Agreed(code).label for code in codes if code != Agreed.NEW)


def _report(app: App, item: Item, sighting: Sighting | None) -> Report:
    return Report(
        item.id or 0,
        source_name(app, item.source),
        item.title,
        item.extract,
        item.url if item.url.startswith(("https://", "http://")) else "",
        item.published,
        item.handling.confidential,
        _provided(item),
        _joined(sighting),
    )


def _reasons(app: App, event: Event, reports: Mapping[int, Report], found: list[Item]) -> list[Ground]:
    """The indicators that these reports show, heaviest first; words of a report that is not among them stay unseen."""
    table = {row.code: row for row in app.reader.indicators}
    reasons = []
    for piece in event.evidence:
        if piece.code not in table:
            continue
        shown = [(e, item) for item in found for e in item.reading.evidence if e.code == piece.code]
        if shown:
            best, item = max(shown, key=lambda pair: (pair[0].by == PERSON, pair[0].decisive, bool(pair[0].words)))
            report = reports[item.id or 0]
            reasons.append(Ground(table[piece.code], best.words, best.by == PERSON, report))
        elif piece.code == CONCURRENCE:
            reasons.append(Ground(table[piece.code], piece.words, by_hand=False, report=None))
    return sorted(reasons, key=lambda r: _HEAVIEST_FIRST.index(r.indicator.weight))


def _told_size(event: Event, reports: Sequence[Item]) -> int | None:
    """The report that tells the size that stands; None when that report is gone."""
    report = sized_by(reports)
    size = report.reading.size if report else None
    return report.id if report and size and (size.min, size.max) == (event.size_min, event.size_max) else None


def _standing(decided: Sequence[Override]) -> Override | None:
    """What a person decided and holds now; None when that leaves all to the machine. `decided`: newest first."""
    newest = next(iter(decided), None)
    return newest if newest and (newest.level or newest.category or newest.added or newest.struck) else None


def _timeline(app: App, visitor: Visitor, event: int) -> list[Step]:
    everything = visitor.may(Right.SEE_CONFIDENTIAL)
    with app.store.read() as session:
        told = [(f, sentence(f)) for f in facts.facts_of(session, event) if f.public or everything]
    return [Step(fact.at, words, "" if fact.by == "machine" else fact.by) for fact, words in told if words]


def _event_for(app: App, visitor: Visitor, id: int) -> Event:
    """The event as this visitor may know it. Raises NotFound."""
    with app.store.read() as session:
        event = events.get(session, id)
    known = event if visitor.may(Right.SEE_CONFIDENTIAL) else in_the_open(event)
    if known is None:
        raise NotFound("gebeurtenis", id)
    return known


@dataclass(frozen=True, slots=True)
class Wrong:
    """A form that could not be taken: which one, why, and what stands in it when it is shown again."""

    form: str
    problems: Mapping[str, str]
    reason: str


_NOTHING_WRONG = Wrong("", {}, "")


def _detail(request: Request, visitor: Visitor, id: int, *, wrong: Wrong = _NOTHING_WRONG) -> HTMLResponse:
    app = house(request)
    event = _event_for(app, visitor, id)
    confidential = visitor.may(Right.SEE_CONFIDENTIAL)
    look(app, visitor.actor, "event_viewed", what=f"event:{id}", purpose=purpose_of(request))
    with app.store.read() as session:
        every = items.items_of(session, id)
        sighted = {sighting.item: sighting for sighting in events.sightings_of(session, id)}
        decided = events.standing_overrides(session, event)
        held = holds.on_event(session, id, app.clock()) if visitor.may(Right.DECIDE) else []
        near = beside(session, event)
        acknowledged = events.acknowledgements_of(session, id)
        revised = history.of_event(session, id, public_only=not confidential)
    withdrawn = event.state is EventState.WITHDRAWN
    # Nobody has to see what was taken back; of one that lives on in its compartment the open shows none of it (R31).
    seen_by = [] if withdrawn else [one for one in acknowledged if one.revision == event.revision]
    found = [item for item in every if confidential or item.handling is Handling.OPEN]
    reports = {item.id or 0: _report(app, item, sighted.get(item.id or 0)) for item in found}
    area = area_at(event.longitude, event.latitude)
    return show(
        request,
        "_event.html" if is_part(request) else "event.html",
        visitor,
        status=HTTPStatus.BAD_REQUEST if wrong.problems else HTTPStatus.OK,
        event=event,
        area=area.name if area else "",
        reports=list(reports.values()),
        by_id=reports,
        reasons=_reasons(app, event, reports, found),
        indicators={row.code: row for row in app.reader.indicators},
        categories=[category for category in Category if category is not Category.NONE],
        decision=_standing(decided),
        may_undo=bool(decided),
        stands=outlook(event, app.clock(), app.settings.notice),
        sized_by=_told_size(event, every),
        match_class=match_class(event, found),
        event_class=event_class(event, found),
        class_words=WORDS,
        attention=attention(event, found, shipped()),
        beside=near,
        meeting=meeting_kinds(event, near),
        timeline=_timeline(app, visitor, id),
        changed=changes_of(app, revised, reports=reports.keys()),
        seen_by=seen_by,
        holds=held,
        seen=any(a.by == visitor.actor.name for a in seen_by),
        living=event.state in (EventState.OPEN, EventState.CANCELLED),
        withdrawn=withdrawn,
        may_decide=visitor.may(Right.DECIDE),
        may_acknowledge=visitor.may(Right.ACKNOWLEDGE),
        wrong=wrong,
    )


def _decide(
    request: Request, visitor: Visitor, id: int, act: Callable[[], int | None], *, form: str, reason: str = ""
) -> Response:
    """Does `act`, and shows the event that it gives, or this one; a form with a problem comes back as it was typed."""
    _event_for(house(request), visitor, id)
    try:
        shown = act() or id
    except InvalidInput as error:
        wrong = Wrong(form, error.problems, error.suggested.get("reason", reason))
        return _detail(request, visitor, id, wrong=wrong)
    if is_part(request):
        return _detail(request, visitor, shown)
    return RedirectResponse(f"/gebeurtenissen/{shown}", HTTPStatus.SEE_OTHER)


@router.get("/{id}", name="event")
def get_event(request: Request, visitor: Annotated[Visitor, needs(Right.SEE_EVENTS)], id: int) -> HTMLResponse:
    """Page, or for htmx the content of the drawer. Each look is written down (R44)."""
    return _detail(request, visitor, id)


@router.post("/{id}/gezien", name="acknowledge")
def post_seen(request: Request, visitor: Annotated[Visitor, needs(Right.ACKNOWLEDGE)], id: int) -> Response:
    """Marks the event as seen, as it is now."""
    act = partial(decisions.acknowledge, house(request), visitor.actor, id)
    return _decide(request, visitor, id, act, form="gezien")


@router.post("/{id}/niveau", name="level")
def post_level(
    request: Request,
    visitor: Decider,
    id: int,
    *,
    level: Annotated[str, Form()] = "",
    until: Annotated[str, Form()] = "",
    reason: Reason = "",
) -> Response:
    """Sets a person's level with a reason, until a day where one is given, or gives the machine its word back."""

    def act() -> None:
        if level not in (*Level, "machine"):
            raise InvalidInput({"level": "Kies een niveau."})
        chosen = None if level == "machine" else Level(level)
        try:
            last = date.fromisoformat(until) if until else None
        except ValueError as error:
            raise InvalidInput({"until": "Schrijf de einddatum als 2026-11-28, of laat het veld leeg."}) from error
        decisions.override_level(house(request), visitor.actor, id, level=chosen, reason=reason, until=last)

    return _decide(request, visitor, id, act, form="niveau", reason=reason)


@router.post("/{id}/verbeteren", name="correct")
def post_correct(
    request: Request,
    visitor: Decider,
    id: int,
    *,
    category: Annotated[str, Form()] = "",
    added: Annotated[list[str] | None, Form()] = None,
    struck: Annotated[list[str] | None, Form()] = None,
    reason: Reason = "",
) -> Response:
    """Corrects category and indicators with a reason; an empty category is the machine's."""

    def act() -> None:
        if category and category not in list(Category):
            raise InvalidInput({"category": "Kies een soort gebeurtenis."})
        chosen = Category(category) if category else None
        decisions.correct(
            house(request), visitor.actor, id,
            category=chosen, added=added or (), struck=struck or (), reason=reason,
        )  # fmt: skip

    return _decide(request, visitor, id, act, form="verbeteren", reason=reason)


@router.post("/{id}/terugdraaien", name="undo")
def post_undo(request: Request, visitor: Decider, id: int, reason: Reason = "") -> Response:
    """Takes the last decision about level, category or indicators back."""
    act = partial(decisions.undo, house(request), visitor.actor, id, reason=reason)
    return _decide(request, visitor, id, act, form="terugdraaien", reason=reason)


@router.post("/{id}/koppelen", name="link")
def post_link(
    request: Request,
    visitor: Decider,
    id: int,
    notification: Annotated[str, Form()] = "",
    permit: Annotated[str, Form()] = "",
) -> Response:
    """Links the numbers of notification and permit."""
    act = partial(
        decisions.link_notification, house(request), visitor.actor, id, notification=notification, permit=permit
    )
    return _decide(request, visitor, id, act, form="koppelen")


@router.post("/{id}/terugzetten", name="restore")
def post_restore(request: Request, visitor: Decider, id: int, reason: Reason = "") -> Response:
    """Takes a withdrawal back, or a merge when this event was merged into another."""

    def act() -> None:
        app = house(request)
        if _event_for(app, visitor, id).merged_into is not None:
            decisions.part_events(app, visitor.actor, id, reason=reason)
        else:
            decisions.restore(app, visitor.actor, id, reason=reason)

    return _decide(request, visitor, id, act, form="terugzetten", reason=reason)


@router.post("/{id}/intrekken", name="withdraw")
def post_withdraw(request: Request, visitor: Decider, id: int, reason: Reason = "") -> Response:
    """Takes the event off the page."""
    act = partial(decisions.withdraw, house(request), visitor.actor, id, reason=reason)
    return _decide(request, visitor, id, act, form="intrekken", reason=reason)


@router.post("/{id}/samenvoegen", name="merge")
def post_merge(
    request: Request, visitor: Decider, id: int, gone: Annotated[str, Form()] = "", reason: Reason = ""
) -> Response:
    """Takes the reports of another event into this one."""

    def act() -> None:
        if not gone.isdecimal():
            raise InvalidInput({"gone": "Vul het nummer van de andere gebeurtenis in."})
        decisions.merge_events(house(request), visitor.actor, id, int(gone), reason=reason)

    return _decide(request, visitor, id, act, form="samenvoegen", reason=reason)


@router.post("/{id}/splitsen", name="split")
def post_split(
    request: Request, visitor: Decider, id: int, item: Annotated[int, Form()] = 0, reason: Reason = ""
) -> Response:
    """Gives one report an event of its own, and shows that one."""
    act = partial(decisions.split_event, house(request), visitor.actor, id, item, reason=reason)
    return _decide(request, visitor, id, act, form="splitsen", reason=reason)
