"""In what two reports must agree to be of one happening."""

from datetime import timedelta

import pytest

from classifiers import Category, PersonalKind, Phase, Place, Reading
from monitor.domain import Item
from monitor.rules.agreement import Ground, agreement
from monitor.rules.report import report_of
from tests.build import CITY, EUROBORG, GROTE_MARKT, NOON, VISMARKT, a_day, a_period, a_reading, an_item, at

STADSPARK = Place("Stadspark", "park", "Groningen", 53.2060, 6.5380)
DRAFBAAN = Place("Drafbaan", "gebouw", "Groningen", 53.2030, 6.5350)
SELWERD = Place("Selwerd", "wijk", "Groningen", 53.2350, 6.5580)
PADDEPOEL = Place("Paddepoel", "wijk", "Groningen", 53.2360, 6.5500)
NORTH = Place("Paddepoel-Noord", "wijk", "Groningen", 53.2400, 6.5480)
ASSEN = Place("Assen", "stad", "Assen", 52.995, 6.562)
UNLIKE = ((CITY, "vuilnis ophalen"), (GROTE_MARKT, "boeren trekkers stikstof"))
UNKNOWN_STREET = Place("Kippenstraat", "straat", None, None, None)


def report(reading: Reading, words: str = "", **told: object) -> Item:
    """An item of few words of its own."""
    return an_item(title=words, extract="", reading=reading, **told)


def grounds(new: Item, old: Item) -> tuple[Ground, ...]:
    found = agreement(report_of(new), report_of(old))
    return found.grounds if found else ()


def at_place(*places: Place, words: str = "") -> Item:
    return report(a_reading(places=places), words)


def test_day_place_and_kind_need_no_word_in_common() -> None:
    new, old = at_place(GROTE_MARKT, words="trommels fluiten"), at_place(GROTE_MARKT, words="betoging aangekondigd")
    assert grounds(new, old) == (Ground.DAY, Ground.PLACE, Ground.KIND)


@pytest.mark.parametrize(
    ("one", "other"),
    [(DRAFBAAN, STADSPARK), (PADDEPOEL, NORTH), (ASSEN, ASSEN)],
    ids=["a venue in a park", "a part of a neighbourhood", "a town elsewhere"],
)
def test_a_place_told_more_or_less_exactly_is_one_place(one: Place, other: Place) -> None:
    assert Ground.PLACE in grounds(at_place(one), at_place(other))
    assert Ground.PLACE in grounds(at_place(other), at_place(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [(GROTE_MARKT, VISMARKT), (SELWERD, PADDEPOEL), (CITY, ASSEN), (GROTE_MARKT, ASSEN)],
    ids=["two squares", "two neighbourhoods", "two towns", "a square and another town"],
)
def test_two_places_are_never_one_however_alike_the_words(one: Place, other: Place) -> None:
    words = "protestmars optocht trommels spandoeken fluitjes vertrekpunt bestuurders toespraak"
    assert grounds(at_place(one, words=words), at_place(other, words=words)) == ()


@pytest.mark.parametrize("place", [(CITY,), (UNKNOWN_STREET,), ()], ids=["only the city", "an unknown street", "none"])
def test_a_place_that_says_too_little_leaves_it_to_the_words(place: tuple[Place, ...]) -> None:
    words = "boeren trekkers provinciehuis stikstof"
    assert grounds(at_place(*place, words="vuilnis ophalen"), at_place(GROTE_MARKT, words=words)) == ()
    assert Ground.WORDS in grounds(at_place(*place, words=words), at_place(GROTE_MARKT, words=words))


@pytest.mark.parametrize("kind", PersonalKind)
def test_what_was_redacted_in_both_is_no_word_in_common(kind: PersonalKind) -> None:
    new, old = (at_place(place, words=f"{kind.placeholder} {words}") for place, words in UNLIKE)
    assert grounds(new, old) == ()
    assert Ground.WORDS in grounds(at_place(CITY, words=UNLIKE[1][1]), old)


def test_a_night_belongs_to_the_day_before_and_the_day_after() -> None:
    words = "vechtpartij zuiderdiep"
    before = report(a_reading(period=a_day(28), codes=("nachtelijk",)), words)
    after = report(a_reading(period=a_day(29), codes=("nachtelijk",), phase=Phase.OVER), words)
    small_hours = report(a_reading(period=a_period(at(29, 2))), words)
    assert grounds(after, before) == (Ground.NIGHT, Ground.PLACE, Ground.KIND, Ground.WORDS)
    assert grounds(small_hours, before)[0] is Ground.DAY


@pytest.mark.parametrize("words", ["een week later", "verplaatst", "wordt ingehaald", "niet zaterdag maar zondag"])
def test_a_report_that_says_it_moves_reaches_another_day(words: str) -> None:
    moved = report(a_reading(period=a_period(at(5, 14, month=12))), f"protestmars huurders {words}")
    assert grounds(moved, at_place(GROTE_MARKT, words="protestmars huurders")) == (
        Ground.MOVED, Ground.PLACE, Ground.KIND, Ground.WORDS,
    )  # fmt: skip


def test_what_is_moved_to_another_place_is_told_of_at_both() -> None:
    moved = at_place(EUROBORG, words="protestmars huurders nieuwe locatie")
    assert Ground.DAY in grounds(moved, at_place(GROTE_MARKT, words="protestmars huurders"))


def test_being_called_off_moves_nothing_to_another_day() -> None:
    off = report(a_reading(period=a_period(at(5, 14, month=12)), codes=("afgelast_verboden",)), "protestmars afgelast")
    assert grounds(off, at_place(GROTE_MARKT, words="protestmars afgelast")) == ()


def test_two_look_backs_on_two_days_are_two_happenings() -> None:
    first = report(a_reading(period=a_day(14), phase=Phase.OVER), "vechtpartij uitgesteld")
    second = report(a_reading(period=a_day(21), phase=Phase.OVER), "vechtpartij uitgesteld")
    assert grounds(second, first) == ()


def test_a_second_kind_that_the_reader_holds_possible_may_agree() -> None:
    doubted = ((Category.EVENT, 0.6), (Category.DEMONSTRATION, 0.3))
    parade = report(a_reading(category=Category.EVENT, scores=doubted), "optocht trommels")
    market = report(a_reading(category=Category.EVENT, scores=((Category.EVENT, 0.95),)), "optocht trommels")
    march = at_place(GROTE_MARKT, words="optocht trommels")
    assert grounds(parade, march) == (Ground.DAY, Ground.PLACE, Ground.WORDS)
    assert grounds(market, march) == ()


def test_a_look_back_without_a_date_reaches_the_week_before_but_no_further() -> None:
    words = "kermis reitdiephaven jongeren messen"
    fair = report(a_reading(period=a_day(18), phase=Phase.OVER), words)
    for days, joins in ((0, True), (9, False)):
        undated = report(a_reading(period=None, phase=Phase.OVER), words, published=NOON + timedelta(days=days))
        assert bool(grounds(undated, fair)) is joins


def test_every_ground_says_in_dutch_what_it_is() -> None:
    assert all(ground.label for ground in Ground)


def test_who_tells_where_in_an_area_it_is_does_not_fill_the_area() -> None:
    centre = Place("binnenstad", "wijk", "Groningen", 53.2170, 6.5680)
    hospital = Place("UMCG", "gebouw", "Groningen", 53.2210, 6.5740)
    assert Ground.PLACE in grounds(at_place(centre), at_place(hospital))
    assert grounds(at_place(VISMARKT, centre), at_place(hospital)) == ()


def test_what_is_put_off_without_a_new_day_is_not_the_next_match_in_the_same_stadium() -> None:
    match = {"category": Category.FOOTBALL, "places": (EUROBORG,)}
    words = "wedstrijd kaarten seizoenkaart noordtribune"
    off = report(a_reading(**match), f"{words} uitgesteld, de bond zoekt een nieuwe datum")
    assert grounds(off, report(a_reading(**match | {"period": a_period(at(4, 20, month=12))}), words)) == ()


def test_the_roads_that_close_hours_before_a_match_are_of_that_match() -> None:
    close, kick_off = a_period(at(27, 15)), a_period(at(27, 20))
    roads = {"category": Category.FOOTBALL, "places": (EUROBORG,), "period": close}
    assert Ground.DAY in grounds(report(a_reading(**roads)), report(a_reading(**roads | {"period": kick_off})))
    assert grounds(report(a_reading(period=close)), report(a_reading(period=kick_off))) == ()


def test_a_procession_moved_to_a_day_is_not_the_run_of_that_morning_elsewhere() -> None:
    moved = report(a_reading(period=a_period(at(29, 18))), "lampionoptocht verschoven kinderen een dag later")
    run = report(a_reading(period=a_period(at(29, 10)), places=(STADSPARK,)), "hardlopen parcours kinderen kilometer")
    assert grounds(moved, run) == ()
