"""The path language of kind "json"."""

import pytest

from monitor.collect.formats.paths import filled, places, problem_with, values

ROOT = {
    "iterator": {"last": True, "count": 2},
    "items": [
        {"title": " Een ", "tags": [{"name": "a"}, {"name": "b"}], "date": "2026"},
        {"title": "Twee", "tags": [], "Date": "2027", "rate": 1.5},
    ],
    "grid": [[1, 2], [3]],
}


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("items[].title", ["Een", "Twee"]),
        ("items[].tags[].name", ["a", "b"]),
        ("iterator.last", ["true"]),
        ("iterator.count", ["2"]),
        ("items[].rate", ["1.5"]),
        ("iterator", []),
        ("items[]", []),
        ("items.title", []),
        ("title[]", []),
        ("nothing.at.all", []),
        ("grid[][]", ["1", "2", "3"]),
        ("^title", []),
    ],
)
def test_path_leads_to_texts_and_numbers(path: str, found: list[str]) -> None:
    assert values(path, (ROOT,)) == found


def test_first_choice_that_gives_something_counts() -> None:
    entries = places("items[]", (ROOT,))

    assert [values("date | Date", entry) for entry in entries] == [["2026"], ["2027"]]


def test_caret_reads_the_entry_around() -> None:
    tags = places("items[].tags[]", (ROOT,))

    assert [filled("{^title}: {name} van {^^iterator.count}", tag) for tag in tags] == ["Een: a van 2", "Een: b van 2"]


def test_template_leaves_out_what_is_not_there() -> None:
    assert filled("{date} {time}", ({"date": "2026-11-27"},)) == "2026-11-27"


@pytest.mark.parametrize(
    "path", ["[]", "a", "a.b[].c", "a | b", "^a", "{a} - {b.c}", "season {a}", "@type", "dc:title"]
)
def test_path_that_can_be_used_has_no_problem(path: str) -> None:
    assert problem_with(path) is None


@pytest.mark.parametrize("path", ["", "a..b", "a[", "a[0]", "{a", "a}", "{}", "a |", "^", "a.^b", "x." * 30 + "x"])
def test_path_that_cannot_be_used_has_a_problem(path: str) -> None:
    assert problem_with(path)


def test_no_more_is_looked_at_than_asked() -> None:
    endless = {"items": [{"tags": list(range(1_000))} for _ in range(1_000)]}

    assert len(places("items[].tags[]", (endless,), at_most=5)) == 5
    assert len(values("items[].tags[]", (endless,))) == 200


def test_nothing_at_all_is_no_place() -> None:
    assert [place[-1] for place in places("[]", ([None, 1, None],))] == [1]
