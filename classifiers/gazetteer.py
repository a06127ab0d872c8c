"""places.toml and places_nl.csv -> Rows: every place the house knows by name."""

import csv
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path

from classifiers.errors import TableError
from classifiers.reading import Place
from classifiers.vocabulary import Scope

MUNICIPALITY = "Groningen"
"""The municipality that watches: the only place in the code that names it."""
REGION = frozenset({"Groningen", "Drenthe", "Friesland"})
"""The provinces that count as the region (guideline, `scope`)."""
KINDS = ("gebouw", "plein", "straat", "park", "station", "water", "weg", "gebied", "wijk", "dorp", "stad")

SETTLEMENTS = frozenset({"dorp", "stad"})


class Strictness(Enum):
    """What a name needs before it counts."""

    ANY = "any"
    """Upper and lower case alike."""
    CAPITAL = "capital"
    """The capital of a name, and not one that only begins a sentence: "Stad", "Leek"."""
    AFTER_IN = "after in"
    """A word of place before it too: "in Een", "te Veen". Never handed to the redactor, as it is a surname as well."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of places.toml or places_nl.csv."""

    name: str
    kind: str
    municipality: str | None
    province: str
    latitude: float | None
    longitude: float | None
    aliases: tuple[str, ...] = ()
    strictness: Strictness = Strictness.ANY
    common: bool = False
    """Other towns have one of that name too: it says nothing about where, beside the name of a town."""
    addresses: tuple[str, ...] = ()
    """Street and number of a building that everyone may enter: the redactor leaves them in the text."""

    @property
    def area(self) -> Scope:
        """Never NATIONAL: that is for a text to say."""
        if self.municipality == MUNICIPALITY:
            return Scope.MUNICIPALITY
        return Scope.REGION if self.province in REGION else Scope.ELSEWHERE

    @property
    def is_settlement(self) -> bool:
        """Whether it is a town or village of its own."""
        return self.kind in SETTLEMENTS

    @property
    def names(self) -> tuple[str, ...]:
        """Its name and its aliases."""
        return (self.name, *self.aliases)

    def anywhere(self) -> "Row":
        """The same, of which no more is known than its kind: the station square of some other town."""
        return replace(self, municipality=None, province="", latitude=None, longitude=None)

    def as_place(self, written: str) -> Place:
        """The Place that a text names with the words `written`."""
        return Place(written, self.kind, self.municipality, self.latitude, self.longitude)


def rows_of(path: Path) -> list[Row]:
    """The rows of `path` (as places.toml) and of `places_nl.csv` in this folder. Raises TableError for a wrong row."""
    return [*_of_toml(path), *_of_csv(Path(__file__).with_name("places_nl.csv"))]


def _of_toml(path: Path) -> Iterator[Row]:
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise TableError(path.name, "bestand", "leesbaar", f"{path.name} is niet te lezen: {error}.") from error
    rows = table.get("place")
    if not isinstance(rows, list) or not rows:
        raise TableError(path.name, "bestand", "place", f"Zet in {path.name} minstens één rij [[place]].")
    for number, row in enumerate(rows, start=1):
        yield _row_of(path.name, number, row)


_KEYS = frozenset({"name", "kind", "municipality", "province", "lat", "lon", "aliases", "exact", "common", "addresses"})


def _row_of(file: str, number: int, row: object) -> Row:
    name = row.get("name") if isinstance(row, dict) else None
    where = f"place {number}" + (f" ({name})" if name and isinstance(name, str) else "")

    def wrong(key: str, advice: str) -> TableError:
        return TableError(file, where, key, f"{file}, {where}: {advice}")

    if not isinstance(row, dict) or not isinstance(name, str) or not name.strip():
        raise wrong("name", "geef de plaats een naam tussen aanhalingstekens.")
    if unknown := sorted(row.keys() - _KEYS):
        raise wrong(unknown[0], f"de sleutel '{unknown[0]}' bestaat niet. Kies uit: {', '.join(sorted(_KEYS))}.")
    if row.get("kind") not in KINDS:
        raise wrong("kind", f"onbekend soort '{row.get('kind')}'. Kies uit: {', '.join(sorted(KINDS))}.")
    for key in ("municipality", "province"):
        if not isinstance(row.get(key, ""), str):
            raise wrong(key, "schrijf een naam tussen aanhalingstekens, of laat de regel weg.")
    for key, low, high in (("lat", 50.0, 54.0), ("lon", 3.0, 8.0)):
        value = row.get(key)
        if value is not None and (not isinstance(value, float | int) or not low <= value <= high):
            raise wrong(key, f"moet een getal tussen {low:g} en {high:g} zijn (graden, WGS84).")
    if ("lat" in row) != ("lon" in row):
        raise wrong("lat", "geef lat en lon allebei, of geen van beide.")
    for key, example in (("aliases", "de Markt"), ("addresses", "Grote Markt 1")):
        written = row.get(key, [])
        if not isinstance(written, list) or not all(isinstance(one, str) and one.strip() for one in written):
            raise wrong(key, f'schrijf een lijst tussen aanhalingstekens, zoals ["{example}"].')
    for key in ("exact", "common"):
        if not isinstance(row.get(key, False), bool):
            raise wrong(key, "kies true of false.")
    municipality = row.get("municipality")
    province = row.get("province", MUNICIPALITY if municipality == MUNICIPALITY else "")
    strictness = Strictness.CAPITAL if row.get("exact", False) else Strictness.ANY
    common = row.get("common", False)
    return Row(
        name,
        row["kind"],
        municipality,
        province,
        row.get("lat"),
        row.get("lon"),
        tuple(row.get("aliases", [])),
        strictness,
        common,
        tuple(row.get("addresses", [])),
    )


_STRICTNESS = {"": Strictness.ANY, "ja": Strictness.CAPITAL, "in": Strictness.AFTER_IN}


def _of_csv(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8", newline="") as lines:
        for number, row in enumerate(csv.DictReader(lines), start=2):
            try:
                latitude, longitude = float(row["lat"]), float(row["lon"])
            except (KeyError, TypeError, ValueError) as error:
                advice = f"{path.name}, regel {number}: vul lat en lon in als getal, bijvoorbeeld 53.219."
                raise TableError(path.name, f"regel {number}", "lat", advice) from error
            if row["exact"] not in _STRICTNESS:
                advice = f"{path.name}, regel {number}: schrijf bij exact 'ja', 'in' of niets."
                raise TableError(path.name, f"regel {number}", "exact", advice)
            yield Row(
                row["naam"],
                row["soort"],
                row["gemeente"] or None,
                row["provincie"],
                latitude,
                longitude,
                strictness=_STRICTNESS[row["exact"]],
            )
