"""Decisions about a source: who may take them, what they need, and what stops at once (R1, R9)."""

import asyncio
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import event

from classifiers import Reader
from monitor.app import App, open_app
from monitor.domain import MACHINE, Actor, Decision, Fetched, Role, Source, SourceState
from monitor.errors import InvalidInput, NotAllowed, NotFound
from monitor.schedule import promise_due
from monitor.store import people, sources
from monitor.work.approvals import decide_source, pause_source
from monitor.work.poll import poll
from monitor.work.purge import purge
from tests.build import NOON
from tests.fakes import Boards, FixedClock, a_catalogue, a_house, house_settings

ADMIN, OFFICER = Actor("anna", Role.ADMIN), Actor("bert", Role.PRIVACY)
TODAY, WHY = NOON.date(), "Adres en voorwaarden nagekeken."


def in_house(folder: Path, url: str, reader: Reader, act: Callable[[App, FixedClock], None], **row: str) -> None:
    """Does `act` in a house with one source, `krant`, whose row has these values."""

    async def go() -> None:
        file = a_catalogue(folder / "sources.toml", {"krant": "https://krant.example/rss"})
        text = file.read_text(encoding="utf-8")
        for was, becomes in row.items():
            key, _, value = text.partition(f"\n{was} = ")
            text = f"{key}\n{was} = {becomes}\n" + value.partition("\n")[2]
        file.write_text(text, encoding="utf-8")
        clock = FixedClock()
        async with a_house(house_settings(folder, url, file), reader, clock) as app:
            act(app, clock)

    asyncio.run(go())


def hindrance(app: App) -> str | None:
    with app.store.read() as session:
        return app.sources["krant"].hindrance(app.clock().date(), sources.approvals_of(session, "krant"))


def trail(app: App) -> list[tuple[str, str, str, str]]:
    """What the audit trail says of the source, oldest first."""
    with app.store.read() as session:
        return [
            (e.who, e.role, e.act, e.reason) for e in reversed(people.audit(session, 50)) if e.what == "source:krant"
        ]


def refused(app: App, actor: Actor, decision: Decision, until: date | None = None) -> dict[str, str]:
    """What is wrong with a decision."""
    with pytest.raises(InvalidInput) as caught:
        decide_source(app, actor, "krant", decision, reason=WHY, until=until)
    return caught.value.problems


def test_every_decision_counts_and_stands_in_the_trail(tmp_path: Path, database_url: str, reader: Reader) -> None:
    def act(app: App, clock: FixedClock) -> None:
        found = [hindrance(app) is None]
        for decision in (Decision.APPROVED, Decision.REVIEWED, Decision.WITHDRAWN, Decision.APPROVED):
            until = date(2027, 6, 1) if decision is Decision.REVIEWED else None
            decide_source(app, ADMIN, "krant", decision, reason=f"Reden: {decision}.", until=until)
            found.append(hindrance(app) is None)

        assert found == [False, True, True, False, True]
        assert trail(app) == [
            ("anna", "beheerder", "source_approved", "Reden: goedgekeurd."),
            ("anna", "beheerder", "source_reviewed", "Reden: opnieuw beoordeeld."),
            ("anna", "beheerder", "source_withdrawn", "Reden: goedkeuring ingetrokken."),
            ("anna", "beheerder", "source_approved", "Reden: goedgekeurd."),
        ]

    in_house(tmp_path, database_url, reader, act, approved_by_role='""')


def test_four_eyes_start_a_source_of_high_risk(tmp_path: Path, database_url: str, reader: Reader) -> None:
    def act(app: App, clock: FixedClock) -> None:
        last = TODAY + timedelta(days=90)
        decide_source(app, ADMIN, "krant", Decision.APPROVED, reason=WHY)
        alone = hindrance(app)
        decide_source(app, OFFICER, "krant", Decision.SECONDED, reason=WHY, until=last)
        both = hindrance(app)
        clock.forward(days=91)

        assert ("tweede persoon" in (alone or ""), both) == (True, None)
        assert "mocht tot en met 20-02-2027" in (hindrance(app) or "")
        assert [(who, act) for who, _, act, _ in trail(app)] == [
            ("anna", "source_approved"),
            ("bert", "source_seconded"),
        ]

    in_house(tmp_path, database_url, reader, act, personal_data_risk='"hoog"')


def test_a_second_approval_that_is_none_is_refused_and_not_kept(
    tmp_path: Path, sqlite_url: str, reader: Reader
) -> None:
    def act(app: App, clock: FixedClock) -> None:
        last, second = TODAY + timedelta(days=90), Decision.SECONDED
        too_early = refused(app, OFFICER, second, last)
        decide_source(app, ADMIN, "krant", Decision.APPROVED, reason=WHY)

        assert too_early["decision"].startswith("Er is nog geen eerste goedkeuring")
        assert refused(app, Actor("anna", Role.PRIVACY), second, last)["decision"].endswith("van iemand anders komen.")
        assert refused(app, Actor("cleo", Role.ADMIN), second, last)["decision"].endswith("uit een andere rol komen.")
        assert "hoogstens 90 dagen" in refused(app, OFFICER, second, last + timedelta(days=1))["decision"]
        assert "hoogstens 90 dagen" in refused(app, OFFICER, second)["decision"]
        assert refused(app, OFFICER, second, TODAY - timedelta(days=1)) == {"until": "Kies een dag die nog komt."}
        with app.store.read() as session:
            assert len(sources.approvals_of(session, "krant")) == 1
        assert len(trail(app)) == 1

    in_house(tmp_path, sqlite_url, reader, act, personal_data_risk='"hoog"')


def test_a_decision_that_does_not_fit_is_refused(tmp_path: Path, sqlite_url: str, reader: Reader) -> None:
    def act(app: App, clock: FixedClock) -> None:
        assert refused(app, OFFICER, Decision.SECONDED, TODAY)["decision"].startswith(
            "Alleen een bron met een hoog risico"
        )
        assert set(refused(app, OFFICER, Decision.REVIEWED)) == {"until"}
        decide_source(app, OFFICER, "krant", Decision.WITHDRAWN, reason=WHY)
        assert "ingetrokken" in refused(app, OFFICER, Decision.REVIEWED, date(2027, 6, 1))["decision"]

    in_house(tmp_path, sqlite_url, reader, act)


def test_nobody_approves_a_record_that_is_not_complete_but_may_withdraw(
    tmp_path: Path, sqlite_url: str, reader: Reader
) -> None:
    def act(app: App, clock: FixedClock) -> None:
        assert refused(app, ADMIN, Decision.APPROVED) == {
            "decision": "De bron mist dpia_reference. Vul dat eerst aan in sources.toml."
        }
        decide_source(app, ADMIN, "krant", Decision.WITHDRAWN, reason=WHY)
        assert len(trail(app)) == 1

    in_house(tmp_path, sqlite_url, reader, act, dpia_reference='""')


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.ADMIN, Role.PRIVACY)])
def test_other_roles_decide_nothing(role: Role, tmp_path: Path, sqlite_url: str, reader: Reader) -> None:
    def act(app: App, clock: FixedClock) -> None:
        for actor in (Actor("dirk", role), MACHINE):
            for decision in Decision:
                with pytest.raises(NotAllowed):
                    decide_source(app, actor, "krant", decision, reason=WHY, until=TODAY)
            with pytest.raises(NotAllowed):
                pause_source(app, actor, "krant", paused=True, reason=WHY)
        assert (trail(app), hindrance(app)) == ([], None)

    in_house(tmp_path, sqlite_url, reader, act)


@pytest.mark.parametrize("reason", ["", "  ", "Op verzoek van Anneke Terpstra, 06-12345678."])
def test_every_decision_wants_a_reason_without_personal_data(
    reason: str, tmp_path: Path, sqlite_url: str, reader: Reader
) -> None:
    def act(app: App, clock: FixedClock) -> None:
        with pytest.raises(InvalidInput) as decided:
            decide_source(app, ADMIN, "krant", Decision.WITHDRAWN, reason=reason)
        with pytest.raises(InvalidInput) as paused:
            pause_source(app, ADMIN, "krant", paused=True, reason=reason)
        assert set(decided.value.problems) == set(paused.value.problems) == {"reason"}
        assert (trail(app), hindrance(app)) == ([], None)

    in_house(tmp_path, sqlite_url, reader, act)


def test_a_source_that_is_not_in_the_table_cannot_be_decided_about(
    tmp_path: Path, sqlite_url: str, reader: Reader
) -> None:
    def act(app: App, clock: FixedClock) -> None:
        with pytest.raises(NotFound):
            decide_source(app, ADMIN, "onbekend", Decision.APPROVED, reason=WHY)

    in_house(tmp_path, sqlite_url, reader, act)


def test_a_pause_and_its_end_stand_in_the_trail_with_their_reason(
    tmp_path: Path, sqlite_url: str, reader: Reader
) -> None:
    def act(app: App, clock: FixedClock) -> None:
        pause_source(app, OFFICER, "krant", paused=True, reason="De uitgever verhuist.")
        pause_source(app, OFFICER, "krant", paused=False, reason="De uitgever is verhuisd.")

        assert trail(app) == [
            ("bert", "privacyfunctionaris", "source_paused", "De uitgever verhuist."),
            ("bert", "privacyfunctionaris", "source_resumed", "De uitgever is verhuisd."),
        ]

    in_house(tmp_path, sqlite_url, reader, act)


def test_the_timetable_promises_nothing_of_what_was_withdrawn(tmp_path: Path, sqlite_url: str, reader: Reader) -> None:
    def act(app: App, clock: FixedClock) -> None:
        decide_source(app, OFFICER, "krant", Decision.WITHDRAWN, reason=WHY)
        withdrawn = promise_due(app)
        decide_source(app, OFFICER, "krant", Decision.APPROVED, reason=WHY)

        assert (withdrawn, promise_due(app)) == (0, 1)

    in_house(tmp_path, sqlite_url, reader, act)


def test_one_look_of_the_timetable_asks_once_for_the_decisions_about_all_sources(
    tmp_path: Path, sqlite_url: str, reader: Reader
) -> None:
    async def go() -> list[str]:
        file = a_catalogue(tmp_path / "sources.toml", {f"bron{n}": "https://krant.example/rss" for n in range(9)})
        async with a_house(house_settings(tmp_path, sqlite_url, file), reader, FixedClock()) as app:
            for source in app.sources:
                decide_source(app, ADMIN, source, Decision.APPROVED, reason=WHY)
            said: list[str] = []
            event.listen(app.store._engine, "before_cursor_execute", lambda *about: said.append(about[2]))
            assert promise_due(app) == 9
            return [words for words in said if "FROM approval" in words]

    assert len(asyncio.run(go())) == 1


def test_what_is_withdrawn_while_it_is_asked_is_not_taken_in(tmp_path: Path, sqlite_url: str, reader: Reader) -> None:
    async def go() -> tuple[str, int]:
        async def fetch(source: Source, state: SourceState | None, address: str = "") -> Fetched | None:
            await asyncio.to_thread(decide_source, app, OFFICER, "krant", Decision.WITHDRAWN, reason=WHY)
            body = b"<rss version='2.0'><channel><item><title>Markt</title><guid>1</guid></item></channel></rss>"
            return Fetched("krant", source.url, "application/rss+xml", body, '"1"', "", "", at=NOON)

        settings, boards = house_settings(tmp_path, sqlite_url), Boards()
        async with open_app(
            settings, reader=reader, clock=FixedClock(), fetch=fetch, switchboard=boards.switchboard()
        ) as app:
            polled = await poll(app, "krant")
            return polled.reason, polled.taken.kept + polled.taken.dropped.total()

    assert asyncio.run(go()) == ("stopped while it was asked", 0)


def test_decisions_go_after_their_term_and_a_withdrawal_that_holds_never_lapses(
    tmp_path: Path, database_url: str, reader: Reader
) -> None:
    def act(app: App, clock: FixedClock) -> None:
        decide_source(app, ADMIN, "krant", Decision.APPROVED, reason=WHY)
        decide_source(app, ADMIN, "krant", Decision.WITHDRAWN, reason=WHY)
        found = []
        for days in (1094, 1, 1, 1094):
            clock.forward(days=days)
            purged = purge(app)["approvals"]
            found.append((purged, "ingetrokken" in (hindrance(app) or "")))

        assert found == [(0, True), (1, True), (0, True), (0, True)]

    in_house(tmp_path, database_url, reader, act, review_date="2040-11-01")


def test_a_withdrawal_that_was_lifted_goes_after_its_term(tmp_path: Path, sqlite_url: str, reader: Reader) -> None:
    def act(app: App, clock: FixedClock) -> None:
        decide_source(app, ADMIN, "krant", Decision.WITHDRAWN, reason=WHY)
        clock.forward(days=1)
        decide_source(app, ADMIN, "krant", Decision.APPROVED, reason=WHY)
        clock.forward(days=1094)

        assert (purge(app)["approvals"], hindrance(app)) == (1, None)

    in_house(tmp_path, sqlite_url, reader, act, review_date="2040-11-01")
