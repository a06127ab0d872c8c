"""What the tests of the cell let a worker do. Imports little: every worker that starts imports it too."""

import ctypes
import os
import signal
import socket
from pathlib import Path

import structlog

from monitor.errors import Changed

log = structlog.get_logger(__name__)


def process_id(_body: bytes = b"") -> int:
    return os.getpid()


def swapped(body: bytes, times: int) -> bytes:
    return body.swapcase() * times


def print_then_answer() -> str:
    print("not an answer")  # noqa: T201  # that is what is tested
    return "an answer"


def spin() -> None:
    while True:
        pass


def eat() -> None:
    held = []
    while True:
        held.append(bytearray(1 << 20))


def leave() -> None:
    os._exit(3)


def read_at_zero() -> None:
    ctypes.string_at(0)


def kill_itself() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def say_changed() -> None:
    raise Changed("bron", "no calendar", advice="Bron 'bron' geeft geen agenda.")


def say_a_secret() -> None:
    raise ValueError("secret name")


def end_of_file() -> None:
    raise EOFError("secret name")


def leave_politely() -> None:
    raise SystemExit("secret name")


def give_what_cannot_travel() -> object:
    return lambda: None


def give_too_much() -> bytes:
    return bytes(70 << 20)


def log_a_line(count: int) -> None:
    log.warning("events left out", source="bron", count=count)


def write(file: str) -> None:
    Path(file).write_bytes(b"secret name")


def connect(port: int) -> None:
    socket.create_connection(("127.0.0.1", port))


def secrets() -> list[str]:
    return [name for name in os.environ if name.startswith("TORENWACHT")]
