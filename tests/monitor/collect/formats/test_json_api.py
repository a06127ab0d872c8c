"""Kind "json", with the three addresses that it was made for."""

import json
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from classifiers import Category, Period, Precision, Voice
from monitor.collect import parse
from monitor.collect.formats.json_api import more
from monitor.collect.formats.presets import PRESETS
from monitor.collect.sources import read_sources
from monitor.domain import RawItem, Source, Told
from monitor.errors import Changed, NotAFeed, SelectorMissing
from tests.monitor.collect.build import a_fetched, a_source, local, sample

SHIPPED = {source.id: source for source in read_sources(Path(__file__).parents[4] / "sources.toml")}


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
            "Netherlands Eredivisie 2026/27 Matchday 13 FC Groningen SC Heerenveen",
            "FC Groningen - SC Heerenveen",
            told(Period(local(2026, 11, 21, 21), None, minute)),
        ),
        (
            "Netherlands Eredivisie 2026/27 Matchday 14 FC Groningen Willem II Tilburg",
            "FC Groningen - Willem II Tilburg",
            told(Period(local(2026, 11, 27, 20), None, minute)),
        ),
        (
            "Netherlands Eredivisie 2026/27 Matchday 22 FC Groningen PEC Zwolle",
            "FC Groningen - PEC Zwolle",
            told(Period(local(2027, 2, 6), local(2027, 2, 8), Precision.WEEKEND)),
        ),
        (
            "Netherlands Eredivisie 2026/27 Matchday 23 FC Groningen FC Twente '65",
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
    ("body", "reason", "error"),
    [
        ("<html>Bad request</html>", "no readable JSON", NotAFeed),
        ('{"items": [', "no readable JSON", NotAFeed),
        ("[" * 100_000, "no readable JSON", NotAFeed),
        ('{"a":' * 100_000, "no readable JSON", NotAFeed),
        ("[" + " " * 5_000_000 + "]", "JSON is too large", NotAFeed),
        ('{"items": []}', "path 'list' finds nothing", SelectorMissing),
        ('"tekst"', "path 'list' finds nothing", SelectorMissing),
        ("NaN", "path 'list' finds nothing", SelectorMissing),
        ('[{"id": 1, "kop": "t"}]', "path 'title' finds nothing", SelectorMissing),
        ('[{"id": 1, "title": {"nl": "t"}}]', "path 'title' finds nothing", SelectorMissing),
        ("[1, null, true, [[]]]", "path 'title' finds nothing", SelectorMissing),
    ],
)
def test_what_was_rebuilt_is_named(body: str, reason: str, error: type[Changed]) -> None:
    with pytest.raises(error) as raised:
        parse(a_fetched(body), a_json())

    assert raised.value.reason == reason


def test_what_is_too_large_is_told_with_the_way_out() -> None:
    with pytest.raises(NotAFeed) as raised:
        parse(a_fetched("[" + " " * 5_000_000 + "]"), a_json())

    assert raised.value.advice == (
        "Bron 'bron' geeft meer dan 5 MB in één keer; vraag de uitgever om minder tegelijk, "
        "of kies in sources.toml een adres dat minder geeft."
    )


@pytest.mark.parametrize(
    ("value", "key"),
    [
        ("9" * 5_000, "9" * 5_000),
        ("1.50", "1.50"),
        ("-1e999", "-1e999"),
        ("true", "true"),
    ],
)
def test_number_stays_as_it_is_written(value: str, key: str) -> None:
    """Python refuses to read an integer of more than 4,300 digits, and rounds others."""
    (item,) = parse(a_fetched(f'[{{"id": {value}, "title": "t", "rate": NaN, "most": -Infinity}}]'), a_json())

    assert item.key == key


def test_last_of_two_fields_with_one_name_counts() -> None:
    (item,) = parse(a_fetched('[{"id": 1, "title": "een", "title": "twee"}]'), a_json())

    assert item.title == "twee"


def test_entry_without_an_id_is_known_by_its_link_or_its_title() -> None:
    """By the address of the source all such entries would be versions of one."""
    body = '[{"id": 1, "title": "a"}, {"title": "b", "link": "https://b.example/b"}, {"title": "c"}]'
    items = parse(a_fetched(body), a_json(link="link", fixed_link="https://a.example"))

    assert [item.key for item in items] == ["1", "https://b.example/b", "c"]


def test_no_more_than_ten_thousand_entries_are_read() -> None:
    body = "[" + ",".join(['{"id":1,"title":"t"}'] * 10_001) + "]"

    assert len(parse(a_fetched(body), a_json())) == 10_000


def test_list_that_never_ends_does_not_become_one_title() -> None:
    body = json.dumps([{"id": 1, "title": "t", "words": ["w"] * 100_000}])
    (item,) = parse(a_fetched(body), a_json(text="words[]"))

    assert len(item.text) < 500


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(["2027-02-06", "20:00", "t"]),
    lambda inside: (
        st.lists(inside, max_size=4)
        | st.dictionaries(
            st.sampled_from("list id title text date end status home name tags content created_at next".split())
            | st.text(),
            inside,
            max_size=6,
        )
    ),
    max_leaves=30,
)
EVERYTHING = {
    "list": "list[] | []", "id": "{id} {^name}", "title": "title | title.name", "text": "text[].name | text",
    "published": "created_at", "start": "{date} {text}", "end": "end", "precision": "weekend", "place": "home.name",
    "link": "next", "cancelled": "status", "only": {"status | ^status | id": ["t", "true"]}, "last": "list.next",
    "pages": 3, "tentative": {"status": ["t"]},
}  # fmt: skip
ROWS = [
    a_source("json", options=EVERYTHING),
    a_source("json", options={**EVERYTHING, "only": {"title": "t"}, "team": ["t"], "home": "home"}),
    a_source("json", options={"list": "[]", "id": "id", "title": "title", "start": "date", "date_format": "%d %B"}),
    *(a_source("json", options={"preset": name, "tags": ["t"]}) for name in PRESETS),
]


def gives_items_or_a_named_fault(body: bytes, source: Source) -> None:
    fetched = a_fetched(body)
    try:
        more(fetched, source)
        items = parse(fetched, source)
    except Changed as fault:
        assert fault.advice.startswith("Bron 'bron' ")
    else:
        for item in items:
            item.title.encode()
            item.text.encode()
            item.key.encode()


@settings(deadline=None, max_examples=300)
@given(value=JSON, source=st.sampled_from(ROWS))
def test_any_json_gives_items_or_a_named_fault(value: object, source: Source) -> None:
    gives_items_or_a_named_fault(json.dumps(value).encode(), source)


@settings(deadline=None, max_examples=300)
@given(values=st.lists(JSON, max_size=3), source=st.sampled_from(ROWS))
def test_any_json_as_an_entry_gives_items_or_a_named_fault(values: list[object], source: Source) -> None:
    """With the list where it belongs, so that it is what an entry holds that is odd."""
    inside = dict.fromkeys(("list", "matches", "nieuwsberichten"), values) | {"name": values}
    gives_items_or_a_named_fault(json.dumps(inside).encode(), source)
    gives_items_or_a_named_fault(json.dumps(values).encode(), source)


@settings(deadline=None, max_examples=300)
@given(body=st.binary(max_size=300), source=st.sampled_from(ROWS))
@example(
    body=b'[{"id": "\\ud800", "title": "\\ud800", "content": "\\ud800<a>", "tags": [{"name": "t"}]}]', source=ROWS[-1]
)
@example(body=b"[" * 900 + b"]" * 900, source=ROWS[-1])
@example(body=b'{"matches":' + b"[" * 900 + b"]" * 900 + b"}", source=ROWS[-3])
@example(body=b'[{"tags":' * 400 + b"1" + b"}]" * 400, source=ROWS[-1])
def test_any_bytes_give_items_or_a_named_fault(body: bytes, source: Source) -> None:
    gives_items_or_a_named_fault(body, source)


def test_half_a_character_is_left_out() -> None:
    source = a_source("json", options={"list": "[]", "id": "id", "title": "title", "text": "text", "place": "place"})

    (item,) = parse(
        a_fetched(r'[{"id": "1\ud83d", "title": "a\ud83db\u0000", "text": "\udc00c", "place": "d\ud83d"}]'), source
    )

    assert (item.key, item.title, item.text, item.told.place) == ("1", "ab", "c", "d")
