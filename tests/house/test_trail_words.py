"""Everything that can stand in the audit trail has Dutch words: civil servants read it."""

import ast
import re
from collections.abc import Iterator

import pytest

from monitor.render.trail import ACTS, THINGS, act_words, thing_words
from tests.house.tree import modules, tree

WRITERS = {"audit", "look", "take_out", "_decided", "_decide", "_saved"}
"""Functions that are given the code of an act."""
CODE = re.compile(r"[a-z]+(_[a-z]+)+")
_TABLES = {"_ACTS"}
"""Names of tables whose values are codes of acts."""


def _strings(node: ast.AST) -> Iterator[str]:
    for part in ast.walk(node):
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield part.value


def acts() -> set[str]:
    """Codes that the house writes: among the plain arguments of a writer, and in the tables of acts."""
    found: set[str] = set()
    for path in modules("monitor"):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                if name in WRITERS:
                    found |= {word for part in node.args for word in _strings(part) if CODE.fullmatch(word)}
            elif isinstance(node, ast.Assign) and {getattr(t, "id", "") for t in node.targets} & _TABLES:
                found |= {word for word in _strings(node.value) if CODE.fullmatch(word)}
    return found


def things() -> set[str]:
    """Kinds of thing that an entry is about: what stands before the colon."""
    found: set[str] = set()
    for path in modules("monitor"):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.keyword) and node.arg == "what":
                first = next(_strings(node.value), "")
                found.add(first.partition(":")[0])
    return {kind for kind in found if kind.isalpha()}


def test_every_act_of_the_trail_has_words() -> None:
    found = acts()

    assert "event_viewed" in found
    assert found - ACTS.keys() == set()


def test_every_thing_of_the_trail_has_a_name() -> None:
    found = things()

    assert "event" in found
    assert found - THINGS.keys() == set()


@pytest.mark.parametrize(
    ("what", "told"),
    [
        ("event:12", "gebeurtenis 12"),
        ("week:2026-W48:3", "week 2026-W48, 3 gevonden"),
        ("week:2026-W48", "week 2026-W48"),
        ("weeks:8", "8 weken"),
        ("user:jansen:adviseur", "gebruiker jansen, adviseur"),
        ("audit", "het logboek"),
        ("item:" + "a" * 32, "bericht aaaaaaaaaaaa"),
    ],
)
def test_a_thing_reads_as_people_say_it(what: str, told: str) -> None:
    assert thing_words(what) == told


def test_an_act_of_another_version_keeps_its_code() -> None:
    assert act_words("an_old_act") == "an_old_act"
