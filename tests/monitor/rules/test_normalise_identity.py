"""Which versions are of one entry: those with one id or one address, whatever the title says."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from monitor.domain import RawItem
from monitor.rules.normalise import entry_of, page_of
from tests.build import a_raw

ADDRESS = "https://krant.example/nieuws/mars?id=7"


def by_address(url: str, title: str = "Mars over de Grote Markt", text: str = "Zaterdag.") -> RawItem:
    """An entry without an id of its own."""
    return a_raw(title, text, key="", url=url)


def test_a_changed_title_under_one_id_or_address_is_the_same_entry() -> None:
    assert entry_of(a_raw("Mars", key="7")) == entry_of(a_raw("Mars gaat niet door", "Afgelast.", key="7"))
    assert entry_of(by_address(ADDRESS)) == entry_of(by_address(ADDRESS, "Mars gaat niet door", "Afgelast."))


def test_the_same_words_under_another_id_or_address_or_of_another_source_are_another_entry() -> None:
    assert entry_of(a_raw("Mars", key="7")) != entry_of(a_raw("Mars", key="8"))
    assert entry_of(by_address(ADDRESS)) != entry_of(by_address("https://krant.example/nieuws/mars?id=8"))
    assert entry_of(a_raw("Mars", key="7")) != entry_of(a_raw("Mars", key="7", source="omroep"))


@pytest.mark.parametrize(
    "other",
    [
        "http://krant.example/nieuws/mars?id=7",
        "https://www.krant.example/nieuws/mars/?id=7",
        "HTTPS://KRANT.example/nieuws/mars?id=7&utm_source=rss&utm_medium=feed",
        "https://krant.example/nieuws/mars?fbclid=abc&id=7",
        "https://krant.example/nieuws/mars?id=7#xtor=RSS-1",
        "https://krant.example/nieuws/mars?id=7#:~:text=mars",
    ],
)
def test_another_road_to_the_page_is_no_other_entry(other: str) -> None:
    assert entry_of(by_address(other)) == entry_of(by_address(ADDRESS))
    # Many feeds give an address as id, and it changes with the site.
    assert entry_of(a_raw("Mars", key=other)) == entry_of(a_raw("Mars", key=ADDRESS, url="https://x.example/"))


@pytest.mark.parametrize(
    "other", ["https://krant.example/nieuws/mars?id=7#bericht-2", "https://krant.example/Nieuws/mars?id=7"]
)
def test_another_page_or_place_on_it_is_another_entry(other: str) -> None:
    assert entry_of(by_address(other)) != entry_of(by_address(ADDRESS))


def test_an_entry_without_id_and_address_is_known_by_its_words() -> None:
    assert entry_of(by_address("", "Mars")) == entry_of(by_address("javascript:x", "Mars"))
    assert entry_of(by_address("", "Mars")) != entry_of(by_address("", "Mars gaat niet door"))


@given(st.text())
@example(" #")
@example("a\u2003/?b #")
def test_any_address_points_somewhere_or_nowhere_and_the_page_points_at_itself(url: str) -> None:
    page = page_of(f"https://krant.example/{url}")
    assert page == "" or page_of(f"https:{page}") == page
