"""The names under which the judge weighs what the rules see."""

from datetime import UTC, datetime

import pytest

from classifiers.observer import Observer
from classifiers.vocabulary import Voice

_OBSERVER = Observer()


def _days_named(published: datetime, text: str) -> set[str]:
    clues = _OBSERVER.clues("Drukte in de wijk", text, published=published, voice=Voice.SOCIAL)
    return {name for name, _ in clues.names() if name.startswith(("published on", "takes place on "))}


def test_the_day_of_the_year_counts_as_it_is_in_amsterdam() -> None:
    an_hour_after_midnight_here = datetime(2026, 1, 6, 23, 30, tzinfo=UTC)

    named = _days_named(an_hour_after_midnight_here, "Op 10 februari staat hier een podium.")

    assert named == set()


def test_the_day_of_publication_and_the_day_of_the_event_are_named_apart() -> None:
    assert _days_named(datetime(2025, 4, 20, 12, tzinfo=UTC), "Zaterdag 26 april staat hier een podium.") == {
        "takes place on koningsdag"
    }
    assert _days_named(datetime(2025, 4, 26, 12, tzinfo=UTC), "Op 10 mei staat hier een podium.") == {
        "published on koningsdag"
    }


@pytest.mark.parametrize(
    ("when", "begins"),
    [
        ("Zaterdag van 10.00 tot 16.00 uur", "begins by day"),
        ("Zaterdag van 19.00 tot 22.00 uur", "begins in the evening"),
        ("Zaterdag van 20.00 tot 01.00 uur", "begins in the evening, late end"),
        ("Zaterdag om 23.00 uur", "begins at night"),
        ("Zaterdag", "begins at an hour untold"),
    ],
)
def test_the_hours_of_an_event_are_named_by_part_of_the_day(when: str, begins: str) -> None:
    published = datetime(2026, 5, 12, 9, tzinfo=UTC)

    clues = _OBSERVER.clues("Nachtmarkt", f"{when} is er een nachtmarkt.", published=published, voice=Voice.AGENDA)

    assert begins in {name for name, _ in clues.names()}


def test_what_a_bare_title_leaves_untold_says_nothing() -> None:
    published = datetime(2026, 5, 12, 9, tzinfo=UTC)
    further = "De straat was afgezet en er stonden dranghekken. Later op de avond ging iedereen weer naar huis. " * 2

    titled, told = (
        {name for name, _ in _OBSERVER.clues("Betoging", text, published=published, voice=Voice.NEWS).names()}
        for text in ("", further)
    )

    untold = {"size untold", "begins at a time untold"}
    assert titled & untold == set()
    assert told & untold == untold
