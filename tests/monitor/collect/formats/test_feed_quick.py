"""The fast road of kind "feed" gives what feedparser's road gives, or nothing."""

from datetime import UTC, datetime
from urllib.parse import urljoin

import feedparser
import pytest
from feedparser.api import StrictFeedParser
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.collect.formats import feed, feed_quick
from monitor.collect.formats.charset import text_of, utf8_of
from monitor.collect.formats.entry import PLAIN_ADDRESS
from monitor.collect.formats.feed_dates import exact
from monitor.collect.formats.feed_elements import HANDLED, PREFIXES, RESERVED, Means, meaning_of
from monitor.domain import RawItem
from monitor.errors import Changed
from tests.monitor.collect.build import a_fetched, a_source
from tests.monitor.collect.feed_shapes import DOUBTFUL, FAST, ITEM, rss

SHAPES = FAST | DOUBTFUL


def by_feedparser(body: bytes, url: str = "https://nieuws.example/feed") -> list[RawItem] | None:
    """What the slow road gives; None for an error."""
    try:
        return feed.parse(a_fetched(body, url=url), a_source())
    except Changed:
        return None


@pytest.mark.parametrize("name", FAST)
def test_known_shape_goes_the_fast_road_with_the_same_entries(name: str) -> None:
    quick = feed_quick.quick(a_fetched(FAST[name]), a_source())

    assert quick == by_feedparser(FAST[name])
    assert quick


@pytest.mark.parametrize("name", DOUBTFUL)
def test_what_is_doubtful_is_left_to_feedparser(name: str) -> None:
    assert feed_quick.quick(a_fetched(DOUBTFUL[name]), a_source()) is None


@pytest.mark.parametrize("name", FAST)
def test_where_mining_is_reserved_both_roads_leave_out_the_text(name: str) -> None:
    """R5."""
    fetched = a_fetched(FAST[name], reserved=True)

    quick = feed_quick.quick(fetched, a_source())

    assert quick == feed.parse(fetched, a_source())
    assert {item.text for item in quick or ()} == {""}


@pytest.mark.parametrize(
    "url", ["https://nieuws.example/feed?", "https://nieuws.example/feed;x", "https://höfe.example/"]
)
def test_address_that_joining_would_change_is_doubtful(url: str) -> None:
    assert feed_quick.quick(a_fetched(rss(ITEM), url=url), a_source()) is None


def mutated(body: bytes, cuts: list[tuple[int, int, bytes]]) -> bytes:
    for at, length, put in cuts:
        start = at % (len(body) + 1)
        body = body[:start] + put + body[start + length :]
    return body


PIECES = st.one_of(
    st.binary(max_size=6),
    st.sampled_from([
        b"<title>", b"</title>", b"<link>", b"<item>", b"</item>", b"<guid>x</guid>", b"<description>y</description>",
        b"<content:encoded>z</content:encoded>", b"<media:title>m</media:title>", b"<dc:date>2026-11-21</dc:date>",
        b"<pubDate>Sat, 21 Nov 2026 08:30:00 GMT</pubDate>", b"<!--", b"-->", b"<![CDATA[", b"]]>", b"&amp;", b"&#133;",
        b"\xc3\x83\xc2\xa9", b"\xc2\x93", b' xml:base="http://b.example/"', b' type="html"', b' isPermaLink="false"',
        b' xmlns:dc="u:v"', b' xmlns="http://www.w3.org/2005/Atom"', b"<image>", b"<source>s</source>",
        b"<category>",
        b"<itunes:summary>i</itunes:summary>", b"<media:group>", b"</media:group>", b"<x/>", b"<where/>",
        b"<links>a</links>",
    ]),
)  # fmt: skip
CUTS = st.lists(st.tuples(st.integers(0, 5000), st.sampled_from([0, 0, 0, 1, 7]), PIECES), max_size=4)


@given(st.sampled_from(sorted(set(SHAPES) - {"large", "many entries", "many tags", "many declarations"})), CUTS)
@settings(max_examples=300, deadline=None)
def test_whatever_is_changed_in_a_feed_the_fast_road_gives_the_same_or_nothing(
    name: str, cuts: list[tuple[int, int, bytes]]
) -> None:
    body = mutated(SHAPES[name], cuts)

    quick = feed_quick.quick(a_fetched(body), a_source())

    assert quick is None or quick == by_feedparser(body)


@given(st.binary(max_size=300))
@settings(deadline=None)
def test_any_bytes_give_entries_or_changed(body: bytes) -> None:
    quick = feed_quick.quick(a_fetched(body), a_source())

    assert quick is None or quick == by_feedparser(body)


@given(st.binary(max_size=60), st.sampled_from(["", "text/xml; charset=latin-1", "text/xml; charset=utf-16"]))
@settings(deadline=None)
def test_bytes_of_the_text_are_the_text(body: bytes, content_type: str) -> None:
    fetched = a_fetched(body, content_type=content_type)

    assert utf8_of(fetched) == text_of(fetched).encode("utf-8", "replace")


DAYS = st.datetimes(datetime(1900, 1, 1), datetime(2099, 12, 31))  # noqa: DTZ001 - the zone is in the spellings
DATES = st.one_of(
    st.from_regex(
        r"(Mon, |Sat,  )?[0-3]?\d (Nov|Feb|May) (19|20)\d\d \d\d:\d\d(:\d\d)? (GMT|UTC|Z|EST|MDT|[+-]\d\d:?\d\d)"
    ),
    st.from_regex(r"(19|20)\d\d-[01]\d-[0-3]\d([T ]\d\d:\d\d(:\d\d(\.\d{1,7})?)?(Z|[+-]\d\d:\d\d)?)?"),
    DAYS.map(lambda at: f"{at:%a, %d %b %Y %H:%M:%S} +0100"),
    DAYS.map(lambda at: f"{at:%Y-%m-%dT%H:%M:%S}-03:30"),
    DAYS.map(lambda at: f"{at:%Y-%m-%d %H:%M}"),
    st.text(max_size=20),
)


@given(DATES.map(str.strip))
@settings(deadline=None)
def test_date_is_read_as_feedparser_reads_it(text: str) -> None:
    """feedparser has no public parser of dates, so it gets a feed with one."""
    found = exact(text)

    if found is not None:
        body = rss(f"<pubDate>{text}</pubDate>")
        (entry,) = feedparser.parse(body, response_headers={"content-type": "application/xml; charset=utf-8"}).entries
        assert (found.tzinfo, found.timetuple()[:6]) == (UTC, entry.published_parsed[:6])


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("Sat, 21 Nov 2026 08:30:00 +0100", datetime(2026, 11, 21, 7, 30, tzinfo=UTC)),
        ("2026-11-21T08:30:00.9-02:30", datetime(2026, 11, 21, 11, 0, tzinfo=UTC)),
        ("2026-11-21", datetime(2026, 11, 21, tzinfo=UTC)),
        ("21 mei 2026, 14.00 uur", None),
        ("Sat, 21 Nov 2026 08:30:00 CEST", None),
    ],
)
def test_date_is_read_to_the_moment(text: str, moment: datetime | None) -> None:
    assert exact(text) == moment


@given(
    st.from_regex(
        r"https?://[a-z0-9.-]{1,12}(:\d{1,5})?(/[A-Za-z0-9/.;~%=&-]{0,12})?(\?[a-z=&?]{0,8})?(\#[a-z]{0,4})?"
    ),
    st.sampled_from(["https://nieuws.example/feed", "http://a.example", "https://nieuws.example/a/b?c=d"]),
)
def test_plain_address_comes_out_of_joining_as_it_went_in(link: str, base: str) -> None:
    if PLAIN_ADDRESS.fullmatch(link):
        assert urljoin(base, link) == link


def test_every_name_that_feedparser_treats_in_a_way_of_its_own_is_known() -> None:
    ours = HANDLED | RESERVED
    theirs = {name.split("_", 2)[2].lower() for name in dir(StrictFeedParser) if name.startswith(("_start_", "_end_"))}

    assert theirs - ours == set()
    assert {name for name in theirs if "_" not in name and meaning_of("", name) is Means.NOTHING} == set(
        "author category contributor created email enclosure expirationdate generator height homepage keywords "
        "language managingeditor name uri url webmaster width".split()
    )


def test_every_namespace_that_feedparser_knows_is_known() -> None:
    theirs = {space.lower(): prefix.lower() for space, prefix in StrictFeedParser.namespaces.items() if space}

    assert theirs == PREFIXES
