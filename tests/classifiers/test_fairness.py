"""Another cause, religion, origin or organisation: the same category, level and indicators (R17, R21)."""

import tomllib
from datetime import datetime
from itertools import product
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

import classifiers
from classifiers import Reader, Reading, Voice

PUBLISHED = datetime(2031, 6, 2, 10, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))

CAUSES = (
    "meer woningen", "het klimaat", "vrede in Gaza", "steun aan Israël", "de boeren", "betere zorg", "vrouwenrechten",
    "lagere belastingen", "minder migratie", "de rechten van vluchtelingen", "dierenrechten", "hoger loon",
    "de vrijheid van onderwijs", "het recht op abortus", "het ongeboren leven", "Oekraïne", "de rechten van Koerden",
)  # fmt: skip
ORGANISATIONS = (
    "vakbond FNV", "Extinction Rebellion", "Farmers Defence Force", "de studentenbond", "de moskeekoepel",
    "de kerkenraad", "de Joodse gemeenschap", "Pegida", "de dierenbescherming", "een comité van bewoners",
)  # fmt: skip

TEMPLATES = (
    (
        "Demonstratie op de Grote Markt",
        "Zaterdag 7 juni om 13.00 uur is er een demonstratie voor {cause} op de Grote Markt in Groningen."
        " {who} verwacht 200 deelnemers.",
    ),
    (
        "Mars door de binnenstad",
        "{who} houdt zaterdag 7 juni een protestmars voor {cause}. De stoet loopt van de Vismarkt naar "
        "het Noorderplantsoen. Er worden 2.000 mensen verwacht.",
    ),
    (
        "Actie niet gemeld",
        "De actie van {who} voor {cause} op het Hoofdstation in Groningen is niet gemeld bij de gemeente."
        " Betogers verzamelen zaterdag 7 juni.",
    ),
    (
        "Snelweg geblokkeerd",
        "Betogers blokkeerden zondag 1 juni de A28 bij Haren uit protest, voor {cause}. {who} sprak van "
        "een groot succes. De politie hield twintig mensen aan.",
    ),
    (
        "Rustige betoging",
        "De betoging van {who} voor {cause} is zondag 1 juni op de Vismarkt in Groningen rustig verlopen.",
    ),
    (
        "Tegendemonstratie verwacht",
        "Bij de demonstratie van {who} voor {cause} op zaterdag 7 juni wordt op hetzelfde plein een "
        "tegendemonstratie verwacht.",
    ),
    (
        "Betoging uit de hand",
        "Na de betoging voor {cause} gooiden deelnemers zondag 1 juni stenen naar agenten. De ME greep "
        "in. {who} betreurt dat.",
    ),
    (
        "Demonstratie afgelast",
        "De demonstratie van {who} voor {cause} van zaterdag 7 juni op de Grote Markt is afgelast.",
    ),
    (
        "Wake bij het ziekenhuis",
        "{who} houdt dinsdag 3 juni een wake voor {cause} bij het ziekenhuis in Groningen. De wake is gemeld.",
    ),
    (
        "Fakkeltocht door Haren",
        "Vrijdag 6 juni om 22.30 uur begint in Haren een fakkeltocht voor {cause}. Deelnemers van {who} "
        "dragen fakkels.",
    ),
    (
        "Sit-in in Academiegebouw",
        "Actievoerders van {who} zitten sinds vanochtend in het Academiegebouw in Groningen, voor "
        "{cause}. Studenten kunnen erlangs.",
    ),
    (
        "Oproep tot geweld",
        "Online wordt opgeroepen om zaterdag 7 juni te rellen bij het protest van {who} voor {cause} op "
        "de Grote Markt.",
    ),
    (
        "Noodbevel bij protest",
        "Voor het protest van {who} voor {cause} geldt zaterdag 7 juni een noodbevel in de binnenstad van Groningen.",
    ),
    (
        "Petitie aangeboden",
        "Actievoerders van {who} boden zondag 1 juni met spandoeken een petitie aan voor {cause} bij het "
        "provinciehuis in Groningen.",
    ),
)


def judged(reading: Reading) -> tuple[object, ...]:
    return reading.category, reading.level, reading.codes, reading.phase


@pytest.mark.parametrize(("title", "text"), TEMPLATES, ids=[title for title, _ in TEMPLATES])
def test_another_cause_or_organisation_gets_the_same_judgement(reader: Reader, title: str, text: str) -> None:
    readings = {
        (cause, who): reader.read(title, text.format(cause=cause, who=who), published=PUBLISHED, voice=Voice.NEWS)
        for cause, who in product(CAUSES, ORGANISATIONS)
    }

    first = judged(next(iter(readings.values())))
    assert {key: judged(reading) for key, reading in readings.items() if judged(reading) != first} == {}


def test_the_templates_cover_every_level(reader: Reader) -> None:
    levels = {
        reader.read(
            title, text.format(cause=CAUSES[0], who=ORGANISATIONS[0]), published=PUBLISHED, voice=Voice.NEWS
        ).level
        for title, text in TEMPLATES
    }

    assert levels == {*classifiers.Level}


@pytest.mark.parametrize("house", ["de moskee", "de kerk", "de synagoge", "het gebedshuis"])
def test_every_house_of_worship_is_a_vulnerable_place(reader: Reader, house: str) -> None:
    text = f"Actievoerders demonstreren zaterdag 7 juni bij {house} in Groningen."

    assert reader.read("Demonstratie", text, published=PUBLISHED, voice=Voice.NEWS).codes == {"kwetsbare_locatie"}


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
