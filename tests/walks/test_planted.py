"""Some five hundred pieces of invented personal data, of all kinds and over all roads, are kept and told nowhere."""

import asyncio
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from classifiers import PersonalKind, Reader
from monitor.app import App
from monitor.commands.demo import add_guest, demo_settings
from monitor.commands.house import round_of_polls
from monitor.commands.serve import acts_of
from monitor.config import Settings
from monitor.demo.script import Piece, Stall, stalls_at
from monitor.demo.site import open_site
from monitor.domain import Actor, Role
from monitor.errors import InvalidInput
from monitor.log import set_up
from monitor.store import briefings
from monitor.work.approvals import stop_collection
from monitor.work.briefings import make_briefing
from monitor.work.decisions import override_level
from monitor.work.signals import add_signal
from tests.build import NOON
from tests.fakes import Boards, FixedClock, a_catalogue, a_house, every_event, presses
from tests.kept import every_byte, every_page, every_row, files_written, found, slug
from tests.overheard import Overheard
from tests.planted import Plant, planted
from tests.walks.test_b_manual_signal import LIAISON, SIGNAL

FORMS = ("rss", "mislabelled-rss", "untidy-rss", "atom", "ics", "page", "police", "timeline", "sru")
IN_EACH, IN_WARNINGS, IN_FORM = 45, 9, 27
NAMES_MAY_LEAK = 0
"""Of the planted names; of every other kind none may, ever."""
ADVISOR = Actor("adviseur", Role.ADVISOR)


def piece_of(stall: Stall, number: int, plants: Sequence[Plant]) -> Piece:
    """One message that reports a demonstration, and names people in its title, text, place, author, id and address."""
    name = next((plant.words for plant in plants if plant.kind is PersonalKind.PERSON), "")
    mail = next((plant.words for plant in plants if plant.kind is PersonalKind.EMAIL), "")
    said = " ".join(plant.sentence for plant in plants)
    text = f"Zaterdag 28 november om 14.00 uur gaan {number + 50} mensen van de Grote Markt naar de Vismarkt. {said}"
    return replace(
        stall.pieces[0],
        id=f"{number}-{slug(plants[0])}",
        title=f"Demonstratie zaterdag op de Grote Markt: {plants[-1].words}"
        if number % 3 == 0
        else "Betoging zaterdag op de Grote Markt",
        text=text,
        published=NOON - timedelta(hours=1, minutes=number),
        wave=1,
        author=name,
        mail=mail,
        start=NOON + timedelta(days=6, hours=2),
        end=None,
        whole_day=False,
        place=f"Grote Markt, {plants[1].words}" if number % 4 == 0 else "Grote Markt",
        repeats="",
        cancelled=False,
    )


def stalls() -> Iterator[Stall]:
    """A source of each form, with messages of ours."""
    known = {stall.form: stall for stall in stalls_at(NOON) if stall.pieces}
    for form in FORMS:
        stall, plants = known[form], planted(form, IN_EACH)
        parts = [plants[n : n + 3] for n in range(0, IN_EACH, 3)]
        yield replace(stall, manner="", pieces=tuple(piece_of(stall, n, part) for n, part in enumerate(parts)))


def warning() -> str:
    """A public warning, by a named sender."""
    plants = planted("cap", IN_WARNINGS)
    body = Path("tests/data/collect/waarschuwing.cap").read_text(encoding="utf-8")
    body = body.replace("Wobke Verzonnen", plants[0].words)
    return body.replace("per uur.", " ".join(["per uur.", *(plant.sentence for plant in plants)]))


def fill_in_forms(app: App) -> None:
    """Signals and reasons that name people: each is refused."""
    with app.store.read() as session:
        event = every_event(session)[0].id or 0
    for number, plant in enumerate(planted("form", IN_FORM)):
        with pytest.raises(InvalidInput):
            match number % 3:
                case 0:
                    add_signal(app, LIAISON, replace(SIGNAL, text=plant.sentence))
                case 1:
                    override_level(app, ADVISOR, event, level=None, reason=plant.sentence)
                case _:
                    stop_collection(app, ADVISOR, reason=plant.sentence)


def everything_planted() -> tuple[Plant, ...]:
    """Over all roads."""
    return (
        *(plant for form in FORMS for plant in planted(form, IN_EACH)),
        *planted("cap", IN_WARNINGS),
        *planted("form", IN_FORM),
    )


async def _live(folder: Path, url: str, reader: Reader) -> tuple[dict[str, str], int]:
    """A house that polls every source and fills in every form; all that it keeps and tells, and how many it took in."""
    log, boards = Overheard(), Boards()
    set_up("DEBUG", log)
    house = folder / "huis"
    house.mkdir()
    async with open_site(NOON, folder=folder, stalls=tuple(stalls())) as site, presses("127.0.0.77") as [press]:
        press.calendar = warning()
        a_catalogue(folder / "more.toml", {"weer": press.url}, kind="cap")
        rows = site.catalogue.read_text(encoding="utf-8") + (folder / "more.toml").read_text(encoding="utf-8")
        site.catalogue.write_text(rows.replace('kind = "feed"', 'kind = "feed"\ndetail = true', 1), encoding="utf-8")
        database = "" if url.startswith("sqlite") else url
        settings = replace(demo_settings(Settings(data=house), site, house), database=database, host_pause=0)
        async with a_house(settings, reader, FixedClock(), boards) as app:
            add_guest(app)
            await round_of_polls(app, list(app.sources))
            fill_in_forms(app)
            await app.queue.drain(acts_of(app))
            id = make_briefing(app)
            with app.store.read() as session:
                kept = {"briefing": briefings.get(session, id).html}
            rows_of = every_row(app.store)
            kept |= {"pages": await every_page(app), "alerts": boards.open.words + boards.closed.words}
            kept |= {f"table {name}": text for name, text in rows_of.items()} | every_byte(house)
            kept["log"] = log.getvalue()
            return kept, rows_of["item"].count("\n") + 1


def test_what_is_planted_is_kept_and_told_nowhere(
    tmp_path: Path, database_url: str, reader: Reader, capfd: pytest.CaptureFixture[str]
) -> None:
    plants = everything_planted()

    with files_written() as written:
        kept, items = asyncio.run(_live(tmp_path, database_url, reader))
    kept["screen"] = "".join(capfd.readouterr())
    kept["names of files"] = "\n".join(written)

    assert len({plant.words for plant in plants}) >= 400
    assert {plant.kind for plant in plants} == set(PersonalKind)
    assert items > 75
    hits = found(plants, kept)
    assert [hit for hit in hits if hit[1] is not PersonalKind.PERSON] == []
    assert len({words for _, _, words in hits}) <= NAMES_MAY_LEAK, hits
    assert "@" not in kept["table item"]
    assert [name for name in written if not name.startswith((str(tmp_path), "/dev/"))] == []


def test_every_kind_is_planted_as_often() -> None:
    each = Counter(plant.kind for plant in everything_planted())

    assert min(each.values()) >= 40


def test_what_is_planted_would_be_found_in_any_spelling() -> None:
    [plant, *_] = planted("proef", 9)

    assert found([plant], {"log": f"x {plant.words} y", "table": json.dumps([plant.words]), "page": "niets"}) == [
        ("log", plant.kind, plant.words),
        ("table", plant.kind, plant.words),
    ]
