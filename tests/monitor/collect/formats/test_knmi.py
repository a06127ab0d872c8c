"""Kind "cap" at KNMI: its own JSON, and the way from a list of files to the newest."""

import json
from collections.abc import Mapping

import pytest

from classifiers import Category, Period, Precision
from monitor.collect.formats import cap
from monitor.domain import Fetched, RawItem, Told
from tests.monitor.collect.build import a_fetched, local
from tests.monitor.collect.formats.test_cap import HOME, STORE, an_alert, read, the_source


def a_snapshot(*, part: Mapping[str, object] | None = None, publication: str = "manual", **own: object) -> str:
    outline = [[6.0, 53.0], [7.2, 53.0], [7.2, 53.6], [6.0, 53.6], [6.0, 53.0]]
    one = {
        "part_uuid": "p1",
        "color": "orange",
        "status": "active",
        "area": {"type": "Polygon", "coordinates": [outline]},
        "area_description": {"nl": "Noordoosten"},
        "guidance": {"nl": {"impact": "Takken kunnen afbreken.", "instruction": "Blijf uit het park."}},
        "onset": "2026-11-22T14:00:00Z",
        "expires": "2026-11-22T22:00:00Z",
        **(part or {}),
    }
    warning = {
        "phenomenon": "wind",
        "status": "active",
        "operational_status": "Actual",
        "texts": {"nl": {"headline": "Zeer zware windstoten", "description": "Tot 120 km per uur."}},
        "parts": [one],
        **own,
    }
    metadata = {"publication_type": publication, "generated_at": "2026-11-22T05:00:00Z"}
    return json.dumps({"metadata": metadata, "warnings": [warning]})


def test_part_of_a_warning_of_knmi_comes_in() -> None:
    assert read(a_snapshot()) == [
        RawItem(
            source="bron",
            key="2026-11-22 wind Noordoosten",
            title="Code oranje: zware windstoten",
            text="Zeer zware windstoten\nTot 120 km per uur.\nTakken kunnen afbreken.\nBlijf uit het park.",
            url=the_source().url,
            published=local(2026, 11, 22, 6),
            told=Told(
                Period(local(2026, 11, 22, 15), local(2026, 11, 22, 23), Precision.MINUTE), "Noordoosten", Category.NONE
            ),
        )
    ]


def test_warning_refers_to_the_same_page_whatever_temporary_address_it_came_from() -> None:
    page = "https://weer.example/waarschuwingen"
    answers = [a_fetched(a_snapshot(), url=f"{STORE}&Expires={moment}") for moment in (1, 2)]

    plain, chosen = ([cap.parse(one, the_source(options)) for one in answers] for options in ({}, {"fixed_link": page}))

    assert plain[0] == plain[1]
    assert [[item.url for item in found] for found in chosen] == [[page], [page]]


FAR = {"type": "Polygon", "coordinates": [[[4.0, 51.0], [5.0, 51.0], [5.0, 52.0]]]}


@pytest.mark.parametrize(
    "body",
    [
        a_snapshot(publication="test"),
        a_snapshot(operational_status="Test"),
        a_snapshot(operational_status="Exercise"),
        a_snapshot(status="draft"),
        a_snapshot(texts={"nl": {"headline": "TEST Zware windstoten"}}),
        a_snapshot(part={"status": "expired"}),
        a_snapshot(part={"expires": "2026-11-22T07:00:00Z"}),
        a_snapshot(part={"color": "green"}),
        a_snapshot(part={"area": FAR}),
        a_snapshot(part={"area": None}),
        a_snapshot(parts=[]),
    ],
)
def test_tests_and_warnings_that_are_over_or_elsewhere_stay_out_of_the_snapshot(body: str) -> None:
    assert read(body) == []


def test_part_elsewhere_that_names_our_province_comes_in_and_a_withdrawn_one_is_cancelled() -> None:
    named = read(a_snapshot(part={"area": FAR, "area_description": {"nl": "Friesland en Groningen"}}))
    multi = read(
        a_snapshot(part={"area": {"type": "MultiPolygon", "coordinates": [FAR["coordinates"], [[[6.5, 53.2]]]]}})
    )
    withdrawn = read(a_snapshot(status="cancelled"))

    assert [[item.told.cancelled for item in found] for found in (named, multi, withdrawn)] == [
        [False],
        [False],
        [True],
    ]


def a_list(*names: str) -> Fetched:
    files = [{"filename": name, "lastModified": f"2026-11-22T0{number}:00:00Z"} for number, name in enumerate(names)]
    return a_fetched(json.dumps({"files": files}), url=f"{HOME}?maxKeys=20")


def test_list_of_files_leads_to_the_newest_and_that_to_its_temporary_address() -> None:
    listing = a_list("oud.json", "nieuw.json", "los.xml")
    pointer = a_fetched(json.dumps({"temporaryDownloadUrl": STORE}), url=f"{HOME}/nieuw.json/url")

    assert cap.more(listing, the_source()) == f"{HOME}/nieuw.json/url"
    assert cap.more(pointer, the_source()) == STORE
    assert cap.more(a_fetched(a_snapshot(), url=STORE), the_source()) is None
    assert cap.parse(listing, the_source()) == cap.parse(pointer, the_source()) == []


def test_list_of_cap_files_only_leads_to_the_newest_of_those() -> None:
    assert cap.more(a_list("a.xml", "b.xml"), the_source()) == f"{HOME}/b.xml/url"


@pytest.mark.parametrize(
    "answer",
    [
        a_list(),
        a_list("..", "a/b.json", "a b.json", ""),
        a_fetched(json.dumps({"temporaryDownloadUrl": "http://opslag.example/a"}), url=HOME),
        a_fetched(json.dumps({"temporaryDownloadUrl": "https://elders.example/a"}), url=STORE),  # a file says so
        a_fetched(json.dumps({"files": [{"filename": "a.json"}]}), url=STORE),
        a_fetched("{", url=HOME),
        a_fetched("[" * 100_000, url=HOME),
        a_fetched('{"a":' * 100_000, url=HOME),
        a_fetched(b"\xff\xfe\x00", url=HOME),
        a_fetched(json.dumps({"files": [1, None, {"filename": 3}, []]}), url=HOME),
        a_fetched(an_alert(), url=HOME),
    ],
)
def test_nothing_else_leads_anywhere(answer: Fetched) -> None:
    assert cap.more(answer, the_source()) is None
