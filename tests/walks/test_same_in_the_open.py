"""Two houses that differ in one confidential signal read the same in the open, whatever goes (R31)."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from alerts import Ask, Asked
from classifiers import Reader
from monitor.domain import MACHINE, EventState, Role
from monitor.work.from_slack import answer
from monitor.work.staff import link_slack
from monitor.work.withhold import restrict
from tests.databases import Postgres
from tests.monitor.web.desk import seat, words
from tests.walks.test_left_open import REQUEST, House, a_house_with_a_march

Both = Callable[[Callable[[House, bool], object]], tuple[object, object]]
"""Does the same in a house with the signal and in one without it, which `bool` tells; what came of it in each."""


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
    def in_one(name: str, url: str, act: Callable[[House, bool], object], *, signal: bool) -> object:
        folder = tmp_path / name
        folder.mkdir()
        with a_house_with_a_march(folder, url, reader) as house:
            if signal:
                house.signal()
            return act(house, signal)

    one, other = databases
    return lambda act: (in_one("with", one, act, signal=True), in_one("without", other, act, signal=False))


@pytest.mark.parametrize("role", [Role.ADVISOR, Role.LIAISON, Role.EDITOR])
def test_the_buttons_of_what_was_taken_back_answer_the_same(role: Role, both: Both) -> None:
    """In Slack, which is outside the compartment whoever asks, and on the page of whoever is outside."""

    def pressed(house: House, signal: bool) -> list[object]:
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
        return told

    with_signal, without = both(pressed)

    assert with_signal == without
    assert "is ingetrokken en verandert niet meer" in str(with_signal)
