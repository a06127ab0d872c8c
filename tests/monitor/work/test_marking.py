"""What may not be kept is marked where it stands: what the reader finds, what is blocked, what only the store sees."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest

from classifiers import Reader
from monitor.app import App
from monitor.errors import InvalidInput
from monitor.rules.sought import sought_of
from monitor.store import items
from monitor.work.blocks import block
from monitor.work.marking import Marked, Stretch, kinds_of, mark, without
from monitor.work.signals import add_signal
from tests.fakes import FixedClock, a_house, house_settings
from tests.monitor.store.test_residue import Blind
from tests.walks.test_b_manual_signal import LIAISON, SIGNAL

BLOCKED = "een naam, nummer of account dat wij op verzoek niet gebruiken"


def in_a_house(folder: Path, url: str, reader: Reader, story: Callable[[App], None]) -> None:
    """Tells a story in a house that can know blocks."""
    settings = replace(house_settings(folder, url), fingerprint_key="een-sleutel-van-meer-dan-32-tekens")

    async def walk() -> None:
        async with a_house(settings, reader, FixedClock()) as app:
            story(app)

    asyncio.run(walk())


def found(marked: dict[str, Marked]) -> list[tuple[str, str, str]]:
    """Where something is marked, what, and as what."""
    return [(name, part.words, part.kind) for name, parts in marked.items() for part in parts if part.kind]


def test_each_field_is_cut_where_something_stands_and_loses_no_letter(
    tmp_path: Path, sqlite_url: str, reader: Reader
) -> None:
    title, text, place = "Oproep van Hilbrand Oosterwijk", "Bel 06-12345678.\nKom ook.", "Sluiskade 17, bij Anneke"

    def story(app: App) -> None:
        marked = mark(app, title, text, place)

        assert {name: "".join(part.words for part in parts) for name, parts in marked.items()} == {
            "title": title, "text": text, "place": place,
        }  # fmt: skip
        assert marked["title"] == (Stretch("Oproep van "), Stretch("Hilbrand Oosterwijk", "een naam", "[naam]"))
        assert without(marked["text"]) == "Bel [telefoonnummer].\nKom ook."
        assert ("place", "Anneke", "een naam") in found(marked)
        assert kinds_of(marked)[:2] == ("een naam", "een telefoonnummer")
        assert "Hilbrand" not in repr(marked)

    in_a_house(tmp_path, sqlite_url, reader, story)


def test_what_someone_asked_to_leave_out_is_marked_and_refused(
    tmp_path: Path, database_url: str, reader: Reader
) -> None:
    """R42: also what no reader would take for personal data."""

    def story(app: App) -> None:
        with app.store.begin() as session:
            block(app, session, sought_of(["blauwe bestelbus"], to_change=True), drops=False)
        text = "Een Blauwe  bestelbus staat klaar bij de Euroborg."

        marked = mark(app, "Bericht", text, "")
        with pytest.raises(InvalidInput) as refused:
            add_signal(app, LIAISON, replace(SIGNAL, text=text))

        assert found(marked) == [("text", "Blauwe  bestelbus", BLOCKED)]
        assert refused.value.suggested["text"] == "Een [verwijderd] staat klaar bij de Euroborg."
        with app.store.read() as session:
            assert items.newest(session, 1) == []

    in_a_house(tmp_path, database_url, reader, story)


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("Op zaterdag: bel 06 - 12345678 of 06-12345678 daarna.", [("06-12345678", "een telefoonnummer")]),
        ("De vergunning is van mevrouw van Snarf, zegt men.", [("mevrouw van Snarf,", "een naam")]),
        ("RX-418-B en daarna RX-418-B weer.", [("RX-418-B", "een kenteken")] * 2),
    ],
)
def test_what_only_the_store_would_see_is_marked_by_the_fewest_words_that_show_it(
    text: str, marked: list[tuple[str, str]], tmp_path: Path, sqlite_url: str, reader: Reader
) -> None:
    def story(app: App) -> None:
        assert found(mark(app, "Bericht", text, "Vismarkt")) == [("text", *one) for one in marked]

    in_a_house(tmp_path, sqlite_url, cast(Reader, Blind(reader)), story)


def test_a_signal_that_only_the_store_would_refuse_is_refused_with_a_text_that_may_be_sent(
    tmp_path: Path, sqlite_url: str, reader: Reader
) -> None:
    def story(app: App) -> None:
        with pytest.raises(InvalidInput) as refused:
            add_signal(app, LIAISON, replace(SIGNAL, text="De auto is RX-418-B."))

        assert refused.value.problems["text"].startswith("In uw signaal staat een kenteken. Er is niets bewaard.")
        assert add_signal(app, LIAISON, replace(SIGNAL, text=refused.value.suggested["text"])) > 0

    in_a_house(tmp_path, sqlite_url, cast(Reader, Blind(reader)), story)
