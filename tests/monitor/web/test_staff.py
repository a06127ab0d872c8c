"""Users, invitations and logins: on the page, and as acts."""

from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from selectolax.lexbor import LexborHTMLParser

from monitor.app import App
from monitor.domain import MACHINE, Actor, Role
from monitor.errors import InvalidInput, Lapsed, NotAllowed, NotFound
from monitor.store import people
from monitor.web import create_user
from monitor.web.limits import PAGES
from monitor.work import staff
from tests.fakes import FixedClock
from tests.monitor.web.conftest import Seats
from tests.monitor.web.desk import Desk, words

PASSWORD = "paarden eten geen lantaarns"
BOSS = Actor("beheerder", Role.ADMIN)


def _choose(guest: Desk, secret: str, password: str = PASSWORD, again: str = "", name: str = "") -> tuple[int, str]:
    """Sends the form of an invitation; the status, and what is wrong with it."""
    answer = guest.post(
        "/uitnodiging", token="", sleutel=secret, naam=name, wachtwoord=password, nogmaals=again or password
    )
    return answer.status_code, words(answer, "main")


def _trail(app: App) -> list[tuple[str, str, str]]:
    with app.store.read() as session:
        return [(entry.who, entry.act, entry.what) for entry in reversed(people.audit(session, 50))]


def _user(app: App, name: str) -> tuple[Role, bool] | None:
    with app.store.read() as session:
        found = people.user(session, name)
    return (found.role, found.active) if found else None


def test_the_first_administrator_comes_in_by_a_link_and_chooses_name_and_password(app: App, guest: Desk) -> None:
    secret = staff.invite_first(app)
    assert secret is not None
    assert "U wordt de eerste beheerder" in words(guest.get(f"/uitnodiging?sleutel={secret}"), "main")

    status, _ = _choose(guest, secret, name="Anna")

    assert (status, guest.get("/gebruikers").status_code) == (303, 200)
    assert _user(app, "anna") == (Role.ADMIN, True)
    assert staff.invite_first(app) is None
    guest.cookies = {}
    assert guest.post("/inloggen", token="", naam="anna", wachtwoord=PASSWORD).status_code == 303


def test_a_newer_link_for_the_first_administrator_takes_the_place_of_the_older(app: App, guest: Desk) -> None:
    first, second = staff.invite_first(app), staff.invite_first(app)

    assert "Deze link klopt niet" in words(guest.get(f"/uitnodiging?sleutel={first}"), "main")
    assert guest.get(f"/uitnodiging?sleutel={second}").status_code == 200


def test_the_link_of_the_first_administrator_ends_when_somebody_is_in(app: App, guest: Desk) -> None:
    secret = staff.invite_first(app)
    create_user(app, "bert", Role.ADMIN, PASSWORD)

    answer = guest.get(f"/uitnodiging?sleutel={secret}")

    assert (answer.status_code, "Er is al een beheerder." in words(answer, "main")) == (410, True)


def test_an_administrator_invites_someone_who_chooses_a_password_nobody_else_knows(
    app: App, desk: Seats, guest: Desk
) -> None:
    answer = desk(Role.ADMIN).post("/gebruikers", naam="Carla", rol="redacteur")
    node = LexborHTMLParser(answer.text).css_first("#link")
    link = urlsplit(node.attributes["value"] or "") if node else urlsplit("")
    page = guest.get(f"{link.path}?{link.query}")
    assert "U wordt Redacteur briefing" in words(page, "main")

    status, _ = _choose(guest, link.query.removeprefix("sleutel="))

    assert (status, _user(app, "carla")) == (303, (Role.EDITOR, True))
    assert guest.get("/briefings").status_code == 200
    told = [("beheerder", "user_invited", "user:carla:redacteur"), ("carla", "invitation_used", "user:carla:redacteur")]
    assert _trail(app) == [*told, ("carla", "logged_in", "user:carla")]


def test_the_database_never_holds_the_secret_of_a_link(app: App) -> None:
    secret = staff.invite(app, BOSS, "carla", Role.EDITOR)

    with app.store.read() as session:
        assert people.invitation(session, secret) is None


def test_a_link_works_once(app: App, guest: Desk) -> None:
    secret = staff.invite(app, BOSS, "carla", Role.EDITOR)
    _choose(guest, secret)

    status, told = _choose(guest, secret, "een heel ander wachtwoord")

    assert (status, "Deze link is al gebruikt." in told) == (410, True)


@pytest.mark.parametrize(("minutes", "status"), [(24 * 60 - 1, 200), (24 * 60, 410)])
def test_a_link_works_for_24_hours(minutes: int, status: int, app: App, guest: Desk, clock: FixedClock) -> None:
    secret = staff.invite(app, BOSS, "carla", Role.EDITOR)

    clock.forward(minutes=minutes)
    answer = guest.get(f"/uitnodiging?sleutel={secret}")

    assert (answer.status_code, "Deze link is verlopen." in words(answer, "main")) == (status, status == 410)


@pytest.mark.parametrize("forged", ["", "geraden", "x" * 43])
def test_a_forged_link_is_refused(forged: str, app: App, guest: Desk) -> None:
    staff.invite(app, BOSS, "carla", Role.EDITOR)

    answer = guest.get(f"/uitnodiging?sleutel={forged}")

    assert (answer.status_code, "Deze link klopt niet." in words(answer, "main")) == (410, True)
    assert _choose(guest, forged)[0] == 410
    assert _user(app, "carla") is None


def test_links_have_a_limit(guest: Desk, clock: FixedClock) -> None:
    statuses = [guest.get("/uitnodiging?sleutel=x").status_code for _ in range(31)]
    refused = guest.post("/uitnodiging", token="", sleutel="x")
    clock.forward(minutes=1)

    assert statuses == [410] * 30 + [429]
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "60")
    assert guest.get("/uitnodiging?sleutel=x").status_code == 410


@pytest.mark.parametrize(
    ("password", "again", "problem"),
    [
        ("kort", "", "ten minste 12 tekens"),
        ("carla carla carla", "", "zonder uw naam"),
        (PASSWORD, "paarden eten wel lantaarns", "niet gelijk"),
    ],
)
def test_a_poor_password_is_refused_with_the_reason_and_the_link_stays_good(
    password: str, again: str, problem: str, app: App, guest: Desk
) -> None:
    secret = staff.invite(app, BOSS, "carla", Role.EDITOR)

    status, told = _choose(guest, secret, password, again)

    assert (status, problem in told) == (400, True)
    assert _choose(guest, secret)[0] == 303


def test_a_new_link_replaces_a_lost_password_and_ends_the_logins(app: App, desk: Seats, guest: Desk) -> None:
    create_user(app, "redacteur", Role.EDITOR, PASSWORD)
    editor = desk(Role.EDITOR)
    secret = staff.invite(app, BOSS, "redacteur", Role.EDITOR)

    _choose(guest, secret, "een heel ander wachtwoord")

    assert editor.get("/briefings").status_code == 303
    guest.cookies = {}
    assert guest.post("/inloggen", token="", naam="redacteur", wachtwoord=PASSWORD).status_code == 400


def test_a_link_made_before_someone_was_blocked_or_changed_role_is_no_longer_good(app: App) -> None:
    create_user(app, "carla", Role.EDITOR, PASSWORD)
    create_user(app, "bert", Role.EDITOR, PASSWORD)
    blocked, changed = (staff.invite(app, BOSS, name, Role.EDITOR) for name in ("carla", "bert"))
    staff.block_user(app, BOSS, "carla", blocked=True)
    staff.change_role(app, BOSS, "bert", Role.PROJECT)

    for secret in (blocked, changed):
        with pytest.raises(Lapsed):
            staff.accept(app, secret, name="", password_hash="$argon2id$")


def test_an_invitation_never_changes_a_role(app: App) -> None:
    create_user(app, "carla", Role.EDITOR, PASSWORD)

    with pytest.raises(InvalidInput) as caught:
        staff.invite(app, BOSS, "carla", Role.ADMIN)

    assert set(caught.value.problems) == {"rol"}


def test_an_administrator_changes_the_role_of_another_whose_logins_end(app: App, desk: Seats) -> None:
    editor, administrator = desk(Role.EDITOR), desk(Role.ADMIN)

    answer = administrator.post("/gebruikers/redacteur/rol", rol="projectteam")

    assert answer.headers["location"] == "/gebruikers/redacteur"
    assert (_user(app, "redacteur"), editor.get("/briefings").status_code) == ((Role.PROJECT, True), 303)
    assert _trail(app)[-1] == ("beheerder", "role_changed", "user:redacteur:projectteam")


@pytest.mark.parametrize(("path", "fields"), [("rol", {"rol": "adviseur"}), ("toegang", {"blocked": "true"})])
def test_nobody_changes_their_own_role_or_access(path: str, fields: dict[str, str], app: App, desk: Seats) -> None:
    create_user(app, "tweede", Role.ADMIN, PASSWORD)
    administrator = desk(Role.ADMIN)

    answer = administrator.post(f"/gebruikers/beheerder/{path}", **fields)

    assert (answer.status_code, _user(app, "beheerder")) == (400, (Role.ADMIN, True))
    assert "Uw eigen rol of toegang kunt u niet wijzigen." in words(answer, "[role=alert]")


def test_nobody_gives_themselves_another_role_by_adding_themselves_again(app: App) -> None:
    create_user(app, "beheerder", Role.ADMIN, PASSWORD)
    create_user(app, "tweede", Role.ADMIN, PASSWORD)

    with pytest.raises(InvalidInput):
        staff.save_user(app, BOSS, "beheerder", Role.ADVISOR, password_hash="$argon2id$")


def test_the_last_administrator_who_can_log_in_stays_one(app: App) -> None:
    create_user(app, "anna", Role.ADMIN, PASSWORD)
    create_user(app, "bert", Role.ADMIN, PASSWORD)
    staff.block_user(app, MACHINE, "bert", blocked=True)

    for attempt in (
        lambda: staff.block_user(app, MACHINE, "anna", blocked=True),
        lambda: staff.change_role(app, MACHINE, "anna", Role.EDITOR),
        lambda: create_user(app, "anna", Role.EDITOR, PASSWORD),
    ):
        with pytest.raises(InvalidInput) as caught:
            attempt()
        assert "Dit is de laatste beheerder" in caught.value.advice
    assert _user(app, "anna") == (Role.ADMIN, True)


def test_whoever_is_blocked_is_out_at_once_and_comes_back_in_when_unblocked(app: App, desk: Seats, guest: Desk) -> None:
    create_user(app, "carla", Role.EDITOR, PASSWORD)
    guest.post("/inloggen", token="", naam="carla", wachtwoord=PASSWORD)
    administrator = desk(Role.ADMIN)

    administrator.post("/gebruikers/carla/toegang", blocked="true")
    out = guest.get("/briefings").status_code
    refused = guest.post("/inloggen", token="", naam="carla", wachtwoord=PASSWORD).status_code
    administrator.post("/gebruikers/carla/toegang", blocked="false")
    back = guest.post("/inloggen", token="", naam="carla", wachtwoord=PASSWORD).status_code

    assert (out, refused, back) == (303, 400, 303)


def test_an_administrator_logs_someone_out_everywhere(app: App, desk: Seats) -> None:
    at_work, at_home = desk(Role.EDITOR), desk(Role.EDITOR)

    desk(Role.ADMIN).post("/gebruikers/redacteur/uitloggen")

    assert (at_work.get("/briefings").status_code, at_home.get("/briefings").status_code) == (303, 303)


def test_a_user_who_is_not_there_is_said_so(desk: Seats) -> None:
    assert desk(Role.ADMIN).get("/gebruikers/niemand").status_code == 404


def test_who_may_not_manage_users_may_not_by_the_acts_either(app: App) -> None:
    with pytest.raises(NotAllowed):
        staff.invite(app, Actor("machine", None), "carla", Role.EDITOR)


def test_your_own_logins_are_listed_and_ended_one_by_one(desk: Seats) -> None:
    here, elsewhere = desk(Role.EDITOR), desk(Role.EDITOR)
    page = here.get("/aanmeldingen")
    ids = [node.attributes["value"] or "" for node in LexborHTMLParser(page.text).css("td [name=login]")]
    assert (len(ids), words(page, "tbody").count("deze browser")) == (2, 1)
    other = next(id for id in ids if id not in here.get("/aanmeldingen").text.split("deze browser")[1][:900])

    here.post("/aanmeldingen/einde", login=other)

    assert (here.get("/briefings").status_code, elsewhere.get("/briefings").status_code) == (200, 303)


def test_you_log_yourself_out_everywhere(desk: Seats) -> None:
    here, elsewhere, another = desk(Role.EDITOR), desk(Role.EDITOR), desk(Role.PROJECT)

    here.post("/aanmeldingen/einde")

    assert [someone.get("/briefings").status_code for someone in (here, elsewhere, another)] == [303, 303, 200]


def test_the_login_of_another_is_not_yours_to_end(app: App, desk: Seats, clock: FixedClock) -> None:
    editor = desk(Role.EDITOR)
    with app.store.read() as session:
        theirs = people.logins_of(session, "redacteur", clock())[0].id

    with pytest.raises(NotFound):
        staff.end_own_logins(app, Actor("projectteam", Role.PROJECT), theirs)
    assert editor.get("/briefings").status_code == 200


def test_logging_in_gives_a_new_cookie_and_ends_the_login_one_came_with(app: App, guest: Desk) -> None:
    create_user(app, "anna", Role.ADVISOR, PASSWORD)
    guest.post("/inloggen", token="", naam="anna", wachtwoord=PASSWORD)
    before = dict(guest.cookies)

    guest.post("/inloggen", token="", naam="anna", wachtwoord=PASSWORD)

    assert guest.cookies["torenwacht"] != before["torenwacht"]
    guest.cookies = before
    assert guest.get("/").status_code == 303


def test_a_login_that_asks_for_more_pages_than_anyone_reads_waits_a_minute(desk: Seats, clock: FixedClock) -> None:
    editor, other = desk(Role.EDITOR), desk(Role.PROJECT)
    statuses = {editor.get("/aanmeldingen").status_code for _ in range(PAGES)}

    over = editor.get("/aanmeldingen")
    others = other.get("/aanmeldingen").status_code
    clock.forward(minutes=1)

    assert (statuses, over.status_code, over.headers["retry-after"], others) == ({200}, 429, "60", 200)
    assert editor.get("/aanmeldingen").status_code == 200


def test_an_account_elsewhere_gets_no_link_no_password_and_no_role_from_here(app: App) -> None:
    staff.admit(app, "hash", Role.EDITOR, called="carla")

    for attempt in (
        lambda: staff.invite(app, BOSS, "carla", Role.EDITOR),
        lambda: create_user(app, "carla", Role.EDITOR, PASSWORD),
        lambda: staff.change_role(app, BOSS, "carla", Role.PROJECT),
    ):
        with pytest.raises(InvalidInput):
            attempt()
    assert _user(app, "carla") == (Role.EDITOR, True)


def test_the_link_names_the_address_that_people_use(app: App) -> None:
    house = replace(app, settings=replace(app.settings, public_url="https://wacht.example/"))

    assert staff.link_of(house, "geheim") == "https://wacht.example/uitnodiging?sleutel=geheim"
