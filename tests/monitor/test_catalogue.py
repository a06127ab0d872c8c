"""sources test, import and export: what an administrator does before anything is polled."""

import argparse
import asyncio
import tomllib
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from classifiers import Voice
from monitor.cli import main, parser
from monitor.clock import now, today
from monitor.collect.sources import read_sources
from monitor.commands.catalogue import sources
from monitor.config import Settings
from monitor.errors import ConfigError
from monitor.store import address_of, items, open_store
from monitor.store import sources as store_sources
from tests.fakes import CALENDAR, a_catalogue, house_settings, presses

LIST = """<opml version="2.0"><body>
  <outline text="Stadsblad" xmlUrl="https://stadsblad.example/feed" htmlUrl="https://stadsblad.example/"/>
  <outline text="Bekend" xmlUrl="https://krant.example/rss"/>
  <outline text="Iemand" xmlUrl="https://www.youtube.com/feeds/videos.xml?channel_id=1"/>
  <outline text="Onbeveiligd" xmlUrl="http://onbeveiligd.example/feed"/>
  <outline text="stadsblad!" xmlUrl="https://anders.example/feed"/>
</body></opml>"""


def settings_with(folder: Path, *urls: str) -> Settings:
    """A catalogue with these addresses, or with one that is never asked."""
    file = a_catalogue(folder / "sources.toml", {f"krant{n}": url for n, url in enumerate(urls)} or _KNOWN)
    return house_settings(folder, "sqlite://", file)


_KNOWN = {"krant": "https://krant.example/rss"}


def look_at(folder: Path, *, by_id: bool) -> int:
    """The exit code of one look at a feed on loopback."""

    async def look() -> int:
        async with presses("127.0.0.1") as [press]:
            press.publish("Protestmars op de Grote Markt", "Zaterdag om 14.00 uur. Bel Anneke Terpstra: 06-12345678.")
            args = parser().parse_args(["sources", "test", "krant0" if by_id else press.url])
            return await sources(settings_with(folder, press.url), args)

    return asyncio.run(look())


@pytest.mark.parametrize("by_id", [True, False])
def test_a_look_shows_what_would_come_in_without_personal_data(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], by_id: bool
) -> None:
    assert look_at(tmp_path, by_id=by_id) == 0

    told = capsys.readouterr().out
    assert "Toestand: werkt." in told
    assert "1 bericht, waarvan" in told
    assert "Protestmars op de Grote Markt" in told
    assert "naam 1 keer" in told
    assert not any(word in told for word in ("Terpstra", "12345678"))
    assert ("enabled = false" in told) is not by_id
    with open_store(address_of(settings_with(tmp_path))) as store, store.read() as session:
        assert (items.count(session), store_sources.states(session)) == (0, {})


def looked_at(folder: Path, *entries: str, argv: Sequence[str] = (), calendar: str = "", more: str = "") -> int:
    """The exit code of one look at an address, or with `more` at a source, that gives these entries or calendar."""

    async def look() -> int:
        async with presses("127.0.0.1") as [press]:
            for entry in entries:
                press.publish(entry, "Om 14.00 uur op de Grote Markt in Groningen.")
            press.calendar = calendar
            file = a_catalogue(folder / "sources.toml", {"krant": press.url}, more=more)
            url = press.url.replace("/rss", "/elders") if "elders" in argv else press.url
            args = parser().parse_args(["sources", "test", "krant" if more else url, *argv[:2]])
            return await sources(house_settings(folder, "sqlite://", file), args)

    return asyncio.run(look())


def test_each_entry_is_told_in_plain_words_with_its_extract(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert looked_at(tmp_path, "Protestmars op zaterdag", "Nieuwe directeur", more="detail = true") == 0

    told = capsys.readouterr().out
    assert "2 berichten, waarvan 1 zou binnenkomen." in told
    assert "De pagina's achter de berichten zijn niet gelezen" in told
    assert "blijft buiten (niet van belang voor de openbare orde)" in told
    assert "\n    Om 14.00 uur op de Grote Markt in Groningen.\n" in told


def test_the_proposal_of_a_calendar_speaks_as_an_agenda_and_lacks_its_approval(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    event = "BEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:{:%Y%m%d}\r\nSUMMARY:Kermis\r\nEND:VEVENT\r\n"
    calendar = CALENDAR.format(event.format(today(now()) + timedelta(days=3)))

    assert looked_at(tmp_path, calendar=calendar) == 0

    told = capsys.readouterr().out
    assert "- zonder publicatiedatum" in told
    rows = tmp_path / "voorstel.toml"
    rows.write_text("[[source]]" + told.partition("[[source]]")[2], encoding="utf-8")
    (proposed,) = read_sources(rows)
    assert (proposed.kind, proposed.voice, proposed.enabled) == ("ics", Voice.AGENDA, False)
    assert "approved_by_role" in proposed.missing


def test_a_page_needs_options_and_gets_a_row_to_fill_in(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ConfigError) as raised:
        looked_at(tmp_path, argv=["--kind", "page"])

    told = tomllib.loads(capsys.readouterr().out)["source"][0]
    assert "Die heeft opties nodig" in raised.value.advice
    assert told["options"] == {"list": "", "title": ""}
    assert (len(told["legal"]), told["legal"]["approved_by_role"]) == (8, "")


def test_an_address_that_fails_is_told_with_its_state(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert looked_at(tmp_path, argv=["--voice", "nieuws", "elders"]) == 1

    told = capsys.readouterr().out
    assert (
        "Toestand: werkt niet. 127.0.0.1 heeft niets meer op dit adres (404). Dit adres staat nog niet in sources.toml"
        in told
    )


@pytest.mark.parametrize("what", ["onbekend", "http://krant.example/rss", "https://twitter.com/iemand"])
def test_what_may_not_be_asked_is_refused_with_the_way_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], what: str
) -> None:
    file = a_catalogue(tmp_path / "sources.toml", _KNOWN)

    assert main(["sources", "test", what], {"TORENWACHT_SOURCES": str(file)}) == 2
    assert capsys.readouterr().err.startswith("Fout in opdracht")


def test_feeds_of_a_list_become_rows_that_wait_for_approval(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "lijst.opml").write_text(LIST, encoding="utf-8")
    args = argparse.Namespace(sources_command="import", file=tmp_path / "lijst.opml")

    assert asyncio.run(sources(settings_with(tmp_path), args)) == 0

    told = capsys.readouterr()
    rows = tmp_path / "voorstel.toml"
    rows.write_text(told.out, encoding="utf-8")
    proposed = read_sources(rows)
    assert [(s.id, s.url, s.enabled, s.legal) for s in proposed] == [
        ("stadsblad", "https://stadsblad.example/feed", False, None),
        ("stadsblad-2", "https://anders.example/feed", False, None),
    ]
    assert all(word in told.err for word in ("Al bekend: Bekend", "Overgeslagen: Iemand", "Overgeslagen: Onbeveiligd"))
    assert "2 van 5 feeds" in told.err


def test_a_list_that_is_none_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = a_catalogue(tmp_path / "sources.toml", _KNOWN)
    for name, text in (("geen.opml", "<rss/>"), ("weg.opml", "")):
        if text:
            (tmp_path / name).write_text(text, encoding="utf-8")
        assert main(["sources", "import", str(tmp_path / name)], {"TORENWACHT_SOURCES": str(file)}) == 2
        assert name in capsys.readouterr().err


def test_what_we_follow_is_written_for_other_readers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = a_catalogue(tmp_path / "sources.toml", _KNOWN)
    out = tmp_path / "lijst.opml"

    assert main(["sources", "export", "--out", str(out)], {"TORENWACHT_SOURCES": str(file)}) == 0
    assert main(["sources", "export"], {"TORENWACHT_SOURCES": str(file)}) == 0

    assert out.read_text(encoding="utf-8") in capsys.readouterr().out
    assert 'xmlUrl="https://krant.example/rss"' in out.read_text(encoding="utf-8")
