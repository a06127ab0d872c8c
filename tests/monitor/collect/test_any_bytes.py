"""Any bytes in, and out come entries that the rest of the house can take, or an error that a person can act on.

For every kind there is, and every road it has: `parse`, `quick` and `more`. A kind that is added needs a line in
SAMPLES, and nothing else. Time and memory are the cell's to bound; here nothing may take so long that it is noticed.
"""

import asyncio
import gzip
import zlib

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from monitor.collect.cell import Overrun, open_cell
from monitor.collect.kinds import KINDS, Kind
from monitor.domain import Fetched, RawItem, Source
from monitor.errors import CollectError
from monitor.rules.normalise import normalise
from tests.monitor.collect.build import NOW, a_fetched, a_source
from tests.monitor.collect.build import SAMPLES as FILES

SAMPLES: dict[str, tuple[tuple[str, ...], dict[str, object]]] = {
    "feed": (("nieuws.rss", "nieuws.atom", "nieuws.rdf"), {}),
    "ics": (("agenda.ics",), {}),
    "page": (
        ("agenda.html",),
        {"list": "article", "title": "h2", "text": ".lead", "date": ".when", "place": ".where", "link": "h2 a"},
    ),
    "json": (
        ("politie.json", "eredivisie.json", "schoolvakanties.json"),
        {
            "list": "nieuwsberichten[] | matches[] | []",
            "id": "uid | {date} {team1}",
            "title": "titel | {team1} - {team2}",
            "text": "introductie",
            "published": "publicatiedatum",
            "start": "{date} {time}",
            "place": "gebied | ground",
        },
    ),
    "sru": (("bekendmakingen.xml",), {"creator": "Groningen"}),
    "datex": (("planning.xml",), {}),
    "cap": (("waarschuwing.cap",), {}),
}
"""Kind -> its valid documents, and the options to read them with."""

BODIES = {name: (FILES / name).read_bytes() for files, _ in SAMPLES.values() for name in files}
TYPES = [
    "",
    "text/xml; charset=utf-8",
    "text/html; charset=iso-8859-1",
    "application/json; charset=utf-16",
    "x;charset=idna",
]

each_kind = pytest.mark.parametrize("name", KINDS)


def fuzz(examples: int) -> settings:
    return settings(max_examples=examples, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def source_of(name: str) -> Source:
    return a_source(name, options=SAMPLES.get(name, ((), {}))[1])


def bodies_of(name: str) -> list[bytes]:
    return [BODIES[file] for file in SAMPLES.get(name, ((), {}))[0]] or [b""]


def packed(kind: Kind, body: bytes) -> bytes:
    return gzip.compress(body, 1) if kind.packed else body


def takes(name: str, body: bytes, content_type: str = "") -> list[RawItem] | None:
    """The entries on every road of the kind, after the house has taken them; None when it was refused."""
    kind, source = KINDS[name], source_of(name)
    fetched = a_fetched(body, content_type=content_type)
    if kind.more is not None:
        follow(kind, fetched, source)
    if kind.quick is not None and (items := kind.quick(fetched, source)) is not None:
        accepted(items)
    try:
        items = kind.parse(fetched, source)
    except CollectError as error:
        assert (error.source, bool(error.reason), bool(error.advice)) == (source.id, True, True)
        return None
    return accepted(items)


def follow(kind: Kind, fetched: Fetched, source: Source) -> None:
    assert kind.more is not None
    try:
        address = kind.more(fetched, source)
    except CollectError:
        return
    assert address is None or isinstance(address, str)


def accepted(items: list[RawItem]) -> list[RawItem]:
    """Asserts that entries can be normalised, stored and sent: plain values, without halves of characters."""
    assert all(isinstance(item, RawItem) for item in items)
    for item in items[:50]:
        plain = normalise(item, now=NOW)
        assert plain.published.tzinfo is not None
        assert "\0" not in "".join((item.key, item.title, item.text, item.url, item.told.place))
        "".join((plain.title, plain.text, plain.url, plain.told.place)).encode()
    return items


def flip(body: bytes, at: int, value: int) -> bytes:
    return body[:at] + bytes([value]) + body[at + 1 :]


def cut(body: bytes, at: int, value: int) -> bytes:
    return body[:at] + body[at + value :]


def end(body: bytes, at: int, _value: int) -> bytes:
    return body[:at]


def put_nul(body: bytes, at: int, value: int) -> bytes:
    return body[:at] + b"\0" * (value % 4 + 1) + body[at:]


def repeat(body: bytes, at: int, value: int) -> bytes:
    return body[:at] + body[at : at + 4 * value] * 5 + body[at + 4 * value :]


def put_markup(body: bytes, at: int, value: int) -> bytes:
    return body[:at] + ODD[value % len(ODD)] + body[at:]


def change_year(body: bytes, _at: int, value: int) -> bytes:
    return body.replace(b"2026", YEARS[value % len(YEARS)])


def as_utf16(body: bytes, _at: int, value: int) -> bytes:
    return body.decode("utf-8", "replace").encode(("utf-16", "utf-16-be", "utf-32", "utf-7", "utf-8-sig")[value % 5])


ODD = [
    b"<![CDATA[",
    b"]]>",
    b"<!--",
    b"&#x0;",
    b"&#xD800;",
    b"&a;",
    b"\\ud83d",
    b"\xff\xfe",
    b"%",
    b"\r",
    b"{[",
    b"\xed\xa0\x80",
]
YEARS = [b"0000", b"0001", b"9999", b"99999", b"-001", b"1e99", "²⁰²⁶".encode()]
CHANGES = [flip, cut, end, put_nul, repeat, put_markup, change_year, as_utf16]


@st.composite
def spoiled(draw: st.DrawFn, name: str) -> bytes:
    """A valid document of the kind, with up to four things done to it."""
    body = draw(st.sampled_from(bodies_of(name)))
    for _ in range(draw(st.integers(1, 4))):
        change = draw(st.sampled_from(CHANGES))
        body = change(body, draw(st.integers(0, max(0, len(body) - 1))), draw(st.integers(0, 255)))
    return body


@each_kind
def test_valid_documents_of_every_kind_are_read(name: str) -> None:
    assert name in SAMPLES, f"add a valid document of kind '{name}'"

    for body in bodies_of(name):
        assert takes(name, packed(KINDS[name], body)) is not None


@each_kind
@fuzz(40)
@given(body=st.binary(max_size=400), content_type=st.sampled_from(TYPES))
@example(body=b"", content_type="")
@example(body=b"\0", content_type="")
@example(body=b"\x1f\x8b\x08", content_type="application/gzip")
@example(body=b"\xef\xbb\xbf", content_type="text/xml")
def test_any_bytes_give_entries_or_an_error(name: str, body: bytes, content_type: str) -> None:
    takes(name, body, content_type)
    takes(name, packed(KINDS[name], body), content_type)


@each_kind
@fuzz(60)
@given(data=st.data(), content_type=st.sampled_from(TYPES))
def test_spoiled_documents_give_entries_or_an_error(name: str, data: st.DataObject, content_type: str) -> None:
    body = packed(KINDS[name], data.draw(spoiled(name)))

    takes(name, body, content_type)


@each_kind
@fuzz(15)
@given(data=st.data())
def test_packed_body_that_is_spoiled_gives_an_error(name: str, data: st.DataObject) -> None:
    whole = gzip.compress(bodies_of(name)[0])
    at = data.draw(st.integers(0, len(whole) - 1))

    takes(name, data.draw(st.sampled_from([flip, cut, end]))(whole, at, data.draw(st.integers(0, 255))))


@each_kind
def test_document_of_another_kind_gives_entries_or_an_error(name: str) -> None:
    for body in BODIES.values():
        takes(name, packed(KINDS[name], body))


def laughs(levels: int = 12) -> bytes:
    more = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, levels))
    told = f"<rss><channel><item><title>&a{levels - 1};</title></item></channel></rss>"
    return f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a0 "ha">{more}]>{told}'.encode()


def calendar(lines: bytes) -> bytes:
    return b"BEGIN:VCALENDAR\r\n" + lines + b"END:VCALENDAR\r\n"


EVENT, NO_EVENT, ALARM = b"BEGIN:VEVENT\r\n", b"END:VEVENT\r\n", b"BEGIN:VALARM\r\n"
OUTSIDE = (
    b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY % y SYSTEM "http://127.0.0.1:9/">%y;]>'
    b'<rss version="2.0"><channel><item><guid>1</guid><title>&x;</title></item></channel></rss>'
)
HOSTILE = {
    "billion laughs": laughs(),
    "external entities": OUTSIDE,
    "deep XML": b"<a>" * 20_000,
    "deep XML, closed": b"<rss><channel>" + b"<item>" * 5_000 + b"</item>" * 5_000 + b"</channel></rss>",
    "deep JSON": b"[" * 50_000 + b"]" * 50_000,
    "deep JSON, objects": b'{"a":' * 50_000,
    "deep HTML": b"<div>" * 5_000 + b"<article><h2>a</h2></article>",
    "deep calendar": calendar(EVENT * 20_000 + NO_EVENT * 20_000),
    "deep alarms": calendar(EVENT + ALARM * 20_000 + NO_EVENT),
    "one line": calendar(EVENT + b"SUMMARY:" + b"a\r\n " * 300_000 + b"\r\n" + NO_EVENT),
    "huge number": b'{"nieuwsberichten":[{"uid":1,"titel":"a","publicatiedatum":' + b"9" * 5_000 + b"}]}",
    "many attributes": b"<rss><item " + b" ".join(b'a%d="b"' % n for n in range(5_000)) + b"></item></rss>",
    "long name": b"<rss><" + b"a" * 300_000 + b"></rss>",
    "comment without end": b"<rss><channel><!--" + b"- " * 100_000,
    "bomb": gzip.compress(bytes(20 << 20)),
    "bomb, bare": zlib.compress(bytes(20 << 20)),
    "NUL": bytes(300_000),
}  # fmt: skip


@each_kind
@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE)
def test_hostile_document_gives_entries_or_an_error(name: str, body: bytes) -> None:
    items = takes(name, packed(KINDS[name], body)) or []

    told = "".join(item.title + item.text for item in items)
    assert "root:" not in told
    assert len(told) < 3 * len(body) + 1000


@each_kind
@pytest.mark.parametrize("year", YEARS, ids=lambda year: year.decode())
def test_dates_at_the_ends_of_time_give_entries_or_an_error(name: str, year: bytes) -> None:
    for body in bodies_of(name):
        items = takes(name, packed(KINDS[name], body.replace(b"2026", year).replace(b"2027", year)))

        assert items is None or all(item.published is None or 1970 <= item.published.year <= 2200 for item in items)


MANY = {
    "feed": b"<rss version='2.0'><channel>"
    + b"<item><guid>a</guid><title>a</title></item>" * 50_000
    + b"</channel></rss>",
    "ics": b"BEGIN:VCALENDAR\r\n"
    + b"".join(b"BEGIN:VEVENT\r\nUID:%d\r\nDTSTART:20261227T200000Z\r\nEND:VEVENT\r\n" % n for n in range(50_000))
    + b"END:VCALENDAR\r\n",
    "page": b"<main>" + b"<article><h2>a</h2><i class=when>27-12-2026</i></article>" * 50_000 + b"</main>",
    "json": b'{"nieuwsberichten":[' + b",".join([b'{"uid":"1","titel":"a"}'] * 50_000) + b"]}",
    "sru": b"<searchRetrieveResponse><numberOfRecords>50000</numberOfRecords><records>"
    + b"<record><title>a</title></record>" * 50_000
    + b"</records></searchRetrieveResponse>",
}


@pytest.mark.parametrize("name", [name for name in KINDS if name in MANY])
def test_fifty_thousand_entries_give_entries_or_an_error(name: str) -> None:
    """By the road that the house takes: where it can be stopped."""
    kind, source, fetched = KINDS[name], source_of(name), a_fetched(packed(KINDS[name], MANY[name]))

    async def in_a_cell() -> list[RawItem]:
        async with open_cell(workers=1) as cell:
            try:
                return await cell(kind.parse, fetched, source, limit=2)
            except (CollectError, Overrun):
                return []

    accepted(asyncio.run(in_a_cell()))
