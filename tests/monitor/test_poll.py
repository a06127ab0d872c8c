"""poll: what an operator reads of one round, on which stream, and why a source was left alone."""

import asyncio
import json
from pathlib import Path

import pytest

from monitor.cli import parser
from monitor.clock import now
from monitor.commands.house import poll
from monitor.config import Settings
from monitor.domain import SourceState, Switch
from monitor.store import address_of, open_store, sources
from tests.fakes import a_catalogue, house_settings, presses

BLOCKADE = "Morgen om 14.00 uur blokkeren actievoerders de Grote Markt. Er is geen kennisgeving gedaan bij de gemeente."


def a_round(settings: Settings, *argv: str) -> int:
    """The exit code of one round."""
    return asyncio.run(poll(settings, parser().parse_args(["poll", *argv])))


def settings_in(folder: Path, url: str = "https://krant.example/rss", *, enabled: bool = True) -> Settings:
    """A house with one source."""
    file = a_catalogue(folder / "sources.toml", {"krant": url})
    if not enabled:
        file.write_text(file.read_text(encoding="utf-8").replace("enabled = true", "enabled = false"), encoding="utf-8")
    return house_settings(folder, "sqlite://", file)


def test_standard_output_is_for_the_json_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    async def ask() -> int:
        async with presses("127.0.0.1") as [press]:
            press.publish("Onaangekondigde blokkade op de Grote Markt in Groningen", BLOCKADE, now())
            return await poll(settings_in(tmp_path, press.url), parser().parse_args(["poll", "krant", "--json"]))

    assert asyncio.run(ask()) == 0

    told = capsys.readouterr()
    found = json.loads(told.out)
    assert (found["sources"], found["alerts"], found["deliveries"]) == ({"krant": "ok"}, 1, 1)
    assert "Wat is nieuw" in told.err


def test_a_second_poll_says_from_when_and_how_to_look_now(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    async def ask() -> None:
        async with presses("127.0.0.1") as [press]:
            press.publish("Nieuwe directeur voor het zwembad", "Zij begint in januari.", now())
            for _ in range(2):
                assert await poll(settings_in(tmp_path, press.url), parser().parse_args(["poll", "krant"])) == 0

    asyncio.run(ask())

    told = capsys.readouterr()
    assert told.out.count("1 bericht gezien, 0 bewaard, 1 niet bewaard (niet van belang voor de openbare orde: 1)") == 2
    assert told.err.count("niet bevraagd") == 1
    assert "Bron krant is niet bevraagd: te vroeg. Weer vanaf" in told.err
    assert "torenwacht sources test krant." in told.err


@pytest.mark.parametrize(
    ("hindered", "words"),
    [
        ("off", "zij mag niet starten. Bron 'krant' staat uit."),
        ("paused", "zij is gepauzeerd."),
        ("stopped", "al het verzamelen is gestopt."),
    ],
)
def test_each_reason_not_to_ask_has_its_own_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], hindered: str, words: str
) -> None:
    settings = settings_in(tmp_path, enabled=hindered != "off")
    with open_store(address_of(settings)) as store, store.begin() as session:
        if hindered == "paused":
            session.add(SourceState(source="krant", paused=True))
        if hindered == "stopped":
            sources.set_switch(session, Switch(name="collection", on=True, by="beheer", at=now()))

    assert a_round(settings, "krant") == 0
    assert f"Bron krant is niet bevraagd: {words}" in capsys.readouterr().err
