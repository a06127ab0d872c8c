"""The log holds ids, codes and counts, never the text of an item, personal data or a secret (R13)."""

import asyncio
import io
import json
import logging
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from monitor.log import TextInLog, log, masked, set_up
from tests.overheard import Overheard, told_of

SECRET = "hoe-geheim-kan-het-zijn"


@pytest.fixture
def out() -> io.StringIO:
    """What is logged from now on."""
    stream = Overheard()
    set_up("INFO", stream, secrets=[SECRET])
    return stream


def last(out: io.StringIO) -> dict[str, object]:
    """The newest line, without what every line has."""
    line: dict[str, object] = json.loads(out.getvalue().splitlines()[-1])
    return {key: value for key, value in line.items() if key not in ("timestamp", "at")}


def test_a_line_is_json_with_its_fields(out: io.StringIO) -> None:
    log.info("source polled", source="krant", kept=3)

    assert last(out) == {"event": "source polled", "source": "krant", "kept": 3, "level": "info"}


@pytest.mark.parametrize("field", ["text", "title", "extract", "words", "password", "token"])
def test_a_text_field_is_refused(out: io.StringIO, field: str) -> None:
    with pytest.raises(TextInLog):
        log.info("item", **{field: "Anneke Terpstra"})
    assert out.getvalue() == ""


def test_what_is_below_the_level_is_left_out() -> None:
    out = Overheard()
    set_up("ERROR", out)
    log.info("source polled", source="krant")
    assert out.getvalue() == ""


def test_an_error_is_told_without_its_message(out: io.StringIO) -> None:
    """A parser quotes in its message what it was reading."""
    try:
        raise ValueError("Anneke Terpstra") from KeyError("06-12345678")
    except ValueError:
        log.exception("tick failed")
    told = out.getvalue()
    assert "ValueError" in told
    assert "test_log.py" in told
    assert "Anneke" not in told
    assert "06-" not in told


@pytest.mark.parametrize(
    "words",
    [
        "anneke.t@voorbeeld.example",
        "06-12345678",
        "+31 6 12 34 56 78",
        "(050) 123 45 67",
        "050-1234567",
        "NL18 ABNA 0484 8698 68",
        "NL18ABNA0484869868",
        "999990019",
        "GB-001-X",
        "12-ABC-3",
        "@anneke_t",
        "xoxb-123-456-abcdef",
        "Bearer abcdefgh12345678",
        "token=abcdefgh",
        "postgresql://wacht:woord@db/x",
        "https://hooks.example/a?sleutel=abc",
        SECRET,
    ],
)
def test_what_has_the_shape_of_personal_data_or_a_secret_is_masked_at_any_depth(out: io.StringIO, words: str) -> None:
    log.warning("source failing", reason=f"gaf {words} terug", deep={"a": [(f"x {words}",)]})

    told = out.getvalue()
    assert words not in told
    assert told.count("[geheim]") + told.count("[persoonsgegeven]") >= 2


@pytest.mark.parametrize(
    "words",
    [
        "2026-11-22T12:00:00+01:00",
        "https://krant.example/nieuws/2026/11",
        "0123456789abcdef0123456789abcdef",
        "poll:krant",
        "FC Groningen - Ajax 2-1",
        "/srv/torenwacht/data/torenwacht.sqlite",
        "123456789",
        "127.0.0.1:8080",
        "gave 1234567 bytes in 0.25 s",
    ],
)
def test_what_an_operator_needs_stays(words: str) -> None:
    assert masked(words) == words


@dataclass
class Letter:
    to: str = "Anneke Terpstra"


def test_of_an_object_only_the_type_is_told(out: io.StringIO) -> None:
    log.warning("odd", letter=Letter(), fault=ValueError("Anneke Terpstra"))

    assert last(out) == {"event": "odd", "letter": "<Letter>", "fault": "<ValueError>", "level": "warning"}


LIBRARIES = ("aiohttp.client", "sqlalchemy.pool", "procrastinate.worker", "slack_sdk", "apscheduler", "uvicorn.access")


@pytest.mark.parametrize("name", LIBRARIES)
def test_a_library_is_quoted_without_what_fills_in_its_words(out: io.StringIO, name: str) -> None:
    logging.getLogger(name).warning("%s failed for %s", "Anneke Terpstra", "/login?naam=anneke")

    assert last(out) == {"event": "%s failed for %s", "logger": name, "level": "warning"}


@pytest.mark.parametrize("name", LIBRARIES)
def test_words_that_a_library_put_together_are_left_out(out: io.StringIO, name: str) -> None:
    who = "Anneke Terpstra"
    try:
        raise ValueError(who)
    except ValueError:
        logging.getLogger(name).exception(f"could not read {who}")  # as libraries do

    told = last(out)
    assert (told["event"], told["logger"], told["level"]) == ("(woorden weggelaten)", name, "error")
    assert str(told["exception"]).startswith("ValueError")
    assert "Anneke" not in out.getvalue()


def test_a_task_that_nobody_waited_for_is_told_without_its_words(out: io.StringIO) -> None:
    async def break_down() -> None:
        raise ValueError("Anneke Terpstra")

    async def forget() -> None:
        loop = asyncio.get_running_loop()
        task = loop.create_task(break_down())
        await asyncio.wait({task})
        loop.call_exception_handler({"message": "never retrieved", "future": task, "exception": task.exception()})

    asyncio.run(forget())

    told = last(out)
    assert told["logger"] == "asyncio"
    assert str(told["exception"]).startswith("ValueError")
    assert "Anneke" not in out.getvalue()


START = """
import resource, monitor.__main__
assert resource.getrlimit(resource.RLIMIT_CORE) == (0, 0)
who = "Anneke " + "Terpstra"
"""
FAULTS = {
    "main": "raise ValueError(who)",
    "thread": "import threading; t = threading.Thread(target=lambda: int(who)); t.start(); t.join()",
    "finaliser": "class Odd:\n    def __del__(self): raise ValueError(who)\nOdd()",
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_that_nobody_catches_leaves_no_words_and_no_dump_of_memory(fault: str) -> None:
    """As the process starts: `monitor.__main__` is what the command runs."""
    program = f"{START}\n{FAULTS[fault]}"

    done = subprocess.run(  # noqa: S603  # our own interpreter, with a constant text
        [sys.executable, "-c", program], capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2]
    )

    assert "ValueError" in done.stderr
    assert "Anneke Terpstra" not in done.stderr + done.stdout


def test_what_a_test_plants_would_be_overheard() -> None:
    """After every test its log is looked through for this; that could pass for want of eyes."""
    told = ["kept=3", "who=Anneke", "jantje terpstra-de wit", "06-12345678", "Terpstra"]

    assert [bool(told_of(line)) for line in told] == [False, True, False, True, True]
