"""Kind "json", with the three addresses that it was made for."""

from pathlib import Path

import pytest

from classifiers import Category, Period, Precision, Voice
from monitor.collect import parse
from monitor.collect.sources import read_sources
from monitor.domain import RawItem, Source, Told
from monitor.errors import Changed
from tests.monitor.collect.build import a_fetched, a_source, local, sample

SHIPPED = {source.id: source for source in read_sources(Path(__file__).parents[3] / "sources.toml")}


def a_json(**options: object) -> Source:
    return a_source("json", options={"list": "[]", "id": "id", "title": "title", **options})


def told_of(body: str, **options: object) -> Told:
    (item,) = parse(a_fetched(body), a_json(**options))
    return item.told


def test_police_news_gives_its_entries_in_both_spellings_of_the_date() -> None:
    items = parse(sample("politie.json"), SHIPPED["politie-nieuws"])

    assert items == [
        RawItem(
            source="politie-nieuws",
            key="a1-2026",
            title="Aanhoudingen na voetbalwedstrijd",
            text="<p>Na afloop was het onrustig.</p>",
            url="https://www.politie.nl/nieuws/2026/november/21/01-a1.html",
            published=local(2026, 11, 21, 23, 15),
            told=Told(place="Groningen"),
            voice=Voice.POLICE,
        ),
        RawItem(
            source="politie-nieuws",
            key="a2-2026",
            title="Jaarwisseling",
            text="Vooruitblik.",
            url="https://www.politie.nl/nieuws/2026/november/20/01-a2.html",
            published=local(2026, 11, 20),
            voice=Voice.POLICE,
        ),
    ]


def test_no_body_means_no_news() -> None:
    """politie.nl answers 204 without a body."""
    assert parse(a_fetched(b""), SHIPPED["politie-nieuws"]) == []


def test_empty_list_means_no_news() -> None:
    assert parse(a_fetched('{"iterator": {}, "nieuwsberichten": []}'), SHIPPED["politie-nieuws"]) == []


def test_fixtures_give_home_matches_only_and_a_weekend_where_the_time_is_not_known() -> None:
    items = parse(sample("eredivisie.json"), SHIPPED["openfootball"])

    def told(period: Period, *, cancelled: bool = False) -> Told:
        return Told(period, "Euroborg", Category.FOOTBALL, cancelled)

    minute = Precision.MINUTE
    assert [(item.key, item.title, item.told) for item in items] == [
        (
            "2026-27 Matchday 13 FC Groningen SC Heerenveen",
            "FC Groningen - SC Heerenveen",
            told(Period(local(2026, 11, 21, 21), None, minute)),
        ),
        (
            "2026-27 Matchday 14 FC Groningen Willem II Tilburg",
            "FC Groningen - Willem II Tilburg",
            told(Period(local(2026, 11, 27, 20), None, minute)),
        ),
        (
            "2026-27 Matchday 22 FC Groningen PEC Zwolle",
            "FC Groningen - PEC Zwolle",
            told(Period(local(2027, 2, 6), local(2027, 2, 8), Precision.WEEKEND)),
        ),
        (
            "2026-27 Matchday 23 FC Groningen FC Twente '65",
            "FC Groningen - FC Twente '65",
            told(Period(local(2027, 2, 13, 18, 45), None, minute), cancelled=True),
        ),
    ]
    assert {(item.text, item.url, item.published) for item in items} == {
        ("", "https://github.com/openfootball/football.json", None)
    }


def test_school_holidays_give_whole_days_of_the_own_region() -> None:
    items = parse(sample("schoolvakanties.json"), SHIPPED["schoolvakanties"])

    day = Precision.DAY
    assert [(item.key, item.title, item.told) for item in items] == [
        (
            "2026-2027 Herfstvakantie noord",
            "Herfstvakantie, regio noord",
            Told(Period(local(2026, 10, 10), local(2026, 10, 19), day), category=Category.NONE),
        ),
        (
            "2026-2027 Kerstvakantie heel Nederland",
            "Kerstvakantie, regio heel Nederland",
            Told(Period(local(2026, 12, 19), local(2027, 1, 4), day), category=Category.NONE),
        ),
    ]


@pytest.mark.parametrize("status", ['"CANCELLED"', '"postponed"', '"Afgelast"', "true"])
def test_what_does_not_take_place_is_told(status: str) -> None:
    assert told_of(f'[{{"id": 1, "title": "t", "status": {status}}}]', cancelled="status").cancelled


def test_what_takes_place_is_not_told_as_cancelled() -> None:
    assert not told_of('[{"id": 1, "title": "t", "status": "TIMED"}]', cancelled="status").cancelled


@pytest.mark.parametrize(
    ("start", "end", "period"),
    [
        ("2026-12-05", "2026-12-06", Period(local(2026, 12, 5), local(2026, 12, 7), Precision.DAY)),
        (
            "2026-12-05T14:00",
            "2026-12-05T16:00",
            Period(local(2026, 12, 5, 14), local(2026, 12, 5, 16), Precision.MINUTE),
        ),
        ("2026-12-05T14:00", "2026-12-06", Period(local(2026, 12, 5, 14), local(2026, 12, 7), Precision.MINUTE)),
        ("2026-12-05T14:00", "2026-12-05T13:00", Period(local(2026, 12, 5, 14), None, Precision.MINUTE)),
        ("2026-12-05T14:00Z", "", Period(local(2026, 12, 5, 15), None, Precision.MINUTE)),
        ("straks", "2026-12-05", None),
    ],
)
def test_start_and_end_make_a_period(start: str, end: str, period: Period | None) -> None:
    body = f'[{{"id": 1, "title": "t", "from": "{start}", "to": "{end}"}}]'

    assert told_of(body, start="from", end="to").period == period


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("<html>Bad request</html>", "no readable JSON"),
        ('{"items": [', "no readable JSON"),
        ("[" * 100_000, "no readable JSON"),
        ('{"items": []}', "path 'list' finds nothing"),
        ('"tekst"', "path 'list' finds nothing"),
        ('[{"id": 1, "kop": "t"}]', "path 'title' finds nothing"),
    ],
)
def test_what_was_rebuilt_is_named(body: str, reason: str) -> None:
    with pytest.raises(Changed) as raised:
        parse(a_fetched(body), a_json())

    assert raised.value.reason == reason


def test_half_a_character_is_left_out() -> None:
    source = a_source("json", options={"list": "[]", "id": "id", "title": "title", "text": "text", "place": "place"})

    (item,) = parse(
        a_fetched(r'[{"id": "1\ud83d", "title": "a\ud83db\u0000", "text": "\udc00c", "place": "d\ud83d"}]'), source
    )

    assert (item.key, item.title, item.text, item.told.place) == ("1", "ab", "c", "d")
