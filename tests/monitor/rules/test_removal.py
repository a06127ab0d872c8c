"""Which entries a source took back, by what it lists now (R40)."""

from collections.abc import Sequence
from datetime import timedelta

from monitor.domain import Item, RawItem
from monitor.rules.normalise import entry_of
from monitor.rules.removal import vanished
from tests.build import NOON, a_raw, an_item

HOUR = timedelta(hours=1)
HOME = "//krant.example/lijst"


def entry(number: int, *, hours: float, url: str = "") -> RawItem:
    """An entry so many hours old, with a page of its own unless `url` says otherwise."""
    page = url or f"https://krant.example/{number}"
    return a_raw(f"Bericht {number}", key=str(number), url=page, published=NOON - hours * HOUR)


def kept(*raws: RawItem) -> list[Item]:
    return [
        an_item(id=n, entry=entry_of(raw), url=raw.url, published=raw.published, taken_in=NOON)
        for n, raw in enumerate(raws, start=1)
    ]


def gone(known: Sequence[RawItem], listed: Sequence[RawItem]) -> list[str]:
    """The keys of what was taken back."""
    names = {entry_of(raw): raw.key for raw in known}
    return sorted(names[one] for one in vanished(kept(*known), listed, NOON, agenda=False, home=HOME))


def test_what_the_list_should_still_show_was_taken_back_and_what_fell_off_was_not() -> None:
    known = [entry(n, hours=n) for n in range(1, 7)]

    assert gone(known, [known[0], known[2], known[3]]) == ["2"]


def test_an_old_footer_does_not_make_the_list_reach_back_to_it() -> None:
    known = [entry(n, hours=n) for n in range(1, 7)]
    footer = entry(99, hours=20_000)

    assert gone(known, [known[0], known[1], known[2], footer]) == []


def test_the_address_of_a_list_shows_no_entry() -> None:
    known = [entry(n, hours=n, url=f"https:{HOME}") for n in range(1, 4)]

    assert gone(known, [known[2]]) == ["1", "2"]


def test_an_entry_whose_page_is_listed_under_another_id_is_still_there() -> None:
    known = [entry(n, hours=n) for n in range(1, 4)]
    renamed = a_raw("Bericht 2", key="nieuw-2", url="https://krant.example/2", published=NOON - 2 * HOUR)

    assert gone(known, [known[0], renamed, known[2]]) == []
