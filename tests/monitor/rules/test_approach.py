"""approaches.toml -> the ways that crowds walk; and what is said of a table that is wrong."""

import tomllib
from pathlib import Path

import pytest

from classifiers import Category
from monitor.domain import metres
from monitor.errors import ConfigError
from monitor.rules.approach import Approach, Stop, read_approaches

ROW = """
[[approach]]
name = "de hal"
to = [6.5, 53.2]
kinds = ["voetbal"]
stops = [{ name = "Plein", at = [6.51, 53.2] }]
"""
PLACES = Path(__file__).parents[3] / "classifiers" / "places.toml"
ROUNDED = 120
"""Metres that two points with three decimals may lie apart and still be one."""


def written(folder: Path, text: str) -> Path:
    file = folder / "approaches.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_row_tells_where_a_way_leads_and_what_lies_along_it(tmp_path: Path) -> None:
    [approach] = read_approaches(written(tmp_path, ROW))

    assert approach == Approach("de hal", (6.5, 53.2), frozenset({Category.FOOTBALL}), (Stop("Plein", (6.51, 53.2)),))
    assert approach.leads_to(Category.FOOTBALL, (6.507, 53.2))  # 466 m
    assert not approach.leads_to(Category.FOOTBALL, (6.508, 53.2))  # 533 m
    assert not approach.leads_to(Category.EVENT, (6.5, 53.2))
    assert approach.stop_near((6.514, 53.2)) == Stop("Plein", (6.51, 53.2))  # 266 m
    assert approach.stop_near((6.515, 53.2)) is None  # 333 m


def test_the_shipped_points_are_those_of_the_gazetteer() -> None:
    rows = tomllib.loads(PLACES.read_text(encoding="utf-8"))["place"]
    known = {row["name"]: (row["lon"], row["lat"]) for row in rows if "lon" in row}

    stops = [stop for approach in read_approaches() for stop in approach.stops]

    assert [stop.name for stop in stops if metres(stop.at, known[stop.name]) > ROUNDED] == []
    assert {metres(a.to, known[a.name.split()[-1]]) > ROUNDED for a in read_approaches()} == {False}


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("[[approach", "bestand"),
        ("approach = 3", "approach"),
        (f"{ROW}\n[[aproach]]", "approach"),
        (ROW.replace('"de hal"', '" "'), "approach[1].name"),
        (ROW.replace("[6.5, 53.2]", "[6.5]"), "approach[1].to"),
        (ROW.replace("[6.5, 53.2]", "[6, 53.2]"), "approach[1].to"),
        (ROW.replace("voetbal", "schaken"), "approach[1].kinds"),
        (ROW.replace('["voetbal"]', "[]"), "approach[1].kinds"),
        (ROW.replace('{ name = "Plein", at = [6.51, 53.2] }', ""), "approach[1].stops"),
        (ROW.replace('"Plein"', "3"), "approach[1].stops[1].name"),
        (ROW.replace("at = [6.51, 53.2]", "op = 3"), "approach[1].stops[1].at"),
        (ROW + ROW.replace("kinds", "soort"), "approach[2].soort"),
    ],
)
def test_a_fault_is_named_with_its_place(tmp_path: Path, text: str, where: str) -> None:
    with pytest.raises(ConfigError) as raised:
        read_approaches(written(tmp_path, text))

    assert (raised.value.file, raised.value.key) == ("approaches.toml", where)
    assert raised.value.advice.endswith(".")
