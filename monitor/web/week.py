"""The week: counts, filters, strip, list and map; and the outlines for the map."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response

from classifiers import Category, Level
from monitor import render
from monitor.app import App
from monitor.clock import local, midnight, week_of
from monitor.domain import Event, areas
from monitor.domain.area import AREAS
from monitor.errors import NotFound
from monitor.render.dutch import level_word, period, week_code
from monitor.rules.digest import agenda
from monitor.rules.health import Health, diagnose
from monitor.rules.load import load_of
from monitor.rules.stage import stage_of
from monitor.store import events, sources
from monitor.web.access import Right, Visitor, needs
from monitor.web.purposes import purpose_of
from monitor.web.shell import house, is_part, show
from monitor.work.looks import look, search

router = APIRouter()

UNDATED = timedelta(days=30)
"""An event without a day stays on the page so long after its last change."""
_DAYS = 7


@dataclass(frozen=True, slots=True)
class Week:
    """Seven days: an ISO week, or the week that begins today; and the addresses of those beside it."""

    start: datetime
    end: datetime
    current: bool
    """It begins today: on a Sunday an advisor wants the days to come, not those that were."""

    @property
    def code(self) -> str:
        """`2026-W48`, as in the address; empty for the week that begins today."""
        return "" if self.current else week_code(self.start)

    @property
    def numbers(self) -> str:
        """Number by ISO 8601; two of them when the days lie in two weeks: `47 en 48`."""
        days = (self.start, self.end - timedelta(days=1))
        return " en ".join(dict.fromkeys(str(local(day).isocalendar().week) for day in days))

    @property
    def before(self) -> str:
        """The code of the week before."""
        return week_code(self.start - timedelta(days=1))

    @property
    def after(self) -> str:
        """The code of the week after."""
        return week_code(self.end)


def week_from(code: str, now: datetime) -> Week:
    """The week with this code, or the one that begins today when `code` is empty. Raises NotFound."""
    if not code:
        today = local(now).date()
        return Week(midnight(today), midnight(today + timedelta(days=_DAYS)), current=True)
    try:
        monday = date.fromisocalendar(int(code[:4]), int(code[6:]), 1) if code[4:6] == "-W" else None
        start, end = week_of(midnight(monday)) if monday else (None, None)
    except (ValueError, OverflowError):
        start = end = None
    if start is None or end is None:
        raise NotFound("week", code)
    return Week(start, end, current=False)


@dataclass(frozen=True, slots=True)
class Filters:
    """What the visitor wants to see; empty means everything."""

    words: str
    area: str
    levels: tuple[Level, ...]
    categories: tuple[Category, ...]
    unseen: bool

    def let_through(self, event: Event, *, seen: bool, area_names: Mapping[str, str]) -> bool:
        """Whether the event is among what was asked for."""
        told = f"{event.title} {event.place} {area_names.get(event.area, '')}".casefold()
        return (
            all(word in told for word in self.words.casefold().split())
            and (not self.area or event.area == self.area)
            and (not self.levels or event.level in self.levels)
            and (not self.categories or event.category in self.categories)
            and not (self.unseen and seen)
        )


@dataclass(frozen=True, slots=True)
class SourceCount:
    """How many of the sources in use see something now."""

    well: int
    all: int

    @property
    def words(self) -> str:
        """What stands below the figure."""
        if not self.all:
            return "nog geen goedgekeurd: er wordt niets gevolgd"
        blind = self.all - self.well
        return "alle bronnen werken" if not blind else f"{blind} {'ziet' if blind == 1 else 'zien'} nu niets"


def source_count(app: App) -> SourceCount:
    """Counts the sources that may start; the others are promises of nothing."""
    with app.store.read() as session:
        states, approvals = sources.states(session), sources.approvals(session)
    now = app.clock()
    found = [diagnose(s, states.get(s.id), approvals.get(s.id, ()), now) for s in app.sources.values()]
    used = [diagnosis for diagnosis in found if diagnosis.health is not Health.NOT_APPROVED]
    return SourceCount(sum(not diagnosis.blind for diagnosis in used), len(used))


def _points(shown: Sequence[Event]) -> str:
    """The pins of the map as JSON."""
    return json.dumps(
        [
            {
                "id": e.id,
                "level": e.level.value,
                "signal": e.level is Level.C and not e.reviewed,
                "label": f"{e.title}, {period(e)}, niveau {level_word(e.level)}",
                "area": e.area,
                "lon": e.longitude,
                "lat": e.latitude,
            }
            for e in shown
            if e.longitude is not None and e.latitude is not None
        ]
    )


def _days(shown: Sequence[Event], chosen: Week) -> list[tuple[date, tuple[Event, ...]]]:
    """The days of the week with their events; what began before it and has no day of its own stands on the first."""
    days = agenda(shown, local(chosen.start).date(), _DAYS)
    placed = {e.id for day in days for e in day.events}
    before = tuple(e for e in shown if e.id not in placed)
    return [(day.date, (before if n == 0 else ()) + day.events) for n, day in enumerate(days)]


def _once(days: Sequence[tuple[date, tuple[Event, ...]]]) -> list[tuple[date, list[Event]]]:
    """The same days, with an event of several days on the first of them only."""
    told: set[int | None] = set()
    found = []
    for day, those in days:
        found.append((day, [e for e in those if e.id not in told]))
        told.update(e.id for e in those)
    return found


@router.get("/", name="week")
def get_week(
    request: Request,
    visitor: Annotated[Visitor, needs(Right.SEE_EVENTS)],
    *,
    week: str = "",
    q: Annotated[str, Query(max_length=80)] = "",
    buurt: str = "",
    niveau: Annotated[list[Level] | None, Query()] = None,
    soort: Annotated[list[Category] | None, Query()] = None,
    nieuw: bool = False,
) -> HTMLResponse:
    """The week, or for htmx only what the filters change."""
    app = house(request)
    now = app.clock()
    chosen = week_from(week, now)
    filters = Filters(q.strip(), buurt, tuple(niveau or ()), tuple(soort or ()), nieuw)
    public_only = not visitor.may(Right.SEE_CONFIDENTIAL)
    with app.store.read() as session:
        dated = events.events_between(session, chosen.start, chosen.end, public_only=public_only)
        loose = events.undated(session, now - UNDATED, public_only=public_only) if chosen.current else []
        everything = [*dated, *loose]
        seen = events.acknowledged(session, visitor.actor.name, everything)
    names = {area.code: area.name for area in areas()}
    shown = [e for e in everything if filters.let_through(e, seen=e.id in seen, area_names=names)]
    where, purpose = f"week:{week_code(chosen.start)}", purpose_of(request)
    look(app, visitor.actor, "week_viewed", what=where, purpose=purpose)
    if filters.words:
        search(app, visitor.actor, where=where, found=len(shown), purpose=purpose)
    days = _days([e for e in shown if e.starts], chosen)
    values: dict[str, Any] = {
        "week": chosen,
        "days": days,
        "loads": [load_of(day, dated) for day, _ in days],
        "listed": _once(days),
        "undated": [e for e in shown if e.starts is None],
        "seen": seen,
        "stages": {e.id: stage_of(e, now) for e in shown},
        "shown": len(shown),
        "total": len(everything),
        "today": local(now).date(),
        "indicators": {row.code: row for row in app.reader.indicators},
        "area_names": names,
        "mapped": shown,
        "points": _points(shown),
        "frame": render.frame(shown),
    }
    if is_part(request):
        return show(request, "_result.html", visitor, **values)
    return show(
        request,
        "week.html",
        visitor,
        **values,
        filters=filters,
        counts={level: sum(e.level is level for e in everything) for level in Level},
        unseen=sum(e.id not in seen for e in everything),
        sources=source_count(app),
        area_choices=sorted({(e.area, names[e.area]) for e in everything if e.area in names}, key=lambda a: a[1]),
        may_signal=visitor.may(Right.ADD_SIGNAL),
        may_brief=visitor.may(Right.MAKE_BRIEFING),
    )


@router.get("/kaart/buurten.geojson", name="areas")
def get_areas(_visitor: Annotated[Visitor, needs(Right.SEE_EVENTS)]) -> Response:
    """The outlines of the neighbourhoods (CBS) for the map."""
    headers = {"Cache-Control": "private, max-age=3600"}
    return Response(AREAS.read_bytes(), media_type="application/geo+json", headers=headers)
