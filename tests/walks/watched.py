"""A house that watches one source, as a walk meets it."""

from dataclasses import dataclass

from monitor.app import App
from monitor.commands.house import round_of_polls
from tests.fakes import Boards, FixedClock, Press


@dataclass
class Watched:
    """The house, the source `krant`, the time, and what people were told."""

    app: App
    press: Press
    clock: FixedClock
    boards: Boards

    async def look(self) -> None:
        """Time passes, and the source is asked again."""
        self.clock.forward(hours=6)
        await round_of_polls(self.app, ["krant"])
