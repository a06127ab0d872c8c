"""Each stage of an event, by what is known of it at one moment."""

from datetime import datetime
from typing import Any

import pytest

from classifiers import Evidence, Phase, Precision
from monitor.domain import EventState, Stage
from monitor.rules.classify import CANCELLED
from monitor.rules.stage import ALLOWED, By, stage_of
from tests.build import NOON, an_event, at

DAYS = {"starts": at(28), "ends": at(30), "precision": Precision.DAY}


@pytest.mark.parametrize(
    ("event", "now", "stage"),
    [
        ({}, NOON, Stage.ANNOUNCED),
        ({"notification": "Z-1"}, NOON, Stage.NOTIFIED),
        ({"notification": "Z-1", "permit": "V-1"}, NOON, Stage.PERMITTED),
        ({"permit": "V-1", "moved": True}, NOON, Stage.MOVED),
        ({"moved": True}, at(28, 14), Stage.UNDER_WAY),
        ({}, at(28, 15, 59), Stage.UNDER_WAY),
        ({}, at(28, 16), Stage.OVER),
        ({"ends": None}, at(28, 19, 59), Stage.UNDER_WAY),
        ({"ends": None}, at(28, 20), Stage.OVER),
        (DAYS, at(28, 12), Stage.ANNOUNCED),
        (DAYS | {"phase": Phase.UNDER_WAY}, at(28, 12), Stage.UNDER_WAY),
        (DAYS, at(29, 12), Stage.UNDER_WAY),
        (DAYS, at(30), Stage.OVER),
        ({"starts": None, "ends": None, "precision": None}, at(29), Stage.ANNOUNCED),
        ({"starts": None, "ends": None, "phase": Phase.UNDER_WAY}, NOON, Stage.UNDER_WAY),
        ({"starts": None, "ends": None, "phase": Phase.OVER}, NOON, Stage.OVER),
        ({"state": EventState.CANCELLED}, at(29), Stage.CANCELLED),
        ({"state": EventState.CLOSED}, at(29), Stage.OVER),
        ({"state": EventState.CLOSED, "evidence": (Evidence(CANCELLED, ""),)}, at(29), Stage.CANCELLED),
        ({"state": EventState.WITHDRAWN, "moved": True}, at(29), Stage.WITHDRAWN),
    ],
)
def test_stage_follows_from_what_is_known_and_the_moment(event: dict[str, Any], now: datetime, stage: Stage) -> None:
    assert stage_of(an_event(**event), now) is stage


def test_table_names_every_stage_for_whatever_can_change_it() -> None:
    assert {by: set(table) for by, table in ALLOWED.items()} == {by: set(Stage) for by in By}
    assert [stage for table in ALLOWED.values() for stage, after in table.items() if stage in after] == []
