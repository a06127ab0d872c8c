"""The commands, as an operator meets them: Dutch sentences, exit codes, and a service that stops when told."""

import asyncio
import json
import os
import re
import signal
import socket
import sys
from asyncio.subprocess import PIPE, Process
from pathlib import Path

import pytest

from monitor.cli import main
from monitor.store import events, facts, open_store
from tests.build import at
from tests.fakes import a_catalogue, presses

EARLY = "krant-75"
"""A source whose first poll comes at once: its share of the first minute is small."""

LINE = {
    "id": "a",
    "source_kind": "nieuws",
    "published": "2026-11-22T10:00:00+01:00",
    "title": "Protestmars op de Grote Markt",
    "text": "Zaterdag om 14.00 uur. Bel Anneke Terpstra: 06-12345678.",
}


def environment(folder: Path, **more: str) -> dict[str, str]:
    """Settings for a house in `folder`."""
    return {"TORENWACHT_DATA": str(folder / "data"), **more}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[[source]\nid = 1", "sources.toml"),
        ('[[source]]\nid = "a"\nsmaak = "zoet"', "smaak"),
    ],
)
def test_a_wrong_catalogue_is_named_and_ends_with_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, words: str
) -> None:
    file = tmp_path / "sources.toml"
    file.write_text(text, encoding="utf-8")
    assert main(["check"], environment(tmp_path, TORENWACHT_SOURCES=str(file))) == 2
    assert words in capsys.readouterr().err


def test_an_unknown_kind_is_answered_with_the_kinds_there_are(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = a_catalogue(tmp_path / "sources.toml", {"krant": "https://krant.example/rss"}, kind="rss")
    assert main(["check"], environment(tmp_path, TORENWACHT_SOURCES=str(file))) == 2
    told = capsys.readouterr().err
    assert all(kind in told for kind in ("'rss'", "feed", "ics", "json", "page", "sru"))


def test_check_says_what_keeps_a_source_from_starting(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = a_catalogue(tmp_path / "sources.toml", {"krant": "https://krant.example/rss"})
    file.write_text(file.read_text(encoding="utf-8").replace('"Gemeentewet art. 172"', '""'), encoding="utf-8")
    env = environment(tmp_path, TORENWACHT_SOURCES=str(file), TORENWACHT_ALLOW_PRIVATE_HOSTS="127.0.0.0/8")
    assert main(["check"], env) == 0
    told = capsys.readouterr().out
    assert "Bron 'krant' mist lawful_basis" in told
    assert "docs/sources.md" in told
    assert "TORENWACHT_ALLOW_PRIVATE_HOSTS" in told
    assert main(["check", "--strict"], env) == 1


def test_the_shipped_catalogue_is_sound_and_starts_nothing_unapproved(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check"], environment(tmp_path)) == 0
    told = capsys.readouterr().out
    assert "0 van " in told
    assert "football.toml: " in told


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("TORENWACHT_PORT", "hoog", "heel getal"),
        ("TORENWACHT_SMAAK", "zoet", "bestaat niet"),
        ("TORENWACHT_ALLOW_PRIVATE_HOSTS", "10.0.0.0/99", "geen adresreeks"),
        ("TORENWACHT_KEEP_EVENT_DAYS", "0", "van 1 tot en met 3650"),
    ],
)
def test_a_wrong_setting_is_named_and_ends_with_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, value: str, words: str
) -> None:
    assert main(["check"], environment(tmp_path, **{name: value})) == 2
    told = capsys.readouterr().err
    assert name in told
    assert words in told


@pytest.mark.parametrize(
    ("argv", "code", "words"),
    [
        (["poll"], 2, "--all"),
        (["poll", "bestaat-niet"], 2, "Er is geen bron 'bestaat-niet'"),
        (["brief", "--week", "vorige"], 2, "2026-W48"),
        (["user", "add", "iemand", "koning"], 2, "adviseur"),
        (["worker"], 2, "PostgreSQL"),
        (["evaluate", "bestaat-niet.jsonl"], 2, "niet te lezen"),
    ],
)
def test_wrong_use_is_answered_with_the_way_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], argv: list[str], code: int, words: str
) -> None:
    assert main(argv, environment(tmp_path)) == code
    assert words in capsys.readouterr().err


def test_analyse_answers_every_line_in_order_and_survives_bad_ones(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "in.jsonl"
    again = LINE | {"id": "b", "text": "Zaterdag om 14.00 uur is de protestmars op de Grote Markt."}
    bad = ["{", "[]", json.dumps(LINE | {"published": "gisteren"}), json.dumps(LINE | {"source_kind": "roddel"})]
    lines = [json.dumps(LINE), *bad, "", json.dumps(again)]
    file.write_text("\n".join(lines), encoding="utf-8")

    assert main(["analyse", str(file)], environment(tmp_path)) == 0

    out = capsys.readouterr().out
    first, *wrong, last = (json.loads(line) for line in out.splitlines())
    assert [first["id"], last["id"]] == ["a", "b"]
    assert [one["line"] for one in wrong] == [2, 3, 4, 5]
    assert first["cluster"] == last["cluster"]
    full = f"{LINE['title']}\n{LINE['text']}"
    assert {full[p["start"] : p["end"]]: p["type"] for p in first["pii"]} == {
        "Anneke Terpstra": "PERSOON",
        "06-12345678": "TELEFOON",
    }
    assert "Terpstra" not in out


def test_evaluate_measures_a_gold_set(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gold = LINE | {"category": "demonstratie", "relevant": True, "risk": "A", "indicators": ["verplaatsing"]}
    file = tmp_path / "gold.jsonl"
    file.write_text(json.dumps(gold), encoding="utf-8")
    assert main(["evaluate", "--json", str(file)], environment(tmp_path)) == 0
    assert json.loads(capsys.readouterr().out)["category_accuracy"] == 1.0


def test_a_port_that_is_taken_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert main(["serve"], environment(tmp_path, TORENWACHT_PORT=str(port))) == 2
    assert str(port) in capsys.readouterr().err


def a_free_port() -> int:
    """A port that nothing listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


async def start(env: dict[str, str], *argv: str) -> Process:
    """A Torenwacht of its own."""
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "monitor", *argv, env=os.environ | env, stdout=PIPE, stderr=PIPE
    )


async def until(process: Process, words: str) -> None:
    """Reads the log until a line has `words`; fails when the process ends first."""
    assert process.stderr is not None
    async for line in process.stderr:
        if words in line.decode():
            return
    raise AssertionError(f"the service ended before it said: {words}")


def test_the_service_works_refuses_a_second_one_and_stops_when_told(tmp_path: Path) -> None:
    """SIGTERM ends it within 20 seconds, with everything that it took in still there."""

    async def walk() -> None:
        async with presses("127.0.0.33") as [press]:
            press.publish(
                "Protestmars op de Grote Markt",
                "Zaterdag 28 november 2026 om 14.00 uur is er een protestmars op de Grote Markt. "
                "De organisatie verwacht 1.500 deelnemers.",
            )
            env = environment(
                tmp_path,
                TORENWACHT_SOURCES=str(a_catalogue(tmp_path / "sources.toml", {EARLY: press.url})),
                TORENWACHT_ALLOW_PRIVATE_HOSTS="127.0.0.0/8",
                TORENWACHT_PORT=str(a_free_port()),
            )
            service = await start(env, "serve")
            try:
                await until(service, "source polled")
                second = await start(env | {"TORENWACHT_PORT": str(a_free_port())}, "serve")
                _, told = await second.communicate()
                assert second.returncode == 2
                assert "al een Torenwacht" in told.decode() or "andere Torenwacht" in told.decode()
                service.send_signal(signal.SIGTERM)
                assert await asyncio.wait_for(service.wait(), timeout=20) == 0
            finally:
                if service.returncode is None:
                    service.kill()

    asyncio.run(walk())

    with open_store(f"sqlite:///{tmp_path / 'data' / 'torenwacht.sqlite'}") as store, store.read() as session:
        [event] = events.events_between(session, at(28), at(29), public_only=True)
        assert event.reports == 1
        assert len(facts.deliveries(session)) == 1


@pytest.mark.parametrize("broken", [False, True])
def test_no_command_tells_a_secret(tmp_path: Path, capsys: pytest.CaptureFixture[str], broken: bool) -> None:
    """Also not when its channel is wrong, or the database that it is for gives no answer."""
    secrets = {
        "TORENWACHT_FINGERPRINT_KEY": "een-sleutel-van-meer-dan-32-tekens",
        "TORENWACHT_SLACK_TOKEN": "xoxb-geheim-geheim",
        "TORENWACHT_HOOK_WEBHOOK_URL": "http://hooks.example/geheime-weg",
    }
    channels = tmp_path / "channels.toml"
    channels.write_text(
        '[[channel]]\nname = "haak"\nkind = "webhook"\nenabled = true\ntopics = ["gebeurtenis"]\n'
        'options = { url = "env:TORENWACHT_HOOK_WEBHOOK_URL" }\n',
        encoding="utf-8",
    )
    more = {"TORENWACHT_CHANNELS": str(channels)} if broken else {}
    away = {"TORENWACHT_DATABASE": "postgresql+psycopg://wacht:woord-van-wacht@127.0.0.1:1/x"} if broken else {}

    for argv, settings in ((["check"], more), (["purge"], away)):
        main(argv, environment(tmp_path, **secrets, **settings))

    told = "".join(capsys.readouterr())
    assert [value for value in (*secrets.values(), "woord-van-wacht") if value in told] == []


def test_the_papers_are_written_into_a_folder_and_it_is_told_what_is_left_to_people(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["register", "--out", str(tmp_path / "stukken")], environment(tmp_path)) == 0

    out = capsys.readouterr().out
    written = {path.name for path in (tmp_path / "stukken").iterdir()}
    assert "index.html" in written
    assert all(f"Geschreven: {tmp_path / 'stukken' / name}" in out for name in written)
    assert re.search(r"Nog in te vullen: \d+ vragen\. Begin bij index\.html\.", out)


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "bestand").write_text("", encoding="utf-8")

    assert main(["register", "--out", str(tmp_path / "bestand")], environment(tmp_path)) == 2
    assert "Kies een andere map." in capsys.readouterr().err
