"""The site over real sockets: each source answers as its kind, and misbehaves as it should."""

import asyncio
import json
import tomllib
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest
from aiohttp import ClientSession
from icalendar import Calendar, Event

from monitor.clock import AMSTERDAM
from monitor.demo import Request, Site, Stall, open_site
from monitor.demo.site import ELSEWHERE

SUNDAY = datetime(2026, 11, 22, 8, 30, tzinfo=AMSTERDAM)
SRU = {"operation": "searchRetrieve", "version": "2.0", "query": 'dt.creator=="Groningen"'}


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class Visit:
    """An open site and a client that follows no redirect."""

    site: Site
    session: ClientSession

    def stall(self, name: str) -> Stall:
        return next(stall for stall in self.site.stalls if stall.id == f"demo-{name}")

    async def get(self, name: str, path: str = "", headers: dict[str, str] | None = None) -> Answer:
        stall = self.stall(name)
        address = f"http://{stall.host}:{self.site.port}{path or stall.path}"
        asked = SRU if stall.form == "sru" and not path else None
        async with self.session.get(address, headers=headers, params=asked, allow_redirects=False) as response:
            return Answer(response.status, response.headers.copy(), await response.read())


def visit(folder: Path, steps: Callable[[Visit], Awaitable[None]]) -> Site:
    """Opens the site, lets `steps` ask, closes it, and gives it back to look at."""

    async def go() -> Site:
        async with open_site(SUNDAY, folder=folder) as site, ClientSession() as session:
            await steps(Visit(site, session))
            return site

    return asyncio.run(go())


def test_the_catalogue_names_every_source_with_a_complete_legal_record(tmp_path: Path) -> None:
    async def steps(here: Visit) -> None:
        rows = tomllib.loads(here.site.catalogue.read_text(encoding="utf-8"))["source"]

        assert tuple(row["hosts"] for row in rows) == tuple([host] for host in here.site.hosts)
        assert all(row["enabled"] and row["handling"] == "openbaar" and row["every"] == "30s" for row in rows)
        assert all(len(row["legal"]) == 8 and all(row["legal"].values()) for row in rows)
        assert {row["legal"]["review_date"] for row in rows} == {date(2027, 5, 21)}
        assert rows[0]["url"] == f"{here.site.base}/nieuws/rss.xml"

    visit(tmp_path, steps)


def test_the_same_moment_serves_the_same_bytes_but_for_the_port(tmp_path: Path) -> None:
    bodies: list[list[bytes]] = []

    async def steps(here: Visit) -> None:
        port = str(here.site.port).encode()
        bodies.append([here.site.body(stall).replace(port, b"PORT") for stall in here.site.stalls])

    visit(tmp_path, steps)
    visit(tmp_path, steps)

    assert bodies[0] == bodies[1]


@pytest.mark.parametrize("name", ["gemeente", "omroep", "fcgroningen", "stille-bron"])
def test_rss_sources_answer_well_formed_rss(tmp_path: Path, name: str) -> None:
    async def steps(here: Visit) -> None:
        answer = await here.get(name)

        items = ElementTree.fromstring(answer.body).findall("channel/item")  # noqa: S314 - our own bytes
        assert (answer.status, len(items)) == (200, len(here.stall(name).at(1)))

    visit(tmp_path, steps)


def test_atom_sources_answer_well_formed_atom(tmp_path: Path) -> None:
    async def steps(here: Visit) -> None:
        for name in ("stadsomroep", "studentenblad"):
            answer = await here.get(name)

            entries = ElementTree.fromstring(answer.body).findall("{http://www.w3.org/2005/Atom}entry")  # noqa: S314 - our own bytes
            assert (answer.status, len(entries)) == (200, len(here.stall(name).at(1)))

    visit(tmp_path, steps)


def test_the_calendar_holds_a_series_a_whole_day_and_a_cancellation(tmp_path: Path) -> None:
    async def steps(here: Visit) -> None:
        answer = await here.get("stadsagenda")

        events = [event for event in Calendar.from_ical(answer.body).walk("VEVENT") if isinstance(event, Event)]
        assert max(len(line) for line in answer.body.split(b"\r\n")) <= 75
        assert sum("RRULE" in event for event in events) == 1
        assert [event["SUMMARY"] for event in events if event["STATUS"] == "CANCELLED"] == ["Opening ijsbaan"]
        assert [event["SUMMARY"] for event in events if not isinstance(event.start, datetime)] == [
            "Open dag van de sportverenigingen"
        ]

    visit(tmp_path, steps)


def test_json_sources_answer_json_in_the_shape_of_their_publisher(tmp_path: Path) -> None:
    async def steps(here: Visit) -> None:
        police = json.loads((await here.get("politie")).body)
        fixtures = json.loads((await here.get("wedstrijden")).body)
        posts = json.loads((await here.get("hashtag")).body)

        assert set(police) == {"iterator", "nieuwsberichten"}
        assert fixtures["matches"][0] == {
            "round": "Matchday 14",
            "date": "2026-11-27",
            "time": "20:00",
            "team1": "FC Groningen",
            "team2": "SC Heerenveen",
        }
        assert {frozenset(post) for post in posts} == {frozenset(("id", "created_at", "language", "content", "tags"))}
        assert {"name": "groningen"} in posts[0]["tags"]

    visit(tmp_path, steps)


def test_the_gazette_answers_records_to_a_question_and_diagnostics_to_nonsense(tmp_path: Path) -> None:
    async def steps(here: Visit) -> None:
        name = "{http://docs.oasis-open.org/ns/search-ws/sruResponse}"
        good = ElementTree.fromstring((await here.get("gemeenteblad")).body)  # noqa: S314 - our own bytes
        bad = await here.get("gemeenteblad", "/sru?operation=explain")

        assert good.findtext(f"{name}numberOfRecords") == "8"
        assert len(good.findall(f"{name}records/{name}record")) == 8
        assert (bad.status, b"diagnostics" in bad.body, b"numberOfRecords" in bad.body) == (200, True, False)

    visit(tmp_path, steps)


def test_list_pages_hold_their_items_between_the_furniture_of_a_site(tmp_path: Path) -> None:
    async def steps(here: Visit) -> None:
        for name in ("poppodium", "buurt"):
            answer = await here.get(name)

            assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
            assert answer.body.count(b'<li class="activiteit">') == len(here.stall(name).pieces)

    visit(tmp_path, steps)


def test_a_source_with_an_etag_answers_304_until_it_has_news(tmp_path: Path) -> None:
    async def steps(here: Visit) -> None:
        first = await here.get("gemeente")
        validator = {"If-None-Match": first.headers["ETag"]}
        second = await here.get("gemeente", headers=validator)
        here.site.later()
        third = await here.get("gemeente", headers=validator)

        assert [answer.status for answer in (first, second, third)] == [200, 304, 200]
        assert second.body == b""

    visit(tmp_path, steps)


def test_a_source_with_a_last_change_answers_304_too(tmp_path: Path) -> None:
    async def steps(here: Visit) -> None:
        first = await here.get("studentenblad")
        second = await here.get("studentenblad", headers={"If-Modified-Since": first.headers["Last-Modified"]})

        assert [first.status, second.status] == [200, 304]

    visit(tmp_path, steps)


def test_a_server_in_trouble_recovers_at_the_second_request(tmp_path: Path) -> None:
    async def steps(here: Visit) -> None:
        await here.get("veiligheidsregio", "/robots.txt")
        first = await here.get("veiligheidsregio")
        second = await here.get("veiligheidsregio")

        assert (first.status, first.headers["Retry-After"], second.status) == (503, "2", 200)

    visit(tmp_path, steps)


def test_the_moved_source_points_to_a_host_where_every_visit_is_counted(tmp_path: Path) -> None:
    async def steps(here: Visit) -> None:
        moved = await here.get("verhuisde-bron")

        assert (moved.status, moved.headers["Location"]) == (302, f"http://{ELSEWHERE}:{here.site.port}/rss")
        assert [request for request in here.site.requests if request.host == ELSEWHERE] == []
        assert ELSEWHERE not in here.site.hosts

        async with here.session.get(moved.headers["Location"]) as response:
            assert response.status == 404
        assert here.site.requests[-1] == Request(ELSEWHERE, "/rss", 404)

    visit(tmp_path, steps)


def test_the_mislabelled_source_sends_windows_1252_and_calls_it_utf_8(tmp_path: Path) -> None:
    async def steps(here: Visit) -> None:
        answer = await here.get("courant")

        with pytest.raises(UnicodeDecodeError):
            answer.body.decode("utf-8")
        assert answer.headers["Content-Type"].endswith("charset=utf-8")
        assert answer.body.startswith(b'<?xml version="1.0" encoding="utf-8"?>')
        assert "tweeëntwintig" in answer.body.decode("cp1252")
        assert "€ 85.000" in answer.body.decode("cp1252")

    visit(tmp_path, steps)


def test_the_untidy_and_the_broken_source_are_no_xml(tmp_path: Path) -> None:
    async def steps(here: Visit) -> None:
        for name in ("actieplatform", "kapotte-bron"):
            answer = await here.get(name)

            assert answer.status == 200
            with pytest.raises(ElementTree.ParseError):
                ElementTree.fromstring(answer.body)  # noqa: S314 - our own bytes

    visit(tmp_path, steps)


def test_the_newest_entry_of_the_silent_source_is_two_hundred_days_old(tmp_path: Path) -> None:
    async def steps(here: Visit) -> None:
        newest = here.stall("stille-bron").at(2)[0]

        assert (SUNDAY.astimezone(UTC) - newest.published).days == 200

    visit(tmp_path, steps)


def test_every_host_has_a_robots_txt_that_lets_its_source_be_read(tmp_path: Path) -> None:
    async def steps(here: Visit) -> None:
        for stall in here.site.stalls:
            robots = (await here.get(stall.id.removeprefix("demo-"), "/robots.txt")).body.decode()

            closed = [line.removeprefix("Disallow: ") for line in robots.splitlines() if line.startswith("Disallow")]
            assert closed == ["/beheer/"]
            assert not stall.path.startswith("/beheer/")

    visit(tmp_path, steps)


def test_every_planted_string_is_really_served(tmp_path: Path) -> None:
    async def steps(here: Visit) -> None:
        here.site.later()
        await here.get("veiligheidsregio")
        served = {}
        for stall in here.site.stalls:
            body = (await here.get(stall.id.removeprefix("demo-"))).body
            coding = "cp1252" if stall.form == "mislabelled-rss" else "utf-8"
            served[stall.id] = body.decode(coding).replace("\r\n ", "").replace("\\,", ",")

        missing = [planted for planted in here.site.planted if planted.words not in served[planted.source]]
        assert missing == []

    visit(tmp_path, steps)


def test_the_second_wave_brings_four_more_items_and_comes_once(tmp_path: Path) -> None:
    async def steps(here: Visit) -> None:
        before = [len(stall.at(here.site.wave)) for stall in here.site.stalls]
        here.site.later()
        here.site.later()
        after = [len(stall.at(here.site.wave)) for stall in here.site.stalls]

        assert sum(after) - sum(before) == 4

    visit(tmp_path, steps)


def test_the_link_of_an_item_opens_its_page_and_other_paths_do_not_exist(tmp_path: Path) -> None:
    async def steps(here: Visit) -> None:
        found = await here.get("gemeente", "/bericht/gem-wake")
        not_yet = await here.get("gemeente", "/bericht/gem-streekmarkt-af")
        nothing = await here.get("gemeente", "/beheer/")

        assert (found.status, "stille wake" in found.body.decode()) == (200, True)
        assert (not_yet.status, nothing.status) == (404, 404)

    visit(tmp_path, steps)


def test_every_request_is_remembered_with_its_status(tmp_path: Path) -> None:
    async def steps(here: Visit) -> None:
        await here.get("gemeente", "/robots.txt")
        await here.get("gemeente")

    site = visit(tmp_path, steps)

    assert site.requests == [Request("127.0.0.11", "/robots.txt", 200), Request("127.0.0.11", "/nieuws/rss.xml", 200)]
