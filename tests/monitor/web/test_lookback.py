"""The page that tells how the signals of past weeks did."""

import asyncio
from datetime import timedelta

import pytest

from classifiers import Level
from monitor.app import App
from monitor.commands.serve import acts_of
from monitor.domain import Role
from monitor.render.dutch import lead
from monitor.work.decisions import override_level, withdraw
from monitor.work.ingest import take_in
from tests.build import a_raw
from tests.fakes import FixedClock
from tests.monitor.web.conftest import Seats
from tests.monitor.web.desk import words
from tests.monitor.web.invented import Week
from tests.walks.test_c_override import ADVISOR, MARCH


def test_a_week_that_is_over_shows_what_came_of_it(
    app: App, desk: Seats, clock: FixedClock, runner: asyncio.Runner
) -> None:
    fair = a_raw("Boekenmarkt", "Zondag 29 november om 10.00 uur is er een boekenmarkt op de Ossenmarkt in Groningen.")
    [march], [other] = take_in(app, [MARCH]).events, take_in(app, [fair]).events
    override_level(app, ADVISOR, march, level=Level.C, reason="Besproken met de organisatie.")
    runner.run(app.queue.drain(acts_of(app)))
    withdraw(app, ADVISOR, other, reason="Dit is geen evenement voor ons.")
    clock.forward(days=9)

    page = desk(Role.PROJECT).get("/terugblik")

    assert words(page, "tbody tr:first-child th a") == "Week 48"
    assert words(page, "tbody tr:first-child td") == "1 1 0 1 1 6 dagen geen geen"


def test_what_only_the_compartment_knows_counts_for_those_who_may_know_it(
    desk: Seats, week: Week, clock: FixedClock
) -> None:
    assert week.secret
    clock.forward(days=9)

    counts = [
        words(desk(role).get("/terugblik"), "tbody tr:first-child td:nth-child(2)")
        for role in (Role.ADVISOR, Role.PROJECT)
    ]

    assert int(counts[0]) == int(counts[1]) + 1


@pytest.mark.parametrize(
    ("span", "told"),
    [
        (timedelta(days=6, hours=2), "6 dagen"),
        (timedelta(days=1), "1 dag"),
        (timedelta(hours=5, minutes=59), "5 uur"),
        (timedelta(minutes=20), "minder dan een uur"),
    ],
)
def test_how_long_before_reads_as_people_say_it(span: timedelta, told: str) -> None:
    assert lead(span) == told
