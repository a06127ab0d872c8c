"""Who is away, on the page of your own account and on that of the administrator; and at the command line."""

from pathlib import Path

import pytest

from monitor.app import App
from monitor.cli import main
from monitor.clock import now, today
from monitor.domain import Role, User
from monitor.store import absences, open_store, people
from tests.build import NOON
from tests.monitor.web.conftest import Seats
from tests.monitor.web.desk import seat, words

AWAY = {"naam": "adviseur", "vervanger": "boris", "eerste": "2026-11-23", "laatste": "2026-11-27"}


@pytest.fixture
def boris(app: App) -> str:
    """Another advisor."""
    with app.store.begin() as session:
        people.add_user(session, User(name="boris", role=Role.ADVISOR, password_hash="", created_at=NOON))
    return "boris"


def test_you_say_when_you_are_away_and_your_deputy_and_the_administrator_see_it(
    app: App, desk: Seats, boris: str
) -> None:
    advisor, admin = desk(Role.ADVISOR), desk(Role.ADMIN)

    answer = advisor.post("/afwezigheid", **AWAY)

    days = "maandag 23 t/m vrijdag 27 november 2026"
    assert answer.headers["location"] == "/aanmeldingen#afwezig"
    assert f"Afwezig: {days}. Vervanger: boris." in words(advisor.get("/aanmeldingen"), "#afwezig")
    assert f"{days} vervanger: boris" in words(admin.get("/gebruikers"), "table")
    assert f"boris vervangt adviseur: {days}." in words(admin.get("/gebruikers/boris"), "#afwezig")
    theirs = seat(app, advisor.web, advisor.runner, Role.ADVISOR, boris)
    assert f"U vervangt adviseur: {days}." in words(theirs.get("/aanmeldingen"), "#afwezig")

    advisor.post("/afwezigheid/einde", naam="adviseur")
    assert "Vervanger: boris" not in words(advisor.get("/aanmeldingen"), "#afwezig")


@pytest.mark.parametrize(
    ("change", "field", "problem"),
    [
        ({"vervanger": ""}, "vervanger", "Kies een vervanger die kan inloggen als Adviseur openbare orde."),
        ({"eerste": "straks"}, "eerste", "Kies een dag."),
        ({"laatste": "2026-11-22"}, "laatste", "De laatste dag moet op of na de eerste dag liggen."),
    ],
)
def test_what_is_wrong_stands_at_its_field(
    change: dict[str, object], field: str, problem: str, desk: Seats, boris: str
) -> None:
    for someone, page in ((desk(Role.ADVISOR), "Mijn aanmeldingen"), (desk(Role.ADMIN), "adviseur")):
        answer = someone.post("/afwezigheid", **AWAY | change)

        assert (answer.status_code, words(answer, "h1")) == (400, page)
        assert (words(answer, f"#{field}-fout"), boris in words(answer, "#vervanger")) == (problem, True)


def test_nobody_but_the_administrator_says_it_for_another(app: App, desk: Seats, boris: str) -> None:
    desk(Role.ADVISOR)

    answers = [desk(Role.EDITOR).post("/afwezigheid", **AWAY | change) for change in ({}, {"eerste": ""})]
    allowed = desk(Role.ADMIN).post("/afwezigheid", **AWAY)

    assert ([answer.status_code for answer in answers], allowed.status_code) == ([403, 403], 303)
    with app.store.read() as session:
        assert [one.deputy for one in absences.absences(session, app.clock())] == [boris]


def test_the_operator_says_it_by_hand(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    environment, day = {"TORENWACHT_DATA": str(tmp_path)}, str(today(now()))
    with open_store(f"sqlite:///{tmp_path / 'torenwacht.sqlite'}", clock=now) as store, store.begin() as session:
        for name in ("anna", "boris"):
            people.add_user(session, User(name=name, role=Role.ADVISOR, password_hash="-", created_at=now()))

    away = ["user", "away", "anna", "boris", "--from", day, "--to"]
    codes = [main(args, environment) for args in ([*away, day], [*away, "morgen"], ["user", "list"])]
    listed = capsys.readouterr().out
    codes += [main(args, environment) for args in (["user", "back", "anna"], ["user", "list"])]

    assert codes == [0, 2, 0, 0, 0]
    assert "anna is afwezig" in listed
    assert "en wordt vervangen door boris." in listed
    assert "afwezig" not in capsys.readouterr().out
