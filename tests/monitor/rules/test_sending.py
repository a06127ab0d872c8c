"""Which send rule takes a change: the first that fits; and which rules never will."""

from datetime import datetime, time, timedelta
from pathlib import Path

import pytest

from alerts import Urgency
from classifiers import Level
from monitor.config import Notice
from monitor.domain import Event, Fact, FactKind
from monitor.rules.send_table import read_rules, shipped
from monitor.rules.sending import Quiet, Sending, SendRules, cases_of, decide
from tests.build import NOON, an_event, at

LOW, NORMAL, HIGH = Urgency
SATURDAY, FAR = at(28, 14), at(31, month=1, year=2027)
A, B, C = Level


def decided(
    kind: FactKind, event: Event, *also: FactKind, was: Level | None = None, rules: SendRules | None = None,
    now: datetime = NOON,
) -> Sending | None:  # fmt: skip
    """What becomes of one act at noon."""
    data: dict[str, str | int | None] = {"from": was.value, "to": event.level.value} if was else {}
    fact = Fact(id=5, kind=kind, event=1, at=now, by="machine", data=data)
    return decide(rules or shipped(), cases_of((kind, *also), fact, event, event.level, now), Notice())


def an(level: Level, starts: datetime = SATURDAY) -> Event:
    """A demonstration of this level."""
    return an_event(level=level, starts=starts, ends=starts + timedelta(hours=2))


@pytest.mark.parametrize(
    ("kind", "event", "was", "urgency"),
    [
        (FactKind.EVENT_OPENED, an(A), None, LOW),
        (FactKind.EVENT_OPENED, an(B), None, NORMAL),
        (FactKind.EVENT_OPENED, an(C), None, HIGH),
        (FactKind.EVENT_OPENED, an(B, FAR), None, None),
        (FactKind.EVENT_OPENED, an(C, FAR), None, HIGH),
        (FactKind.EVENT_OPENED, an(C, at(19)), None, None),
        (FactKind.CONFIRMED, an(A), None, None),
        (FactKind.CONFIRMED, an(B), None, NORMAL),
        (FactKind.CONFIRMED, an(B, FAR), None, None),
        (FactKind.CONFIRMED, an(C), None, HIGH),
        (FactKind.LEVEL_CHANGED, an(B), A, NORMAL),
        (FactKind.LEVEL_CHANGED, an(C), B, HIGH),
        (FactKind.LEVEL_CHANGED, an(B), C, NORMAL),
        (FactKind.LEVEL_CHANGED, an(A), B, NORMAL),
        (FactKind.MOVED, an(A), A, LOW),
        (FactKind.MOVED, an(A), B, NORMAL),
        (FactKind.CANCELLED, an(C, FAR), C, NORMAL),
        (FactKind.RESUMED, an(B), B, NORMAL),
        (FactKind.SOURCE_WITHDREW, an(A), None, LOW),
        (FactKind.REVIEW_ASKED, an(A), None, HIGH),
        (FactKind.SIGNAL_ADDED, an(A), None, NORMAL),
        (FactKind.WITHDRAWN, an(C), None, LOW),
        (FactKind.CORRECTED, an(C), None, None),
    ],
)
def test_shipped_rules_tell_what_advisors_asked_for(
    kind: FactKind, event: Event, was: Level | None, urgency: Urgency | None
) -> None:
    """The send rules of the domain: new B or C in the horizon, level up, moved, cancelled, a second source."""
    found = decided(kind, event, was=was)

    assert (found.urgency if found else None) == urgency


def test_demonstration_that_begins_within_48_working_hours_is_told_from_its_term_on() -> None:
    saturday = an(B)  # its term ends on Thursday at 00.00 hours

    assert decided(FactKind.NOTICE_DUE, saturday, now=at(25, 23, 59)) is None
    assert decided(FactKind.NOTICE_DUE, an(A), now=at(26)) is None
    found = decided(FactKind.NOTICE_DUE, saturday, now=at(26))
    assert found is not None
    assert (found.urgency, found.rules) == (NORMAL, ("kennisgeving",))


def test_most_urgent_change_of_an_act_decides_and_each_goes_by_its_own_rule() -> None:
    found = decided(FactKind.MOVED, an(B), FactKind.REVIEW_ASKED, FactKind.CORRECTED, was=B)

    assert found == Sending(HIGH, ("verloop", "vraag-aan-adviseur"), None, {})


TABLE = """
[[rule]]
name = "stil"
change = ["nieuw"]
category = ["voetbal"]
urgency = 0
[[rule]]
name = "centrum"
change = ["nieuw", "bevestigd"]
area = ["Binnenstad-Noord"]
to = ["adviseurs"]
urgency = 2
[[rule]]
name = "rest"
change = ["nieuw"]
horizon = 10
urgency = 1
[[rule]]
name = "vergeefs"
change = ["nieuw"]
category = ["voetbal", "onrust"]
horizon = 5
urgency = 3
"""


def a_table(folder: Path, text: str = TABLE) -> SendRules:
    """A table that a municipality wrote."""
    file = folder / "rules.toml"
    file.write_text(text, encoding="utf-8")
    return read_rules(file)


def test_first_rule_that_fits_counts_and_names_who_hears_it(tmp_path: Path) -> None:
    rules = a_table(tmp_path)
    elsewhere = an_event(area="BU00140101")
    [code] = rules.rules[1].areas

    assert decided(FactKind.EVENT_OPENED, an_event(area=code), rules=rules) == Sending(
        NORMAL, ("centrum",), frozenset({"adviseurs"}), {}
    )
    assert decided(FactKind.EVENT_OPENED, elsewhere, rules=rules) == Sending(LOW, ("rest",), None, {})
    assert decided(FactKind.EVENT_OPENED, an_event(category="voetbal", area=code), rules=rules) is None


def test_rule_that_others_always_come_before_is_found_with_those_others(tmp_path: Path) -> None:
    assert a_table(tmp_path).shadowed() == [("vergeefs", ("stil", "centrum", "rest"))]
    wider = TABLE.replace("horizon = 5", "horizon = 11")
    assert a_table(tmp_path, wider).shadowed() == []


def test_no_shipped_rule_is_shadowed() -> None:
    assert shipped().shadowed() == []


def test_quiet_hours_may_pass_midnight_and_a_change_of_the_clock() -> None:
    night = Quiet(time(22), time(7))

    assert night.ends(at(22, 21, 59)) is None
    assert night.ends(at(22, 22)) == at(23, 7)
    assert night.ends(at(23, 6, 59)) == at(23, 7)
    assert night.ends(at(23, 7)) is None
    assert night.ends(at(24, 23, month=10)) == at(25, 7, month=10)
    assert Quiet(time(12), time(13)).ends(at(22, 12, 30)) == at(22, 13)


def test_cooldown_holds_when_every_change_of_the_act_may_rest() -> None:
    alone = decided(FactKind.CONFIRMED, an(B))
    beside = decided(FactKind.CONFIRMED, an(B), FactKind.MOVED, was=B)

    assert alone is not None
    assert alone.rests == {FactKind.CONFIRMED: timedelta(hours=1)}
    assert beside is not None
    assert beside.rests == {}


def test_rule_for_what_nobody_saw_says_how_long_it_waits(tmp_path: Path) -> None:
    piket = '[[rule]]\nname = "piket"\nchange = ["niet_gezien"]\nlevel = ["C"]\nminutes = 15\nurgency = 3\n'
    rules = a_table(tmp_path, piket)

    assert (rules.patience(C), rules.patience(B)) == (timedelta(minutes=15), None)
    assert shipped().patience(C) is None
    assert decided(FactKind.NOT_SEEN, an(C, FAR), rules=rules) == Sending(HIGH, ("piket",), None, {})
