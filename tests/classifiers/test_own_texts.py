"""What the reader learns from holds nothing of people and nothing of the police (R26)."""

import re
from collections.abc import Iterator
from pathlib import Path

from classifiers import PersonalKind
from classifiers.training.evaluate import Gold
from classifiers.training.texts import ASIDE, DATA, files_to_learn, items_of

ROOM = Path(__file__).parents[2]
OURS = re.compile(r"eigen-\d+")


def every_item() -> Iterator[Gold]:
    for file in (*files_to_learn(), ASIDE):
        yield from items_of(file)


def test_every_text_was_written_here() -> None:
    assert [item["id"] for item in every_item() if not OURS.fullmatch(item["id"])] == []


def test_no_text_comes_from_what_people_reported_by_hand() -> None:
    assert [item["id"] for item in every_item() if item["source_kind"] == "signaal"] == []


def test_every_person_and_number_in_a_text_is_marked_as_invented() -> None:
    """A mark beside each piece of personal data: what is not marked was not made up on purpose."""
    kinds = {kind.value for kind in PersonalKind}
    for item in every_item():
        whole = f"{item['title']}\n{item['text']}"
        for span in item["pii"] or ():
            assert span["type"] in kinds, item["id"]
            assert whole[span["start"] : span["end"]].strip(), item["id"]


def test_nothing_that_runs_the_house_writes_where_the_reader_learns() -> None:
    """Corrections by advisors go to a file that somebody names; no code knows the folder of the texts but training."""
    folder = DATA.relative_to(ROOM).as_posix()
    others = [file for room in ("monitor", "alerts") for file in (ROOM / room).rglob("*.py")]

    assert [file.name for file in others if folder in file.read_text(encoding="utf-8")] == []
