"""The two roads of kind "feed" on a folder of feeds, or on feeds made here. See README.md beside it."""

import argparse
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median
from xml.etree.ElementTree import ParseError

from classifiers import Voice
from monitor.collect.formats import feed, feed_quick
from monitor.domain import Fetched, RawItem, Source
from monitor.errors import CollectError

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
URL = "https://nieuws.example/feed.xml"
SOURCE = Source(
    id="bench", name="bench", publisher="bench", kind="feed", url=URL, voice=Voice.NEWS, every=timedelta(minutes=5),
    hosts=("nieuws.example",), enabled=True, legal=None,
)  # fmt: skip
NAMES = (".xml", ".rss", ".rdf", ".atom", ".feed", ".json", ".txt")
PARAGRAPH = (
    "<p>De optocht trekt om <b>14.00 uur</b> door de Herestraat, langs café De Brug en over de Grote Markt.</p>\n"
)


def fetched(body: bytes) -> Fetched:
    return Fetched("bench", URL, "", body, etag="", last_modified="", body_hash="", at=NOW)


def an_rss(entries: int) -> bytes:
    items = "".join(
        f"<item>\n<title>Optocht {number} door de stad</title>\n<link>https://nieuws.example/artikel/{number}</link>\n"
        f'<guid isPermaLink="false">nieuws-{number}</guid>\n<pubDate>Sat, 21 Nov 2026 08:{number % 60:02}:00 +0100'
        f"</pubDate>\n<dc:creator>Stadsredactie</dc:creator>\n<category>optocht</category>\n<category>centrum</category>\n"
        f"<description><![CDATA[{PARAGRAPH * 7}]]></description>\n</item>\n"
        for number in range(entries)
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:atom="http://www.w3.org/2005/Atom">\n<channel>\n<title>Nieuws</title>\n<link>https://nieuws.example/'
        f"</link>\n<ttl>15</ttl>\n{items}</channel>\n</rss>\n"
    ).encode()


def an_atom(entries: int) -> bytes:
    paragraph = PARAGRAPH.replace("<", "&lt;").replace(">", "&gt;")
    items = "".join(
        f"<entry>\n<id>tag:nieuws.example,2026:{number}</id>\n<title>Optocht {number} door de stad</title>\n"
        f'<link rel="alternate" href="https://nieuws.example/artikel/{number}"/>\n<published>2026-11-21T08:'
        f"{number % 60:02}:00+01:00</published>\n<updated>2026-11-21T09:00:00+01:00</updated>\n<author><name>Redactie"
        f'</name></author>\n<category term="optocht"/>\n<content type="html">{paragraph * 7}</content>\n</entry>\n'
        for number in range(entries)
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="nl">\n'
        f"<id>tag:nieuws.example,2026:feed</id>\n<title>Nieuws</title>\n{items}</feed>\n"
    ).encode()


def cpu_ms(act: Callable[[], object], times: int) -> float:
    """The median CPU time of `act`, in ms."""
    taken = []
    for _ in range(times):
        start = time.process_time()
        act()
        taken.append((time.process_time() - start) * 1000)
    return median(taken)


def slow_road(body: bytes) -> list[RawItem] | str:
    """The entries, or the error by name: also one that `parse` may not raise."""
    try:
        return feed.parse(fetched(body), SOURCE)
    except CollectError as error:
        return error.reason
    except Exception as error:  # noqa: BLE001 - a measurement: what may not happen is to be counted, not to stop it
        return f"CRASH {type(error).__name__}"


def fast_road(body: bytes) -> tuple[list[RawItem] | None, str]:
    """The entries, or None and why."""
    try:
        return feed_quick.read(fetched(body), SOURCE), ""
    except feed_quick.Doubt as doubt:
        return None, str(doubt)
    except (ParseError, ValueError) as error:
        return None, type(error).__name__


def made(passes: int) -> None:
    """Prints what both roads take for feeds of 40 entries."""
    print("| made here, 40 entries | KB | fast ms | slow ms |\n| --- | --- | --- | --- |")
    for name, body in (("RSS", an_rss(40)), ("Atom", an_atom(40))):
        fast = cpu_ms(partial(feed_quick.quick, fetched(body), SOURCE), passes * 20)
        slow = cpu_ms(partial(feed.parse, fetched(body), SOURCE), passes)
        print(f"| {name} | {len(body) / 1000:.0f} | {fast:.2f} | {slow:.1f} |")


def corpus(folder: Path, names: tuple[str, ...], least: int, show: bool) -> None:
    """Prints agreement and fallback for every file of `folder` that reads as a feed, or as anything else."""
    count: Counter[str] = Counter()
    why: Counter[str] = Counter()
    fast_ms, slow_ms, slowest = [], [], 0.0
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or path.suffix.lower() not in names or path.stat().st_size < least:
            continue
        body = path.read_bytes()
        count["files"] += 1
        start = time.process_time()
        expected = slow_road(body)
        slow = (time.process_time() - start) * 1000
        slowest = max(slowest, slow)
        start = time.process_time()
        items, doubt = fast_road(body)
        fast = (time.process_time() - start) * 1000
        if isinstance(expected, str):
            count["crashes" if expected.startswith("CRASH") else "no feed"] += 1
            if expected.startswith("CRASH") or items is not None:
                print(path, expected)
        elif not expected:
            count["no entries"] += 1
        else:
            count["with entries"] += 1
            count["entries"] += len(expected)
        if items is None:
            if isinstance(expected, list) and expected:
                count["fell back"] += 1
                why[doubt] += 1
                if show:
                    print(f"{doubt:50} {path.relative_to(folder)}")
            continue
        fast_ms.append(fast)
        slow_ms.append(slow)
        if repr(items) == repr(expected) and items == expected:
            count["agree"] += 1
            count["entries agreed on"] += len(items)
        else:
            count["DIFFER"] += 1
            print("DIFFER", path)
    print("| what | files |\n| --- | --- |")
    for name in ("files", "no feed", "no entries", "with entries", "agree", "fell back", "DIFFER", "crashes"):
        print(f"| {name} | {count[name]} |")
    print(f"\nentries {count['entries']}, on the fast road {count['entries agreed on']}; slowest {slowest:.0f} ms")
    if fast_ms:
        print(f"on the fast road: {median(fast_ms):.2f} ms a feed, {median(slow_ms):.1f} ms by feedparser (medians)")
    print("\n| why it fell back | files |\n| --- | --- |")
    for reason, files in why.most_common(25):
        print(f"| {reason} | {files} |")


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--corpus", type=Path, help="a folder of feeds, searched with its folders")
    asked.add_argument("--least", type=int, default=0, help="leave out files of fewer bytes")
    asked.add_argument("--names", nargs="*", default=NAMES, help="endings of the files to read")
    asked.add_argument("--show", action="store_true", help="name each file that fell back")
    asked.add_argument("--passes", type=int, default=10)
    args = asked.parse_args()
    if args.corpus:
        corpus(args.corpus, tuple(args.names), args.least, args.show)
    else:
        made(args.passes)


if __name__ == "__main__":
    main()
