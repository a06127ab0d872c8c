"""Two houses that differ in what a confidential signal is about read the same in the open, whatever goes (R31)."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from difflib import unified_diff
from pathlib import Path

import pytest

from alerts import Ask, Asked
from classifiers import Level, Reader
from monitor.domain import MACHINE, Actor, EventState, Role
from monitor.work.briefings import make_briefing
from monitor.work.corrections import corrections
from monitor.work.decisions import acknowledge, override_level
from monitor.work.from_slack import answer
from monitor.work.signals import add_signal
from monitor.work.staff import link_slack
from monitor.work.withhold import lift, restrict
from tests.build import at
from tests.databases import Postgres
from tests.monitor.web.desk import seat, words
from tests.walks.test_b_manual_signal import LIAISON
from tests.walks.test_compartment import pages
from tests.walks.test_left_open import ADVISOR, BESIDE, REQUEST, WAYS, House, a_house_with_a_march

Read = list[dict[str, str]]
"""What stood where, moment by moment."""

Both = Callable[[Callable[[House, bool], Read]], tuple[Read, Read]]
"""Does the same with a signal about the march and with one about something else; `bool` tells which."""

ELSEWHERE = replace(BESIDE, place="Hoogkerk", starts=at(28, 14) + timedelta(days=80), ends=None)
"""The signal of the house without one about the march: the figures of the month count what is kept, not what of."""


@pytest.fixture(params=["sqlite", "postgresql"])
def databases(request: pytest.FixtureRequest) -> Iterator[tuple[str, str]]:
    """Two fresh databases; the test runs once on each kind."""
    if request.param == "sqlite":
        yield "sqlite", "sqlite"
        return
    postgres: Postgres = request.getfixturevalue("postgres")
    with postgres.database() as one, postgres.database() as other:
        yield one, other


@pytest.fixture
def both(tmp_path: Path, databases: tuple[str, str], reader: Reader) -> Both:
    def in_one(name: str, url: str, act: Callable[[House, bool], Read], *, signal: bool) -> Read:
        folder = tmp_path / name
        folder.mkdir()
        with a_house_with_a_march(folder, url, reader) as house:
            if signal:
                house.signal()
            else:
                assert add_signal(house.app, LIAISON, ELSEWHERE) != house.id
            return act(house, signal)

    one, other = databases
    return lambda act: (in_one("with", one, act, signal=True), in_one("without", other, act, signal=False))


@pytest.mark.parametrize("role", [Role.ADVISOR, Role.LIAISON, Role.EDITOR])
def test_the_buttons_of_what_was_taken_back_answer_the_same(role: Role, both: Both) -> None:
    """In Slack, which is outside the compartment whoever asks, and on the page of whoever is outside."""

    def pressed(house: House, signal: bool) -> Read:
        restrict(house.app, REQUEST)
        someone = seat(house.app, house.editor.web, house.runner, role, "iemand")
        link_slack(house.app, MACHINE, "iemand", "U0IEMAND1")

        def press(act: Ask, fields: dict[str, tuple[str, ...]] | None = None) -> object:
            asked = Asked(f"{act}{fields}", "U0IEMAND1", act, str(house.id), fields)
            return house.runner.run(answer(house.app, asked))

        told = [*map(press, (Ask.SEEN, Ask.WRONG, Ask.CONFIRM)), press(Ask.WRONG, {"reason": ("Dit klopt niet.",)})]
        if role is Role.EDITOR:
            page = someone.post(f"/gebeurtenissen/{house.id}/gezien")
            told.append((page.status_code, words(page, "main")))
        assert house.event().state is (EventState.OPEN if signal else EventState.WITHDRAWN)
        return [{"answer": str(one)} for one in told]

    with_signal, without = both(pressed)

    assert with_signal == without
    assert "is ingetrokken en verandert niet meer" in str(with_signal)


EDITOR = Actor(Role.EDITOR.value, Role.EDITOR)


OWN = ("/aanmeldingen", "/abonnementen", "/privacy")
"""Two hold ids of one's own logins and keys; the third counts all messages of a month, confidential ones too (R46)."""


def everything(house: House) -> dict[str, str]:
    """All that can be looked at outside the compartment, and what went out; without what is of one login or key."""
    house.tell()
    made = make_briefing(house.app, by=EDITOR)
    paths = [path for path in pages([house.id], made, [house.key]) if path not in OWN and not path.endswith(".pdf")]
    looked = {path: house.editor.get(path) for path in paths}
    told = {path: f"{page.status_code} {page.text}".replace(house.editor.token, "") for path, page in looked.items()}
    for code in ("2026-W47", "2026-W48"):
        told[code] = words(house.editor.get(f"/?week={code}"))
    exported = json.dumps(corrections(house.app), ensure_ascii=False)
    return {path.replace(house.key, ""): text.replace(house.key, "") for path, text in told.items()} | {
        "export": exported,
        "channel": house.boards.open.words,
    }


@pytest.mark.parametrize("way", WAYS)
def test_every_page_and_channel_reads_the_same_after_a_withdrawal(way: str, both: Both) -> None:
    """At once, after what the compartment then does, after a return, and when the week is looked back on."""

    def told(house: House, signal: bool) -> Read:
        house.clock.forward(minutes=10)
        WAYS[way](house.app)
        found = [everything(house)]
        house.clock.forward(minutes=10)
        if signal:
            acknowledge(house.app, LIAISON, house.id)
            override_level(house.app, ADVISOR, house.id, level=Level.C, reason="Besproken met de politie.")
        found.append(everything(house))
        if way == "restricted":
            lift(house.app, REQUEST)
            found.append(everything(house))
        house.clock.forward(days=9)
        return [*found, everything(house)]

    with_signal, without = both(told)

    assert [
        (moment, place, line)
        for moment, (there, here) in enumerate(zip(with_signal, without, strict=True))
        for place in there
        for line in unified_diff(there[place].split("\n"), here[place].split("\n"), n=0, lineterm="")
    ] == []
    assert "ingetrokken: het bericht" in str(without[0]) or "een bron heeft" in str(without[0])
