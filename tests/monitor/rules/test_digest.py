"""Events and facts of a week -> what the briefing says."""

from datetime import date, timedelta
from typing import Any

import pytest

from classifiers import Category, Level, Precision
from monitor.config import Notice
from monitor.domain import MACHINE, Digest, Event, EventState, Fact, FactKind, Outcome
from monitor.rules.announce import ELSEWHERE
from monitor.rules.digest import agenda, digest, sentence, week_label
from tests.build import NOON, an_event, at
from tests.monitor.rules.test_health import a_source, a_state


def a_digest(coming: list[Event], **values: Any) -> Digest:
    """The open edition made on Sunday noon."""
    known: dict[str, Any] = {
        "organisation": "Gemeente Groningen", "past_days": (at(15), at(22)), "now": NOON, "notice": Notice(),
        "confidential": False, "stopped": False, "told_of": [],
        "coming": coming, "undated": [], "past": [], "facts": [], "sources": {}, "states": {},
            "approvals": {}, "counts": {},
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


def test_the_load_of_the_open_edition_leaves_confidential_and_cancelled_events_out() -> None:
    secret = an_event(public=False, size_min=100, size_max=100)
    off = an_event(state=EventState.CANCELLED, size_min=20, size_max=20)
    coming = [secret, off, an_event(size_min=3, size_max=3)]

    [load] = a_digest(coming).loads
    [closed] = a_digest(coming, confidential=True).loads

    assert (load.day, load.events, load.most) == (date(2026, 11, 28), 1, 3)
    assert (closed.events, closed.most) == (2, 103)


def test_changes_of_events_that_may_not_be_shown_are_not_told() -> None:
    secret = an_event(public=False)
    fact = Fact(kind=FactKind.CANCELLED, event=secret.id, at=NOON, by="machine", data={})
    assert a_digest([secret], facts=[fact], told_of=[secret]).changes == ()
    assert len(a_digest([secret], facts=[fact], told_of=[secret], confidential=True).changes) == 1


def test_in_short_says_how_many_which_first_and_what_changed() -> None:
    found = a_digest([an_event(level=Level.B), an_event(starts=at(29, 14), ends=at(29, 16))])
    assert found.in_short == (
        "De komende 14 dagen: 2 gebeurtenissen (0 × C, 1 × B, 1 × A).",
        "Eerste aandacht: Demonstratie, Grote Markt, za 28 nov (B – aandacht).",
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


def test_an_unreviewed_c_is_called_a_signal_here_too() -> None:
    """R24."""
    assert "(C – signaal, nog niet beoordeeld)" in a_digest([an_event(level=Level.C)]).in_short[1]


def test_a_blind_spot_has_a_name_a_day_and_what_to_do() -> None:
    """A source that was never started is none, nor is one that missed once."""
    silent = a_state(source="krant", news_at=at(18, 9))
    hiccup = a_state(source="club", outcome=Outcome.FAILING, strain=0.5, advice="De server heeft een storing.")
    known = [a_source(), a_source(id="club", name="Club"), a_source(id="uit", name="Uit", enabled=False)]

    found = a_digest([], sources={s.id: s for s in known}, states={s.source: s for s in (silent, hiccup)})

    assert [(line.name, line.state, line.blind, line.since) for line in found.sources] == [
        ("Krant", "stil", True, at(18, 9)),
        ("Club", "laatste keer niet gelukt", False, at(20)),
        ("Uit", "wacht op goedkeuring", False, None),
    ]
    assert found.sources[0].advice.endswith("Controleer of de pagina nog bestaat.")
    assert found.in_short[-1].endswith("1 bron is een blinde vlek.")


def test_a_stopped_collection_is_no_working_one() -> None:
    """R47."""
    assert a_digest([], stopped=True).in_short[-1].endswith("alle verzameling is gestopt.")


@pytest.mark.parametrize(
    ("by", "data", "told"),
    [
        ("adviseur", {}, "ingetrokken door een adviseur"),
        ("adviseur", {"why": ELSEWHERE}, "ingetrokken: het bericht hoort bij een andere gebeurtenis"),
        (MACHINE.name, {}, "ingetrokken: het bericht wordt niet meer gebruikt"),
    ],
    ids=["a person took it back", "its report went to another", "its report is gone"],
)
def test_what_became_of_an_event_that_is_gone_is_told(by: str, data: dict[str, str | int | None], told: str) -> None:
    gone = an_event(state=EventState.WITHDRAWN)
    fact = Fact(kind=FactKind.WITHDRAWN, event=gone.id, at=NOON, by=by, data=data)
    [change] = a_digest([], facts=[fact], told_of=[gone]).changes
    assert change.sentence.endswith(told)


def test_what_began_before_today_and_still_goes_on_stands_on_today() -> None:
    fair = an_event(starts=at(13), ends=at(30), precision=Precision.DAY)
    assert [day.date.day for day in agenda([fair], date(2026, 11, 22), 14) if day.events] == [22]
