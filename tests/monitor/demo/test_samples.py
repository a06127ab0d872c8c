"""What the sample sources hold: enough of everything that the house must be able to show, and nobody who exists."""

import re
from collections import Counter, defaultdict
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from classifiers import Category, Level, PersonalKind
from monitor.clock import AMSTERDAM, local
from monitor.demo.formats import FORMS
from monitor.demo.script import Piece, Stall, day_of, fill_in, stalls_at

SUNDAY = datetime(2026, 11, 22, 8, 30, tzinfo=AMSTERDAM)
ODD_MOMENTS = [
    datetime(2026, 12, 31, 23, 59, 59, tzinfo=AMSTERDAM),
    datetime(2027, 3, 28, 0, 30, tzinfo=UTC),
    datetime(2027, 10, 31, 1, 30, tzinfo=UTC),
    datetime(2028, 2, 29, 12, 0, tzinfo=AMSTERDAM),
]


def pieces(stalls: tuple[Stall, ...]) -> list[Piece]:
    return [piece for stall in stalls for piece in stall.pieces]


def lively(stalls: tuple[Stall, ...]) -> list[Piece]:
    """Every piece but those of the source that is meant to be silent."""
    return [piece for stall in stalls if stall.id != "demo-stille-bron" for piece in stall.pieces]


def test_there_are_enough_sources_of_every_kind_and_enough_items() -> None:
    stalls = stalls_at(SUNDAY)

    assert len(stalls) >= 14
    assert Counter({"feed": 11, "json": 3, "page": 2, "ics": 1, "sru": 1}) == Counter(stall.kind for stall in stalls)
    assert 80 <= sum(piece.wave == 1 for piece in pieces(stalls)) <= 100
    assert sum(piece.wave == 2 for piece in pieces(stalls)) == 4


def test_ids_of_sources_hosts_and_items_are_unique() -> None:
    stalls = stalls_at(SUNDAY)

    for names in ([s.id for s in stalls], [s.host for s in stalls], [p.id for p in pieces(stalls)]):
        assert len(names) == len(set(names))


def test_every_category_and_level_occurs_and_events_have_several_sources() -> None:
    by_event: dict[str, set[str]] = defaultdict(set)
    for stall in stalls_at(SUNDAY):
        for piece in stall.pieces:
            by_event[piece.event].add(stall.id)
    everything = pieces(stalls_at(SUNDAY))

    assert {piece.category for piece in everything} == set(Category)
    assert {piece.level for piece in everything} == {*Level, None}
    assert all((piece.level is None) == (piece.category is Category.NONE) for piece in everything)
    assert 30 <= len(by_event.keys() - {""}) <= 40
    assert sum(len(sources) > 1 for event, sources in by_event.items() if event) >= 15


@pytest.mark.parametrize("moment", [SUNDAY, *ODD_MOMENTS])
def test_no_placeholder_is_left_and_the_next_fortnight_is_full(moment: datetime) -> None:
    days: set[date] = set()
    for stall in stalls_at(moment):
        assert "{" not in "".join(piece.title + piece.text for piece in stall.pieces)
        days |= {piece.start.date() for piece in stall.pieces if piece.start}

    today = local(moment).date()
    ahead = {today + timedelta(days=number) for number in range(1, 15)}
    assert len(days & ahead) >= 10


@pytest.mark.parametrize("moment", [SUNDAY, *ODD_MOMENTS])
def test_items_were_published_in_the_last_six_days(moment: datetime) -> None:
    for piece in lively(stalls_at(moment)):
        assert timedelta(0) <= moment - piece.published < timedelta(days=6, minutes=1), piece.id


def test_texts_are_as_long_as_those_of_real_sources() -> None:
    for stall in stalls_at(SUNDAY):
        for piece in stall.pieces:
            assert stall.form == "fixtures" or 25 <= len(piece.text.split()) <= 130, piece.id


def test_half_of_the_items_carry_planted_personal_data_of_every_kind() -> None:
    everything = pieces(stalls_at(SUNDAY))
    planted = [planted for piece in everything for planted in piece.planted]

    assert sum(bool(piece.planted) for piece in everything) >= len(everything) / 2
    assert {one.kind for one in planted} == set(PersonalKind)
    assert len(planted) >= 100


def test_every_kind_of_source_carries_names_phones_and_mail_addresses() -> None:
    found: dict[str, set[PersonalKind]] = defaultdict(set)
    for stall in stalls_at(SUNDAY):
        found[stall.kind] |= {planted.kind for piece in stall.pieces for planted in piece.planted}

    for kind in ("feed", "ics", "page", "json", "sru"):
        assert found[kind] >= {PersonalKind.PERSON, PersonalKind.PHONE, PersonalKind.EMAIL}, kind


def test_planted_words_stand_in_their_item_and_have_the_shape_of_their_kind() -> None:
    shapes = {
        PersonalKind.PHONE: r"0\d{9}",
        PersonalKind.EMAIL: r"[\w.]+@[\w.]+\.example",
        PersonalKind.HANDLE: r"@\w+",
        PersonalKind.BSN: r"99999\d{4}",
        PersonalKind.IBAN: r"NL\d\dTORE\d{10}",
        PersonalKind.PLATE: r"[A-Z]{1,2}000[A-Z]{1,2}",
    }
    for piece in pieces(stalls_at(SUNDAY)):
        for planted in piece.planted:
            assert planted.words in " ".join((piece.title, piece.text, piece.author, piece.mail))
            bare = re.sub(r"[ -]", "", planted.words) if planted.kind is not PersonalKind.EMAIL else planted.words
            assert re.fullmatch(shapes.get(planted.kind, ".+"), bare), planted


def test_planted_account_numbers_and_citizen_numbers_pass_their_checks() -> None:
    for piece in pieces(stalls_at(SUNDAY)):
        for planted in piece.planted:
            words = planted.words.replace(" ", "")
            if planted.kind is PersonalKind.IBAN:
                assert int("".join(str(int(sign, 36)) for sign in words[4:] + words[:4])) % 97 == 1
            if planted.kind is PersonalKind.BSN:
                weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
                assert sum(int(digit) * weight for digit, weight in zip(words, weights, strict=True)) % 11 == 0


def test_the_same_moment_gives_the_same_bytes_and_another_day_others() -> None:
    first, again, next_day = stalls_at(SUNDAY), stalls_at(SUNDAY), stalls_at(SUNDAY + timedelta(days=1))

    def bodies(stalls: tuple[Stall, ...]) -> list[bytes]:
        return [FORMS[stall.form][0](stall, stall.at(1), "http://127.0.0.1:1") for stall in stalls]

    assert bodies(first) == bodies(again)
    assert bodies(first) != bodies(next_day)


def test_a_moment_in_another_zone_is_the_same_moment() -> None:
    here, there = stalls_at(SUNDAY), stalls_at(SUNDAY.astimezone(UTC))

    assert [replace(stall, pieces=stall.at(2)) for stall in here] == [
        replace(stall, pieces=stall.at(2)) for stall in there
    ]


@pytest.mark.parametrize(
    ("placeholder", "written"),
    [
        ("{dag:+3}", "woensdag 25 november"),
        ("{weekdag:+3}", "woensdag"),
        ("{weekdag:+9}", "dinsdag 1 december"),
        ("{weekdag:-2}", "vrijdag"),
        ("{weekdag:+0}", "zondag 22 november"),
        ("{datum:za}", "28 november 2026"),
        ("{dagmaand:za+1}", "29 november"),
        ("{kort:+10}", "02-12-2026"),
        ("{iso:+40}", "2027-01-01"),
    ],
)
def test_a_day_is_written_as_dutch_people_write_it(placeholder: str, written: str) -> None:
    assert fill_in(f"Op {placeholder} begint het.", SUNDAY, SUNDAY) == f"Op {written} begint het."


def test_the_coming_saturday_is_two_to_eight_days_ahead() -> None:
    monday = date(2026, 11, 23)
    found = [(day_of("za", monday + timedelta(days=n)) - monday).days for n in range(7)]

    assert found == [5, 5, 5, 5, 12, 12, 12]


def test_an_unknown_placeholder_is_an_error() -> None:
    with pytest.raises(ValueError, match="maand"):
        fill_in("{maand:+3}", SUNDAY, SUNDAY)
    with pytest.raises(ValueError, match="morgen"):
        fill_in("{dag:morgen}", SUNDAY, SUNDAY)
