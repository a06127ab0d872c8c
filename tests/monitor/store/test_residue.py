"""The second pair of eyes at the store's door: what it sees, what it leaves, and that it stands alone. Invented."""

import ast
import asyncio
from collections import Counter
from pathlib import Path
from typing import Any, cast

import pytest

from classifiers import Evidence, Reader, Redacted, Voice
from monitor.errors import PersonalDataLeft
from monitor.log import set_up
from monitor.rules.door import NAMES_SOMEONE
from monitor.store import Store, items
from monitor.store import residue as eyes
from monitor.store.residue import residue
from monitor.work.ingest import TakenIn, take_in
from tests.build import a_raw, a_reading, an_item
from tests.fakes import FixedClock, a_house, house_settings
from tests.overheard import Overheard

KEPT = (
    "Bel 06-12345678",
    "Bel (050) 123 45 67",
    "Bel +49 421 1234567",
    "Mail femke88@gmail.com",
    "Mail tineke.snarf@voorbeeld.nl",
    "Volg @tineke88",
    "Maak over naar NL91 ABNA 0417 1643 00",
    "Hij heeft bsn 999990019",
    "Nummer 999990019 stond erbij",
    "De auto is RX-418-B",
    "Zij woont aan de Sluiskade 17",
    "geboren op 12-05-1971",
    "De vergunning is van mevrouw van Snarf",
    "Hilbrand Snarfema (42) kwam",
)


@pytest.mark.parametrize("text", KEPT)
def test_what_the_redactor_should_have_taken_is_seen(text: str) -> None:
    assert residue(f"Mars op zondag. {text}.") is not None


@pytest.mark.parametrize(
    "text",
    [
        "Bel 112, 0900-8844, 0800-7000, 088-1234567 of 14 050",
        "Mail info@voorbeeld.nl of pers.noord@voorbeeld.nl",
        "Om 12 uur @ Forum, FC Groningen - Ajax 2-1",
        "Op 01-02-2024 van 12.00 tot 14.00 uur, er komen 100.000 mensen",
        "De zaak 2024-001234, opbrengst 1.234.567 euro, bestelnummer 123456789",
        "Naar buurthuis De Horst, Kerkstraat 3",
        "De club is opgericht op 12-05-1971",
        "[naam] en mevrouw [naam] ([leeftijd]) bellen [telefoonnummer]",
    ],
)
def test_public_numbers_times_and_placeholders_may_pass(text: str) -> None:
    assert residue(text) is None


@pytest.mark.parametrize("text", KEPT)
def test_after_the_redactor_nothing_is_left_to_see(text: str, reader: Reader) -> None:
    clean = reader.redact("Mars op zondag", f"{text}.", voice=Voice.NEWS)
    assert residue(f"{clean.title}\n{clean.text}") is None


class Blind:
    """The shipped reader, but for its finders of personal data: they see none."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def __getattr__(self, name: str) -> Any:
        return getattr(self._reader, name)

    def redact(self, title: str, text: str, *, voice: Voice) -> Redacted:
        return Redacted(title, text, ())


@pytest.mark.parametrize("field", ["title", "extract"])
def test_the_store_refuses_an_item_in_which_something_was_left(store: Store, field: str) -> None:
    with pytest.raises(PersonalDataLeft, match=r"^telefoonnummer$"), store.begin() as session:
        items.add(session, an_item(**{field: "Bel 06-12345678"}))

    with store.read() as session:
        assert items.of_source(session, "krant") == []


def test_the_store_refuses_words_of_a_reading_in_which_something_was_left(store: Store) -> None:
    shown = (Evidence("blokkade", "blokkade met de RX-418-B"),)

    with pytest.raises(PersonalDataLeft, match=r"^kenteken$"), store.begin() as session:
        items.add(session, an_item(reading=a_reading(evidence=shown)))


@pytest.mark.parametrize("text", KEPT)
def test_what_a_blind_redactor_leaves_is_dropped_counted_and_told_nowhere(
    tmp_path: Path, sqlite_url: str, reader: Reader, text: str
) -> None:
    log = Overheard()
    set_up("DEBUG", log)

    async def take() -> TakenIn:
        settings = house_settings(tmp_path, sqlite_url)
        async with a_house(settings, cast(Reader, Blind(reader)), FixedClock()) as app:
            odd = a_raw("Betoging zaterdag op de Grote Markt", f"Zaterdag 28 november om 14 uur. {text}.")
            plain = a_raw("Betoging zondag op de Vismarkt", "Zondag 29 november om 15 uur komen tweehonderd mensen.")
            return take_in(app, [odd, plain])

    taken = asyncio.run(take())

    assert (taken.kept, taken.dropped) == (1, Counter({NAMES_SOMEONE: 1}))
    assert log.getvalue() == ""
    files = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert [file.name for file in files if text.encode() in file.read_bytes()] == []


@pytest.mark.parametrize("text", KEPT)
def test_a_preview_says_what_the_store_would_refuse(text: str) -> None:
    assert items.left_in(an_item(extract=f"{text}.")) is not None
    assert items.left_in(an_item()) is None


def test_the_second_eyes_borrow_nothing_from_the_first() -> None:
    tree = ast.parse(Path(eyes.__file__).read_text(encoding="utf-8"))
    borrowed = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert borrowed == {"collections.abc"}
