"""`torenwacht rights`: what is sought is typed or piped, and stands in no argument, file or message of the program."""

import io
from pathlib import Path

import pytest

from monitor.cli import main, parser
from monitor.domain import Role, User
from monitor.store import Store, blocks, items, open_store, people
from tests.build import NOON, an_item

WORDS = "Wendelmoed Uilenspiegel"
KEY = {"TORENWACHT_FINGERPRINT_KEY": "een-sleutel-van-meer-dan-32-tekens"}
WHO = ("--as", "p.privacy", "--case", "AVG-2026-014", "--stdin")


def environment(folder: Path) -> dict[str, str]:
    """A house in `folder`, with a key."""
    return {"TORENWACHT_DATA": str(folder / "data"), **KEY}


def house(folder: Path) -> Store:
    """The store of that house, with a privacy officer, an advisor, and one item that a redactor missed."""
    with open_store(f"sqlite:///{folder / 'data' / 'torenwacht.sqlite'}", clock=lambda: NOON) as store:
        with store.begin() as session:
            for name, role in (("p.privacy", Role.PRIVACY), ("a.adviseur", Role.ADVISOR)):
                people.add_user(session, User(name=name, role=role, password_hash="-", created_at=NOON))
            items.add(session, an_item(id=1, extract=f"Zaterdag spreekt {WORDS} op het plein. Het begint om twee uur."))
        return store


Given = tuple[list[str], list[str], dict[str, str]]
"""Arguments, what is typed, and settings."""


@pytest.fixture
def output(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> tuple[pytest.CaptureFixture[str], pytest.MonkeyPatch]:
    """A screen and a keyboard."""
    return capsys, monkeypatch


def typed(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    """What comes by standard input."""
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))


def test_no_option_takes_what_is_sought() -> None:
    for act in ("access", "rectify", "erase", "restrict", "object"):
        with pytest.raises(SystemExit):
            parser().parse_args(["rights", act, *WHO, WORDS])


def test_access_gives_an_answer_for_the_citizen_and_the_places_for_the_officer(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    house(tmp_path)
    out = tmp_path / "uit"

    typed(monkeypatch, WORDS)
    assert main(["rights", "access", *WHO, "--out", str(out)], environment(tmp_path)) == 0

    assert WORDS not in "".join(capsys.readouterr())
    made = {file.name: file for file in out.iterdir()}
    assert {file.stat().st_mode & 0o777 for file in made.values()} == {0o600}
    told = made["antwoord.txt"].read_text(encoding="utf-8")
    assert "Wij vonden uw tekst." in told
    assert "- berichten: 1" in told
    assert "AVG-2026-014" in told
    assert WORDS not in told
    assert f"item) 1, extract: Zaterdag spreekt {WORDS} op het plein." in made["vindplaatsen.txt"].read_text("utf-8")
    assert "<h2>Wat u kunt vragen</h2>" in made["antwoord.html"].read_text(encoding="utf-8")


def test_access_says_why_nothing_is_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    house(tmp_path)

    typed(monkeypatch, "Godelieve Zandstra")
    assert main(["rights", "access", *WHO], environment(tmp_path)) == 0

    told = capsys.readouterr().out
    assert "Wij vonden uw tekst nergens." in told
    assert "artikel 11 van de AVG" in told
    assert "Godelieve" not in told


def test_erase_blocks_what_it_took_out_and_the_list_tells_only_numbers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    store = house(tmp_path)

    typed(monkeypatch, WORDS)
    assert main(["rights", "erase", *WHO, "--whole", "--until", "2099-12-31"], environment(tmp_path)) == 0
    assert main(["rights", "blocks", "--as", "p.privacy"], environment(tmp_path)) == 0
    told = capsys.readouterr().out
    assert "- berichten: 1 aangepast" in told
    assert "1: de woorden, tot do 31 dec 2099" in told
    assert "Uilenspiegel" not in told

    lift = ["rights", "blocks", "--as", "p.privacy", "--case", "AVG-2026-014", "--lift", "1"]
    assert main(lift, environment(tmp_path)) == 0
    with store.read() as session:
        assert (items.count(session), blocks.every(session)) == (0, [])


def test_rectify_asks_for_the_correct_text_after_an_empty_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = house(tmp_path)

    typed(monkeypatch, WORDS, "", "de organisatie")
    assert main(["rights", "rectify", *WHO, "--correct"], environment(tmp_path)) == 0

    with store.read() as session:
        assert items.newest(session, 1)[0].extract.startswith("Zaterdag spreekt de organisatie op het plein.")


@pytest.mark.parametrize(
    ("given", "code", "told"),
    [
        ((["erase", *WHO, "--as", "a.adviseur"], [WORDS], KEY), 1, "Uw rol mag dit niet"),
        ((["erase", *WHO, "--as", "niemand"], [WORDS], KEY), 1, "Uw rol mag dit niet"),
        ((["erase", *WHO, "--case", "UILENSPIEGEL-1"], [WORDS], KEY), 1, "zaaknummer"),
        ((["erase", *WHO, "--case", "0612345678"], [WORDS], KEY), 1, "zaaknummer"),
        ((["erase", *WHO], [WORDS], {}), 2, "Zet eerst TORENWACHT_FINGERPRINT_KEY"),
        ((["object", *WHO], [WORDS], {}), 2, "Zet eerst TORENWACHT_FINGERPRINT_KEY"),
        ((["erase", *WHO], [], KEY), 1, "U gaf geen tekst op"),
        ((["erase", *WHO], ["Uil"], KEY), 1, "Elke vorm moet 5 tot 60"),
        ((["erase", *WHO, "--until", "morgen"], [WORDS], KEY), 2, "jaar-maand-dag"),
        ((["erase", *WHO, "--until", "2001-01-01"], [WORDS], KEY), 2, "Die dag is voorbij"),
        ((["rectify", *WHO, "--correct"], [WORDS, "", "mevrouw Zandstra"], KEY), 1, "De juiste tekst mag geen"),
        ((["erase", *WHO[:-1]], [WORDS], KEY), 2, "Gebruik --stdin"),
    ],
)  # fmt: skip
def test_what_may_not_be_is_refused_with_the_way_out_and_changes_nothing(
    tmp_path: Path, output: tuple[pytest.CaptureFixture[str], pytest.MonkeyPatch], given: Given, code: int, told: str
) -> None:
    (capsys, monkeypatch), (argv, lines, more) = output, given
    store = house(tmp_path)

    typed(monkeypatch, *lines)
    assert main(["rights", *argv], {"TORENWACHT_DATA": str(tmp_path / "data"), **more}) == code

    said = "".join(capsys.readouterr())
    assert told in said
    assert [word for word in ("Uilenspiegel", "Zandstra", "0612345678") if word in said] == []
    with store.read() as session:
        assert (items.count(session), blocks.every(session), people.audit(session, 9)) == (1, [], [])
