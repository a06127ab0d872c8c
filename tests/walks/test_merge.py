"""What is known of an event goes along with a merge, a split and a lift, and never out of the compartment."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import pytest

from alerts import Message
from classifiers import Category, Reader
from monitor.app import App
from monitor.commands.serve import acts_of
from monitor.domain import Actor, Event, RawItem, Role
from monitor.rules.sought import sought_of
from monitor.store import events, items
from monitor.web import create_web
from monitor.work.decisions import link_notification, merge_events, part_events, split_event
from monitor.work.ingest import take_in
from monitor.work.rights import Request
from monitor.work.signals import add_signal
from monitor.work.withhold import lift, restrict
from tests.build import a_raw, at
from tests.fakes import Board, Boards, FixedClock, a_house, house_settings
from tests.monitor.web.desk import seat
from tests.walks.test_b_manual_signal import LIAISON, SIGNAL

ADVISOR = Actor("adviseur", Role.ADVISOR)
WHY = "Besproken met de organisatie."
TEXT = "Zaterdag 28 november om 14.00 uur vertrekt een protestmars vanaf de Grote Markt in Groningen."
MARCH = a_raw("Protestmars over de Grote Markt", TEXT, key="mars")
MARCH_LATER = replace(MARCH, text=TEXT.replace("14.00", "16.00"))
FAIR = a_raw("Demonstratie op de Vismarkt", TEXT.replace("Grote Markt", "Vismarkt"), key="vismarkt")
FAIR_LATER = replace(FAIR, text=FAIR.text.replace("14.00", "16.00"))
SECRET, OPEN = "Z-GEHEIM", "Z-OPEN"


@dataclass
class House:
    """A house at work, and who looks at it."""

    app: App
    clock: FixedClock
    boards: Boards
    runner: asyncio.Runner

    def take_in(self, raw: RawItem) -> int:
        """The event that it opens."""
        [id] = take_in(self.app, [raw]).events
        return id

    def signal(self) -> int:
        """A confidential event elsewhere, with a number."""
        there = replace(SIGNAL, category=Category.DEMONSTRATION, starts=at(28, 14), ends=at(28, 16), place="Ossenmarkt")
        id = add_signal(self.app, LIAISON, there)
        self.link(id, SECRET)
        return id

    def link(self, id: int, notification: str, permit: str = "") -> None:
        link_notification(self.app, ADVISOR, id, notification=notification, permit=permit)

    def event(self, id: int) -> Event:
        with self.app.store.read() as session:
            return events.get(session, id)

    def numbers(self, id: int) -> tuple[str, str]:
        return self.event(id).notification, self.event(id).permit

    def known(self, id: int) -> tuple[datetime | None, bool]:
        return self.event(id).first_seen, self.event(id).moved

    def page(self, id: int) -> str:
        """As those see it who may know nothing of the compartment."""
        return seat(self.app, create_web(self.app), self.runner, Role.PROJECT).get(f"/gebeurtenissen/{id}").text

    def told(self) -> str:
        """All that the open channel heard."""
        self.runner.run(self.app.queue.drain(acts_of(self.app)))
        return self.boards.open.words

    def heard(self, id: int, board: Board) -> list[tuple[Message, str | None]]:
        """What this board heard of one event, each with its thread."""
        self.told()
        return [(message, thread) for message, thread in board.sent if message.about == str(id)]

    def threads(self, board: Board) -> list[Message]:
        """The first message of each event that this board heard of."""
        self.told()
        return [message for message, thread in board.sent if thread is None]


@pytest.fixture
def house(tmp_path: Path, database_url: str, reader: Reader) -> Iterator[House]:
    boards, clock = Boards(), FixedClock()
    with asyncio.Runner() as runner:
        opened = a_house(house_settings(tmp_path, database_url), reader, clock, boards)
        app = runner.run(opened.__aenter__())
        try:
            yield House(app, clock, boards, runner)
        finally:
            runner.run(opened.__aexit__(None, None, None))


def test_a_number_of_the_compartment_goes_into_no_open_event(house: House) -> None:
    secret, id = house.signal(), house.take_in(MARCH)

    merge_events(house.app, ADVISOR, id, secret, reason=WHY)
    house.take_in(MARCH_LATER)

    assert house.numbers(id) == ("", "")
    assert "verplaatst" in house.told()
    assert [SECRET in words for words in (house.page(id), house.told())] == [False, False]


def test_an_open_number_outlives_a_merge_by_which_an_event_leaves_the_compartment(house: House) -> None:
    secret = house.signal()
    house.clock.forward(hours=2)
    id, seen = house.take_in(MARCH), house.clock()
    house.link(id, "", "V-OPEN")
    house.clock.forward(hours=2)

    merge_events(house.app, ADVISOR, secret, id, reason=WHY)

    assert (house.event(secret).public, house.numbers(secret)) == (True, ("", "V-OPEN"))
    assert house.known(secret) == (seen, False)
    assert SECRET not in house.page(secret)


def test_a_confidential_event_takes_over_what_a_confidential_one_knew(house: House) -> None:
    first = house.signal()
    second = add_signal(house.app, LIAISON, replace(SIGNAL, starts=at(30, 14), ends=at(30, 16), place="Vismarkt"))

    merge_events(house.app, ADVISOR, second, first, reason=WHY)

    assert (house.event(second).public, house.numbers(second)) == (False, (SECRET, ""))
    assert SECRET not in house.told()


def test_a_merge_that_is_taken_back_gives_the_numbers_back(house: House) -> None:
    march, fair = house.take_in(MARCH), house.take_in(FAIR)
    house.link(march, "", "V-1")
    house.link(fair, OPEN, "V-2")

    merge_events(house.app, ADVISOR, march, fair, reason=WHY)
    merged = house.numbers(march)
    part_events(house.app, ADVISOR, fair, reason=WHY)

    assert merged == (OPEN, "V-1")
    assert (house.numbers(march), house.numbers(fair)) == (("", "V-1"), (OPEN, "V-2"))


def test_a_number_that_both_had_stays_with_both(house: House) -> None:
    march, fair = house.take_in(MARCH), house.take_in(FAIR)
    house.link(march, OPEN)
    house.link(fair, OPEN)

    merge_events(house.app, ADVISOR, march, fair, reason=WHY)
    part_events(house.app, ADVISOR, fair, reason=WHY)

    assert (house.numbers(march), house.numbers(fair)) == ((OPEN, ""), (OPEN, ""))


def test_a_merge_knows_as_long_as_the_first_of_both_and_gives_that_back(house: House) -> None:
    fair, early = house.take_in(FAIR), house.clock()
    house.clock.forward(hours=3)
    house.take_in(FAIR_LATER)
    march, late = house.take_in(MARCH), house.clock()
    assert (house.known(fair), house.known(march)) == ((early, True), (late, False))

    merge_events(house.app, ADVISOR, march, fair, reason=WHY)
    merged = house.known(march)
    part_events(house.app, ADVISOR, fair, reason=WHY)

    assert merged == (early, True)
    assert (house.known(march), house.known(fair)) == ((late, False), (early, True))


def test_an_open_event_knows_no_sooner_by_a_merge_with_a_confidential_one(house: House) -> None:
    secret = house.signal()
    house.clock.forward(hours=3)
    id, seen = house.take_in(MARCH), house.clock()

    merge_events(house.app, ADVISOR, id, secret, reason=WHY)

    assert house.known(id) == (seen, False)


def test_what_is_split_off_was_seen_when_its_report_came(house: House) -> None:
    id = house.take_in(MARCH)
    house.clock.forward(hours=1)
    take_in(house.app, [MARCH_LATER])
    came = house.clock()
    with house.app.store.read() as session:
        newest = items.items_of(session, id)[-1]
    house.clock.forward(hours=5)

    new = split_event(house.app, ADVISOR, id, newest.id or 0, reason=WHY)

    assert house.known(new) == (came, False)


def test_a_restriction_that_is_lifted_makes_nothing_new(house: House) -> None:
    id, seen = house.take_in(MARCH), house.clock()
    house.clock.forward(hours=1)
    take_in(house.app, [MARCH_LATER])
    assert house.known(id) == (seen, True)
    request = Request(Actor("p.privacy", Role.PRIVACY), "AVG-2026-014", sought_of(["protestmars"]))

    restrict(house.app, request)
    house.clock.forward(days=1)
    lift(house.app, request)

    assert house.known(id) == (seen, True)


def test_an_event_that_went_into_the_compartment_for_a_restriction_comes_back_as_it_was(house: House) -> None:
    id, seen = house.take_in(MARCH), house.clock()
    signal = replace(SIGNAL, category=Category.DEMONSTRATION, starts=at(28, 14), ends=at(28, 16), place="Grote Markt")
    assert add_signal(house.app, LIAISON, signal) == id
    house.clock.forward(hours=1)
    take_in(house.app, [MARCH_LATER])
    request = Request(Actor("p.privacy", Role.PRIVACY), "AVG-2026-014", sought_of(["protestmars"]))

    restrict(house.app, request)
    between = house.event(id).public
    house.clock.forward(days=1)
    lift(house.app, request)

    assert (between, house.event(id).public) == (False, True)
    assert house.known(id) == (seen, True)


def test_what_waited_when_two_were_merged_is_told_once_when_they_part(house: House) -> None:
    march, fair = house.take_in(MARCH), house.take_in(FAIR)
    merge_events(house.app, ADVISOR, march, fair, reason=WHY)
    merged = house.threads(house.boards.open)

    for _ in range(2):
        part_events(house.app, ADVISOR, fair, reason=WHY)
        parted = house.threads(house.boards.open)
        merge_events(house.app, ADVISOR, march, fair, reason=WHY)
    part_events(house.app, ADVISOR, fair, reason=WHY)

    assert [message.title for message in merged] == ["[A – regulier] Demonstratie, Grote Markt, za 28 nov"]
    assert [message.title for message in parted[1:]] == ["[B – aandacht] Demonstratie, Vismarkt, za 28 nov"]
    assert house.threads(house.boards.open) == parted
    # Both merges were over before anybody heard of them.
    assert "samengevoegd" not in house.told()


def test_what_is_told_late_of_a_parted_event_tells_each_change_that_waited(house: House) -> None:
    march, fair = house.take_in(MARCH), house.take_in(FAIR)
    house.take_in(FAIR_LATER)
    merge_events(house.app, ADVISOR, march, fair, reason=WHY)

    part_events(house.app, ADVISOR, fair, reason=WHY)

    late = house.threads(house.boards.open)[-1]
    assert late.title == "[B – aandacht] Demonstratie, Vismarkt, za 28 nov"
    assert late.lines[0] == "Wat is nieuw: nieuw gesignaleerd · verplaatst; was za 28 nov 14.00 uur"


def test_what_waited_in_the_compartment_is_told_there_only(house: House) -> None:
    first = house.signal()
    second = add_signal(house.app, LIAISON, replace(SIGNAL, starts=at(30, 14), ends=at(30, 16), place="Vismarkt"))
    merge_events(house.app, ADVISOR, second, first, reason=WHY)

    part_events(house.app, ADVISOR, first, reason=WHY)

    assert (house.threads(house.boards.open), len(house.threads(house.boards.closed))) == ([], len((first, second)))


PARTED = "toch een eigen gebeurtenis: een adviseur draaide de samenvoeging terug"


def test_whoever_heard_of_a_merge_hears_that_it_was_taken_back(house: House) -> None:
    march, fair = house.take_in(MARCH), house.take_in(FAIR)
    [_, opening] = house.threads(house.boards.open)

    for _ in range(2):
        house.clock.forward(hours=1)
        merge_events(house.app, ADVISOR, march, fair, reason=WHY)
        house.told()
        part_events(house.app, ADVISOR, fair, reason=WHY)
        house.told()

    for board in (house.boards.open, house.boards.closed):
        [*_, (merged, _), (parted, thread)] = heard = house.heard(fair, board)
        assert (merged.lines[0], thread) == ("Wat is nieuw: samengevoegd met een andere gebeurtenis", opening.key)
        first_seen = next(line for line in merged.lines if line.startswith("Eerst gezien"))
        assert parted == replace(
            opening,
            key=parted.key,
            lines=(f"Wat is nieuw: {PARTED}", *parted.lines[1:]),
            follows=opening.title,
            at=house.clock(),
        )
        assert {*parted.lines[1:]} == {*opening.lines[1:], first_seen}
        assert [message.lines[0] for message, _ in heard[1:]] == [merged.lines[0], parted.lines[0]] * 2


def test_who_never_heard_of_a_merge_hears_nothing_of_its_end(house: House) -> None:
    march, fair = house.take_in(MARCH), house.take_in(FAIR)
    house.told()
    merge_events(house.app, ADVISOR, march, fair, reason=WHY)

    part_events(house.app, ADVISOR, fair, reason=WHY)

    assert (PARTED in house.told(), "samengevoegd" in house.told()) == (False, False)


def test_what_waited_is_news_after_the_merge_that_was_told_before(house: House) -> None:
    march, fair = house.take_in(MARCH), house.take_in(FAIR)
    [_, opening] = house.threads(house.boards.open)
    house.take_in(FAIR_LATER)
    merge_events(house.app, ADVISOR, march, fair, reason=WHY)
    house.told()

    part_events(house.app, ADVISOR, fair, reason=WHY)
    house.told()

    for board in (house.boards.open, house.boards.closed):
        [*_, (merged, _), (late, thread)] = house.heard(fair, board)
        assert (merged.lines[0], thread) == ("Wat is nieuw: samengevoegd met een andere gebeurtenis", opening.key)
        assert late.lines[0] == f"Wat is nieuw: verplaatst; was za 28 nov 14.00 uur · {PARTED}"


def test_what_is_merged_away_again_before_it_was_told_is_told_at_the_next_parting(house: House) -> None:
    march, fair = house.take_in(MARCH), house.take_in(FAIR)
    house.take_in(FAIR_LATER)

    for _ in range(2):
        merge_events(house.app, ADVISOR, march, fair, reason=WHY)
        part_events(house.app, ADVISOR, fair, reason=WHY)

    [(late, _)] = house.heard(fair, house.boards.open)
    assert late.lines[0] == "Wat is nieuw: nieuw gesignaleerd · verplaatst; was za 28 nov 14.00 uur"


def test_a_confidential_channel_hears_both_parts_of_what_waited_there(house: House) -> None:
    march, fair = house.take_in(MARCH), house.take_in(FAIR)
    signal = replace(SIGNAL, category=Category.DEMONSTRATION, starts=at(28, 14), ends=at(28, 16), place="Vismarkt")
    assert add_signal(house.app, LIAISON, signal) == fair
    merge_events(house.app, ADVISOR, march, fair, reason=WHY)

    part_events(house.app, ADVISOR, fair, reason=WHY)

    heard = [
        [(message.confidential, message.lines[0]) for message, _ in house.heard(fair, board)]
        for board in (house.boards.open, house.boards.closed)
    ]
    opened = (False, "Wat is nieuw: nieuw gesignaleerd")
    asked = (True, "Wat is nieuw: de machine ziet nu C, het niveau is B. Klopt dat nog?")
    assert heard == [[opened], [opened, asked]]
