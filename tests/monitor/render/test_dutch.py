"""Moments, numbers and levels in the Dutch that readers see."""

from datetime import UTC, date, datetime

import pytest

from classifiers import Category, Evidence, Indicator, Level, Precision, Weight
from monitor.domain import Event, Load, Rush
from monitor.render import dutch
from tests.build import an_event, at


def test_a_moment_is_told_by_the_clocks_here() -> None:
    assert dutch.moment(datetime(2026, 11, 21, 13, 0, tzinfo=UTC)) == "za 21 nov 14.00 uur"
    assert dutch.moment(datetime(2026, 7, 21, 22, 30, tzinfo=UTC), year=True) == "wo 22 jul 2026 00.30 uur"


@pytest.mark.parametrize(
    ("event", "complete", "below_its_day"),
    [
        (an_event(starts=at(28, 14), ends=at(28, 16)), "za 28 nov 14.00–16.00 uur", "14.00–16.00"),
        (an_event(starts=at(28, 22), ends=at(29, 1)), "za 28 nov 22.00–01.00 uur", "22.00–01.00"),
        (an_event(starts=at(28, 14), ends=None), "za 28 nov 14.00 uur, einde niet bekend", "14.00"),
        (
            an_event(starts=at(27, 10), ends=at(29, 18)),
            "vr 27 nov 10.00 uur t/m zo 29 nov 18.00 uur",
            "10.00–zo 29 nov",
        ),
        (
            an_event(starts=at(28), ends=at(29), precision=Precision.DAY),
            "za 28 nov, tijd niet bekend",
            "tijd niet bekend",
        ),
        (an_event(starts=at(27), ends=at(30), precision=Precision.DAY), "vr 27 nov t/m zo 29 nov", "t/m zo 29 nov"),
        (
            an_event(starts=at(28), ends=at(30), precision=Precision.WEEKEND),
            "weekend van za 28 nov en zo 29 nov",
            "dit weekend",
        ),
        (an_event(starts=at(23), ends=at(30), precision=Precision.WEEK), "week van ma 23 nov", "deze week"),
        (an_event(starts=None, ends=None, precision=None), "dag niet bekend", "dag niet bekend"),
    ],
)
def test_a_period_is_told_as_exactly_as_it_is_known(event: Event, complete: str, below_its_day: str) -> None:
    assert (dutch.period(event), dutch.times(event)) == (complete, below_its_day)


@pytest.mark.parametrize(
    ("start", "end", "told"),
    [
        (at(23), at(30), "maandag 23 t/m zondag 29 november 2026"),
        (at(30), at(7, month=12), "maandag 30 november t/m zondag 6 december 2026"),
        (at(28, month=12), at(4, month=1, year=2027), "maandag 28 december 2026 t/m zondag 3 januari 2027"),
        (at(28), at(29), "zaterdag 28 november 2026"),
    ],
)
def test_a_span_of_days_names_month_and_year_once_when_it_can(start: datetime, end: datetime, told: str) -> None:
    assert dutch.days(start, end) == told


@pytest.mark.parametrize(
    ("low", "high", "told"),
    [
        (400, 700, "400–700 mensen"),
        (1500, 1500, "1.500 mensen"),
        (20000, 22000, "20.000–22.000 mensen"),
        (None, None, "niet bekend"),
    ],
)
def test_a_size_is_told_with_dots_for_thousands(low: int | None, high: int | None, told: str) -> None:
    assert dutch.size(an_event(size_min=low, size_max=high)) == told


@pytest.mark.parametrize(
    ("events", "known", "least", "most", "told"),
    [
        (7, 3, 12_500, 12_500, "minstens 12.500 mensen, van 3 van de 7 is de omvang bekend"),
        (2, 1, 300, 500, "minstens 300 mensen (hoogstens 500 bij wat bekend is), van 1 van de 2 is de omvang bekend"),
        (2, 1, 0, 2_000, "van 1 van de 2 is de omvang bekend: tot 2.000 mensen"),
        (2, 2, 12_500, 12_500, "12.500 mensen"),
        (2, 2, 12_500, 15_000, "12.500–15.000 mensen"),
        (1, 1, 0, 2_000, "tot 2.000 mensen"),
        (4, 0, 0, 0, "aantal mensen niet bekend"),
        (0, 0, 0, 0, ""),
    ],
)
def test_a_crowd_is_told_with_how_much_of_it_is_known(
    events: int, known: int, least: int, most: int, told: str
) -> None:
    assert dutch.crowd(Load(date(2026, 11, 28), {Level.A: events}, known, least, most)) == told


@pytest.mark.parametrize(
    ("rush", "told"),
    [
        (Rush(at(28, 15), at(28, 16, 30), 3), "15.00–16.30 uur: 3 tegelijk"),
        (Rush(at(28, 15), None, 2), "vanaf 15.00 uur: 2 tegelijk"),
        (Rush(at(28), at(29), 2), "hele dag: 2 tegelijk"),
        (None, ""),
    ],
)
def test_the_busiest_hours_are_told_with_how_many_meet(rush: Rush | None, told: str) -> None:
    assert dutch.busiest(Load(date(2026, 11, 28), {Level.A: 3}, 0, 0, 0, rush)) == told


def test_the_make_up_of_a_day_names_only_the_levels_that_it_has() -> None:
    assert dutch.make_up(Load(date(2026, 11, 28), {Level.A: 4, Level.B: 0, Level.C: 1}, 0, 0, 0)) == "1 × C, 4 × A"


def test_a_level_never_stands_without_its_word() -> None:
    assert [dutch.level_word(level) for level in Level] == ["A – regulier", "B – aandacht", "C – risicovol"]


def test_an_unreviewed_c_is_a_signal() -> None:
    events = [an_event(level=level, reviewed=reviewed) for level in Level for reviewed in (False, True)]

    assert [dutch.review(event) for event in events] == [
        "nog niet beoordeeld", "beoordeeld", "nog niet beoordeeld", "beoordeeld",
        "signaal, nog niet beoordeeld", "beoordeeld",
    ]  # fmt: skip


def test_long_words_may_break_and_short_words_may_not() -> None:
    assert dutch.hyphens("Tegenbetoging Vismarkt") == "Te\u00adgen\u00adbe\u00adto\u00adging Vismarkt"


TABLE = {
    code: Indicator(code, weight, code.title(), "", "")
    for code, weight in (
        ("tocht", Weight.LIGHT), ("nacht", Weight.LIGHT), ("blokkade", Weight.HEAVY), ("club", Weight.HEAVY),
        ("geweld", Weight.VIOLENCE), ("afgelast", Weight.LOWERS),
    )
}  # fmt: skip


@pytest.mark.parametrize(
    ("level", "evidence", "sentence"),
    [
        (Level.A, [], "Er zijn geen indicatoren gevonden."),
        (Level.A, [Evidence("tocht", "")], "Er is één lichte indicator. Dat is te weinig voor niveau B."),
        (Level.B, [Evidence("blokkade", "")], "Eén zware indicator maakt hier niveau B van."),
        (
            Level.B,
            [Evidence("tocht", ""), Evidence("nacht", "")],
            "2 lichte indicatoren samen maken hier niveau B van.",
        ),
        (
            Level.C,
            [Evidence("blokkade", ""), Evidence("club", "")],
            "2 zware indicatoren samen maken hier niveau C van.",
        ),
        (Level.C, [Evidence("geweld", "")], "Eén doorslaggevende indicator is genoeg voor niveau C."),
        (
            Level.C,
            [Evidence("club", "", decisive=True)],
            "De bron zelf noemt het een hoog risico. Dat is genoeg voor niveau C.",
        ),
        (
            Level.A,
            [Evidence("geweld", ""), Evidence("afgelast", "")],
            "Een bron meldt dat het is afgelast, verplaatst of verboden. Daarom is het niveau A.",
        ),
    ],
)
def test_one_sentence_says_how_indicators_made_the_level(level: Level, evidence: list[Evidence], sentence: str) -> None:
    assert dutch.because(level, evidence, TABLE) == sentence


def test_what_nobody_told_is_named() -> None:
    event = an_event(starts=at(28), ends=at(29), precision=Precision.DAY, place="", size_min=100, size_max=200)

    assert dutch.unknowns(event) == ("de tijd", "de plek", "of een tweede bron het bevestigt")


def test_a_headline_leaves_out_the_day_that_stands_above_it() -> None:
    assert dutch.headline(an_event(title="Demonstratie, Grote Markt, za 28 nov")) == "Demonstratie, Grote Markt"
    assert dutch.headline(an_event(title="Onrust, dag onbekend", starts=None)) == "Onrust"


def test_what_fits_no_category_has_a_word_too() -> None:
    assert [dutch.category_word(c) for c in (Category.NEW_YEAR, Category.NONE)] == ["Jaarwisseling", "Overig"]
