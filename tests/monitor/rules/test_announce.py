"""What is told: what, when, where, which level and why, what is unknown, what to check; and when nothing is."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from alerts import Topic, Urgency
from classifiers import Evidence, Level, Precision, Reader
from monitor.config import Notice
from monitor.domain import Event, EventState, Fact, FactKind
from monitor.rules.announce import Told, announce_house, level_words, notification_line, size_words
from tests.build import NOON, an_event, at
from tests.monitor.rules.announcing import announced


def a_fact(kind: FactKind, data: dict[str, str | int | None] | None = None, *, public: bool = True) -> Fact:
    """Something that the machine decided at noon."""
    return Fact(id=5, kind=kind, event=1, at=NOON, by="machine", public=public, data=data or {})


@pytest.fixture
def told(reader: Reader) -> Told:
    """What a message may use."""
    return Told({i.code: i for i in reader.indicators}, "https://torenwacht.example", NOON, ("Krant", "Omroep"))


def a_march(**values: object) -> Event:
    """A march of level B."""
    evidence = (Evidence("grote_opkomst", "1.500 deelnemers"), Evidence("verplaatsing", "een mars"))
    known: dict[str, object] = {
        "id": 12, "level": Level.B, "machine_level": Level.B, "evidence": evidence,
        "size_min": 1500, "size_max": 1500, "sources": 2,
    }  # fmt: skip
    return an_event(**known | values)


def test_a_new_event_is_told_in_full(told: Told) -> None:
    message = announced(a_fact(FactKind.EVENT_OPENED), a_march(), told)
    assert message is not None
    assert (message.key, message.topic, message.urgency, message.confidential) == (
        "feit-5",
        Topic.LEVEL,
        Urgency.NORMAL,
        False,
    )
    assert message.title == "[B – aandacht] Demonstratie, Grote Markt, za 28 nov"
    assert message.lines[:3] == (
        "Wat is nieuw: nieuw gesignaleerd",
        "Wanneer: za 28 nov 14.00–16.00 uur (over 6 dagen)",
        "Waar: Grote Markt",
    )
    assert "Kennisgeving: controleer intern; kan nog gemeld worden tot do 26 nov 00.00 uur" in message.lines
    assert "Omvang: 1.500" in message.lines
    assert "Bronnen: 2 (Krant, Omroep)" in message.lines
    assert message.link == "https://torenwacht.example/gebeurtenissen/12"
    assert message.footer == "Doelgroep: openbare orde · intern · vervalt di 1 dec"


def test_copies_and_feeds_of_one_publisher_are_named_and_not_counted(told: Told) -> None:
    message = announced(a_fact(FactKind.EVENT_OPENED), a_march(sources=1), told)
    assert message is not None
    assert "Onafhankelijke bronnen: 1 (Krant, Omroep)" in message.lines


def test_no_line_repeats_what_the_sources_wrote(told: Told) -> None:
    """No alert ever quotes an item (docs/house.md, What is told)."""
    message = announced(a_fact(FactKind.EVENT_OPENED), a_march(), told)
    assert message is not None
    assert "1.500 deelnemers" not in " ".join(message.lines)
    assert "een mars" not in " ".join(message.lines)


@pytest.mark.parametrize(
    ("event", "words"),
    [
        (a_march(), "B – aandacht"),
        (a_march(level=Level.C), "C – signaal, nog niet beoordeeld"),
        (a_march(level=Level.C, reviewed=True), "C – risicovol"),
    ],
)
def test_a_c_is_no_assessment_before_a_person_confirms_it(event: Event, words: str) -> None:
    """R24."""
    assert level_words(event) == words


@pytest.mark.parametrize(
    ("event", "urgency"),
    [
        (a_march(level=Level.A, machine_level=Level.A), Urgency.LOW),
        (a_march(), Urgency.NORMAL),
        (a_march(level=Level.C), Urgency.HIGH),
    ],
)
def test_the_level_says_how_urgent_a_new_event_is(event: Event, urgency: Urgency, told: Told) -> None:
    message = announced(a_fact(FactKind.EVENT_OPENED), event, told)
    assert message is not None
    assert message.urgency is urgency


@pytest.mark.parametrize(
    ("fact", "event"),
    [
        (a_fact(FactKind.CONFIRMED), a_march(level=Level.A)),
        (a_fact(FactKind.EVENT_OPENED), a_march(starts=at(10), ends=at(11))),
        (a_fact(FactKind.EVENT_OPENED), a_march(starts=at(31, month=1, year=2027), ends=None)),
        (a_fact(FactKind.PURGED), a_march()),
    ],
    ids=["calm and confirmed", "long over", "far ahead", "the house's own"],
)
def test_what_is_not_worth_an_interruption_waits_for_the_briefing(fact: Fact, event: Event, told: Told) -> None:
    assert announced(fact, event, told) is None


def test_a_c_far_ahead_is_told_all_the_same(told: Told) -> None:
    far = a_march(level=Level.C, starts=at(31, month=1, year=2027), ends=None)
    assert announced(a_fact(FactKind.EVENT_OPENED), far, told) is not None


@pytest.mark.parametrize(
    ("fact", "news"),
    [
        (a_fact(FactKind.NOTICE_DUE), "begint binnenkort, en er is geen kennisgeving bekend"),
        (a_fact(FactKind.LEVEL_CHANGED, {"from": "A", "to": "B"}), "niveau van A naar B"),
        (a_fact(FactKind.MOVED, {"was": "vr 27 nov 14.00 uur"}), "verplaatst; was vr 27 nov 14.00 uur"),
        (a_fact(FactKind.CONFIRMED), "een tweede bron meldt dit ook"),
        (a_fact(FactKind.CANCELLED, {"from": "B"}), "afgelast of verboden volgens een bron"),
        (a_fact(FactKind.WITHDRAWN), "ingetrokken: het bericht wordt niet meer gebruikt"),
    ],
)
def test_the_first_line_says_what_is_new(fact: Fact, news: str, told: Told) -> None:
    asked = replace(told, now=at(27)) if fact.kind is FactKind.NOTICE_DUE else told
    message = announced(fact, a_march(), asked)
    assert message is not None
    assert message.lines[0] == f"Wat is nieuw: {news}"


def test_a_cancelled_event_says_so_in_its_title(told: Told) -> None:
    message = announced(a_fact(FactKind.CANCELLED), a_march(state=EventState.CANCELLED), told)
    assert message is not None
    assert message.title.startswith("[B – aandacht · AFGELAST]")


def test_a_fact_of_the_compartment_makes_a_confidential_message(told: Told) -> None:
    message = announced(a_fact(FactKind.EVENT_OPENED, public=False), a_march(public=False), told)
    assert message is not None
    assert message.confidential
    assert "Bron: handmatig signaal" in message.lines
    assert "vertrouwelijk" in message.footer


def test_one_message_tells_all_that_one_act_changed(told: Told) -> None:
    fact = a_fact(FactKind.MOVED, {"was": "vr 27 nov", "sees": "C", "from": "B", "to": "B"})
    message = announced(fact, a_march(), replace(told, also=(FactKind.REVIEW_ASKED, FactKind.CONFIRMED)))
    assert message is not None
    assert message.lines[0] == (
        "Wat is nieuw: verplaatst; was vr 27 nov · de machine ziet nu C, het niveau is B. Klopt dat nog? · "
        "een tweede bron meldt dit ook"
    )
    assert message.urgency is Urgency.HIGH


@pytest.mark.parametrize("kind", [FactKind.MOVED, FactKind.CANCELLED, FactKind.RESUMED])
def test_who_heard_of_an_event_hears_what_becomes_of_it_however_far(kind: FactKind, told: Told) -> None:
    far = a_march(starts=at(31, month=1, year=2027), ends=None)
    assert announced(a_fact(kind, {"was": "za 28 nov", "from": "B"}), far, told) is not None


def test_what_no_report_tells_is_named(told: Told) -> None:
    event = a_march(starts=None, ends=None, precision=None, place="", size_min=None, size_max=None)
    message = announced(a_fact(FactKind.EVENT_OPENED), event, told)
    assert message is not None
    assert "Wanneer: dag onbekend" in message.lines
    assert "Nog onbekend: dag, plaats, omvang" in message.lines


def test_the_notification_line_follows_the_term() -> None:
    event = a_march(evidence=(Evidence("geen_kennisgeving", "niet gemeld"),))
    assert (
        notification_line(event, NOON, Notice())
        == "Kennisgeving: niet bekend; kan nog gemeld worden tot do 26 nov 00.00 uur"
    )
    assert "uiterste moment verstreken (do 26 nov 00.00 uur)" in notification_line(
        event, NOON + timedelta(days=5), Notice()
    )
    assert notification_line(event, at(29), Notice()) == ""
    assert notification_line(a_march(state=EventState.CANCELLED), NOON, Notice()) == ""
    whole_day = a_march(starts=at(28), ends=at(29), precision=Precision.DAY)
    assert "kan nog gemeld worden tot do 26 nov 00.00 uur, eerder als" in notification_line(whole_day, NOON, Notice())
    assert notification_line(a_march(precision=Precision.WEEK), NOON, Notice()) == ""


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [(None, None, "niet bekend"), (1500, 1500, "1.500"), (300, 500, "300–500"), (0, 2000, "tot 2.000")],
)
def test_a_number_reads_as_people_write_it(low: int | None, high: int | None, words: str) -> None:
    assert size_words(a_march(size_min=low, size_max=high)) == words


def test_trouble_that_lasts_is_told_with_since_when(told: Told) -> None:
    first: dict[str, str | int | None] = {"since": at(18, 9).isoformat(), "again": 0}
    again = first | {"again": 1}
    old = first | {"since": at(18, month=5, year=2024).isoformat()}
    found = []
    for kind, data in (
        (FactKind.SOURCE_SILENT, first), (FactKind.SOURCE_SILENT, again), (FactKind.SOURCE_FAILING, again),
        (FactKind.SOURCE_RECOVERED, first), (FactKind.SOURCE_SILENT, old),
    ):  # fmt: skip
        message = announce_house(a_fact(kind, data=data), told, name="Krant", advice="Kijk.")
        assert message is not None
        found.append((message.title, message.lines[0]))

    assert found == [
        ("Bron 'Krant' is stil", "Sinds wo 18 nov 09.00 uur."),
        ("Bron 'Krant' is nog steeds stil", "Sinds wo 18 nov 09.00 uur."),
        ("Bron 'Krant' geeft nog steeds geen bruikbaar antwoord", "Sinds wo 18 nov 09.00 uur."),
        ("Bron 'Krant' werkt weer", "De bron zag niets sinds wo 18 nov 09.00 uur."),
        ("Bron 'Krant' is stil", "Sinds 18-05-2024."),
    ]


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        ("paywalled", "geen bruikbaar antwoord: achter een betaalmuur"),
        ("selector_missing", "geen bruikbaar antwoord: opbouw veranderd"),
        ("failing", "geen bruikbaar antwoord"),
    ],
)
def test_trouble_is_called_by_the_word_of_the_page_of_sources(outcome: str, words: str, told: Told) -> None:
    message = announce_house(a_fact(FactKind.SOURCE_FAILING, data={"outcome": outcome}), told, name="Krant")

    assert message is not None
    assert message.title == f"Bron 'Krant' geeft {words}"


@pytest.mark.parametrize(
    ("kind", "title"),
    [
        (FactKind.SOURCE_FAILING, "Bron 'Krant' geeft geen bruikbaar antwoord"),
        (FactKind.SOURCE_RECOVERED, "Bron 'Krant' werkt weer"),
        (FactKind.COLLECTION_STOPPED, "Alle verzameling is gestopt"),
        (FactKind.PURGE_LATE, "Het opschonen van oude gegevens is te laat"),
        (FactKind.PURGED, "Het opschonen van oude gegevens loopt weer"),
        (FactKind.BUNDLED, None),
    ],
)
def test_the_house_tells_what_an_operator_can_act_on(kind: FactKind, title: str | None, told: Told) -> None:
    message = announce_house(a_fact(kind), told, name="Krant", advice="Controleer het adres.")
    assert (message.title if message else None) == title


def test_a_message_tells_the_term_of_the_municipality(told: Told) -> None:
    asked = replace(told, notice=Notice(before=(4, time(12))))

    message = announced(a_fact(FactKind.EVENT_OPENED), a_march(), asked)

    assert message is not None
    assert "Kennisgeving: controleer intern; kan nog gemeld worden tot vr 27 nov 12.00 uur" in message.lines
