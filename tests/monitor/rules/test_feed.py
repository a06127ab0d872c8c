"""What a program gets of an event: plain Dutch, of its audience, and never of the compartment."""

from datetime import timedelta

from classifiers import Category, Evidence, Level
from monitor.domain import Audience, EventState, Fact, FactKind, Role, audiences_of
from monitor.rules.classify import CANCELLED
from monitor.rules.feed import Wanted
from tests.build import NOON, an_event, at
from tests.monitor.feeds import a_feed

MOVED = Fact(
    id=1, kind=FactKind.MOVED, event=12, at=at(22, 9), by="machine", data={"was": "Vismarkt, za 28 nov 13.00 uur"}
)


def test_an_event_is_told_in_plain_dutch_with_what_changed_and_how_it_may_be_handled() -> None:
    event = an_event(
        id=12, level=Level.B, machine_level=Level.B, evidence=(Evidence("blokkade", "de ring"),), ends=None
    )

    [entry] = a_feed(event, facts=[MOVED]).entries

    assert entry.headline == "[B – aandacht] Demonstratie, Grote Markt"
    assert entry.lines == (
        "Niveau: B – aandacht",
        "Waarom B: Blokkade",
        "Wanneer: za 28 nov 14.00 uur",
        "Gemeld door 1 bron",
        "Kennisgeving: controleer intern; kan nog gemeld worden tot do 26 nov 00.00 uur",
        "Nog niet bekend: omvang, eindtijd",
        "zo 22 nov 09.00 uur: verplaatst; was Vismarkt, za 28 nov 13.00 uur",
        "Doelgroep: openbare orde · intern · vervalt di 1 dec",
        "https://torenwacht.example/gebeurtenissen/12",
    )
    assert (entry.updated, entry.confirmed) == (NOON, False)


def test_a_c_that_nobody_reviewed_is_called_a_signal() -> None:
    [signal] = a_feed(an_event(level=Level.C)).entries
    [judged] = a_feed(an_event(level=Level.C, reviewed=True)).entries

    assert signal.headline == "[C – signaal, nog niet beoordeeld] Demonstratie, Grote Markt"
    assert judged.headline == "[C – risicovol] Demonstratie, Grote Markt"
    assert judged.lines[0] == "Niveau: C – risicovol, beoordeeld door een adviseur"


def test_two_sources_a_notification_or_a_permit_confirm_an_event() -> None:
    events = [an_event(sources=1), an_event(sources=2), an_event(notification="K-1"), an_event(permit="V-1")]

    assert [entry.confirmed for entry in a_feed(*events).entries] == [False, True, True, True]


def test_a_cancelled_event_says_so_also_after_it_was_closed() -> None:
    off = an_event(state=EventState.CANCELLED)
    closed = an_event(state=EventState.CLOSED, evidence=(Evidence(CANCELLED, "gaat niet door"),))
    took_place = an_event(state=EventState.CLOSED)

    entries = a_feed(off, closed, took_place).entries

    assert [entry.cancelled for entry in entries] == [True, True, False]
    assert entries[0].headline == "[Afgelast · A – regulier] Demonstratie, Grote Markt"


def test_what_was_taken_back_says_that_and_no_more() -> None:
    event = an_event(id=12, state=EventState.WITHDRAWN, evidence=(Evidence("blokkade", ""),))
    taken = Fact(id=2, kind=FactKind.WITHDRAWN, event=12, at=NOON, by="anna")

    feed = a_feed(event, facts=[taken])

    assert feed.standing == ()
    assert [entry.headline for entry in feed.entries] == ["[Ingetrokken] Demonstratie, Grote Markt"]
    assert feed.entries[0].lines[:2] == (
        "Ingetrokken: deze melding geldt niet meer.",
        "zo 22 nov 12.00 uur: ingetrokken door een adviseur",
    )


def test_nothing_of_the_compartment_is_told() -> None:
    """R31: not the event, and of an open one not what only the compartment may know."""
    secret = an_event(public=False, title="Onrust, kanariekooi, za 28 nov")
    signal = Fact(id=3, kind=FactKind.SIGNAL_ADDED, event=12, at=NOON + timedelta(hours=1), by="lies", public=False)

    feed = a_feed(secret, an_event(id=12), facts=[signal])

    assert [entry.event.id for entry in feed.entries] == [12]
    assert "signaal" not in " ".join(feed.entries[0].lines)
    assert feed.updated == NOON


def test_an_audience_hears_of_its_own_kinds_and_a_subscriber_may_ask_for_less() -> None:
    march, match = an_event(level=Level.B), an_event(category=Category.FOOTBALL)
    night = an_event(category=Category.NEW_YEAR)

    def told(audience: Audience, wanted: Wanted | None = None) -> list[int | None]:
        return [e.event.id for e in a_feed(march, match, night, audience=audience, wanted=wanted or Wanted()).entries]

    assert told(Audience.PUBLIC_ORDER) == [march.id, match.id, night.id]
    assert (told(Audience.NEW_YEAR), told(Audience.FOOTBALL)) == ([night.id], [match.id])
    assert told(Audience.PUBLIC_ORDER, Wanted(levels=frozenset({Level.B}))) == [march.id]
    assert told(Audience.NEW_YEAR, Wanted(categories=frozenset({Category.DEMONSTRATION}))) == []


def test_the_project_team_may_follow_new_year_only_and_who_reads_no_events_nothing() -> None:
    may = {role: audiences_of(role) for role in (*Role, None)}

    reads_all = (Role.ADVISOR, Role.LIAISON, Role.EDITOR)
    assert may == {
        role: tuple(Audience) if role in reads_all else (Audience.NEW_YEAR,) if role is Role.PROJECT else ()
        for role in may
    }


def test_a_feed_is_as_new_as_its_newest_change() -> None:
    later = NOON + timedelta(hours=3)

    assert a_feed().updated == NOON
    assert a_feed(an_event(changed_at=later), an_event(changed_at=NOON)).updated == later


def test_what_ended_before_today_is_no_longer_to_come() -> None:
    ended, today = an_event(starts=at(21, 20), ends=at(22)), an_event(starts=at(21, 20), ends=at(22, 1))
    loose = an_event(starts=None, ends=None, precision=None)

    feed = a_feed(ended, today, loose)

    assert [entry.event.id for entry in feed.coming] == [today.id, loose.id]
    assert len(feed.standing) == 3
