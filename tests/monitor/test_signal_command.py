"""`torenwacht signal add`: the liaison's form by hand; no word of it is an option, and every answer is a line."""

import io
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.cli import main, parser
from monitor.clock import now, today
from monitor.domain import Handling, Item, ProvidedBy, Provision, Role, User
from monitor.store import Store, items, open_store, people

ADD = ["signal", "add", "--as", "p.liaison", "--stdin"]
LAST = today(now()) + timedelta(days=9)
ANSWERS = {
    "title": "Blokkade van het Julianaplein aangekondigd",
    "category": "demonstratie",
    "place": "Julianaplein",
    "starts": f"{today(now()) + timedelta(days=5)}T14:00",
    "ends": "",
    "codes": "blokkade, geen_kennisgeving",
    "provision_basis": "wpg_16",
    "provided_by": "basisteam",
    "handling": "vertrouwelijk",
    "expires": str(LAST),
    "text": "Ongeveer 50 mensen willen het plein blokkeren.\nHet duurt de hele middag.",
}
Add = Callable[..., int]
"""Runs the command with other answers, and more options."""


@pytest.fixture
def store(tmp_path: Path) -> Store:
    with open_store(f"sqlite:///{tmp_path / 'data' / 'torenwacht.sqlite'}", clock=now) as store:
        with store.begin() as session:
            for name, role in (("p.liaison", Role.LIAISON), ("a.adviseur", Role.ADVISOR)):
                people.add_user(session, User(name=name, role=role, password_hash="-", created_at=now()))
        return store


@pytest.fixture
def add(tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch) -> Add:
    def run(*options: str, **other: str) -> int:
        monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in (ANSWERS | other).values())))
        return main([*ADD, *options], {"TORENWACHT_DATA": str(tmp_path / "data")})

    return run


def kept(store: Store) -> list[Item]:
    with store.read() as session:
        return items.newest(session, 9)


def test_no_option_takes_a_word_of_a_signal() -> None:
    with pytest.raises(SystemExit):
        parser().parse_args([*ADD, "Blokkade"])


def test_a_signal_by_hand_takes_the_road_of_the_page(
    add: Add, store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    assert add() == 0

    [item] = kept(store)
    assert (item.title, item.handling) == (ANSWERS["title"], Handling.POLICE)
    assert item.extract.startswith("Ongeveer 50 mensen willen het plein blokkeren.\nHet duurt de hele middag.")
    assert item.provision == Provision("wpg_16", ProvidedBy.BASE_TEAM)
    assert {"blokkade", "geen_kennisgeving"} <= {shown.code for shown in item.reading.evidence if shown.by == "mens"}
    with store.read() as session:
        [entry] = [entry for entry in people.trail(session) if entry.act == "signal_added"]
    assert (entry.who, entry.role, entry.reason) == ("p.liaison", "politieliaison", "wpg_16")
    told = capsys.readouterr().out
    assert "Opent waarschijnlijk een nieuwe gebeurtenis: [B – aandacht] Demonstratie, Julianaplein" in told
    assert "Het signaal is opgenomen: http" in told


def test_a_signal_by_hand_with_personal_data_is_refused_with_the_words_marked(
    add: Add, store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    """R32."""
    assert add(text="Vraag naar Hilbrand Oosterwijk, 06-12345678.") == 1

    said = capsys.readouterr()
    assert "Vraag naar »Hilbrand Oosterwijk« (een naam), »06-12345678« (een telefoonnummer)." in said.err
    assert "Er is niets bewaard." in said.err
    assert (said.out, kept(store)) == ("", [])


def test_a_look_beforehand_keeps_nothing(add: Add, store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    assert add("--preview") == 0

    assert "Geen persoonsgegevens gezien." in capsys.readouterr().out
    assert kept(store) == []


@pytest.mark.parametrize(
    ("field", "problem"),
    [
        ("provision_basis", "Kies de grondslag waarop u dit signaal deelt."),
        ("provided_by", "Kies van wie dit signaal komt"),
        ("handling", "Kies hoe vertrouwelijk het signaal is."),
        ("expires", "Kies een einddatum"),
    ],
)
def test_ground_origin_handling_and_last_day_must_be_told(
    field: str, problem: str, add: Add, store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    """R30."""
    assert add(**{field: ""}) == 1

    assert problem in capsys.readouterr().err
    assert kept(store) == []


def test_only_the_liaison_may_and_others_hear_it_before_they_type(
    tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed = io.StringIO("Een titel\n")
    monkeypatch.setattr("sys.stdin", typed)

    asked = ["signal", "add", "--as", "a.adviseur", "--stdin"]
    assert main(asked, {"TORENWACHT_DATA": str(tmp_path / "data")}) == 1

    assert "Uw rol mag dit niet: een signaal toevoegen." in capsys.readouterr().err
    assert typed.tell() == 0
