"""JSON Feed, as part of kind "feed"."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.collect import parse
from monitor.collect.formats import feed_quick
from monitor.collect.formats.feed_lead import LEAD
from monitor.domain import RawItem
from monitor.errors import NotAFeed
from tests.monitor.collect.build import a_fetched, a_source

ENTRY = {"id": "1", "title": "Optocht", "url": "https://nieuws.example/1"}


def a_feed(*entries: object, version: str = "https://jsonfeed.org/version/1.1") -> str:
    return json.dumps({"version": version, "title": "Nieuws", "items": entries})


@pytest.mark.parametrize("version", ["https://jsonfeed.org/version/1", "https://jsonfeed.org/version/1.1"])
def test_json_feed_gives_its_entries_and_no_author(version: str) -> None:
    entry = ENTRY | {
        "id": 17,
        "url": "/optocht",
        "content_html": "<p>De optocht trekt door de Herestraat.</p>",
        "date_published": "2026-11-21T19:30:00+01:00",
        "date_modified": "2026-11-22T00:00:00Z",
        "authors": [{"name": "Een Verzonnen Naam"}],
    }

    assert parse(a_fetched(a_feed(entry, version=version)), a_source()) == [
        RawItem(
            source="bron",
            key="17",
            title="Optocht",
            text="<p>De optocht trekt door de Herestraat.</p>",
            url="https://nieuws.example/optocht",
            published=datetime(2026, 11, 21, 18, 30, tzinfo=UTC),
        )
    ]


def test_summary_goes_before_the_story_and_the_story_is_cut() -> None:
    long = "woord " * 1000

    short, cut = parse(
        a_fetched(a_feed(ENTRY | {"summary": "Kort", "content_text": long}, ENTRY | {"content_text": long})), a_source()
    )

    assert short.text == "Kort"
    assert cut.text.endswith(" …")
    assert len(cut.text) <= LEAD + 2


def test_entry_without_id_is_known_by_its_address_and_dates_may_be_missing() -> None:
    (item,) = parse(a_fetched(a_feed({"external_url": "https://a.example/x", "date_modified": "later"})), a_source())

    assert (item.key, item.url, item.title, item.published) == ("https://a.example/x", "https://a.example/x", "", None)


def test_what_is_no_entry_is_left_out() -> None:
    assert [item.key for item in parse(a_fetched(a_feed("x", None, ENTRY)), a_source())] == ["1"]


def test_feed_without_entries_gives_none() -> None:
    assert parse(a_fetched(a_feed()), a_source()) == []


@pytest.mark.parametrize(
    "body",
    [
        '{"error": "gone"}',
        '{"version": "https://jsonfeed.org/version/1"}',
        '{"version": "https://jsonfeed.org/version/1", "items": {}}',
        '{"version": "https://jsonfeed.org/version/1", "items": [1]}',
        '{"version": 1, "items": []}',
        "{" * 100_000,
        '{"a": ' + "[" * 100_000,
        '{"a": ' + "9" * 5000 + "}",
        "{",
    ],
)
def test_json_that_is_no_feed_is_named(body: str) -> None:
    assert feed_quick.quick(a_fetched(body), a_source()) is None
    with pytest.raises(NotAFeed, match="no readable feed"):
        parse(a_fetched(body), a_source())


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)


NAMES = ("id", "url", "title", "summary", "content_text", "content_html", "date_published")
ENTRIES = st.fixed_dictionaries({}, optional=dict.fromkeys(NAMES, VALUES))


@given(st.lists(ENTRIES | VALUES, max_size=4))
@settings(deadline=None)
def test_any_values_give_entries_or_no_feed_on_both_roads(entries: list[object]) -> None:
    fetched = a_fetched(a_feed(*entries))
    try:
        expected = parse(fetched, a_source())
    except NotAFeed:
        expected = []

    quick = feed_quick.quick(fetched, a_source())

    assert quick is None or quick == expected
