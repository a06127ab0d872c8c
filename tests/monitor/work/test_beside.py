"""What goes on beside an event, in the real house: in its message, on its page, and never out of the compartment."""

import asyncio
from dataclasses import replace
from pathlib import Path

from classifiers import Category, Level, Reader
from monitor.commands.serve import acts_of
from monitor.domain import Event, Role
from monitor.store import events
from monitor.web import create_web
from monitor.work.beside import beside
from monitor.work.ingest import take_in
from monitor.work.signals import add_signal
from tests.build import a_raw, at
from tests.fakes import Boards, FixedClock, a_house, house_settings
from tests.monitor.web.desk import seat, words
from tests.walks.test_b_manual_signal import LIAISON, SIGNAL

MATCH = a_raw(
    "FC Groningen speelt in de Euroborg",
    "Vrijdag 27 november om 20.00 uur speelt FC Groningen in de Euroborg.",
)
MARCH = a_raw(
    "Protestmars van het Hoofdstation naar de Grote Markt",
    "Vrijdag 27 november om 18.00 uur begint een protestmars bij het Hoofdstation in Groningen. De mars gaat naar de "
    "Grote Markt. Er worden 1.500 mensen verwacht.",
)
COUNTS = "Alleen een gebeurtenis in dezelfde buurt of vlakbij telt mee voor het niveau."


def told(event: Event) -> tuple[Level, bool]:
    """Its level, and whether it is weighed as one that stands beside another."""
    return event.level, "samenloop" in {piece.code for piece in event.evidence}


def test_supporters_walk_past_a_march_and_no_level_rises_by_it(
    tmp_path: Path, database_url: str, reader: Reader
) -> None:
    boards = Boards()
    with asyncio.Runner() as runner:
        house = a_house(house_settings(tmp_path, database_url), reader, FixedClock(), boards)
        app = runner.run(house.__aenter__())
        try:
            [match] = take_in(app, [MATCH]).events
            [march] = take_in(app, [MARCH]).events
            runner.run(app.queue.drain(acts_of(app)))
            with app.store.read() as session:
                levels = [told(events.get(session, id)) for id in (match, march)]
            desk = seat(app, create_web(app), runner, Role.ADVISOR)
            pages = [words(desk.get(f"/gebeurtenissen/{id}"), "[aria-labelledby='tegelijk']") for id in (match, march)]
        finally:
            runner.run(house.__aexit__(None, None, None))

    why = "looproute van en naar de Euroborg: Hoofdstation"
    assert levels == [(Level.A, False), (Level.B, False)]
    assert (
        f"Tegelijk in de buurt: Voetbal, Euroborg, vr 27 nov, 20.00 uur ({why}, begint 2 uur later)"
        in boards.open.words
    )
    assert pages == [
        "Tegelijk in de buurt Hier komen samen: voetbal en demonstratie. "
        "B Niveau B – aandacht Demonstratie, Hoofdstation, vr 27 nov vr 27 nov 18.00 uur, einde niet bekend. "
        f"L{why[1:]}, begint 2 uur eerder. {COUNTS}",
        "Tegelijk in de buurt Hier komen samen: demonstratie en voetbal. "
        "A Niveau A – regulier Voetbal, Euroborg, vr 27 nov vr 27 nov 20.00 uur, einde niet bekend. "
        f"L{why[1:]}, begint 2 uur later. {COUNTS}",
    ]


def test_an_open_event_tells_of_no_signal_beside_it_and_the_signal_tells_of_the_event(
    tmp_path: Path, database_url: str, reader: Reader
) -> None:
    """R31: not on the page of who may read both, and not in the message to the confidential channel either."""
    boards = Boards()
    with asyncio.Runner() as runner:
        house = a_house(house_settings(tmp_path, database_url), reader, FixedClock(), boards)
        app = runner.run(house.__aenter__())
        try:
            there = replace(
                SIGNAL, category=Category.EVENT, place="Kanarieweg, Stationsplein", starts=at(27, 21), ends=at(27, 22)
            )
            secret = add_signal(app, LIAISON, there)
            [march] = take_in(app, [MARCH]).events
            runner.run(app.queue.drain(acts_of(app)))
            with app.store.read() as session:
                beside_both = [
                    [one.event.id for one in beside(session, events.get(session, id))] for id in (march, secret)
                ]
            desk = seat(app, create_web(app), runner, Role.ADVISOR)
            open_page, closed_page = (desk.get(f"/gebeurtenissen/{id}").text for id in (march, secret))
        finally:
            runner.run(house.__aexit__(None, None, None))

    assert beside_both == [[], [march]]
    assert ("Tegelijk in de buurt" in open_page, "Kanarieweg" in open_page) == (False, False)
    assert ("Tegelijk in de buurt" in closed_page, f"/gebeurtenissen/{march}" in closed_page) == (True, True)
    assert "Kanarieweg" not in boards.open.words
