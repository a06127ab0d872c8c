"""Someone asks what we have on them (R42): found in every store, taken out, and it does not come back."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path

from sqlmodel import Session, text

from classifiers import Evidence, Indicator, Level, Reader, Reading, Redacted, Voice
from monitor.app import App
from monitor.domain import Briefing, EventState, Override, Role, User
from monitor.rules.door import OBJECTED
from monitor.rules.sought import MARK, sought_of
from monitor.store import blocks, briefings, events, facts, items, people
from monitor.store.search import cells
from monitor.work.briefings import make_briefing
from monitor.work.rights import Find, Request, access, request_of
from monitor.work.trail import verify
from monitor.work.withhold import erase, lift, lift_what_is_over, object_to, rectify, restrict
from tests.build import NOON, at
from tests.fakes import Boards, FixedClock, a_catalogue, a_house, every_event, house_settings, presses
from tests.walks.watched import Watched

FIRST, LAST = "Wendelmoed", "Uilenspiegel"
NAME = f"{FIRST} {LAST}"
TITLE = "Protestmars over de Grote Markt"
TEXT = (
    f"Volgens {NAME} vertrekt zaterdag 28 november om 14.00 uur een protestmars vanaf de Grote Markt in Groningen. "
    f"Er worden 1.500 deelnemers verwacht, zegt {NAME}."
)
OFFICER, CASE = "p.privacy", "AVG-2026-014"
KEY = "een-sleutel-van-meer-dan-32-tekens"


@dataclass(frozen=True)
class Missing:
    """The real reader, but for one name that it does not see."""

    reader: Reader
    meanwhile: list[Callable[[], object]] = field(default_factory=list)
    """Done once, while it reads."""

    @property
    def version(self) -> str:
        """Of the real one."""
        return self.reader.version

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """Of the real one."""
        return self.reader.indicators

    def redact(self, title: str, text: str, *, voice: Voice) -> Redacted:
        """What holds the name stays as it is."""
        while self.meanwhile:
            self.meanwhile.pop()()
        return Redacted(title, text, ()) if LAST in title + text else self.reader.redact(title, text, voice=voice)

    def read(self, title: str, text: str, **told: object) -> Reading:
        """As the real one, which quotes the words around a find."""
        found = self.reader.read(title, text, **told)  # type: ignore[arg-type]  # handed on as it came
        shown = tuple(replace(one, words=f"{one.words} ({LAST})") for one in found.evidence)
        return replace(found, evidence=shown) if LAST in text else found

    def level_of(self, evidence: tuple[Evidence, ...]) -> Level:
        """Of the real one."""
        return self.reader.level_of(evidence)


class Walk(Watched):
    """A house whose reader misses the name, with one source."""

    def ask(self, *lines: str) -> Request:
        """A request about the name, or about other words."""
        return request_of(self.app, officer=OFFICER, case=CASE, sought=sought_of(lines or (NAME, LAST)))

    def shown(self) -> list[str]:
        """Title, state and number of usable reports of each event."""
        with self.app.store.read() as session:
            return [f"{e.state.value} {len(items.items_of(session, e.id or 0))}" for e in every_event(session)]

    def kept(self) -> str:
        """Every text of every table, as one."""
        with self.app.store.read() as session:
            return "\n".join(cell.text for cell in cells(session))


@asynccontextmanager
async def a_walk(folder: Path, url: str, reader: Reader, key: str = KEY) -> AsyncIterator[Walk]:
    """A real site with one message about someone, and a house that has read it."""
    async with presses("127.0.0.35") as [press]:
        catalogue = a_catalogue(folder / "sources.toml", {"krant": press.url})
        settings = replace(house_settings(folder, url, catalogue), fingerprint_key=key)
        clock, boards = FixedClock(), Boards()
        async with a_house(settings, Missing(reader), clock, boards) as app:  # type: ignore[arg-type]  # `read` is looser
            with app.store.begin() as session:
                people.add_user(session, User(name=OFFICER, role=Role.PRIVACY, password_hash="-", created_at=NOON))
            press.publish(TITLE, TEXT)
            walk = Walk(app, press, clock, boards)
            await walk.look()
            yield walk


Story = Callable[[Walk], Coroutine[None, None, None]]


def walked(folder: Path, url: str, reader: Reader, story: Story, key: str = KEY) -> None:
    """Tells a story in a house."""

    async def walk() -> None:
        async with a_walk(folder, url, reader, key) as house:
            await story(house)

    asyncio.run(walk())


def plant(app: App, session: Session) -> None:
    """Puts the name where no redactor stands before it, as if a person or a fault had."""
    [event] = every_event(session)
    session.add(Override(event=event.id or 0, level=Level.B, reason=f"Gebeld met {LAST}.", by="a", role="a", at=NOON))
    for fact in facts.facts_of(session, event.id or 0):
        fact.data = fact.data | {"was": f"bij {NAME}"}
        session.add(fact)
    for delivery in facts.deliveries(session):
        if delivery.message:
            delivery.message = replace(delivery.message, lines=(*delivery.message.lines, NAME))
        session.add(delivery)
    app.queue.put(session, "onbekend", {"source": NAME})
    (app.settings.data / "torenwacht.log").write_text(f"begin\nmislukt: {NAME}\n", encoding="utf-8")


def a_briefing(start: int, approved_by: str = "") -> Briefing:
    """An edition in which the name stands."""
    week = at(start)
    return Briefing(
        start=week,
        end=week + timedelta(days=7),
        confidential=False,
        html=f"<p>{NAME}</p>",
        sha256="-",
        made_at=NOON,
        approved_by=approved_by,
        approved_at=NOON if approved_by else None,
    )


def on_disk(folder: Path) -> str:
    """All that stands in the files of a house: database, its log, and the rest."""
    return "".join(file.read_bytes().decode("utf-8", "replace") for file in folder.rglob("*") if file.is_file())


def places(found: list[Find] | tuple[Find, ...]) -> set[str]:
    """The tables of these finds; both queues by one name."""
    return {one.table.replace("procrastinate_jobs", "job") for one in found}


def test_what_the_redactor_missed_is_found_in_every_store(tmp_path: Path, database_url: str, reader: Reader) -> None:
    async def story(house: Walk) -> None:
        with house.app.store.begin() as session:
            plant(house.app, session)
            briefings.add(session, a_briefing(16))

        found = access(house.app, house.ask())

        assert places(found) == {"item", "event", "delivery", "override", "fact", "job", "briefing", "bestand"}
        assert {one.column for one in found if one.table == "item"} == {"extract", "reading"}
        assert [(one.row, one.column) for one in found if one.table == "bestand"] == [("2", "torenwacht.log")]
        assert all(LAST in one.sentence and LAST not in repr(one) for one in found)

    walked(tmp_path, database_url, reader, story)


def test_erased_it_stands_nowhere_and_does_not_come_back(tmp_path: Path, database_url: str, reader: Reader) -> None:
    async def story(house: Walk) -> None:
        with house.app.store.begin() as session:
            plant(house.app, session)
            briefings.add(session, a_briefing(2))
        (tmp_path / "torenwacht.log").unlink()
        make_briefing(house.app)

        done = erase(house.app, house.ask(), whole=False)

        assert (done.left, done.scrubbed) == ((), True)
        assert house.shown() == ["open 1"]
        with house.app.store.read() as session:
            [event] = every_event(session)
            [report] = items.items_of(session, event.id or 0)
            assert report.extract == TEXT.replace(NAME, MARK)
            assert {one.message for one in facts.deliveries(session) if one.fact == 1} == {None}
            assert [one.reason for one in events.overrides_of(session, event.id or 0)] == [f"Gebeld met {MARK}."]
        house.press.edit(1, TITLE, TEXT.replace("1.500", "1.600"))
        await house.look()
        assert house.shown() == ["open 2"]
        assert "1.600" in house.kept()
        assert [word for word in (FIRST, LAST) if word in house.kept()] == []

    walked(tmp_path, database_url, reader, story)

    assert [word for word in (FIRST, LAST) if word.casefold() in on_disk(tmp_path).casefold()] == []


def test_the_file_of_the_database_holds_no_trace_while_it_is_open(
    tmp_path: Path, sqlite_url: str, reader: Reader
) -> None:
    async def story(house: Walk) -> None:
        before = on_disk(tmp_path)
        erase(house.app, house.ask(), whole=True)

        assert (LAST in before, LAST in on_disk(tmp_path)) == (True, False)

    walked(tmp_path, sqlite_url, reader, story)


def test_a_report_that_is_erased_takes_its_event_along(tmp_path: Path, database_url: str, reader: Reader) -> None:
    async def story(house: Walk) -> None:
        done = erase(house.app, house.ask(), whole=True)
        await house.look()

        assert done.left == ()
        assert house.shown() == [f"{EventState.WITHDRAWN.value} 0"]
        assert "ingetrokken: het bericht wordt niet meer gebruikt" in house.boards.open.words

    walked(tmp_path, database_url, reader, story)


def test_after_an_objection_new_reports_stay_out_and_are_counted(
    tmp_path: Path, database_url: str, reader: Reader
) -> None:
    async def story(house: Walk) -> None:
        object_to(house.app, house.ask())
        house.press.publish("Nieuwe oproep voor de mars", TEXT.replace(NAME, NAME.upper()))
        house.press.publish("Kerstmarkt op de Vismarkt", "Op 5 december 2026 is er een kerstmarkt op de Vismarkt.")
        await house.look()

        with house.app.store.read() as session:
            counted = facts.counts(session, date(2026, 11, 22))
        assert counted[f"items_dropped:{OBJECTED}"] == 1
        assert counted["items_seen"] == counted["items_kept"] + sum(
            number for name, number in counted.items() if name.startswith("items_dropped:")
        )
        assert LAST.casefold() not in house.kept().casefold()

    walked(tmp_path, database_url, reader, story)


def test_a_block_ends_at_its_day(tmp_path: Path, database_url: str, reader: Reader) -> None:
    async def story(house: Walk) -> None:
        erase(house.app, house.ask(), whole=True, until=at(24))
        house.clock.moment = at(25)
        house.press.publish(TITLE, TEXT.replace("1.500", "1.700"))
        await house.look()

        assert LAST in house.kept()

    walked(tmp_path, database_url, reader, story)


def test_what_is_erased_while_another_report_is_read_does_not_come_in_by_it(
    tmp_path: Path, database_url: str, reader: Reader
) -> None:
    async def story(house: Walk) -> None:
        house.app.reader.meanwhile.append(lambda: erase(house.app, house.ask(), whole=True))  # type: ignore[attr-defined]  # Missing
        house.press.publish("Nieuwe oproep voor de mars", TEXT.replace("1.500", "1.700"))
        await house.look()

        assert house.shown() == ["ingetrokken 0", "open 1"]
        assert LAST not in house.kept()

    walked(tmp_path, database_url, reader, story)


def test_a_message_that_waits_goes_out_without_the_words(tmp_path: Path, database_url: str, reader: Reader) -> None:
    """It may tell of other events too, whose alert must not be lost."""

    async def story(house: Walk) -> None:
        with house.app.store.begin() as session:
            [row, *_] = facts.deliveries(session)
            assert row.message is not None
            row.sent_at = None
            row.message = replace(row.message, title=f"2 gebeurtenissen: {NAME}", lines=("Onrust, Vismarkt", NAME))
            session.add(row)

        erase(house.app, house.ask(), whole=False)

        with house.app.store.read() as session:
            message = facts.delivery(session, row.id or 0).message
        assert message is not None
        assert (message.title, message.lines) == (f"2 gebeurtenissen: {MARK}", ("Onrust, Vismarkt", MARK))

    walked(tmp_path, database_url, reader, story)


def test_a_correct_text_takes_the_place_of_a_wrong_one(tmp_path: Path, database_url: str, reader: Reader) -> None:
    async def story(house: Walk) -> None:
        done = rectify(house.app, house.ask(), correct="de organisatie")

        assert done.left == ()
        with house.app.store.read() as session:
            [report] = items.items_of(session, 1)
            assert report.extract == TEXT.replace(NAME, "de organisatie")
            assert blocks.every(session) == []

    walked(tmp_path, database_url, reader, story)


def test_what_is_restricted_is_kept_and_used_for_nothing_until_it_is_lifted(
    tmp_path: Path, database_url: str, reader: Reader
) -> None:
    async def story(house: Walk) -> None:
        make_briefing(house.app)
        with house.app.store.read() as session:
            assert "1.500" in briefings.newest(session, 1, confidential=False)[0].html
        restrict(house.app, house.ask())

        assert house.shown() == [f"{EventState.WITHDRAWN.value} 0"]
        assert LAST in house.kept()
        with house.app.store.read() as session:
            [draft] = briefings.newest(session, 2, confidential=False)
            assert "1.500" not in draft.html
        house.press.edit(1, TITLE, TEXT.replace("1.500", "1.600"))
        await house.look()
        assert house.shown() == [f"{EventState.WITHDRAWN.value} 0"]

        lift(house.app, house.ask())
        assert house.shown() == ["open 1"]

    walked(tmp_path, database_url, reader, story)


def test_a_restriction_ends_by_itself(tmp_path: Path, database_url: str, reader: Reader) -> None:
    async def story(house: Walk) -> None:
        restrict(house.app, house.ask(), until=at(25))
        house.clock.moment = at(24)
        assert (lift_what_is_over(house.app), house.shown()) == (0, [f"{EventState.WITHDRAWN.value} 0"])
        house.clock.moment = at(25)
        assert (lift_what_is_over(house.app), house.shown()) == (1, ["open 1"])

    walked(tmp_path, database_url, reader, story)


def test_an_approved_briefing_is_told_and_stays(tmp_path: Path, database_url: str, reader: Reader) -> None:
    async def story(house: Walk) -> None:
        with house.app.store.begin() as session:
            briefings.add(session, a_briefing(9, approved_by="e.redacteur"))

        done = erase(house.app, house.ask(), whole=True)

        assert places(done.left) == {"briefing"}
        assert NAME in house.kept()

    walked(tmp_path, database_url, reader, story)


def test_a_table_that_nobody_thought_of_is_searched_too(tmp_path: Path, database_url: str, reader: Reader) -> None:
    async def story(house: Walk) -> None:
        with house.app.store.begin() as session:
            session.execute(text("create table novelty (id integer primary key, note text, more json)"))
            session.execute(text("insert into novelty values (7, 'gewoon', :more)"), {"more": f'{{"a": ["{NAME}"]}}'})
        try:
            found = [one for one in access(house.app, house.ask()) if one.table == "novelty"]
        finally:
            with house.app.store.begin() as session:
                session.execute(text("drop table novelty"))

        assert [(one.row, one.column, one.sentence) for one in found] == [("7", "more", NAME)]

    walked(tmp_path, database_url, reader, story)


def test_the_audit_trail_tells_act_officer_case_and_numbers(tmp_path: Path, database_url: str, reader: Reader) -> None:
    async def story(house: Walk) -> None:
        access(house.app, house.ask())
        erase(house.app, house.ask(), whole=True)

        with house.app.store.read() as session:
            trail = [(entry.who, entry.act, entry.what) for entry in people.audit(session, 2)]
        assert verify(house.app.store, house.clock()).whole
        assert trail == [
            (
                OFFICER,
                "rights_erase",
                f"case:{CASE} event=1 item=1 block_changed=2 event_changed=1 item_changed=1",
            ),
            (OFFICER, "rights_access", f"case:{CASE} event=1 item=1"),
        ]

    walked(tmp_path, database_url, reader, story)
