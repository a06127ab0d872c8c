"""The reader as the house uses it: redact first, then read."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

import classifiers
from classifiers import Category, Evidence, Level, ModelMissing, Period, Phase, Precision, Reader, Scope, Size, Voice
from classifiers.dutch import EDITION, DutchReader
from classifiers.observer import TABLES, be_complete

LOCAL = ZoneInfo("Europe/Amsterdam")
PUBLISHED = datetime(2031, 6, 2, 10, 0, tzinfo=LOCAL)

MARCH = (
    "Protestmars zaterdag",
    "Op zaterdag 7 juni om 13.00 uur vertrekt een protestmars vanaf de Grote Markt in Groningen. "
    "De organisatie verwacht 1.500 deelnemers.",
)
COURSE = ("Kookdemonstratie", "Een kok geeft zaterdag om 22.30 uur een demonstratie in een winkel aan de Vismarkt.")
DEBATE = ("Raad wil onderzoek naar demonstraties", "Een raadslid pleit voor een onderzoek. Een besluit is er nog niet.")


def test_reading_joins_what_each_part_knows(reader: Reader) -> None:
    reading = reader.read(*MARCH, published=PUBLISHED, voice=Voice.NEWS)

    assert reading.category is Category.DEMONSTRATION
    assert reading.scope is Scope.MUNICIPALITY
    assert reading.phase is Phase.ANNOUNCED
    assert reading.relevant
    assert reading.level is Level.B
    assert reading.codes == {"grote_opkomst", "verplaatsing"}
    assert reading.period == Period(datetime(2031, 6, 7, 13, 0, tzinfo=LOCAL), None, Precision.MINUTE)
    assert reading.size == Size(1500, 1500)
    assert "Grote Markt" in {place.name for place in reading.places}


def test_every_reading_carries_model_shares_and_the_words_of_its_evidence(reader: Reader) -> None:
    reading = reader.read(*MARCH, published=PUBLISHED, voice=Voice.NEWS)

    assert reading.model == reader.version
    assert (reading.category, reading.confidence) == reading.scores[0]
    assert {category for category, _ in reading.scores} == set(Category)
    assert all(evidence.words for evidence in reading.evidence)


def test_version_is_edition_and_content(reader: Reader) -> None:
    assert re.fullmatch(rf"{re.escape(EDITION)}-[0-9a-f]{{8}}", reader.version)
    assert DutchReader().version == reader.version


@pytest.mark.parametrize("text", [COURSE, DEBATE])
def test_text_without_a_concrete_event_has_no_level_and_no_evidence(reader: Reader, text: tuple[str, str]) -> None:
    reading = reader.read(*text, published=PUBLISHED, voice=Voice.NEWS)

    assert (reading.level, reading.evidence, reading.relevant) == (None, (), False)


def test_event_elsewhere_is_not_relevant_but_has_its_level(reader: Reader) -> None:
    reading = reader.read(
        "Betoging in Rotterdam", "In Rotterdam wordt zaterdag gedemonstreerd op het Schouwburgplein.",
        published=PUBLISHED, voice=Voice.NEWS,
    )  # fmt: skip

    assert (reading.scope, reading.relevant, reading.level) == (Scope.ELSEWHERE, False, Level.A)


@pytest.mark.parametrize(("day", "relevant"), [(9, True), (28, False)])
def test_look_back_matters_for_a_week(reader: Reader, day: int, relevant: bool) -> None:
    reading = reader.read(
        "Demonstratie rustig verlopen", "De demonstratie van 7 juni op de Grote Markt in Groningen verliep rustig.",
        published=datetime(2031, 6, day, 9, 0, tzinfo=LOCAL), voice=Voice.NEWS,
    )  # fmt: skip

    assert (reading.phase, reading.relevant) == (Phase.OVER, relevant)


def test_redaction_leaves_nothing_of_a_name_for_the_evidence(reader: Reader) -> None:
    title, text = (
        "Betoging",
        "Volgens Geesje Wolthoorn is de betoging van zaterdag 7 juni op de Grote Markt niet gemeld.",
    )
    redacted = reader.redact(title, text, voice=Voice.NEWS)

    reading = reader.read(redacted.title, redacted.text, published=PUBLISHED, voice=Voice.NEWS)

    assert "geen_kennisgeving" in reading.codes
    assert "Wolthoorn" not in repr(reading)


def test_reading_a_redacted_text_finds_the_same_event(reader: Reader) -> None:
    redacted = reader.redact(*MARCH, voice=Voice.NEWS)

    assert reader.read(redacted.title, redacted.text, published=PUBLISHED, voice=Voice.NEWS) == reader.read(
        *MARCH, published=PUBLISHED, voice=Voice.NEWS
    )


def test_same_moment_in_another_zone_gives_the_same_reading(reader: Reader) -> None:
    assert reader.read(*MARCH, published=PUBLISHED.astimezone(UTC), voice=Voice.NEWS) == reader.read(
        *MARCH, published=PUBLISHED, voice=Voice.NEWS
    )


def test_moment_without_a_zone_is_refused(reader: Reader) -> None:
    with pytest.raises(ValueError, match="time zone"):
        reader.read(*MARCH, published=PUBLISHED.replace(tzinfo=None), voice=Voice.NEWS)


@pytest.mark.parametrize("text", [("", ""), ("\n\n", "  "), ("İ", "İİ"), ("!!!", "…"), ("a" * 3000, "b " * 3000)])
def test_any_text_can_be_read(reader: Reader, text: tuple[str, str]) -> None:
    redacted = reader.redact(*text, voice=Voice.SOCIAL)

    reading = reader.read(redacted.title, redacted.text, published=PUBLISHED, voice=Voice.SOCIAL)

    assert reading.category is Category.NONE


def test_threads_share_one_reader(reader: Reader) -> None:
    texts = [MARCH, COURSE, DEBATE] * 8

    def read(text: tuple[str, str]) -> object:
        return reader.read(*text, published=PUBLISHED, voice=Voice.NEWS)

    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(read, texts))

    assert together == [read(text) for text in texts]


def test_level_of_evidence_by_hand_uses_the_same_table(reader: Reader) -> None:
    ticked = [Evidence("blokkade", words="", by="mens"), Evidence("tegendemonstratie", words="", by="mens")]

    assert reader.level_of(ticked) is Level.C
    assert reader.level_of([]) is Level.A


def test_the_reader_has_all_it_needs() -> None:
    be_complete(Path(classifiers.__file__).parent)


@pytest.mark.parametrize("broken", [None, b"\xff\xfe"], ids=["absent", "unreadable"])
def test_a_reader_that_misses_a_file_names_it(tmp_path: Path, broken: bytes | None) -> None:
    for name in TABLES:
        (tmp_path / name).write_text("", encoding="utf-8")
    (tmp_path / "surnames.txt").unlink()
    if broken:
        (tmp_path / "surnames.txt").write_bytes(broken)

    with pytest.raises(ModelMissing) as missing:
        be_complete(tmp_path)

    assert missing.value.name == "surnames.txt"
    assert "surnames.txt" in missing.value.advice
