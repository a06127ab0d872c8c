"""Events and facts of a week -> what the briefing says."""

from datetime import date, timedelta
from typing import Any

import pytest

from classifiers import Category, Level, Precision
from monitor.domain import Digest, Event, Fact, FactKind
from monitor.rules.digest import agenda, digest, sentence, week_label
from tests.build import NOON, an_event, at


def a_digest(coming: list[Event], **values: Any) -> Digest:
    """The open edition made on Sunday noon."""
    known: dict[str, Any] = {
        "organisation": "Gemeente Groningen", "week": (at(9), at(16)), "now": NOON, "confidential": False,
        "coming": coming, "undated": [], "past": [], "facts": [], "sources": {}, "states": {}, "counts": {},
    }  # fmt: skip
    return digest(**known | values)


@pytest.mark.parametrize(
    ("event", "days"),
    [
        (an_event(), [28]),
        (an_event(starts=at(28, 22), ends=at(29, 2)), [28]),
        (an_event(starts=at(28), ends=at(30), precision=Precision.WEEKEND), [28, 29]),
        (an_event(starts=at(28), ends=at(29), precision=Precision.DAY), [28]),
        (an_event(starts=at(23), ends=at(30), precision=Precision.WEEK), [23]),
        (an_event(starts=None, ends=None), []),
    ],
    ids=["hours", "a night", "a weekend", "a day", "a week", "undated"],
)
def test_an_event_stands_on_its_days(event: Event, days: list[int]) -> None:
    found = agenda([event], date(2026, 11, 22), 14)
    assert [day.date.day for day in found if day.events] == days


def test_the_agenda_has_a_line_for_every_day_in_order() -> None:
    late, early = an_event(starts=at(28, 20)), an_event(starts=at(28, 10))
    days = agenda([late, early], date(2026, 11, 22), 14)
    assert len(days) == 14
    assert days[6].events == (early, late)


def test_police_events_are_counted_and_not_shown_in_the_open_edition() -> None:
    secret, plain = an_event(public=False, level=Level.C), an_event()
    shown = a_digest([secret, plain])
    assert (shown.police_signals, shown.counts[Level.C], shown.by_category[Category.DEMONSTRATION]) == (1, 0, (plain,))
    closed = a_digest([secret, plain], confidential=True)
    assert (closed.police_signals, closed.counts[Level.C]) == (1, 1)


def test_changes_of_events_that_may_not_be_shown_are_not_told() -> None:
    secret = an_event(public=False)
    fact = Fact(kind=FactKind.CANCELLED, event=secret.id, at=NOON, by="machine", data={})
    assert a_digest([secret], facts=[fact]).changes == ()
    assert len(a_digest([secret], facts=[fact], confidential=True).changes) == 1


def test_in_short_says_how_many_which_first_and_what_changed() -> None:
    found = a_digest([an_event(level=Level.B), an_event(starts=at(29, 14), ends=at(29, 16))])
    assert found.in_short == (
        "De komende 14 dagen: 2 gebeurtenissen (0 × C, 1 × B, 1 × A).",
        "Eerste aandacht: Demonstratie, Grote Markt, za 28 nov (niveau B).",
        "In de afgelopen week 0 wijzigingen; alle bronnen werken.",
    )
    assert a_digest([]).in_short[0] == "In de komende 14 dagen zijn geen gebeurtenissen bekend."


def test_seen_is_told_as_kept_and_dropped() -> None:
    found = a_digest([], counts={"items_kept": 7, "items_dropped:te_oud": 2, "items_dropped:niet_relevant": 3})
    assert (found.items_kept, found.items_dropped) == (7, 5)


@pytest.mark.parametrize("kind", list(FactKind))
def test_every_fact_has_a_sentence_or_none(kind: FactKind) -> None:
    assert "{" not in sentence(Fact(kind=kind, at=NOON, by="machine", data={}))


def test_a_week_has_its_iso_number() -> None:
    assert week_label(at(23)) == "48 (2026)"
    assert week_label(at(1, month=1, year=2027)) == "53 (2026)"
    assert week_label(at(28, month=12) + timedelta(hours=1)) == "53 (2026)"
