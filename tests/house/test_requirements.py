"""docs/requirements.md: each requirement has a test that is there, and each test that it names can run."""

import re
from collections.abc import Iterator

from tests.house.tree import ROOT, text

NUMBERS = tuple(f"R{n}" for n in range(1, 52))
_ROW = re.compile(r"^\| (R\d+) \|(.*)\|$", re.MULTILINE)
_TEST = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")


def rows() -> dict[str, str]:
    return dict(_ROW.findall(text("docs/requirements.md")))


def named() -> Iterator[tuple[str, str, str]]:
    for number, row in rows().items():
        yield from ((number, file, name) for file, name in _TEST.findall(row))


def test_every_requirement_stands_there_once_and_in_order() -> None:
    assert tuple(_ROW.findall(text("docs/requirements.md"))[n][0] for n in range(len(rows()))) == NUMBERS


def test_every_requirement_has_a_test() -> None:
    assert {number for number, _, _ in named()} == set(NUMBERS)


def test_every_test_that_is_named_is_there() -> None:
    lost = [
        f"{number}: {file}::{name}"
        for number, file, name in named()
        if not (ROOT / file).is_file() or not re.search(rf"^(async )?def {name}\(", text(file), re.MULTILINE)
    ]

    assert lost == []


def test_the_words_of_the_rules_are_the_same_on_both_pages() -> None:
    """docs/rules.md says what each rule asks; a requirement that is not there proves nothing."""
    assert set(NUMBERS) == set(re.findall(r"^\| (R\d+) \|", text("docs/rules.md"), re.MULTILINE))
