"""What reading the planning feed of NDW costs in time and memory, with an invented one. See README.md beside it."""

import argparse
import gzip
import random
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from classifiers import Voice
from monitor.domain import Fetched, Source

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
SITUATIONS = 45_000
"""Makes about 20 MB packed and 300 MB unpacked; the real one is 18 to 21 MB packed."""
RECORDS = ("MaintenanceWorks", "RoadOrCarriagewayOrLaneManagement", "SpeedManagement", "ReroutingManagement")

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<mc:messageContainer xmlns:mc="http://datex2.eu/schema/3/messageContainer" xmlns:sit="http://datex2.eu/schema/3/situation"
  xmlns:com="http://datex2.eu/schema/3/common" xmlns:loc="http://datex2.eu/schema/3/locationReferencing"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" modelBaseVersion="3">
<mc:payload xsi:type="sit:SituationPublication" lang="nl" modelBaseVersion="3">
<com:publicationTime>2026-11-22T07:58:00Z</com:publicationTime>
"""
_TAIL = "</mc:payload>\n</mc:messageContainer>\n"
_RECORD = """
    <sit:situationRecord xsi:type="sit:{type}" id="INV_{number}_{part}" version="{version}">
      <sit:situationRecordCreationTime>{created}</sit:situationRecordCreationTime>
      <sit:situationRecordVersionTime>{created}</sit:situationRecordVersionTime>
      <sit:probabilityOfOccurrence>certain</sit:probabilityOfOccurrence>
      <sit:source>
        <com:sourceName>
          <com:values>
            <com:value lang="nl">Gemeente Verzonnen {place}</com:value>
          </com:values>
        </com:sourceName>
      </sit:source>
      <sit:validity>
        <com:validityStatus>definedByValidityTimeSpec</com:validityStatus>
        <com:validityTimeSpecification>
          <com:overallStartTime>{start}</com:overallStartTime>
          <com:overallEndTime>{end}</com:overallEndTime>
        </com:validityTimeSpecification>
      </sit:validity>
      <sit:impact>
        <sit:delays>
          <sit:delayBand>upToTenMinutes</sit:delayBand>
        </sit:delays>
      </sit:impact>
      <sit:cause>
        <sit:causeType>roadMaintenance</sit:causeType>
        <sit:causeDescription>
          <com:values>
            <com:value lang="nl">Werk aan de weg nummer {seed}</com:value>
          </com:values>
        </sit:causeDescription>
      </sit:cause>
      <sit:locationReference xsi:type="loc:LinearLocation">
        <loc:coordinatesForDisplay>
          <loc:latitude>{lat}</loc:latitude>
          <loc:longitude>{lon}</loc:longitude>
        </loc:coordinatesForDisplay>
        <loc:gmlLineString srsName="EPSG:4326">
          <loc:posList>{line}</loc:posList>
        </loc:gmlLineString>
      </sit:locationReference>{more}
    </sit:situationRecord>"""
_EVENT = """
      <sit:publicEventType>festival</sit:publicEventType>"""


def a_feed(situations: int, seed: int = 1) -> Iterator[str]:
    """An invented planning feed in pieces; the same for the same `seed`."""
    dice = random.Random(seed)  # noqa: S311 - invents roadworks, keeps no secret
    yield _HEAD
    for number in range(situations):
        lat, lon = dice.uniform(50.8, 53.5), dice.uniform(3.4, 7.2)
        first = NOW + timedelta(hours=dice.randint(-9000, 9000))
        event = number % 50 == 0
        records = []
        for part, kind in enumerate(("PublicEvent",) if event else RECORDS[: dice.randint(2, 4)]):
            points = ((lat + n * dice.uniform(0, 2e-4), lon + n * dice.uniform(0, 2e-4)) for n in range(14))
            records.append(
                _RECORD.format(
                    type=kind,
                    number=number,
                    part=part,
                    version=dice.randint(1, 9),
                    place=number % 340,
                    created=f"{min(first, NOW) - timedelta(days=30):%Y-%m-%dT%H:%M:%SZ}",
                    seed=dice.randint(1, 99_999),
                    start=f"{first:%Y-%m-%dT%H:%M:%SZ}",
                    end=f"{first + timedelta(days=3):%Y-%m-%dT%H:%M:%SZ}",
                    lat=f"{lat:.6f}",
                    lon=f"{lon:.6f}",
                    line=" ".join(f"{x:.6f} {y:.6f}" for x, y in points),
                    more=_EVENT if event else "",
                )
            )  # fmt: skip
        yield (
            f'  <sit:situation id="INV_{number}">\n    <sit:headerInformation>'
            "<com:informationStatus>real</com:informationStatus></sit:headerInformation>"
            f"{''.join(records)}\n  </sit:situation>\n"
        )
    yield _TAIL


def write(path: Path, situations: int) -> None:
    """An invented feed, packed, at `path`."""
    with gzip.open(path, "wt", encoding="utf-8", compresslevel=6) as file:
        file.writelines(a_feed(situations))


def measure(path: Path, types: list[str]) -> None:
    """Reads `path` in this process, and prints what that took besides what was there before."""
    from monitor.collect.formats import datex  # noqa: PLC0415 - what it brings along is not to count

    source = Source(
        id="bench", name="bench", publisher="bench", kind="datex", url="https://bench.example/planning.xml.gz",
        voice=Voice.MUNICIPALITY, every=timedelta(hours=1), hosts=("bench.example",), enabled=True, legal=None,
        options={"types": types} if types else {},
    )  # fmt: skip
    bare = peak()
    body = path.read_bytes()
    held = peak()
    fetched = Fetched("bench", source.url, "application/gzip", body, etag="", last_modified="", body_hash="", at=NOW)
    cpu = time.process_time()
    items = datex.parse(fetched, source)
    cpu = time.process_time() - cpu
    print(f"{len(items)} items of {', '.join(types or datex.TYPES)} in {cpu:.1f} s of CPU")
    print(f"peak memory: {bare:.0f} MiB bare, {held:.0f} with the body, {peak():.0f} after reading")


def peak() -> float:
    """The most memory that this process had so far, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Writes an invented feed when there is none, tells its size, and reads it in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", type=Path, help="the packed feed; made when it is not there")
    parser.add_argument("--situations", type=int, default=SITUATIONS)
    parser.add_argument("--types", nargs="*", default=[], help="as in the row of the source")
    parser.add_argument("--here", action="store_true", help="read in this process")
    args = parser.parse_args()
    if args.here:
        measure(args.path, args.types)
        return
    if not args.path.exists():
        write(args.path, args.situations)
    with gzip.open(args.path) as file:
        unpacked = sum(len(part) for part in iter(lambda: file.read(1 << 20), b""))
    print(f"{args.path.stat().st_size / 1e6:.1f} MB packed, {unpacked / 1e6:.0f} MB unpacked")
    again = [sys.executable, "-m", "tests.bench.datex", str(args.path), "--here", "--types", *args.types]
    subprocess.run(again, check=True)  # noqa: S603 - ourselves, with arguments of our own


if __name__ == "__main__":
    main()
