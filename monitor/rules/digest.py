"""Events and facts of a week -> Digest: what the weekly briefing of municipality and police says."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

from classifiers import Category, Level
from monitor.clock import local
from monitor.config import Notice
from monitor.domain import (
    MACHINE,
    Approval,
    Change,
    Day,
    Digest,
    Event,
    EventState,
    Fact,
    FactKind,
    Source,
    SourceLine,
    SourceState,
    in_the_open,
)
from monitor.rules.announce import ELSEWHERE, level_words
from monitor.rules.health import diagnose
from monitor.rules.load import load_of, span_of
from monitor.rules.outlook import outlook

AGENDA_DAYS = 14

_NO_NEWS = (FactKind.EVENT_OPENED, FactKind.CONFIRMED)
"""What the agenda itself shows, with its number of sources: between the changes it would drown the others."""

_TOLD = {
    FactKind.LEVEL_CHANGED: "niveau van {from} naar {to}",
    FactKind.MOVED: "verplaatst; was {was}",
    FactKind.CANCELLED: "afgelast of verboden",
    FactKind.CONFIRMED: "bevestigd door een tweede bron",
    FactKind.RESUMED: "gaat volgens een bron toch door",
    FactKind.REVIEWED: "niveau bevestigd door een adviseur",
    FactKind.REVIEW_ASKED: "de machine vraagt om een nieuwe beoordeling",
    FactKind.DOUBTED: "een collega meldt dat dit niet klopt",
    FactKind.SIGNAL_ADDED: "er is een vertrouwelijk signaal bij gekomen",
    FactKind.CORRECTED: "soort of indicatoren verbeterd door een adviseur",
    FactKind.NOTIFICATION_LINKED: "gekoppeld: {linked}",
    FactKind.WITHDRAWN: "ingetrokken door een adviseur",
    FactKind.RESTORED: "intrekking teruggedraaid door een adviseur",
    FactKind.SOURCE_WITHDREW: "een bron heeft haar bericht verwijderd",
    FactKind.EVENTS_MERGED: "samengevoegd met een andere gebeurtenis",
    FactKind.EVENTS_PARTED: "samenvoeging teruggedraaid door een adviseur",
    FactKind.LEFT_THE_OPEN: "de open berichten hierover zijn weg; er is nog wel een vertrouwelijk signaal",
    FactKind.EVENT_SPLIT: "één bericht ging over iets anders en staat nu apart",
}


def _days_of(event: Event) -> list[date]:
    """The local days of an event; one of a week or more stands on its first day only."""
    if event.starts is None:
        return []
    begins = local(event.starts).date()
    first, last = span_of(event) or (begins, begins)
    span = (last - first).days
    return [first + timedelta(days=n) for n in range(span + 1)] if span < AGENDA_DAYS // 2 else [first]


def agenda(events: Iterable[Event], first: date, days: int) -> tuple[Day, ...]:
    """One Day per calendar day, each with its events in order of time; days without events too."""
    by_day: dict[date, list[Event]] = {first + timedelta(days=n): [] for n in range(days)}
    for event in sorted(events, key=lambda e: (e.starts is None, e.starts or e.opened_at, e.id or 0)):
        days_of = _days_of(event)
        shown = [day for day in days_of if day in by_day]
        if not shown and days_of and days_of[0] < first:
            # It began before the agenda and is still going on: it stands where the agenda begins.
            shown = [first]
        for day in shown:
            by_day[day].append(event)
    return tuple(Day(day, tuple(found)) for day, found in by_day.items())


def sentence(fact: Fact) -> str:
    """A fact about an event in Dutch, for timeline and briefing; empty for one that readers need not see."""
    if fact.kind is FactKind.EVENT_OPENED:
        return "voor het eerst gesignaleerd"
    pattern = _TOLD.get(fact.kind, "")
    if fact.kind is FactKind.WITHDRAWN and fact.data.get("why") == ELSEWHERE:
        pattern = "ingetrokken: het bericht hoort bij een andere gebeurtenis"
    elif fact.kind is FactKind.WITHDRAWN and fact.by == MACHINE.name:
        pattern = "ingetrokken: het bericht wordt niet meer gebruikt"
    if fact.kind is FactKind.LEVEL_CHANGED and fact.by != "machine":
        pattern += " (vastgesteld door een adviseur)"
    return pattern.format(**{"from": "?", "to": "?", "was": "?", "linked": "?"} | fact.data)


def _in_short(coming: Sequence[Event], changes: Sequence[Change], blind: int, *, stopped: bool) -> tuple[str, ...]:
    if not coming:
        lines = ["In de komende 14 dagen zijn geen gebeurtenissen bekend."]
    else:
        per_level = [f"{sum(e.level is level for e in coming)} × {level}" for level in (Level.C, Level.B, Level.A)]
        one = "gebeurtenis" if len(coming) == 1 else "gebeurtenissen"
        lines = [f"De komende 14 dagen: {len(coming)} {one} ({', '.join(per_level)})."]
        dated = [e for e in coming if e.starts is not None]
        grave = sorted(dated, key=lambda e: (-ord(e.level), e.starts or e.opened_at))[:1]
        lines += [f"Eerste aandacht: {e.title} ({level_words(e)})." for e in grave if e.level is not Level.A]
    changed = (
        f"In de afgelopen week {len(changes)} wijzigingen" if len(changes) != 1 else "In de afgelopen week 1 wijziging"
    )
    if stopped:
        sight = "alle verzameling is gestopt"
    elif blind == 0:
        sight = "alle bronnen werken"
    else:
        sight = "1 bron is een blinde vlek" if blind == 1 else f"{blind} bronnen zijn een blinde vlek"
    return (*lines, f"{changed}; {sight}.")


def digest(
    *,
    organisation: str,
    past_days: tuple[datetime, datetime],
    now: datetime,
    notice: Notice,
    confidential: bool,
    stopped: bool,
    coming: Sequence[Event],
    undated: Sequence[Event],
    past: Sequence[Event],
    facts: Sequence[Fact],
    told_of: Sequence[Event],
    sources: Mapping[str, Source],
    states: Mapping[str, SourceState],
    approvals: Mapping[str, Sequence[Approval]],
    counts: Mapping[str, int],
) -> Digest:
    """One edition. `coming` holds the events of the 14 days from `now`, `past` those of `past_days`, up to today;
    `told_of` those that `facts` are about, whatever became of them; `stopped` that all collection is.

    Confidential events are counted in both editions and shown in the confidential one only. One that the open knows as
    taken back reads so there, and is not counted: the number would rise by a withdrawal (R31).
    """
    police = [e for e in (*coming, *undated) if not e.public and (confidential or e.left_open is None)]
    shown = [e for e in coming if confidential or e.public]
    loose = tuple(e for e in undated if confidential or e.public)
    known = {e.id: e for event in told_of if (e := event if confidential else in_the_open(event))}
    changes = tuple(
        Change(fact.at, fact.event, f"{known[fact.event].title}: {told}")
        for fact in facts
        if (fact.public or confidential)
        and fact.event in known
        and fact.kind not in _NO_NEWS
        and (told := sentence(fact))
    )
    lines = []
    for source in sources.values():
        found = diagnose(source, states.get(source.id), approvals.get(source.id, ()), now)
        news = states[source.id].news_at if source.id in states else None
        line = SourceLine(source.id, source.name, found.word, found.blind, news, found.since, found.advice)
        lines.append(line)
    open_ones = [e for e in shown if e.state is not EventState.WITHDRAWN]
    days = agenda(open_ones, local(now).date(), AGENDA_DAYS)
    loads = (load_of(day.date, open_ones) for day in days)
    return Digest(
        organisation=organisation,
        start=past_days[0],
        end=past_days[1],
        made_at=now,
        confidential=confidential,
        in_short=_in_short(open_ones, changes, sum(line.blind for line in lines), stopped=stopped),
        days=days,
        loads=tuple(load for load in loads if load.events),
        undated=loose,
        outlooks={e.id: outlook(e, now, notice) for e in (*open_ones, *loose)},
        counts={level: sum(e.level is level for e in open_ones) for level in Level},
        by_category={c: tuple(e for e in open_ones if e.category is c) for c in Category if c is not Category.NONE},
        changes=changes,
        past=tuple(e for e in past if confidential or e.public),
        sources=tuple(sorted(lines, key=lambda line: (not line.blind, line.name))),
        police_signals=len(police),
        items_kept=counts.get("items_kept", 0),
        items_dropped=sum(n for name, n in counts.items() if name.startswith("items_dropped:")),
        redactions=sum(n for name, n in counts.items() if name.startswith("redactions:")),
    )


def week_label(start: datetime) -> str:
    """`48 (2026)`, by ISO 8601."""
    year, week, _ = local(start).isocalendar()
    return f"{week} ({year})"
