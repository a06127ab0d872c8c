"""What says that a happening moved, and what tells its new day."""

import pytest

from monitor.domain import Item
from monitor.rules.moving import says_it_moves, tells_the_new_day
from monitor.rules.picture import picture_of
from tests.build import a_reading, an_item


def moved(words: str) -> Item:
    """A report that is read as moved or cancelled."""
    return an_item(title=words, extract="", reading=a_reading(codes=["afgelast_verboden"]))


@pytest.mark.parametrize(
    "words",
    [
        "De optocht is een dag verschoven, naar zondag",
        "De markt is verplaatst naar 12 december",
        "De mars is niet zaterdag maar zondag",
        "Het duel wordt ingehaald op 3 maart",
        "Uitgesteld: een week later alsnog",
    ],
)
def test_who_tells_the_new_day_tells_of_an_event_that_goes_on(words: str) -> None:
    assert says_it_moves(moved(words))
    assert tells_the_new_day(moved(words))
    assert picture_of([moved(words)]).moved


@pytest.mark.parametrize(
    "words",
    [
        "De optocht van zaterdag is uitgesteld, een nieuwe datum volgt",
        "Verplaatst naar een later moment: nog geen nieuwe datum",
        "Uitgesteld voor onbepaalde tijd",
        "De optocht is afgelast",
    ],
)
def test_who_tells_no_new_day_tells_of_an_event_that_is_off(words: str) -> None:
    assert not tells_the_new_day(moved(words))
    assert not picture_of([moved(words)]).moved


@pytest.mark.parametrize("words", ["De wijkagent en een jongerenwerker schuiven aan", "Bewoners in verzet tegen kap"])
def test_words_that_only_look_like_it_move_nothing(words: str) -> None:
    assert not says_it_moves(moved(words))
