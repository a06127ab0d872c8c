"""Indicators -> Level, by the section Risk of docs/guideline.md."""

from collections.abc import Iterable

import pytest

from classifiers import Evidence, Indicator, Level, Weight
from classifiers.risk import level_of


def indicator(code: str, weight: Weight) -> Indicator:
    return Indicator(code=code, weight=weight, label=code, meaning=code, check=code)


ROWS = (
    indicator("licht-1", Weight.LIGHT),
    indicator("licht-2", Weight.LIGHT),
    indicator("zwaar-1", Weight.HEAVY),
    indicator("zwaar-2", Weight.HEAVY),
    indicator("geweld", Weight.VIOLENCE),
    indicator("nood", Weight.EMERGENCY),
    indicator("afgelast", Weight.LOWERS),
)


def level_with(*codes: str) -> Level:
    return level_of([Evidence(code, words="") for code in codes], ROWS)


@pytest.mark.parametrize(
    ("level", "codes"),
    [
        (Level.A, ()),
        (Level.A, ("licht-1",)),
        (Level.B, ("licht-1", "licht-2")),
        (Level.B, ("zwaar-1",)),
        (Level.B, ("zwaar-1", "licht-1", "licht-2")),
        (Level.C, ("zwaar-1", "zwaar-2")),
        (Level.C, ("geweld",)),
        (Level.C, ("nood",)),
        (Level.C, ("nood", "licht-1")),
    ],
)
def test_level_follows_the_weights_of_the_indicators(level: Level, codes: Iterable[str]) -> None:
    assert level_with(*codes) == level


@pytest.mark.parametrize("codes", [(), ("zwaar-1", "zwaar-2"), ("geweld",), ("nood", "licht-1")])
def test_cancelled_or_banned_is_level_a_whatever_else_was_found(codes: Iterable[str]) -> None:
    assert level_with("afgelast", *codes) == Level.A


def test_a_match_that_the_source_itself_classes_high_risk_is_level_c() -> None:
    assert level_of([Evidence("zwaar-1", words="", decisive=True)], ROWS) == Level.C


def test_one_code_found_twice_counts_once() -> None:
    assert level_with("licht-1", "licht-1") == Level.A
    assert level_with("zwaar-1", "zwaar-1") == Level.B


def test_unknown_codes_weigh_nothing_not_even_when_decisive() -> None:
    unknown = [Evidence("bestaat-niet", words="", decisive=True), Evidence("ook-niet", words="")]

    assert level_of(unknown, ROWS) == Level.A


def test_evidence_may_come_from_an_iterator() -> None:
    evidence = iter([Evidence("licht-1", words=""), Evidence("licht-2", words="")])

    assert level_of(evidence, ROWS) == Level.B
