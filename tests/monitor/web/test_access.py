"""Who gets in, for how long, and what each role may do (R29)."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.routing import Mount

from monitor.app import App
from monitor.domain import Role
from monitor.errors import InvalidInput
from monitor.store import people
from monitor.web import ROUTERS, create_user, create_web
from monitor.web.access import RIGHTS, Right, TooManyTries, TryLimit
from tests.fakes import FixedClock
from tests.monitor.web.conftest import Seats
from tests.monitor.web.desk import SAME_SITE, Desk, words
from tests.monitor.web.invented import Week

OPEN_TO_ALL = {
    "/inloggen",
    "/uitloggen",
    "/privacy",
    "/privacy/bronnen.csv",
    "/gezond",
    "/gereed",
    "/.well-known/security.txt",
}
PASSWORD = "paarden eten geen lantaarns"

DOORS = {
    "GET /": Right.SEE_EVENTS,
    "GET /kaart/buurten.geojson": Right.SEE_EVENTS,
    "GET /gebeurtenissen/{id}": Right.SEE_EVENTS,
    "POST /gebeurtenissen/{id}/gezien": Right.ACKNOWLEDGE,
    "POST /gebeurtenissen/{id}/niveau": Right.DECIDE,
    "POST /gebeurtenissen/{id}/intrekken": Right.DECIDE,
    "POST /gebeurtenissen/{id}/koppelen": Right.DECIDE,
    "POST /gebeurtenissen/{id}/terugdraaien": Right.DECIDE,
    "POST /gebeurtenissen/{id}/terugzetten": Right.DECIDE,
    "POST /gebeurtenissen/{id}/verbeteren": Right.DECIDE,
    "POST /gebeurtenissen/{id}/samenvoegen": Right.DECIDE,
    "POST /gebeurtenissen/{id}/splitsen": Right.DECIDE,
    "GET /signalen/nieuw": Right.ADD_SIGNAL,
    "POST /signalen/nieuw": Right.ADD_SIGNAL,
    "GET /briefings": Right.SEE_BRIEFINGS,
    "POST /briefings": Right.MAKE_BRIEFING,
    "GET /briefings/{id}": Right.SEE_BRIEFINGS,
    "GET /briefings/{id}.html": Right.SEE_BRIEFINGS,
    "GET /briefings/{id}.pdf": Right.SEE_BRIEFINGS,
    "POST /briefings/{id}/goedkeuren": Right.APPROVE_BRIEFING,
    "GET /bronnen": Right.SEE_SOURCES,
    "GET /bronnen/{id}": Right.SEE_SOURCES,
    "POST /bronnen/stop": Right.STOP,
    "POST /bronnen/hervat": Right.STOP,
    "POST /bronnen/{id}/pauze": Right.PAUSE_SOURCE,
    "POST /bronnen/{id}/besluit": Right.APPROVE_SOURCE,
    "GET /gebruikers": Right.SEE_USERS,
    "GET /logboek": Right.SEE_AUDIT,
}


def _doors() -> Iterator[tuple[str, str]]:
    for route in (route for router in ROUTERS for route in router.routes):
        assert isinstance(route, APIRoute)
        if route.path not in OPEN_TO_ALL:
            for method in route.methods or ():
                yield method, route.path


def test_every_door_of_the_house_is_known_here() -> None:
    assert set(DOORS) == {f"{method} {path}" for method, path in _doors()}


def test_the_house_has_no_doors_but_those_and_its_static_files(web: FastAPI) -> None:
    mounts = [route for route in web.routes if isinstance(route, Mount)]

    assert (len(mounts), len(web.routes)) == (2, 2 + len(ROUTERS))
    assert all(mount.path.startswith("/static/") for mount in mounts)


def test_nobody_comes_in_without_a_login(guest: Desk) -> None:
    for method, path in _doors():
        answer = guest.ask(method, path.replace("{id}", "1"), headers=SAME_SITE, content=b"")

        assert (answer.status_code, answer.headers["location"].split("?")[0]) == (303, "/inloggen"), path


@pytest.mark.parametrize("role", list(Role))
def test_a_role_opens_only_the_doors_that_the_matrix_gives_it(role: Role, desk: Seats) -> None:
    someone = desk(role)

    def refuses(method: str, path: str) -> bool:
        answer = someone.ask(method, path.replace("{id}", "1"), headers=SAME_SITE, content=b"")
        return answer.status_code == 403 and "Uw rol mag dit niet" in answer.text

    refused = {f"{method} {path}" for method, path in _doors() if refuses(method, path)}

    assert {door for door, right in DOORS.items() if right not in RIGHTS[role]} == refused


def test_an_administrator_does_not_see_content(desk: Seats, week: Week) -> None:
    administrator = desk(Role.ADMIN)

    answer = administrator.get(f"/gebeurtenissen/{week.blockade}")

    assert answer.status_code == 403
    assert "Uw rol mag dit niet: gebeurtenissen bekijken" in words(answer, "main")
    assert "Julianaplein" not in answer.text
    assert "Weekbeeld" not in words(answer, "nav")


def test_name_and_password_open_the_page_that_was_asked_for(app: App, guest: Desk, week: Week) -> None:
    create_user(app, "anna", Role.ADVISOR, PASSWORD)
    asked = guest.get(f"/gebeurtenissen/{week.vigil}").headers["location"]
    assert asked == f"/inloggen?naar=%2Fgebeurtenissen%2F{week.vigil}"

    answer = guest.post("/inloggen", token="", naam="Anna", wachtwoord=PASSWORD, naar=f"/gebeurtenissen/{week.vigil}")

    assert (answer.status_code, answer.headers["location"]) == (303, f"/gebeurtenissen/{week.vigil}")
    cookie = answer.headers["set-cookie"]
    assert ("HttpOnly" in cookie, "SameSite=lax" in cookie, "Secure" in cookie) == (True, True, False)
    assert guest.get(f"/gebeurtenissen/{week.vigil}").status_code == 200


def test_the_database_never_holds_what_the_cookie_says(app: App, guest: Desk) -> None:
    create_user(app, "anna", Role.ADVISOR, PASSWORD)
    guest.post("/inloggen", token="", naam="anna", wachtwoord=PASSWORD)

    with app.store.read() as session:
        assert people.login(session, guest.cookies["torenwacht"], app.clock()) is None


@pytest.mark.parametrize(("name", "password"), [("anna", "een heel ander woord"), ("bert", PASSWORD)])
def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(
    name: str, password: str, app: App, guest: Desk
) -> None:
    create_user(app, "anna", Role.ADVISOR, PASSWORD)

    answer = guest.post("/inloggen", token="", naam=name, wachtwoord=password)

    assert answer.status_code == 400
    assert "De naam en het wachtwoord horen niet bij elkaar" in words(answer, "[role=alert]")


def test_the_sixth_try_within_a_minute_is_refused(clock: FixedClock) -> None:
    limit = TryLimit(clock)
    for _ in range(5):
        limit.hit("name:anna")

    with pytest.raises(TooManyTries):
        limit.hit("name:anna")
    limit.hit("name:bert")
    clock.forward(minutes=1)
    limit.hit("name:anna")


@pytest.mark.parametrize("target", ["//evil.example", "https://evil.example", "/\\evil.example", ""])
def test_logging_in_never_leads_to_another_site(target: str, app: App, guest: Desk) -> None:
    create_user(app, "anna", Role.ADVISOR, PASSWORD)

    answer = guest.post("/inloggen", token="", naam="anna", wachtwoord=PASSWORD, naar=target)

    assert answer.headers["location"] == "/"


def test_a_login_ends_after_an_hour_without_a_visit(desk: Seats, clock: FixedClock) -> None:
    advisor = desk(Role.ADVISOR)

    clock.forward(minutes=59)
    still_in = advisor.get("/bronnen").status_code
    clock.forward(minutes=59)
    still_in_after_a_visit = advisor.get("/bronnen").status_code
    clock.forward(minutes=60)

    assert (still_in, still_in_after_a_visit, advisor.get("/bronnen").status_code) == (200, 200, 303)


def test_a_login_ends_after_eight_hours_whatever_happens(desk: Seats, clock: FixedClock) -> None:
    advisor = desk(Role.ADVISOR)

    found = []
    for _ in range(9):
        clock.forward(minutes=59)
        found.append(advisor.get("/bronnen").status_code)

    assert found == [200] * 8 + [303]


def test_logging_out_makes_the_cookie_worthless(desk: Seats) -> None:
    advisor = desk(Role.ADVISOR)
    cookie = dict(advisor.cookies)

    advisor.post("/uitloggen")
    advisor.cookies = cookie

    assert advisor.get("/").status_code == 303


def test_someone_who_lost_access_is_out_at_once(app: App, desk: Seats) -> None:
    advisor = desk(Role.ADVISOR)

    with app.store.begin() as session:
        found = people.user(session, "adviseur")
        assert found is not None
        found.active = False

    assert advisor.get("/").status_code == 303


def test_a_form_without_the_token_of_this_login_is_refused(desk: Seats, week: Week) -> None:
    advisor = desk(Role.ADVISOR)

    answer = advisor.post(f"/gebeurtenissen/{week.vigil}/gezien", token="geraden")

    assert answer.status_code == 403
    assert "Deze pagina was te lang open" in words(answer, "main")


@pytest.mark.parametrize(
    "headers",
    [{}, {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://evil.example"}],
)
def test_a_form_from_another_site_is_refused(headers: dict[str, str], desk: Seats, week: Week) -> None:
    advisor = desk(Role.ADVISOR)

    answer = advisor.ask("POST", f"/gebeurtenissen/{week.vigil}/gezien", headers=headers, data={"token": advisor.token})

    assert (answer.status_code, answer.text) == (403, "Dit verzoek komt van een andere website en is geweigerd.")


def test_an_old_browser_may_name_its_origin_instead(desk: Seats, week: Week) -> None:
    advisor = desk(Role.ADVISOR)

    answer = advisor.ask(
        "POST",
        f"/gebeurtenissen/{week.vigil}/gezien",
        headers={"Origin": "https://torenwacht.example"},
        data={"token": advisor.token},
    )

    assert answer.status_code == 303


def test_a_user_needs_a_plain_name_and_a_long_password(app: App) -> None:
    with pytest.raises(InvalidInput) as caught:
        create_user(app, "Anna de Vries", Role.ADVISOR, "kort")

    assert set(caught.value.problems) == {"naam", "wachtwoord"}


def test_a_new_password_ends_the_logins_of_the_old_one(app: App, desk: Seats) -> None:
    advisor = desk(Role.ADVISOR)

    create_user(app, "adviseur", Role.ADVISOR, PASSWORD)

    assert advisor.get("/").status_code == 303


def test_in_the_demonstration_every_visitor_is_in_and_a_banner_says_so(app: App, guest: Desk, week: Week) -> None:
    create_user(app, "anna", Role.ADVISOR, PASSWORD)
    guest.web = create_web(app, login_as="anna")

    answer = guest.get("/")

    assert answer.status_code == 200
    assert "Alles op dit scherm is verzonnen" in words(answer, ".tw-band--demo")
    assert guest.post(f"/gebeurtenissen/{week.vigil}/gezien", token="geraden").status_code == 403


def test_the_cookie_of_a_house_behind_tls_is_for_tls_only(app: App, guest: Desk) -> None:
    create_user(app, "anna", Role.ADVISOR, PASSWORD)
    guest.web = create_web(replace(app, settings=replace(app.settings, secure_cookies=True)))

    answer = guest.post("/inloggen", token="", naam="anna", wachtwoord=PASSWORD)

    cookie = answer.headers["set-cookie"]
    assert (cookie.startswith("__Host-torenwacht="), "Secure" in cookie) == (True, True)
    assert answer.headers["strict-transport-security"].startswith("max-age=31536000")
