"""What a request about data on someone does under a legal hold: what is held is used no more, and goes after (R42)."""

from pathlib import Path

from classifiers import Reader
from monitor.domain import Actor, EventState, Role
from monitor.work.holds import Held, add_hold, end_hold
from monitor.work.purge import purge
from monitor.work.withhold import erase, lift, lift_what_is_over, restrict
from tests.build import at
from tests.walks.test_rights import LAST, Walk, places, walked
from tests.walks.test_rights import OFFICER as LOGIN

OFFICER = Actor(LOGIN, Role.PRIVACY)


def test_what_is_held_by_law_is_used_no_more_and_erased_when_the_hold_is_over(
    tmp_path: Path, database_url: str, reader: Reader
) -> None:
    async def story(house: Walk) -> None:
        hold = add_hold(house.app, OFFICER, Held(event=1), reason="Bezwaar.", until=at(24, month=12))
        done = erase(house.app, house.ask(), whole=True)
        lift(house.app, house.ask())
        purge(house.app)

        assert (places(done.left), house.shown()) == ({"item"}, [f"{EventState.WITHDRAWN.value} 0"])
        assert LAST in house.kept()

        end_hold(house.app, OFFICER, hold)
        purge(house.app)
        assert LAST not in house.kept()

    walked(tmp_path, database_url, reader, story)


def test_what_waits_for_a_hold_to_be_erased_is_not_brought_back_by_a_restriction(
    tmp_path: Path, database_url: str, reader: Reader
) -> None:
    async def story(house: Walk) -> None:
        add_hold(house.app, OFFICER, Held(event=1), reason="Bezwaar.", until=at(21, month=11, year=2027))
        erase(house.app, house.ask(), whole=True)
        restricted = restrict(house.app, house.ask(), until=at(25))
        house.clock.moment = at(26)

        assert restricted.changed == {"item": 0}
        assert lift_what_is_over(house.app) == 0
        assert lift(house.app, house.ask()).changed == {"item": 0}
        assert house.shown() == [f"{EventState.WITHDRAWN.value} 0"]

    walked(tmp_path, database_url, reader, story)
