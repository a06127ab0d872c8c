"""What the open knew of an event stays known there as taken back, whatever the compartment keeps of it (R31)."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from alerts import Message, Urgency
from classifiers import Category, Level, Reader
from monitor.app import App
from monitor.commands.serve import acts_of
from monitor.domain import Actor, Audience, Event, EventState, Role
from monitor.rules.sought import sought_of
from monitor.store import events, items
from monitor.web import create_web
from monitor.work.decisions import link_notification, merge_events, override_level, part_events, split_event
from monitor.work.ingest import take_in
from monitor.work.removal import page_gone, source_gone
from monitor.work.rights import Request
from monitor.work.signals import add_signal
from monitor.work.subscriptions import subscribe
from monitor.work.withhold import erase, lift, restrict
from tests.build import a_raw, at
from tests.fakes import Board, Boards, FixedClock, a_catalogue, a_house, house_settings
from tests.monitor.web.desk import Desk, seat, words
from tests.walks.test_b_manual_signal import LIAISON, SIGNAL

ADVISOR = Actor("adviseur", Role.ADVISOR)
TEXT = "Zaterdag 28 november om 14.00 uur vertrekt een protestmars vanaf de Grote Markt in Groningen."
MARCH = a_raw("Protestmars over de Grote Markt", TEXT, key="mars")
BESIDE = replace(SIGNAL, category=Category.DEMONSTRATION, starts=at(28, 14), ends=at(28, 17), place="Grote Markt")
"""It joins the event that MARCH reports."""
QUIET = {"title": "Ook een groep uit Drenthe", "text": "Een groep uit Drenthe komt naar de Grote Markt.", "codes": ()}
"""What a signal tells that makes nobody see more."""
OTHER = "Een groep uit Drenthe komt naar de Ossenmarkt."
ELSEWHERE = "ingetrokken: het bericht hoort bij een andere gebeurtenis"
GOES_ON = "de open berichten hierover zijn weg; er is nog wel een vertrouwelijk signaal"
REQUEST = Request(Actor("p.privacy", Role.PRIVACY), "AVG-2026-014", sought_of(["protestmars"]))
FILES = ("agenda.ics", "wijzigingen.atom", "kaart.geojson")

WAYS: dict[str, Callable[[App], object]] = {
    "erased": lambda app: erase(app, REQUEST, whole=True),
    "restricted": lambda app: restrict(app, REQUEST),
    "taken back by its source": lambda app: source_gone(app, app.sources["krant"]),
}


@dataclass
class House:
    """A house that knows of one march, with an editor who looks from outside the compartment."""

    app: App
    clock: FixedClock
    boards: Boards
    runner: asyncio.Runner
    editor: Desk
    key: str
    id: int

    def event(self) -> Event:
        with self.app.store.read() as session:
            return events.get(session, self.id)

    def signal(self, **told: object) -> None:
        """One that tells of the march."""
        assert add_signal(self.app, LIAISON, replace(BESIDE, **told)) == self.id  # type: ignore[arg-type]  # as Signal has them

    def news(self, board: Board, event: int | None = None) -> list[str]:
        """What was new of the march, or of another event, in each message on this board."""
        return [message.lines[0] for message, _ in board.sent if message.about == str(event or self.id)]

    def tell(self) -> None:
        """What waits is sent."""
        self.runner.run(self.app.queue.drain(acts_of(self.app)))

    def fed(self) -> dict[str, str]:
        """What a program outside the compartment gets."""
        return {file: self.editor.get(f"/abonnementen/{self.key}/{file}").text for file in FILES}

    def outside(self) -> dict[str, str]:
        """All that those outside the compartment can get to know."""
        page = self.editor.get(f"/gebeurtenissen/{self.id}")
        return {**self.fed(), "page": f"{page.status_code} {words(page, 'main')}", "channel": self.boards.open.words}


def heard(board: Board) -> list[tuple[Message, str | None]]:
    """Every message whole, with the thread it joined, but for its number in the journal."""
    return [(replace(message, key=""), thread) for message, thread in board.sent]


@contextmanager
def a_house_with_a_march(folder: Path, url: str, reader: Reader) -> Iterator[House]:
    clock, boards = FixedClock(), Boards()
    catalogue = a_catalogue(
        folder / "sources.toml", {"krant": "https://krant.example/rss"}, more='removed = "volgen"\n'
    )
    settings = replace(house_settings(folder, url, catalogue), fingerprint_key="een-sleutel-van-meer-dan-32-tekens")
    with asyncio.Runner() as runner:
        opened = a_house(settings, reader, clock, boards)
        app = runner.run(opened.__aenter__())
        try:
            editor = seat(app, create_web(app), runner, Role.EDITOR)
            key = subscribe(app, Actor(Role.EDITOR.value, Role.EDITOR), Audience.PUBLIC_ORDER)
            [id] = take_in(app, [MARCH]).events
            house = House(app, clock, boards, runner, editor, key, id)
            link_notification(app, ADVISOR, id, notification="Z-OPEN", permit="")
            house.tell()
            yield house
        finally:
            runner.run(opened.__aexit__(None, None, None))


@pytest.fixture
def house(tmp_path: Path, database_url: str, reader: Reader) -> Iterator[House]:
    with a_house_with_a_march(tmp_path, database_url, reader) as found:
        yield found


@pytest.mark.parametrize("decided", [None, Level.C], ids=["by the machine", "by a person"])
@pytest.mark.parametrize("way", WAYS)
def test_a_withdrawal_reads_the_same_whether_or_not_a_signal_remains(
    way: str, decided: Level | None, tmp_path: Path, database_url: str, reader: Reader
) -> None:
    told = []
    for folder, url, signal in ((tmp_path / "with", database_url, True), (tmp_path / "without", "sqlite", False)):
        folder.mkdir()
        with a_house_with_a_march(folder, url, reader) as house:
            if decided:
                override_level(house.app, ADVISOR, house.id, level=decided, reason="Besproken.")
                house.tell()
            if signal:
                house.signal()
            house.clock.forward(minutes=10)
            WAYS[way](house.app)
            house.clock.forward(minutes=10)
            if signal:
                house.signal(title="Nog een groep van die kant", place="Vismarkt")
                assert not house.event().public
            house.tell()
            told.append((house.outside(), heard(house.boards.open)))

    assert told[0] == told[1]
    outside, [*_, (last, _)] = told[0]
    assert "[Ingetrokken] Demonstratie, Grote Markt" in outside["wijzigingen.atom"]
    assert outside["page"].startswith("200")
    level = f"{decided} – {decided.label}" if decided else "A – regulier"
    assert last.title == f"[{level} · INGETROKKEN] Demonstratie, Grote Markt, za 28 nov"


def test_what_the_compartment_sees_after_a_withdrawal_is_not_shown_in_the_open(house: House) -> None:
    house.signal()
    restrict(house.app, REQUEST)
    house.signal(title="Nog een groep van die kant", place="Vismarkt")
    inside = seat(house.app, house.editor.web, house.runner, LIAISON.role or Role.LIAISON, LIAISON.name)
    before = house.outside()

    seen = inside.post(f"/gebeurtenissen/{house.id}/gezien")

    assert seen.status_code == 303
    assert f"Gezien door {LIAISON.name}" in words(inside.get(f"/gebeurtenissen/{house.id}"), "main")
    assert house.outside() == before


@pytest.mark.parametrize("way", WAYS)
def test_the_compartment_hears_that_the_event_goes_on_there(way: str, house: House) -> None:
    house.signal(**QUIET)
    house.tell()

    WAYS[way](house.app)
    house.tell()

    assert house.event().state is EventState.OPEN
    *_, (message, thread) = house.boards.closed.sent
    assert message.title == "[A – regulier] Demonstratie, Grote Markt, za 28 nov"
    assert (
        message.lines[0] == "Wat is nieuw: de open berichten hierover zijn weg; er is nog wel een vertrouwelijk signaal"
    )
    assert (message.confidential, message.urgency, thread) == (True, Urgency.NORMAL, house.boards.closed.sent[0][0].key)
    assert "INGETROKKEN" not in house.boards.closed.words
    assert house.boards.open.words.count("INGETROKKEN") == 1


def test_the_compartment_hears_at_once_what_the_signals_make_of_it(house: House) -> None:
    house.signal(**QUIET | {"codes": ("verwachte_confrontatie",)})
    house.tell()
    before = len(house.boards.closed.sent)

    source_gone(house.app, house.app.sources["krant"])
    house.tell()

    [(message, _)] = house.boards.closed.sent[before:]
    assert message.title == "[C – signaal, nog niet beoordeeld] Demonstratie, Grote Markt, za 28 nov"
    assert message.lines[0] == f"Wat is nieuw: niveau van A naar C · {GOES_ON}"
    assert message.urgency is Urgency.HIGH


def test_who_splits_the_open_report_off_leaves_the_rest_taken_back_in_the_open(house: House) -> None:
    house.signal(**QUIET)
    house.tell()
    [(opening, _)] = house.boards.open.sent
    with house.app.store.read() as session:
        report = next(item for item in items.items_of(session, house.id) if not item.handling.confidential)

    split_event(house.app, ADVISOR, house.id, report.id or 0, reason="Gaat over iets anders.")
    house.tell()

    assert not house.event().public
    assert house.fed()["wijzigingen.atom"].count("[Ingetrokken] Demonstratie, Grote Markt") == 1
    assert house.news(house.boards.open) == [opening.lines[0], f"Wat is nieuw: {ELSEWHERE}"]
    assert house.news(house.boards.closed)[-1] == f"Wat is nieuw: {GOES_ON}"
    assert "INGETROKKEN" not in house.boards.closed.words


def test_a_parting_that_leaves_only_signals_is_told_in_the_open_as_taken_back(house: House) -> None:
    secret = add_signal(
        house.app, LIAISON, replace(BESIDE, place="Ossenmarkt", title="Nog een groep", text=OTHER, codes=())
    )
    merge_events(house.app, ADVISOR, secret, house.id, reason="Dezelfde.")
    house.tell()
    opened = house.news(house.boards.open, secret)

    part_events(house.app, ADVISOR, house.id, reason="Toch niet.")
    house.tell()

    assert house.news(house.boards.open, secret) == [*opened, f"Wat is nieuw: {ELSEWHERE}"]
    assert GOES_ON in house.news(house.boards.closed, secret)[-1]
    assert ELSEWHERE not in house.boards.closed.words


def test_a_parting_that_leaves_nothing_takes_the_event_off(house: House) -> None:
    fair = a_raw("Demonstratie op de Vismarkt", TEXT.replace("Grote Markt", "Vismarkt"), key="vismarkt")
    [other] = take_in(house.app, [fair]).events
    merge_events(house.app, ADVISOR, house.id, other, reason="Dezelfde.")
    house.tell()
    assert page_gone(house.app, house.app.sources["krant"], [MARCH]) == 1

    part_events(house.app, ADVISOR, other, reason="Toch niet.")
    house.tell()

    assert house.event().state is EventState.WITHDRAWN
    for board in (house.boards.open, house.boards.closed):
        assert house.news(board)[-1] == f"Wat is nieuw: {ELSEWHERE}"


def test_what_comes_back_from_a_restriction_has_the_number_that_was_linked_in_the_open(house: House) -> None:
    house.signal()
    restrict(house.app, REQUEST)
    link_notification(house.app, ADVISOR, house.id, notification="Z-GEHEIM", permit="V-GEHEIM")
    taken_back = house.event().left_open

    lift(house.app, REQUEST)

    back = house.event()
    assert (back.public, back.notification, back.permit, back.left_open) == (True, "Z-OPEN", "", None)
    # A calendar takes no older revision than the one it has.
    assert taken_back is not None
    assert back.revision > taken_back.revision
    assert "GEHEIM" not in str(house.outside())
    assert "[Ingetrokken]" not in house.fed()["wijzigingen.atom"]


def test_a_signal_that_goes_too_meanwhile_takes_its_number_along(house: House) -> None:
    """The event is taken off in the compartment; by the lift it goes on in the open as it stood there."""
    house.signal(title="Protestmars met twee groepen")
    restrict(house.app, Request(REQUEST.officer, "AVG-2026-015", sought_of(["protestmars over"])))
    link_notification(house.app, ADVISOR, house.id, notification="Z-GEHEIM", permit="")
    restrict(house.app, Request(REQUEST.officer, "AVG-2026-016", sought_of(["twee groepen"])))
    between = house.outside()

    lift(house.app, Request(REQUEST.officer, "AVG-2026-015", sought_of(["protestmars over"])))

    assert "[Ingetrokken] Demonstratie, Grote Markt" in between["wijzigingen.atom"]
    assert (house.event().public, house.event().notification) == (True, "Z-OPEN")
    assert "GEHEIM" not in str((between, house.outside()))


def test_words_that_are_erased_later_leave_what_the_open_knew_too(house: House) -> None:
    house.signal()
    source_gone(house.app, house.app.sources["krant"])

    done = erase(house.app, Request(REQUEST.officer, REQUEST.case, sought_of(["Grote Markt"])), whole=False)

    assert done.left == ()
    assert "Grote Markt" not in str(house.fed())
    assert "[Ingetrokken] Demonstratie" in house.fed()["wijzigingen.atom"]
