"""What the police shared stays in its compartment: canary words through the whole house, on both databases (R31)."""

import asyncio
import io
import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from fastapi.routing import APIRoute

from classifiers import Category, Level, Reader
from monitor.app import App
from monitor.cli import main
from monitor.clock import now, today
from monitor.commands.serve import acts_of
from monitor.domain import Actor, FactKind, Role, User, audiences_of
from monitor.log import set_up
from monitor.store import briefings, facts, items, people
from monitor.web import ROUTERS, create_web
from monitor.web.access import RIGHTS, Right
from monitor.work.briefings import make_briefing
from monitor.work.corrections import corrections
from monitor.work.decisions import correct, merge_events, override_level, split_event, withdraw
from monitor.work.ingest import take_in
from monitor.work.signals import add_signal
from monitor.work.subscriptions import subscribe
from tests.build import a_raw, at
from tests.fakes import Boards, FixedClock, a_house, house_settings
from tests.monitor.web.desk import seat
from tests.walks.test_b_manual_signal import LIAISON, SIGNAL

ADVISOR = Actor("adviseur", Role.ADVISOR)
CANARIES = ("kanariegezang", "kanariekooi", "kanariezaad", "kanarievogel")
"""In the title, the text and the place of signals, and in the reason of a decision on one."""

OUTSIDE = [role for role in Role if Right.SEE_CONFIDENTIAL not in RIGHTS[role]]
MATCH = a_raw(
    "FC Groningen speelt in de Euroborg",
    "Vrijdag 27 november om 20.00 uur speelt FC Groningen in de Euroborg.",
)
MARKET = a_raw(
    "Avondmarkt op de Vismarkt",
    "Woensdag 25 november van 17.00 tot 22.00 uur is er een avondmarkt op de Vismarkt in Groningen.",
)

PREVIEWED: dict[str, object] = {
    "title": "Hilbrand Oosterwijk brengt kanariegezang",
    "text": "Ook kanariekooi.",
    "place": "Kanariezaad, Vismarkt",
    "category": "onrust",
    "starts": "2026-11-25T22:00",
    "ends": "2026-11-25T23:00",
    "provision_basis": "wpg_16",
    "provided_by": "basisteam",
    "handling": "vertrouwelijk",
    "expires": "2026-12-05",
}
"""As the form sends it before it is added; it reports the first event of `plant`."""


def plant(app: App) -> list[int]:
    """A signal with an open event beside it, one that joins an open report, and one withdrawn; ids of the events."""
    alone = replace(
        SIGNAL,
        title="Treffen met kanariegezang",
        text="Twee groepen nemen kanariekooi mee en zoeken elkaar op.",
        place="Kanariezaad, Vismarkt",
        starts=at(25, 22),
        ends=at(25, 23),
    )
    joined = replace(alone, category=Category.FOOTBALL, place="Euroborg", starts=at(27, 20), ends=at(27, 22))
    first = add_signal(app, LIAISON, alone)
    [beside] = take_in(app, [MARKET]).events
    take_in(app, [MATCH])
    second = add_signal(app, LIAISON, joined)
    override_level(app, ADVISOR, first, level=Level.C, reason="Besproken: kanarievogel is bekend.")
    correct(app, ADVISOR, first, category=None, added=["nachtelijk"], struck=[], reason="Ook de kanarievogel.")
    third = add_signal(app, LIAISON, replace(alone, place="Ossenmarkt", starts=at(26, 22), ends=at(26, 23)))
    withdraw(app, ADVISOR, third, reason="De kanarievogel is gevlogen.")
    return [first, second, third, beside]


def seen_in(text: str) -> set[str]:
    return {canary for canary in CANARIES if canary in text.casefold()}


def keys(app: App, people: list[Role]) -> list[str]:
    """A key for every audience, of each of these people who may make one: of liaison and advisor too."""
    return [subscribe(app, Actor(role.value, role), audience) for role in people for audience in audiences_of(role)]


def pages(events: list[int], made: int, keys: list[str]) -> list[str]:
    """Every address that can be looked at, with each of the events, the open briefing and every key."""
    found = []
    for route in (route for router in ROUTERS for route in router.routes if isinstance(route, APIRoute)):
        if "GET" in (route.methods or ()):
            ids = events if route.path.startswith("/gebeurtenissen") else [made]
            paths = [route.path.replace("{id}", str(id)) for id in (ids if "{id}" in route.path else [0])]
            found += [path.replace("{key}", key) for path in paths for key in (keys if "{key}" in path else [""])]
    return list(dict.fromkeys(found))


def test_nobody_outside_the_compartment_meets_a_canary(tmp_path: Path, database_url: str, reader: Reader) -> None:
    log, boards = io.StringIO(), Boards()
    set_up("DEBUG", log)
    with asyncio.Runner() as runner:
        house = a_house(house_settings(tmp_path, database_url), reader, FixedClock(), boards)
        app = runner.run(house.__aenter__())
        try:
            web = create_web(app)
            events = plant(app)
            seats = {role: seat(app, web, runner, role) for role in Role}
            previewed = {role: seats[role].post_part("/signalen/vooraf", **PREVIEWED) for role in Role}
            made = make_briefing(app)
            runner.run(app.queue.drain(acts_of(app)))
            every = pages(events, made, keys(app, list(Role)))
            texts = {(role.value, path): seats[role].get(path).text for role in OUTSIDE for path in every}
            fed = [seats[Role.PROJECT].get(path) for path in every if path.startswith("/abonnementen/")]
            with app.store.read() as session:
                briefing = briefings.get(session, made).html
            exported = json.dumps(corrections(app), ensure_ascii=False)
            inside = seats[Role.ADVISOR].get(f"/gebeurtenissen/{events[0]}").text
        finally:
            runner.run(house.__aexit__(None, None, None))

    assert {place: found for place, text in texts.items() if (found := seen_in(text))} == {}
    # Nor does what takes place beside it point at the event that only a signal tells of.
    assert [place for place, text in texts.items() if f'href="/gebeurtenissen/{events[0]}"' in text] == []
    told = {"open channel": boards.open.words, "briefing": briefing, "export": exported, "log": log.getvalue()}
    assert {where: found for where, text in told.items() if (found := seen_in(text))} == {}
    assert {answer.status_code for answer in fed} == {200}
    assert any("Euroborg" in answer.text for answer in fed)
    # Which event a signal would join, and what it says, is for the one who may add it.
    assert {role for role, answer in previewed.items() if answer.status_code != 403} == {Role.LIAISON}
    assert {role for role, answer in previewed.items() if seen_in(answer.text)} == {Role.LIAISON}
    assert f"/gebeurtenissen/{events[0]}" in previewed[Role.LIAISON].text
    # The words are really there, for whoever may read them.
    assert {"kanariegezang", "kanariekooi", "kanarievogel"} <= seen_in(inside)
    assert len(texts) > len(OUTSIDE) * len(events)


@pytest.mark.parametrize("role", OUTSIDE)
def test_a_role_outside_the_compartment_gets_no_confidential_briefing(
    tmp_path: Path, sqlite_url: str, reader: Reader, role: Role
) -> None:
    with asyncio.Runner() as runner:
        house = a_house(house_settings(tmp_path, sqlite_url), reader, FixedClock())
        app = runner.run(house.__aenter__())
        try:
            plant(app)
            made = make_briefing(app, confidential=True)
            desk = seat(app, create_web(app), runner, role)
            answers = [
                desk.get(f"/briefings/{made}"),
                desk.get(f"/briefings/{made}.pdf"),
                desk.get(f"/briefings/{made}.html"),
            ]
        finally:
            runner.run(house.__aexit__(None, None, None))

    assert {answer.status_code for answer in answers} <= {403, 404}
    assert seen_in("".join(answer.text for answer in answers)) == set()


def test_a_reason_that_joins_or_splits_a_confidential_event_stays_out_of_the_trail(
    tmp_path: Path, database_url: str, reader: Reader
) -> None:
    """By then one of the two may have become open: what counts is what they were."""
    with asyncio.Runner() as runner:
        house = a_house(house_settings(tmp_path, database_url), reader, FixedClock())
        app = runner.run(house.__aenter__())
        try:
            secret = add_signal(app, LIAISON, replace(SIGNAL, starts=at(25, 22), ends=at(25, 23)))
            [match] = take_in(app, [MATCH]).events
            merge_events(app, ADVISOR, secret, match, reason="De kanarievogel hoort erbij.")
            with app.store.read() as session:
                hidden = next(one for one in items.items_of(session, secret) if one.handling.confidential)
            split_event(app, ADVISOR, secret, hidden.id or 0, reason="De kanarievogel hoort er niet bij.")
            with app.store.read() as session:
                reasons = " ".join(entry.reason for entry in people.trail(session))
                told = [fact.public for fact in facts.facts_of(session, secret) if fact.kind is FactKind.EVENT_SPLIT]
        finally:
            runner.run(house.__aexit__(None, None, None))

    assert seen_in(reasons) == set()
    assert told == [False]


def test_a_signal_by_hand_stays_in_the_compartment_too(
    tmp_path: Path, database_url: str, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The command line shows it to its writer; the service that runs beside it, to nobody outside."""
    starts, last = today(now()) + timedelta(days=2), today(now()) + timedelta(days=9)
    typed = (
        "Treffen met kanariegezang", "onrust", "Kanariezaad, Vismarkt", f"{starts}T22:00", "", "", "wpg_16",
        "basisteam", "vertrouwelijk", str(last), "Twee groepen nemen kanariekooi mee.", "",
    )  # fmt: skip
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(typed)))
    boards, settings = Boards(), house_settings(tmp_path, database_url)
    environment = {"TORENWACHT_DATA": str(tmp_path), "TORENWACHT_DATABASE": settings.database}
    with asyncio.Runner() as runner:
        house = a_house(settings, reader, FixedClock(now()), boards)
        app = runner.run(house.__aenter__())
        try:
            with app.store.begin() as session:
                people.add_user(session, User(name="lisa", role=Role.LIAISON, password_hash="", created_at=now()))
            done = main(["signal", "add", "--as", "lisa", "--stdin"], environment)
            runner.run(app.queue.drain(acts_of(app)))
            web = create_web(app)
            with app.store.read() as session:
                fact = facts.newest(session, FactKind.EVENT_OPENED)
            assert fact is not None
            looked_at = pages([fact.event or 0], 0, [])
            seen = {
                role: seen_in("".join(seat(app, web, runner, role).get(path).text for path in looked_at))
                for role in Role
            }
        finally:
            runner.run(house.__aexit__(None, None, None))

    assert (done, seen_in(boards.open.words), fact.public) == (0, set(), False)
    assert {role for role, canaries in seen.items() if canaries} == {Role.ADVISOR, Role.LIAISON}
