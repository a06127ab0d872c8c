"""sources list, approve, second, review, withdraw, pause, resume and the public list, as an operator meets them."""

from datetime import timedelta
from pathlib import Path

import pytest

from monitor.cli import main
from monitor.clock import now, today
from monitor.domain import Role, User
from monitor.store import open_store, people
from tests.fakes import a_catalogue
from tests.monitor.test_cli import environment


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    """A house with one source of high risk, and users who may and may not decide."""
    file = a_catalogue(tmp_path / "sources.toml", {"krant": "https://krant.example/rss"})
    file.write_text(file.read_text(encoding="utf-8").replace('"midden"', '"hoog"'), encoding="utf-8")
    found = environment(tmp_path, TORENWACHT_SOURCES=str(file))
    folder = Path(found["TORENWACHT_DATA"])
    folder.mkdir(parents=True, exist_ok=True)
    with open_store(f"sqlite:///{folder / 'torenwacht.sqlite'}") as store, store.begin() as session:
        for name, role, active in (
            ("anna", Role.ADMIN, True),
            ("bert", Role.PRIVACY, True),
            ("cleo", Role.ADVISOR, True),
            ("weg", Role.PRIVACY, False),
        ):
            user = User(name=name, role=role, password_hash="-", active=active, created_at=now())
            people.add_user(session, user)
    return found


def does(env: dict[str, str], *argv: str, by: str = "anna") -> int:
    """The exit code of an act behind `sources`."""
    return main(["sources", *argv, "--as", by, "--reason", "Nagekeken."], env)


def test_two_people_approve_one_withdraws_and_the_list_tells_it(
    env: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    last = str(today(now()) + timedelta(days=90))
    codes = [does(env, "approve", "krant"), does(env, "second", "krant", "--until", last, by="bert")]
    codes.append(main(["sources", "export", "--public"], env))
    codes.append(does(env, "withdraw", "krant", by="bert"))
    told = capsys.readouterr().out.splitlines()
    codes.append(main(["sources", "list"], env))
    listed = capsys.readouterr().out.splitlines()

    assert codes == [0] * 5
    assert told[0].endswith("heeft een hoog risico, en wacht op de goedkeuring van een tweede persoon.")
    assert told[1] == "krant: nog niet bevraagd."
    assert told[3].startswith("Krant,Uitgever van Krant,https://krant.example/rss,De burgemeester,")
    assert "ingetrokken door de privacyfunctionaris" in told[4]
    assert "ingetrokken door de privacyfunctionaris" in listed[0]
    assert [line.rpartition(", door ")[2] for line in listed[1:]] == [
        "anna (Beheerder): Nagekeken.",
        "bert (Privacyfunctionaris): Nagekeken.",
        "bert (Privacyfunctionaris): Nagekeken.",
    ]


def test_a_pause_by_hand_ends_by_hand(env: dict[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    last = str(today(now()) + timedelta(days=90))
    does(env, "approve", "krant")
    does(env, "second", "krant", "--until", last, by="bert")
    capsys.readouterr()

    assert [does(env, "pause", "krant"), does(env, "resume", "krant")] == [0, 0]
    paused, resumed = capsys.readouterr().out.splitlines()
    assert (paused.startswith("krant: gepauzeerd."), resumed) == (True, "krant: nog niet bevraagd.")


@pytest.mark.parametrize(
    ("argv", "by", "refusal"),
    [
        (("approve", "krant"), "niemand", (2, "Er is geen actieve gebruiker 'niemand'.")),
        (("approve", "krant"), "machine", (2, "Er is geen actieve gebruiker 'machine'.")),
        (("approve", "krant"), "weg", (2, "Er is geen actieve gebruiker 'weg'.")),
        (("approve", "krant"), "cleo", (1, "Uw rol mag dit niet: een bron goedkeuren.")),
        (("approve", "onbekend"), "anna", (1, "Wij kunnen bron onbekend niet vinden.")),
        (("approve", "krant", "--until", "morgen"), "anna", (2, "'morgen' is geen dag.")),
        (("second", "krant", "--until", "2099-01-01"), "bert", (1, "Er is nog geen eerste goedkeuring")),
        (("review", "krant"), "anna", (1, "Kies de dag waarop de bron opnieuw beoordeeld moet worden.")),
    ],
)
def test_an_act_that_cannot_be_done_is_refused_with_the_way_out(
    env: dict[str, str], capsys: pytest.CaptureFixture[str], argv: tuple[str, ...], by: str, refusal: tuple[int, str]
) -> None:
    code, words = refusal

    assert does(env, *argv, by=by) == code
    assert words in capsys.readouterr().err


def test_check_counts_what_people_approved(env: dict[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    last = str(today(now()) + timedelta(days=90))
    before = main(["check", "--strict"], env)
    does(env, "approve", "krant")
    does(env, "second", "krant", "--until", last, by="bert")

    assert (before, main(["check", "--strict"], env)) == (1, 0)
