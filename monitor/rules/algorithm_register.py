"""An account -> the entry for the Dutch algorithm register, publication standard 1.0 (R45), in plain Dutch (B1)."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from classifiers import Category
from monitor.domain.account import Account
from monitor.errors import ConfigError
from monitor.rules.json_schema import problems

FILE = Path(__file__).with_name("algorithm_register.schema.json")
IMPACTFUL = "Impactvolle algoritmes"
DPIA = "Data Protection Impact Assessment (DPIA)"
_LEFT_OPEN = frozenset({"contact_email"})
"""Required, and yet a person's to fill in where the settings do not tell it: the papers ask for it."""

Entry = dict[str, Any]


@cache
def schema() -> Mapping[str, Any]:
    """The standard as a JSON schema."""
    found: Mapping[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return found


def entry_of(account: Account) -> Entry:
    """Every field of the standard; None or empty where a person must tell.

    Raises ConfigError where the configuration gives what the standard does not take.
    """
    entry: Entry = {
        "name": "Torenwacht: beeld van de openbare orde uit open bronnen",
        "description_short": _SHORT,
        "organization": account.organisation,
        "status": "In gebruik" if account.running else "In ontwikkeling",
        "contact_email": account.contact,
        "publication_category": IMPACTFUL,
        "lang": "nld",
        "standard_version": "1.0",
        "category": ["Openbare orde en veiligheid"],
        "begin_date": None,
        "end_date": None,
        "website": account.site or None,
        "url": f"{account.site}/privacy" if account.site else None,
        "goal": _GOAL,
        "proportionality": _PROPORTIONALITY,
        "human_intervention": _HUMAN,
        "risks": _RISKS,
        "lawful_basis": _lawful_basis(account),
        "lawful_basis_grouping": [{"title": ground, "link": None} for ground in account.grounds],
        "process_index_url": None,
        "impacttoetsen": "; ".join(account.assessments) or None,
        "impacttoetsen_grouping": [{"title": DPIA, "link": None}] if account.assessments else [],
        "source_data": _source_data(account),
        "source_data_grouping": [
            {"title": f"{source.name} ({source.publisher})", "link": None} for source in account.running
        ],
        "methods_and_models": _methods(account),
        "provider": None,
        "publiccode": None,
        "source_id": "torenwacht",
        "tags": "openbare orde, open bronnen, evenementen, demonstraties, voetbal, jaarwisseling",
        "lars": None,
        "publication_dt": None,
    }
    wrong = [problem for problem in problems(entry, schema()) if problem.partition(":")[0] not in _LEFT_OPEN]
    if wrong:
        advice = (
            f"Het algoritmeregister neemt dit niet aan: {'; '.join(wrong)}. "
            "Maak de naam van de organisatie, of een tekst in sources.toml, korter."
        )
        raise ConfigError("register", wrong[0].partition(":")[0], advice=advice)
    return entry


_SHORT = (
    "Torenwacht leest openbare bronnen, zoals nieuws, agenda's en bekendmakingen. Het zoekt berichten over "
    "demonstraties, voetbal, evenementen, de jaarwisseling en onrust. Elke gebeurtenis krijgt niveau A, B of C, met de "
    "woorden waarop dat rust. Een adviseur kijkt ernaar en beslist. Torenwacht volgt geen mensen."
)
_GOAL = (
    "De burgemeester zorgt voor de openbare orde. Daarvoor moet de gemeente op tijd weten wat er komt. "
    "Medewerkers lazen daarvoor zelf veel websites. Dat kostte tijd en er werd iets gemist. "
    "Torenwacht leest een vaste lijst van bronnen en zet berichten over één gebeurtenis bij elkaar. "
    "Adviseurs krijgen een melding en elke week een overzicht. Zo kan de gemeente op tijd hulp en overleg regelen."
)
_PROPORTIONALITY = (
    "Torenwacht volgt gebeurtenissen, nooit mensen, accounts of groepen. De lijst van bronnen is kort en openbaar. "
    "Elke bron heeft een doel, een grondslag en een dag waarop zij opnieuw wordt beoordeeld. "
    "Persoonsgegevens gaan uit een bericht voordat iets wordt bewaard. "
    "Wat bewaard blijft, heeft altijd een laatste dag. "
    "Het niveau hangt niet af van de boodschap, het geloof of de afkomst van wie meedoet. "
    "Zonder Torenwacht zouden medewerkers dezelfde bronnen met de hand lezen, ook met de namen erin."
)
_HUMAN = (
    "De machine geeft alleen een signaal. Een C van de machine heet 'signaal, nog niet beoordeeld' tot een adviseur "
    "ernaar keek. Een adviseur kan het niveau en de soort altijd veranderen, met een reden. "
    "Wat de machine eerst zag, blijft daarnaast staan. Twijfelt de machine, dan vraagt zij het aan een mens. "
    "Een weekbriefing gaat pas uit als iemand haar heeft goedgekeurd. "
    "De machine leert niet vanzelf van wat mensen verbeteren. "
    "Er volgt nooit vanzelf een besluit over een persoon of een demonstratie."
)
_RISKS = (
    "De machine kan een bericht verkeerd lezen. Daarom staan de woorden erbij die tot het niveau leidden. "
    "Zij kan iets missen. Daarom blijft het werk van adviseurs nodig, en laat Torenwacht zien welke bron niets geeft. "
    "Er kan een persoonsgegeven blijven staan. Daarom kijkt een tweede controle mee voordat iets wordt bewaard. "
    "Mensen kunnen zich bekeken voelen als zij demonstreren. Daarom is er geen veld voor een boodschap of mening. "
    "Daarom is deze uitleg openbaar. Bronnen kunnen eenzijdig zijn. Daarom telt Torenwacht wie de uitgevers zijn."
)


def _lawful_basis(account: Account) -> str | None:
    if not account.grounds:
        return None
    controllers = ", ".join(account.controllers)
    return f"Verantwoordelijk: {controllers}. Grondslag: {'; '.join(account.grounds)}."


_MANY = 4_000
"""Characters of names after which the entry refers to the public list: the field takes no more than 5000."""


def _source_data(account: Account) -> str:
    names = "; ".join(f"{source.name} van {source.publisher}" for source in account.running)
    if len(names) > _MANY:
        names = "zie de openbare lijst van bronnen"
    return (
        f"Torenwacht leest nu {len(account.running)} van de {len(account.sources)} bronnen op de lijst. "
        + (f"Dit zijn ze: {names}. " if names else "Er wordt nu niets gelezen. ")
        + "Van een bericht blijft hooguit een kort stuk tekst over, zonder persoonsgegevens, met een verwijzing. "
        "De politie kan daarnaast met de hand een signaal toevoegen. Dat blijft in een eigen, gesloten deel."
    )


def per_hundred(share: float) -> str:
    """`85 van de 100`."""
    return f"{round(100 * share)} van de 100"


def _methods(account: Account) -> str:
    values, kinds = account.measured.values, [c.value for c in Category if c is not Category.NONE]
    grave = per_hundred(1 - values["grave_missed"])
    return (
        "Eerst halen regels, lijsten van namen en een klein geleerd model de persoonsgegevens uit een bericht. "
        "Daarna vervangt Torenwacht woorden over een boodschap of een groep door '[zaak]' en '[groep]'. "
        f"Dan kiest een geleerd model de soort: {', '.join(kinds)}, of niets daarvan. "
        f"Het zoekt ook welke van {len(account.indicators)} vaste indicatoren in de tekst staan. "
        "Een vaste tabel maakt van die indicatoren een niveau: A is regulier, B vraagt aandacht, C is risicovol. "
        "Berichten over dezelfde dag, plek en soort worden één gebeurtenis. "
        f"Geleerd is alleen van zelf gemaakte teksten. De lezer die nu draait is versie {account.reader}. "
        f"Versie {account.measured.model} is gemeten op {account.measured.items} teksten die apart lagen. "
        f"De soort was goed bij {per_hundred(values['category_accuracy'])} teksten. "
        f"Van de teksten met niveau C kregen er {grave} ook een B of C. "
        f"Van de persoonsgegevens ging {per_hundred(values['pii_recall'])} weg. "
        "Die teksten zijn verzonnen, dus in het echt kan het anders zijn."
    )
