"""The pages of sources: what they say of one, who decides there, and what the public may read."""

from dataclasses import replace
from datetime import datetime, timedelta
from http import HTTPStatus

import pytest
from fastapi.routing import APIRoute

from monitor.app import App
from monitor.domain import Actor, PersonalDataRisk, Role, SourceState
from monitor.rules.health import Diagnosis, Health
from monitor.web import ROUTERS
from monitor.web.sources import Line
from monitor.work.approvals import stop_collection
from monitor.work.briefings import make_briefing
from tests.build import NOON, at
from tests.monitor.collect.build import a_source
from tests.monitor.web.conftest import Seats
from tests.monitor.web.desk import Desk, words
from tests.monitor.web.invented import Week
from tests.monitor.web.matrix import COLUMNS, YES, written


@pytest.mark.parametrize(
    ("until", "habit"),
    [
        (at(29), "agenda tot en met za 28 nov 2026"),
        (at(28, 16), "agenda tot en met za 28 nov 2026"),
    ],
    ids=["a whole day", "an hour"],
)
def test_an_agenda_goes_on_until_the_last_day_that_it_lists(until: datetime, habit: str) -> None:
    line = Line(a_source(), SourceState(source="krant", lists_until=until), Diagnosis(Health.OK))

    assert line.habit == habit


def make_risky(app: App) -> None:
    """The row of the one source now says a high risk."""
    krant = app.sources["krant"]
    assert krant.legal is not None
    app.sources["krant"] = replace(krant, legal=replace(krant.legal, personal_data_risk=PersonalDataRisk.HIGH))


def state(desk: Desk) -> str:
    return words(desk.get("/bronnen"), "tr#krant .tw-state")


def test_two_people_let_a_source_of_high_risk_start_on_its_page(app: App, desk: Seats) -> None:
    make_risky(app)
    admin, officer = desk(Role.ADMIN), desk(Role.PRIVACY)
    last = (NOON + timedelta(days=90)).date().isoformat()

    found = [state(officer)]
    admin.post("/bronnen/krant/besluit", decision="goedgekeurd", reason="Adres nagekeken.")
    found.append(state(officer))
    alone = admin.post(
        "/bronnen/krant/besluit", decision="voor de tweede keer goedgekeurd", reason="Nog eens.", until=last
    )
    officer.post("/bronnen/krant/besluit", decision="voor de tweede keer goedgekeurd", reason="DPIA klopt.", until=last)
    found.append(state(officer))

    assert found == ["wacht op goedkeuring", "wacht op goedkeuring", "nog niet bevraagd"]
    assert (alone.status_code, words(alone, "#decision-fout")) == (
        400, "De tweede goedkeuring moet van iemand anders komen.",
    )  # fmt: skip
    assert words(officer.get("/bronnen/krant"), "table tbody") == (
        "voor de tweede keer goedgekeurd zo 22 nov 2026 12.00 uur tot en met za 20 feb 2027 "
        "privacyfunctionaris Privacyfunctionaris DPIA klopt. "
        "goedgekeurd zo 22 nov 2026 12.00 uur beheerder Beheerder Adres nagekeken."
    )


def test_the_page_says_that_a_changed_row_has_lost_its_approval(app: App, desk: Seats) -> None:
    officer = desk(Role.PRIVACY)
    officer.post("/bronnen/krant/besluit", decision="goedgekeurd", reason="Adres nagekeken.")
    krant = app.sources["krant"]
    assert krant.legal is not None
    app.sources["krant"] = replace(
        krant, url="https://krant.example/ander", legal=replace(krant.legal, approved_by_role=""),
        missing=("approved_by_role",),
    )  # fmt: skip

    page = officer.get("/bronnen/krant")

    assert "Haar rij in sources.toml is veranderd sinds de vorige goedkeuring." in words(page, "main")
    assert "De rij in sources.toml is sindsdien veranderd." in words(page, "table tbody")


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"decision": "", "reason": "Zo."}, "decision"),
        ({"decision": "goedgekeurd", "reason": ""}, "reason"),
        ({"decision": "goedgekeurd", "reason": "Gebeld met Anneke Terpstra."}, "reason"),
        ({"decision": "opnieuw beoordeeld", "reason": "Zo.", "until": "morgen"}, "until"),
        ({"decision": "opnieuw beoordeeld", "reason": "Zo."}, "until"),
    ],
)
def test_a_decision_that_cannot_be_taken_comes_back_with_what_is_wrong(
    fields: dict[str, str], wrong: str, desk: Seats
) -> None:
    answer = desk(Role.PRIVACY).post("/bronnen/krant/besluit", **fields)

    assert (answer.status_code, bool(words(answer, f"#{wrong}-fout"))) == (400, True)


def test_who_may_not_decide_reads_the_decisions_without_forms(desk: Seats) -> None:
    desk(Role.PRIVACY).post("/bronnen/krant/besluit", decision="goedgekeurd", reason="Adres nagekeken.")

    page = desk(Role.EDITOR).get("/bronnen/krant")

    assert "Adres nagekeken." in words(page, "table tbody")
    assert words(page, "main form") == ""
    assert "Besluiten" not in words(desk(Role.EDITOR).get("/bronnen"), "tr#krant")


def test_a_source_that_is_not_there_has_no_page(desk: Seats) -> None:
    assert desk(Role.PRIVACY).get("/bronnen/onbekend").status_code == 404


def test_anyone_may_take_along_the_list_of_sources_that_run_with_purpose_and_basis(desk: Seats, guest: Desk) -> None:
    """R10: what is withdrawn is no longer on it."""
    page, found = guest.get("/privacy"), guest.get("/privacy/bronnen.csv")
    desk(Role.PRIVACY).post("/bronnen/krant/besluit", decision="goedkeuring ingetrokken", reason="Zij stopt.")

    assert "Krant Uitgever van Krant Openbare orde voorbereiden Gemeentewet art. 172" in words(page, "main")
    head = "bron,uitgever,adres,verantwoordelijk,doel,grondslag,dpia,risico,bewaren_dagen,beoordeeld_tot\r\n"
    assert found.text == head + (
        "Krant,Uitgever van Krant,https://krant.example/rss,De burgemeester,Openbare orde voorbereiden,"
        "Gemeentewet art. 172,DPIA-2026-01,midden,30,2027-11-01\r\n"
    )
    assert guest.get("/privacy/bronnen.csv").text == head
    assert "Er wordt niets gelezen." in words(guest.get("/privacy"), "main")


NO_SCREENS = {
    "/kaart/buurten.geojson", "/briefings/{id}.html", "/briefings/{id}.pdf", "/privacy/bronnen.csv", "/gezond",
    "/gereed", "/.well-known/security.txt",
}  # fmt: skip
"""What is no page of the house but a file, or a briefing as it was frozen."""


def test_after_the_kill_switch_every_screen_says_that_all_stands_still(app: App, desk: Seats, week: Week) -> None:
    """R47: whoever looks, at whatever page there is."""
    ids = {"/gebeurtenissen": week.vigil, "/bronnen": "krant", "/briefings": make_briefing(app)}
    stop_collection(app, Actor("adviseur", Role.ADVISOR), reason="Bron lekt namen.")
    seen = set()

    for route in (route for router in ROUTERS for route in router.routes):
        assert isinstance(route, APIRoute)
        if "GET" not in (route.methods or ()) or route.path in NO_SCREENS:
            continue
        cells = dict(zip(COLUMNS, written("Doors")[f"GET {route.path}"], strict=True))
        for role in (role for role in Role if cells[role.value] == YES):
            path = route.path.replace("{id}", str(ids.get(route.path.rpartition("/")[0], "")))
            page = desk(role).get(path)
            told = "Het verzamelen staat stil" in words(page, ".tw-band--stop")
            seen.add((route.path, told or (page.status_code == HTTPStatus.SEE_OTHER and path == "/inloggen")))

    assert seen == {(path, True) for path, _ in seen}
    assert len(seen) >= 10
