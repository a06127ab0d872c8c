"""Each look, search and export is in the trail with its purpose, and a refresh does not flood it (R44)."""

import pytest

from monitor.app import App
from monitor.domain import Purpose, Role
from monitor.store import people
from monitor.work.briefings import make_briefing
from monitor.work.trail import verify
from tests.fakes import FixedClock
from tests.monitor.web.conftest import Seats
from tests.monitor.web.desk import words
from tests.monitor.web.invented import Week


def told(app: App) -> list[tuple[str, str, str]]:
    """Act, thing and purpose of every entry, oldest first."""
    with app.store.read() as session:
        return [(entry.act, entry.what, entry.purpose) for entry in people.trail(session)]


ORDER, BRIEFING, OVERSIGHT, ACCESS = Purpose.PUBLIC_ORDER, Purpose.BRIEFING, Purpose.OVERSIGHT, Purpose.ACCESS


@pytest.mark.parametrize(
    ("role", "page"),
    [
        (Role.PROJECT, ("/gebeurtenissen/{vigil}", "event_viewed", "event:{vigil}", ORDER)),
        (Role.PROJECT, ("/", "week_viewed", "week:2026-W47", ORDER)),
        (Role.PROJECT, ("/?week=2026-W48", "week_viewed", "week:2026-W48", ORDER)),
        (Role.PROJECT, ("/briefings/{edition}", "briefing_viewed", "briefing:{edition}", BRIEFING)),
        (Role.PROJECT, ("/briefings/{edition}.html", "briefing_exported", "briefing:{edition}", BRIEFING)),
        (Role.PROJECT, ("/briefings/{edition}.pdf", "briefing_exported", "briefing:{edition}", BRIEFING)),
        (Role.PRIVACY, ("/logboek", "audit_viewed", "audit", OVERSIGHT)),
        (Role.ADMIN, ("/gebruikers", "users_viewed", "users", ACCESS)),
    ],
)
def test_what_someone_sees_or_takes_out_is_written_down(
    app: App, desk: Seats, week: Week, role: Role, page: tuple[str, str, str, Purpose]
) -> None:
    path, act, what, purpose = page
    names = {"vigil": week.vigil, "edition": make_briefing(app)}

    assert desk(role).get(path.format(**names)).status_code == 200

    assert told(app) == [(act, what.format(**names), purpose.value)]
    assert verify(app.store, app.clock()).whole


def test_who_keeps_looking_is_written_down_once_a_quarter_of_an_hour(
    app: App, desk: Seats, week: Week, clock: FixedClock
) -> None:
    someone = desk(Role.PROJECT)

    someone.get("/")
    someone.part("/")
    clock.forward(minutes=14, seconds=59)
    someone.part("/?niveau=B")
    clock.forward(seconds=1)
    someone.part("/")
    desk(Role.EDITOR).get("/")

    assert [act for act, _, _ in told(app)] == ["week_viewed"] * 3


def test_every_search_counts_with_its_results_and_without_its_words(app: App, desk: Seats, week: Week) -> None:
    someone = desk(Role.PROJECT)

    someone.part("/?q=jansen")
    someone.part("/?q=vismarkt")

    assert [entry for entry in told(app) if entry[0] == "searched"] == [
        ("searched", "week:2026-W47:0", "beeld openbare orde"),
        ("searched", "week:2026-W47:1", "beeld openbare orde"),
    ]
    with app.store.read() as session:
        assert "jansen" not in str([entry.model_dump() for entry in people.trail(session)]).lower()


def test_every_export_counts(app: App, desk: Seats, week: Week) -> None:
    edition, someone = make_briefing(app), desk(Role.PROJECT)

    for _ in range(2):
        someone.get(f"/briefings/{edition}.html")

    assert [act for act, _, _ in told(app)] == ["briefing_exported"] * 2


def test_the_trail_shows_no_reason_of_a_decision_about_an_event(app: App, desk: Seats, week: Week) -> None:
    """R29, R31: who may see the trail need not be one who may see what is in the events."""
    desk(Role.ADVISOR).post(f"/gebeurtenissen/{week.secret}/intrekken", reason="Volgens een bron bij de bus.")
    desk(Role.ADVISOR).post("/bronnen/stop", reason="Een bron geeft te veel.")

    shown = words(desk(Role.ADMIN).get("/logboek"), "table")

    assert "trok een gebeurtenis in" in shown
    assert "bij de bus" not in shown
    assert "Een bron geeft te veel." in shown
