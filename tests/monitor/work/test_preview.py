"""What a source would give, before anyone approves it."""

import asyncio
from pathlib import Path

from classifiers import Reader
from monitor.collect import in_thread, open_fetcher
from monitor.domain import Outcome, Source
from monitor.work.preview import Preview, preview
from tests.build import NOON
from tests.fakes import FixedClock, presses
from tests.monitor.collect.build import a_source


def seen(reader: Reader, *entries: tuple[str, str], address: str = "/rss") -> Preview:
    """One look at a feed with these entries."""

    async def look() -> Preview:
        async with (
            presses("127.0.0.1") as [press],
            open_fetcher(contact="x@y.example", allow_private=["127.0.0.1"], pause=0, clock=FixedClock()) as fetch,
        ):
            for title, text in entries:
                press.publish(title, text)
            source: Source = a_source(url=press.url.replace("/rss", address), hosts=("127.0.0.1",))
            return await preview(fetch, in_thread, reader, source, now=NOON)

    return asyncio.run(look())


def test_entries_are_shown_redacted_with_what_would_become_of_them(reader: Reader, tmp_path: Path) -> None:
    found = seen(
        reader,
        ("Protestmars zaterdag 28 november op de Grote Markt", "Om 14.00 uur. Bel Anneke Terpstra: 06-12345678."),
        ("Nieuwe directeur voor het zwembad", "Zij begint in januari."),
    )

    assert found.outcome is Outcome.OK
    assert [(line.item.reading.category.value, line.refused) for line in found.lines] == [
        ("geen", "niet_relevant"),
        ("demonstratie", None),
    ]
    assert found.redactions == {"PERSOON": 1, "TELEFOON": 1}
    assert not any(word in repr(line.item) for line in found.lines for word in ("Terpstra", "12345678"))


def test_a_source_without_entries_or_at_a_wrong_address_says_what_to_do(reader: Reader) -> None:
    empty, gone = seen(reader), seen(reader, address="/elders")

    assert (empty.outcome, empty.lines) == (Outcome.EMPTY, ())
    assert (gone.outcome, gone.lines) == (Outcome.FAILING, ())
    assert "404" in gone.advice
