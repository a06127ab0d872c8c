"""measures.toml -> which risk each of the requirements R1 to R51 makes smaller, and how; and what proves that."""

import re
import tomllib
from functools import cache
from pathlib import Path

from monitor.config import HERE
from monitor.domain.account import Risk

FILE = Path(__file__).with_name("measures.toml")
PROOFS = HERE / "docs" / "requirements.md"
"""In the repository, and not in an installed package: then the papers point there."""

_ROW = re.compile(r"^\| (R\d+) \|(.*)$", re.MULTILINE)
_TEST = re.compile(r"tests/[\w/]+\.py(?:::\w+)?")


@cache
def shipped() -> tuple[Risk, ...]:
    """As the table comes with the program."""
    table = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return tuple(Risk(row["name"], row["measures"]) for row in table["risk"])


def proofs(page: str) -> dict[str, tuple[str, ...]]:
    """Requirement -> the tests that its row in this page names."""
    return {rule: tuple(dict.fromkeys(_TEST.findall(row))) for rule, row in _ROW.findall(page)}


def shipped_proofs() -> dict[str, tuple[str, ...]]:
    """Of the page of this repository; empty where it is not there."""
    return proofs(PROOFS.read_text(encoding="utf-8")) if PROOFS.is_file() else {}
