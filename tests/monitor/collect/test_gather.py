"""All that one poll gives: page after page, read where it can do no harm."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeVar, TypeVarTuple

import pytest

from monitor.collect import Gathered, article, gather, in_thread
from monitor.collect.cell import TIME, Overrun
from monitor.domain import Fetched, RawItem, Source, SourceState
from monitor.errors import CollectError, Gone, NotAFeed
from tests.monitor.collect.build import NOW, a_fetched, a_source

T = TypeVar("T")
Ts = TypeVarTuple("Ts")

LIST = "https://nieuws.example/lijst"
OPTIONS = {"list": "li", "title": "a", "next": "a.verder"}


class Web:
    """Answers by address; what is no text is raised."""

    def __init__(self, answers: Mapping[str, str | CollectError]) -> None:
        self.answers, self.asked = answers, list[str]()

    async def __call__(self, source: Source, state: SourceState | None, address: str = "") -> Fetched | None:
        url = address or source.url
        self.asked.append(url)
        answer = self.answers[url]
        if isinstance(answer, CollectError):
            raise answer
        return replace(a_fetched(answer, url=url), etag='"1"', last_modified="gisteren", body_hash="abc")


def page(*titles: str, further: str = "") -> str:
    """A list of news with, or without, a way on."""
    rows = "".join(f'<li><a href="/bericht/{title}">{title}</a></li>' for title in titles)
    return f'<ul>{rows}</ul><a class="verder" href="{further}">Verder</a>' if further else f"<ul>{rows}</ul>"


def gathered(answers: Mapping[str, str | CollectError], **options: object) -> Gathered:
    source = a_source("page", url=LIST, options={**OPTIONS, **options})
    found = asyncio.run(gather(Web(answers), in_thread, source, None))
    assert found is not None
    return found


def test_pages_are_read_to_the_last_and_none_twice() -> None:
    found = gathered({LIST: page("een", further="/2"), "https://nieuws.example/2": page("twee", further="/lijst")})

    assert [raw.title for raw in found.raws] == ["een", "twee"]
    assert (found.pages, found.whole) == ((LIST, "https://nieuws.example/2"), False)


def test_of_a_list_over_pages_nothing_is_remembered_that_would_hide_the_later_ones() -> None:
    one = gathered({LIST: page("een")})
    more = gathered({LIST: page("een", further="/2"), "https://nieuws.example/2": page("twee")})

    assert (one.first.etag, one.first.body_hash) == ('"1"', "abc")
    assert (more.first.etag, more.first.last_modified, more.first.body_hash, more.whole) == ("", "", "", True)


def test_no_more_pages_are_read_than_agreed() -> None:
    found = gathered({LIST: page("een", further="/2"), "https://nieuws.example/2": page("twee", further="/3")}, pages=2)

    assert (len(found.raws), found.whole) == (2, False)


def test_a_page_that_is_gone_is_no_source_that_is_gone() -> None:
    gone = Gone("bron", "nieuws.example answers 410", advice="", for_good=True)
    with pytest.raises(Gone) as raised:
        gathered({LIST: page("een", further="/2"), "https://nieuws.example/2": gone})

    assert raised.value.for_good is False


FEED = """<rss version="2.0"><channel><title>Blad</title><link>https://nieuws.example/</link><description>x</description>
<item><title>Een</title><link>https://nieuws.example/1</link><guid>1</guid></item>
<item><title>Twee</title><link>https://nieuws.example/2</link><guid>{second}</guid></item>"""


def read_feed(body: str) -> Gathered:
    found = asyncio.run(gather(Web({LIST: body}), in_thread, a_source(url=LIST), None))
    assert found is not None
    return found


def test_a_feed_that_was_cut_off_is_not_all_that_is_listed() -> None:
    whole, cut = FEED.format(second="2") + "</channel></rss>", FEED.format(second="2")

    assert [(len(found.raws), found.whole) for found in map(read_feed, (whole, cut))] == [(2, True), (2, False)]


def test_a_calendar_with_an_entry_that_cannot_be_read_is_not_all_that_is_listed() -> None:
    def calendar(start: str) -> str:
        good = "BEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Markt\r\nDTSTART:20261128T140000Z\r\nEND:VEVENT\r\n"
        odd = f"BEGIN:VEVENT\r\nUID:2\r\nSUMMARY:Mars\r\nDTSTART:{start}\r\nEND:VEVENT\r\n"
        return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{good}{odd}END:VCALENDAR\r\n"

    def whole(start: str) -> bool:
        found = asyncio.run(gather(Web({LIST: calendar(start)}), in_thread, a_source("ics", url=LIST), None))
        assert found is not None
        return found.whole

    assert (whole("20261129T140000Z"), whole("29-11-2026 14:00")) == (True, False)


def test_an_id_that_several_pages_share_is_no_id() -> None:
    found = read_feed(FEED.format(second="1") + "</channel></rss>")

    assert [raw.key for raw in found.raws] == ["", ""]


async def _overrun(function: Callable[[*Ts], T], *arguments: *Ts, limit: float = TIME) -> T:
    raise Overrun(f"took longer than {limit:g} s")


def test_reading_that_had_to_be_stopped_is_a_fault_of_the_source() -> None:
    with pytest.raises(NotAFeed, match="took longer than 10 s"):
        asyncio.run(gather(Web({LIST: "<rss><kapot"}), _overrun, a_source(url=LIST), None))


def test_an_article_is_read_from_the_page_of_its_entry() -> None:
    raw = RawItem("bron", "1", "Een", "", "https://nieuws.example/1", NOW)
    words = "De mars begint zaterdag om twee uur op de Grote Markt en loopt via het Zuiderdiep naar het station. " * 4
    web = Web({"https://nieuws.example/1": f"<html><body><article><p>{words}</p></article></body></html>"})

    text = asyncio.run(article(web, in_thread, a_source(options={"article": "article"}), raw))

    assert text.startswith("De mars begint zaterdag")
