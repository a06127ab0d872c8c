"""The week: what stands on it, for whom, and what the filters do."""

import json

import pytest
from selectolax.lexbor import LexborHTMLParser

from classifiers import Level
from monitor.app import App
from monitor.domain import Actor, Role
from monitor.store import events, people
from monitor.work.approvals import stop_collection
from monitor.work.decisions import acknowledge
from monitor.work.ingest import take_in
from tests.build import a_raw
from tests.fakes import FixedClock
from tests.monitor.web.conftest import Seats
from tests.monitor.web.desk import titles, words
from tests.monitor.web.invented import SECRET_WORDS, Week

WEEK = "/?week=2026-W48"
ALL = ["Demonstratie, Julianaplein", "Demonstratie, Vismarkt", "Jaarwisseling, Oosterpark", "Demonstratie, Grote Markt"]


@pytest.fixture(autouse=True)
def _monday(clock: FixedClock) -> None:
    """Monday 23 November, noon: the invented events are of this week."""
    clock.forward(days=1)


def test_the_week_lists_its_events_in_order_and_those_without_a_day_at_the_end(desk: Seats, week: Week) -> None:
    answer = desk(Role.PROJECT).get("/")

    assert titles(answer) == [*ALL, "Demonstratie, Groningen"]
    assert words(answer, ".tw-sub") == "maandag 23 t/m zondag 29 november 2026 · week 48"
    assert words(answer, ".tw-count") == "5 van 5"


def test_a_confidential_event_is_on_the_page_of_who_may_know_it_and_counted_nowhere_else(
    desk: Seats, week: Week
) -> None:
    open_page, closed_page = desk(Role.PROJECT).get("/"), desk(Role.LIAISON).get("/")

    assert "Onrust, Hoogkerk" in titles(closed_page)
    assert "vertrouwelijk" in words(closed_page, f"[data-id='{week.secret}']")
    assert ("Hoogkerk" in open_page.text, SECRET_WORDS in open_page.text) == (False, False)
    assert (words(open_page, ".tw-stat--a b"), words(closed_page, ".tw-stat--a b")) == ("1", "2")


def test_an_unreviewed_c_is_shown_as_a_signal_and_not_as_a_judgement(desk: Seats, week: Week) -> None:
    answer = desk(Role.ADVISOR).get("/")

    card = f".tw-card[data-id='{week.clash}']"
    assert words(answer, f"{card} .tw-signal") == "signaal, nog niet beoordeeld"
    assert LexborHTMLParser(answer.text).css_first(f"{card} .tw-risk--signal") is not None


def test_a_card_tells_why_with_the_labels_of_the_indicators(desk: Seats, week: Week, app: App) -> None:
    label = {row.code: row.label for row in app.reader.indicators}

    answer = desk(Role.ADVISOR).get("/")

    found = words(answer, f".tw-card[data-id='{week.blockade}'] .tw-reasons")
    assert found == f"Waarom B: {label['blokkade']} · {label['geen_kennisgeving']}"


def test_each_day_tells_what_it_brings_to_the_whole_municipality_whatever_the_filters_show(
    desk: Seats, week: Week
) -> None:
    saturday = ".tw-day:nth-child(6) .tw-day__load"

    open_page, closed_page = desk(Role.PROJECT).get(WEEK), desk(Role.LIAISON).get(WEEK)
    filtered = desk(Role.PROJECT).get(f"{WEEK}&niveau=A")

    assert words(open_page, saturday) == "400–700 mensen 1 × C"
    assert words(closed_page, saturday) == (
        "minstens 400 mensen (hoogstens 700 bij wat bekend is), van 1 van de 2 is de omvang bekend 1 × C, 1 × A"
    )
    assert words(filtered, saturday) == "Hele gemeente: 400–700 mensen 1 × C"
    assert words(open_page, ".tw-day:nth-child(1) .tw-day__load") == ""


def test_what_two_sources_tell_counts_once_in_the_load_of_its_day(app: App, desk: Seats) -> None:
    told = "Zaterdag 28 november om 14.00 uur is er een demonstratie op de Grote Markt. Er komen 300 mensen."
    again = "Op de Grote Markt wordt zaterdag 28 november om 14.00 uur gedemonstreerd door 300 mensen."
    take_in(app, [a_raw("Demonstratie op de Grote Markt", told), a_raw("Protest", again, source="omroep")])

    answer = desk(Role.PROJECT).get(WEEK)

    assert words(answer, ".tw-day:nth-child(6) .tw-day__load") == "300 mensen 1 × A"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("q=vismarkt", ["Demonstratie, Vismarkt"]),
        ("q=demonstratie+grote", ["Demonstratie, Grote Markt"]),
        ("niveau=C", ["Demonstratie, Grote Markt"]),
        ("niveau=A&niveau=C", ["Demonstratie, Vismarkt", "Demonstratie, Grote Markt"]),
        ("soort=jaarwisseling", ["Jaarwisseling, Oosterpark"]),
        ("buurt=BU00140300", ["Jaarwisseling, Oosterpark"]),
        ("q=nergens", []),
    ],
)
def test_filters_work_without_any_script(query: str, expected: list[str], desk: Seats, week: Week) -> None:
    answer = desk(Role.PROJECT).get(f"{WEEK}&{query}")

    assert titles(answer) == expected


def test_the_filters_keep_their_state_when_the_page_comes_back(desk: Seats, week: Week) -> None:
    answer = desk(Role.PROJECT).get(f"{WEEK}&niveau=C&q=markt")

    page = LexborHTMLParser(answer.text)
    checked = [node.attributes["value"] for node in page.css("#filter input[checked]")]
    field = page.css_first("#q")
    assert field is not None
    assert (checked, field.attributes["value"]) == (["C"], "markt")


def test_htmx_gets_only_the_part_that_changes(desk: Seats, week: Week) -> None:
    answer = desk(Role.PROJECT).part(f"{WEEK}&niveau=C")

    assert answer.text.lstrip().startswith('<div id="resultaat"')
    assert titles(answer) == ["Demonstratie, Grote Markt"]
    assert answer.headers["vary"] == "HX-Request"


def test_what_someone_has_seen_leaves_the_list_of_what_is_new(app: App, desk: Seats, week: Week) -> None:
    project = desk(Role.PROJECT)
    acknowledge(app, Actor("projectteam", Role.PROJECT), week.vigil)

    assert words(project.get("/"), ".tw-stat:nth-child(4) b") == "4"
    assert "Demonstratie, Vismarkt" not in titles(project.get("/?nieuw=1"))


def test_a_change_makes_an_event_new_again(app: App, desk: Seats, week: Week) -> None:
    acknowledge(app, Actor("projectteam", Role.PROJECT), week.vigil)
    with app.store.begin() as session:
        events.get(session, week.vigil).revision += 1

    assert "Demonstratie, Vismarkt" in titles(desk(Role.PROJECT).get("/?nieuw=1"))


def test_another_week_has_an_address_of_its_own(desk: Seats, week: Week) -> None:
    answer = desk(Role.PROJECT).get("/?week=2026-W49")

    assert titles(answer) == ["Demonstratie, Grote Markt"]
    links = {node.attributes.get("href") for node in LexborHTMLParser(answer.text).css(".tw-title__act a")}
    assert {"/?week=2026-W48", "/?week=2026-W50", "/"} <= links


@pytest.mark.parametrize("code", ["2026-W54", "2026", "W48", "0000-W00", "2026-Wxx"])
def test_a_week_that_does_not_exist_is_not_found(code: str, desk: Seats) -> None:
    assert desk(Role.PROJECT).get(f"/?week={code}").status_code == 404


def test_the_map_gets_a_pin_for_every_event_with_a_place(desk: Seats, week: Week) -> None:
    answer = desk(Role.PROJECT).get("/")

    node = LexborHTMLParser(answer.text).css_first("#resultaat")
    assert node is not None
    pins = json.loads(node.attributes["data-punten"] or "")
    assert {pin["id"] for pin in pins} == {week.vigil, week.blockade, week.clash, week.fireworks}
    assert next(p for p in pins if p["id"] == week.clash) == {
        "id": week.clash,
        "level": Level.C.value,
        "signal": True,
        "label": "Demonstratie, Grote Markt, za 28 nov, za 28 nov 13.00–16.00 uur, niveau C – risicovol",
        "area": "BU00140000",
        "lon": 6.567,
        "lat": 53.219,
    }


def test_the_outlines_for_the_map_are_those_of_the_statistics_office(desk: Seats) -> None:
    answer = desk(Role.PROJECT).get("/kaart/buurten.geojson")

    assert answer.headers["content-type"] == "application/geo+json"
    assert {"buurtcode", "naam"} <= answer.json()["features"][0]["properties"].keys()


def test_when_collection_stands_still_every_screen_says_so(app: App, desk: Seats) -> None:
    stop_collection(app, Actor("adviseur", Role.ADVISOR), reason="Bron lekt namen.")

    for role, path in ((Role.PROJECT, "/"), (Role.ADMIN, "/bronnen"), (Role.PRIVACY, "/logboek")):
        assert "Het verzamelen staat stil" in words(desk(role).get(path), ".tw-band--stop")


def test_a_search_is_written_down_without_its_words(app: App, desk: Seats, week: Week) -> None:
    desk(Role.PROJECT).get("/?q=jansen")

    with app.store.read() as session:
        [entry] = people.audit(session, 1)
    assert (entry.who, entry.act, entry.what) == ("projectteam", "searched", "week:2026-W48:0")


def test_a_title_that_holds_html_stays_text(app: App, desk: Seats, week: Week) -> None:
    with app.store.begin() as session:
        events.get(session, week.vigil).title = "<script>alert(1)</script>"

    answer = desk(Role.PROJECT).get("/")

    assert "<script>alert" not in answer.text
    assert "&lt;script&gt;alert" in answer.text
