"""A week of invented events, with their reports: what the pages are tried on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import Session

from classifiers import Category, Evidence, Level, Period, Place, Precision, Reading, Size
from monitor.app import App
from monitor.domain import Event, Fact, FactKind, Handling, Outcome, Sighting, SourceState
from monitor.store import events, facts, items, sources
from tests.build import NOON, a_reading, an_event, an_item, at


@dataclass(frozen=True, slots=True)
class Week:
    """The ids of the invented events."""

    vigil: int
    """A: nothing found."""
    blockade: int
    """B: one heavy and one light indicator; two reports."""
    clash: int
    """C that nobody has reviewed: a signal."""
    fireworks: int
    """B in another neighbourhood, of another kind."""
    undated: int
    """B without a day and without a place on the map."""
    secret: int
    """Confidential: only a police signal reports it."""
    next_week: int


SECRET_WORDS = "kanarie in de kolenmijn"
"""Stands in the police signal and nowhere else."""


def _reading_of(event: Event) -> Reading:
    """What the reports say is what the event shows, so that weighing it anew changes nothing."""
    place = Place(event.place, "plein", "Groningen", event.latitude, event.longitude)
    return a_reading(
        category=event.category,
        level=event.level,
        # `samenloop` comes from neighbours, never from a text.
        evidence=tuple(e for e in event.evidence if e.code != "samenloop"),
        period=Period(event.starts, event.ends, event.precision or Precision.DAY) if event.starts else None,
        places=(place,) if event.place else (),
        size=Size(event.size_min, event.size_max or event.size_min) if event.size_min else None,
    )


def _keep(session: Session, event: Event, words: Sequence[str], handling: Handling = Handling.OPEN) -> int:
    event.id = None
    kept = events.add(session, event)
    id = kept.id or 0
    for n, extract in enumerate(words):
        item = an_item(
            id=None,
            source="krant" if handling is Handling.OPEN else "signaal",
            extract=extract,
            handling=handling,
            url="https://krant.example/bericht" if handling is Handling.OPEN else "",
            published=NOON - timedelta(hours=5 - n),
            reading=_reading_of(event),
        )
        found = items.add(session, item)
        why = "dag plaats" if n else "nieuw"
        events.add_sighting(session, Sighting(event=id, item=(found and found.id) or 0, why=why, at=NOON))
    facts.add(session, Fact(kind=FactKind.EVENT_OPENED, event=id, at=NOON - timedelta(hours=5), by="machine"))
    return id


def fill(app: App) -> Week:
    """Puts the week of Monday 23 November 2026 into the house."""
    blockade = (
        Evidence("blokkade", "rijden stapvoets de ring over"),
        Evidence("geen_kennisgeving", "wie het organiseert is niet bekend"),
    )
    clash = (Evidence("verwachte_confrontatie", "wij staan er ook, aan de overkant"), Evidence("samenloop", ""))
    with app.store.begin() as session:
        for id, outcome in (("krant", Outcome.OK),):
            state = SourceState(source=id, outcome=outcome, polled_at=NOON, news_at=NOON)
            sources.save(session, state)
        return Week(
            vigil=_keep(
                session,
                an_event(
                    title="Demonstratie, Vismarkt, wo 25 nov", place="Vismarkt", starts=at(25, 19), ends=at(25, 20),
                ),
                ["Stille wake op de Vismarkt."],
            ),
            blockade=_keep(
                session,
                an_event(
                    title="Demonstratie, Julianaplein, di 24 nov", place="Julianaplein", level=Level.B,
                    machine_level=Level.B, starts=at(24, 7, 30), ends=at(24, 9, 30), evidence=blockade,
                    latitude=53.2045, longitude=6.562, area="BU00140100",
                    size_min=40, size_max=80, sources=2, reports=2,
                ),
                ["[naam] zegt dat iedereen welkom is.", "De actie begint om half acht."],
            ),
            clash=_keep(
                session,
                an_event(
                    title="Demonstratie, Grote Markt, za 28 nov", level=Level.C, machine_level=Level.C,
                    starts=at(28, 13), ends=at(28, 16), evidence=clash, size_min=400, size_max=700,
                ),
                ["Wij staan er ook, aan de overkant."],
            ),
            fireworks=_keep(
                session,
                an_event(
                    title="Jaarwisseling, Oosterpark, do 26 nov", category=Category.NEW_YEAR, place="Oosterpark",
                    level=Level.B, machine_level=Level.B, starts=at(26, 21), ends=at(26, 23), area="BU00140300",
                    latitude=53.2228, longitude=6.5885, evidence=(Evidence("vuurwerk_fakkels", "neem fakkels mee"),),
                ),
                ["Neem fakkels mee naar het park."],
            ),
            undated=_keep(
                session,
                an_event(
                    title="Demonstratie, Groningen, dag onbekend", place="Groningen", starts=None, ends=None,
                    precision=None, latitude=None, longitude=None, area="", level=Level.B, machine_level=Level.B,
                    evidence=(Evidence("blokkade", "een blokkade"),),
                ),
                ["Binnenkort een blokkade."],
            ),
            secret=_keep(
                session,
                an_event(
                    title="Onrust, Hoogkerk, za 28 nov", category=Category.UNREST, place="Hoogkerk", public=False,
                    starts=at(28, 22), ends=at(29, 1), latitude=53.208, longitude=6.5, area="BU00141003",
                    evidence=(Evidence("nachtelijk", SECRET_WORDS),),
                ),
                [SECRET_WORDS],
                Handling.POLICE,
            ),
            next_week=_keep(
                session,
                an_event(
                    title="Demonstratie, Grote Markt, wo 2 dec", starts=at(2, 14, month=12), ends=at(2, 15, month=12),
                ),
                ["Volgende week weer."],
            ),
        )  # fmt: skip
