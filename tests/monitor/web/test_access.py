"""Who gets in by name and password, and for how long; test_matrix.py tells what each role may do (R29)."""

from dataclasses import replace

import pytest

from monitor.app import App
from monitor.domain import Role
from monitor.errors import InvalidInput
from monitor.store import people
from monitor.web import create_user, create_web
from monitor.web.limits import TooManyTries, TryLimit
from tests.fakes import FixedClock
from tests.monitor.web.conftest import Seats
from tests.monitor.web.desk import Desk, words
from tests.monitor.web.invented import Week

PASSWORD = "paarden eten geen lantaarns"


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
