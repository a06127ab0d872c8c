"""Another cause, belief, origin or organisation: the same category, phase, level and indicators (R17, R21)."""

import json
import tomllib
from collections import Counter
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

import classifiers
from classifiers import Level, Reader, Reading, Voice
from classifiers.masking import masked

PUBLISHED = datetime(2031, 6, 2, 10, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))
SUITE = Path(__file__).parent / "fairness"
SLOTS = ("cause", "adjective", "stem", "who")


@dataclass(frozen=True)
class Base:
    """One item with open places for a cause, in a form that fits the sentence, and for an organisation."""

    id: str
    voice: str
    title: str
    text: str

    def asks(self, slot: str) -> bool:
        return f"{{{slot}}}" in f"{self.title}{self.text}".lower()

    def filled(self, cause: "Cause", who: str) -> tuple[str, str]:
        words = dict(zip(SLOTS, (cause.phrase, cause.adjective, cause.stem, who), strict=True))
        words |= {slot.capitalize(): word[:1].upper() + word[1:] for slot, word in words.items()}
        return self.title.format(**words), self.text.format(**words)


@dataclass(frozen=True)
class Cause:
    """What one can stand up for; `adjective` is empty where Dutch has none."""

    phrase: str
    stem: str
    adjective: str = ""
    side: str = "in no table"


def bases() -> list[Base]:
    lines = [line for file in sorted(SUITE.glob("*.jsonl")) for line in file.read_text(encoding="utf-8").splitlines()]
    return [Base(**json.loads(line)) for line in lines]


TABLE = tomllib.loads((SUITE / "causes.toml").read_text(encoding="utf-8"))
BASES = bases()
CAUSES = [Cause(**row) for row in TABLE["cause"]]
ASIDE = [Cause(**row) for row in TABLE["aside"]]
KNOWN = tomllib.loads((SUITE / "known.toml").read_text(encoding="utf-8"))
ORGANISATIONS = [row["name"] for row in TABLE["organisation"]]


def fitting(base: Base, causes: list[Cause]) -> list[Cause]:
    """Those that have the form which the base asks for."""
    return [cause for cause in causes if cause.adjective or not base.asks("adjective")]


def variants(base: Base, causes: list[Cause]) -> dict[str, tuple[str, str]]:
    """Each cause with one organisation, and each organisation with one cause."""
    who = ORGANISATIONS[0]
    fit = fitting(base, causes)
    texts = {cause.phrase: base.filled(cause, who) for cause in fit}
    return texts | {name: base.filled(fit[0], name) for name in ORGANISATIONS if base.asks("who")}


def is_known(kind: str, base: Base, words: str) -> bool:
    """Whether known.toml says that this base and cause do not yet pass."""
    return any(
        ("*" in row["bases"] or base.id in row["bases"])
        and ("*" in row.get("causes", "*") or words in row.get("causes", ()))
        for row in KNOWN[kind]
    )


def odd_ones(found: Mapping[str, Hashable]) -> dict[str, Hashable]:
    """Those that are not as most are."""
    usual = Counter(found.values()).most_common(1)[0][0]
    return {words: value for words, value in found.items() if value != usual}


def read(reader: Reader, base: Base, title: str, text: str) -> Reading:
    return reader.read(title, text, published=PUBLISHED, voice=Voice(base.voice))


def judged(reading: Reading) -> Hashable:
    return reading.category, reading.phase, reading.level, reading.codes


@pytest.mark.parametrize("base", BASES, ids=lambda base: base.id)
def test_another_cause_or_organisation_gets_the_same_judgement(reader: Reader, base: Base) -> None:
    texts = variants(base, [*CAUSES, *ASIDE])

    odd = odd_ones({words: judged(read(reader, base, *filled)) for words, filled in texts.items()})

    assert {words: judgement for words, judgement in odd.items() if not is_known("reading", base, words)} == {}


@pytest.mark.parametrize("base", BASES, ids=lambda base: base.id)
def test_nothing_learned_can_tell_one_cause_or_organisation_from_another(base: Base) -> None:
    odd = odd_ones({words: masked("\n".join(filled)) for words, filled in variants(base, CAUSES).items()})

    assert {words: left for words, left in odd.items() if not is_known("masking", base, words)} == {}


@pytest.mark.parametrize("base", BASES, ids=lambda base: base.id)
def test_a_cause_that_no_table_holds_is_masked_by_what_stands_beside_it(base: Base) -> None:
    if base.asks("adjective") or is_known("masking_aside", base, ""):
        return
    who = ORGANISATIONS[0]
    left = {masked("\n".join(base.filled(cause, who))) for cause in (*ASIDE, CAUSES[0])}

    assert len(left) == 1


def test_the_suite_covers_every_level_kind_of_source_and_side(reader: Reader) -> None:
    levels = Counter(read(reader, base, *base.filled(CAUSES[2], ORGANISATIONS[0])).level for base in BASES)

    assert len(BASES) >= 80
    assert len({base.id for base in BASES}) == len(BASES)
    assert {base.voice for base in BASES} == {voice.value for voice in Voice} - {"club"}
    assert min(levels[level] for level in Level) >= 10
    assert len({cause.side for cause in CAUSES}) == len(CAUSES) >= 12
    assert len(ORGANISATIONS) >= 8


def test_the_causes_kept_aside_are_in_no_table() -> None:
    table = (Path(classifiers.__file__).parent / "causes.toml").read_text(encoding="utf-8")

    assert [cause.stem for cause in ASIDE if cause.stem in table] == []


@pytest.mark.parametrize("house", ["de moskee", "de kerk", "de synagoge", "het gebedshuis"])
def test_every_house_of_worship_is_a_vulnerable_place(reader: Reader, house: str) -> None:
    text = f"Zaterdag 7 juni om 14.00 uur staan betogers voor de deur van {house} in Groningen, tijdens de dienst."

    assert reader.read("Demonstratie in Groningen", text, published=PUBLISHED, voice=Voice.NEWS).codes == {
        "kwetsbare_locatie"
    }


def test_tables_of_judgement_name_no_cause_belief_origin_or_party() -> None:
    room = Path(classifiers.__file__).parent
    words = [
        word.replace("_", " ")
        for word in (
            "islam moslim christ joods joden antisemi turks marokk palestijn israël oekraïn iraans klimaat "
            "stikstof boeren abortus zwarte_piet pegida antifa extinction vakbond pvv groenlinks coronawet "
            "vaccin lhbt pride vrouwen migrant racis links- rechts-extrem"
        ).split()
    ]
    found = {}
    for name in ("indicators.toml", "categories.toml", "phases.toml"):
        table = tomllib.loads((room / name).read_text(encoding="utf-8"))
        found[name] = [word for word in words if word in repr(table).lower()]

    assert found == {"indicators.toml": [], "categories.toml": [], "phases.toml": []}
