"""What the pages say of keeping and deleting: a late purge to who may act on it, a hold to who decides."""

from datetime import timedelta

from monitor.app import App
from monitor.domain import Actor, Role
from monitor.work.holds import Held, add_hold
from monitor.work.purge import purge
from tests.fakes import FixedClock
from tests.monitor.web.conftest import Seats
from tests.monitor.web.desk import Desk, words
from tests.monitor.web.invented import Week

LATE = "Het opschonen van oude gegevens is te laat"


def test_a_late_purge_stands_on_every_page_of_who_may_stop_the_house(app: App, desk: Seats, clock: FixedClock) -> None:
    purge(app)
    clock.forward(hours=27)

    pages = {role: words(desk(role).get("/bronnen")) for role in Role}
    assert {role for role, page in pages.items() if LATE in page} == {Role.ADVISOR, Role.ADMIN, Role.PRIVACY}
    purge(app)
    assert LATE not in words(desk(Role.ADMIN).get("/bronnen"))


def test_the_sign_of_readiness_tells_it_and_stays_ready(app: App, guest: Desk, clock: FixedClock) -> None:
    purge(app)
    clock.forward(hours=27)

    answer = guest.get("/gereed")

    assert (answer.status_code, LATE in answer.text) == (200, True)


def test_a_hold_stands_on_the_page_of_its_event_for_who_decides(app: App, week: Week, desk: Seats) -> None:
    until = app.clock() + timedelta(days=30)
    add_hold(app, Actor("privacy", Role.PRIVACY), Held(event=week.vigil), reason="Een bezwaar.", until=until)

    pages = {role: words(desk(role).get(f"/gebeurtenissen/{week.vigil}")) for role in (Role.ADVISOR, Role.PROJECT)}

    assert {role for role, page in pages.items() if "Bewaarplicht tot" in page} == {Role.ADVISOR}
    assert "Bewaarplicht" not in words(desk(Role.ADVISOR).get(f"/gebeurtenissen/{week.blockade}"))
