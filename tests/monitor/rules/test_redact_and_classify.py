"""PlainItem -> CleanItem -> Item, and what stops at the door."""

from datetime import timedelta

import pytest

from classifiers import PERSON, Category, Level, PersonalKind, Phase, Reader, Voice
from monitor.config import Retention
from monitor.domain import EXTRACT_LENGTH, MANUAL, Handling, Item, RawItem, Told
from monitor.rules.classify import classify, extract
from monitor.rules.door import ABOUT_A_PERSON, NOT_RELEVANT, TOO_OLD, refusal
from monitor.rules.normalise import normalise
from monitor.rules.redact import redact
from tests.build import NOON, a_day, a_period, a_raw, a_reading, an_item, at


def read(raw: RawItem, reader: Reader) -> Item:
    """The item as the house would keep it."""
    return classify(redact(normalise(raw, now=NOON), reader), reader, now=NOON, retention=Retention())


def test_a_clean_item_counts_what_was_taken_out(reader: Reader) -> None:
    raw = a_raw("Oproep", "Meld je bij mevrouw Anneke Terpstra, 06-12345678.")
    clean = redact(normalise(raw, now=NOON), reader)
    assert dict(clean.redactions) == {PersonalKind.PERSON: 1, PersonalKind.PHONE: 1}
    assert "Terpstra" not in clean.text


def test_an_address_that_repeats_a_name_is_cut_to_its_site(reader: Reader) -> None:
    raw = a_raw("Oproep van Anneke Terpstra", url="https://krant.example/oproep-anneke-terpstra")
    assert redact(normalise(raw, now=NOON), reader).url == "https://krant.example/"


@pytest.mark.parametrize(
    "url",
    [
        "https://krant.example/bel/0612345678",
        "https://krant.example/zoek?tel=06-12345678",
        "https://krant.example/zoek?q=Sluiskade+17",
        "https://krant.example/auteur/hilbrand-oosterwijk",
        "https://social.example/@hilbrand/1",
    ],
)
def test_an_address_that_names_someone_is_cut_to_its_site(url: str, reader: Reader) -> None:
    host = url.split("/")[2]
    assert redact(normalise(a_raw("Oproep", url=url), now=NOON), reader).url == f"https://{host}/"


def test_an_ordinary_address_stays(reader: Reader) -> None:
    url = "https://krant.example/2026/11/22/protestmars-grote-markt-12345678"
    assert redact(normalise(a_raw("Oproep", url=url), now=NOON), reader).url == url


def test_raw_and_plain_items_hide_their_words() -> None:
    raw = a_raw("Oproep van Anneke Terpstra", "Bel 06-12345678")
    assert "Anneke" not in f"{raw!r} {normalise(raw, now=NOON)!r}"
    assert "06-1" not in f"{raw!r} {normalise(raw, now=NOON)!r}"


def test_an_extract_is_cut_at_a_word() -> None:
    long = "woord " * 200
    assert len(extract(long)) <= EXTRACT_LENGTH
    assert extract(long).endswith("woord…")
    assert extract("kort") == "kort"


def test_what_a_source_tells_as_data_stands_above_its_words(reader: Reader) -> None:
    told = Told(period=a_period(at(29, 14)), category=Category.FOOTBALL, place="Euroborg")
    item = read(a_raw("FC Groningen – Willem II", "Zaterdag 28 november", told=told), reader)
    assert item.reading.category is Category.FOOTBALL
    assert item.reading.period == a_period(at(29, 14))
    assert item.reading.phase is Phase.ANNOUNCED
    assert "Euroborg" in [place.name for place in item.reading.places]


def test_a_calendar_that_cancels_lowers_the_level(reader: Reader) -> None:
    told = Told(period=a_period(at(29, 14)), category=Category.EVENT, cancelled=True)
    item = read(a_raw("Grote optocht met 5.000 bezoekers", told=told), reader)
    assert item.reading.level is Level.A
    assert "afgelast_verboden" in item.reading.codes


def test_indicators_that_a_person_ticked_stand_by_hand(reader: Reader) -> None:
    told = Told(category=Category.UNREST, period=a_period(at(29, 14)), codes=("geweldsoproep",))
    item = read(a_raw("Signaal", told=told, handling=Handling.POLICE, voice=Voice.POLICE), reader)
    assert [e.code for e in item.reading.evidence if e.by == PERSON] == ["geweldsoproep"]
    assert item.reading.level is Level.C


@pytest.mark.parametrize(
    ("item", "why"),
    [
        (an_item(), None),
        (an_item(reading=a_reading(relevant=False, category=Category.NONE, level=None)), NOT_RELEVANT),
        (an_item(title="Vermist: meisje uit Selwerd", extract="Wie heeft haar gezien?"), ABOUT_A_PERSON),
        (an_item(title="Celstraf geëist na steekpartij", extract="De rechtbank hoorde de zaak."), ABOUT_A_PERSON),
        (an_item(title="Veroordeeld na rellen: demonstratie aangekondigd", extract="Een demonstratie."), None),
        (an_item(published=NOON - timedelta(days=90), reading=a_reading(period=a_day(1))), TOO_OLD),
        (an_item(published=NOON - timedelta(days=90), reading=a_reading(period=a_day(28))), None),
        (an_item(source=MANUAL, reading=a_reading(relevant=False)), None),
        (an_item(title="Protest bij de rechtbank na zedenzaak", extract="Een demonstratie."), None),
        # R23: a doubtful one is for a person to see.
        (an_item(reading=a_reading(relevant=False, confidence=0.2)), None),
    ],
)
def test_only_what_a_purpose_asks_for_comes_in(item: Item, why: str | None) -> None:
    assert refusal(item, now=NOON) == why
