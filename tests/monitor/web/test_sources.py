"""The page of sources: what it says of one."""

from datetime import datetime

import pytest

from monitor.domain import SourceState
from monitor.rules.health import Diagnosis, Health
from monitor.web.sources import Line
from tests.build import at
from tests.monitor.collect.build import a_source


@pytest.mark.parametrize(
    ("until", "habit"),
    [
        (at(29), "agenda tot en met za 28 nov 2026"),
        (at(28, 16), "agenda tot en met za 28 nov 2026"),
    ],
    ids=["a whole day", "an hour"],
)
def test_an_agenda_goes_on_until_the_last_day_that_it_lists(until: datetime, habit: str) -> None:
    line = Line(a_source(), SourceState(source="krant", lists_until=until), Diagnosis(Health.OK))

    assert line.habit == habit
