"""An account, its register entry, its risks and questions -> the papers: file name -> text (R45)."""

import json
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from hashlib import sha256
from typing import Any

from markupsafe import Markup

from monitor.config import Retention
from monitor.domain.account import Account, Question, Risk
from monitor.domain.activity import ACTIVITIES, Activity
from monitor.domain.term import TERMS, Term
from monitor.render.dutch import count
from monitor.render.flows import KIND_WORDS, figure, flows_of
from monitor.render.marks import ASSETS

Json = dict[str, Any]


FIELDS: tuple[tuple[str, str], ...] = (
    ("name", "Naam"),
    ("description_short", "Korte omschrijving"),
    ("organization", "Organisatie"),
    ("publication_category", "Publicatiecategorie"),
    ("category", "Onderwerp"),
    ("status", "Status"),
    ("begin_date", "Begindatum"),
    ("end_date", "Einddatum"),
    ("contact_email", "Contact"),
    ("website", "Website"),
    ("url", "Uitleg"),
    ("goal", "Doel"),
    ("proportionality", "Afweging"),
    ("human_intervention", "Menselijke tussenkomst"),
    ("risks", "Risico's"),
    ("lawful_basis", "Wettelijke basis"),
    ("lawful_basis_grouping", "Wettelijke basis, per wet"),
    ("process_index_url", "Link naar het verwerkingsregister"),
    ("impacttoetsen", "Toetsen"),
    ("impacttoetsen_grouping", "Toetsen, per soort"),
    ("source_data", "Gegevens"),
    ("source_data_grouping", "Gegevens, per bron"),
    ("methods_and_models", "Hoe het werkt"),
    ("provider", "Leverancier"),
    ("publiccode", "Broncode"),
    ("source_id", "Eigen kenmerk"),
    ("tags", "Trefwoorden"),
    ("lars", "Nummer in het register"),
    ("publication_dt", "Datum van publicatie"),
    ("standard_version", "Versie van de standaard"),
    ("lang", "Taal"),
)
"""Every field of the algorithm register, with its Dutch name, in the order of reading."""

INDEX = "index.html"
FIGURE = "gegevensstromen.svg"
TITLES: Mapping[str, tuple[str, str]] = {
    "algoritmeregister.html": ("Inschrijving voor het Algoritmeregister", "Om te lezen, en over te nemen."),
    "algoritmeregister.json": ("Dezelfde inschrijving als bestand", "Volgens standaard 1.0."),
    "verwerkingsregister.html": ("Regels voor het verwerkingsregister", "AVG artikel 30."),
    "verwerkingsregister.json": ("Dezelfde regels als bestand", "Met een vast adres per verwerking."),
    "dpia-bijlage.html": ("Bijlage bij de DPIA", "Gegevensstromen, bronnen, termijnen, risico's en balans."),
    FIGURE: ("De tekening van de gegevensstromen", "Om in een ander stuk te plaatsen."),
    "uitleg.html": ("Uitleg voor iedereen", "Wat ook op de pagina Privacy en uitleg staat."),
    "toegankelijkheidsverklaring.html": ("Toegankelijkheidsverklaring", "Een model om af te maken."),
}
"""Each file beside the index: its title, and what it is for."""


@cache
def _style() -> Markup:
    return Markup((ASSETS / "papers.css").read_text(encoding="utf-8"))  # noqa: S704  # our own file


def period_of(term: Term, retention: Retention) -> str:
    """How long the rows of a table stay, for people."""
    if not term.setting:
        return "tot het niet meer geldig is"
    days = count(getattr(retention, term.setting), "dag", "dagen")
    match term.table:
        case "item":
            alone = count(retention.unmatched_days, "dag", "dagen")
            police = count(retention.police_days, "dag", "dagen")
            return f"{days} na het einde van de gebeurtenis; zonder gebeurtenis {alone}; van de politie {police}"
        case "event":
            return f"{days} na het einde van de gebeurtenis"
    if term.with_event:
        return f"zo lang als de gebeurtenis waar het bij hoort; anders {days}"
    return f"{days} na het ontstaan" if term.base else f"{days} nadat het voor het laatst is bijgewerkt"


def periods(retention: Retention) -> list[tuple[str, str]]:
    """What people call the rows of each table, and how long they stay."""
    return [(term.label, period_of(term, retention)) for term in TERMS.values()]


_ABROAD = {
    "slack": "Verenigde Staten, door Slack",
    "teams": "mogelijk Verenigde Staten, door Microsoft Teams",
    "apprise": "hangt af van de dienst achter Apprise",
}
"""Where a kind of channel takes what passes through it, outside the European Economic Area."""


def processing_register(account: Account, roles: Mapping[str, Sequence[str]]) -> list[Json]:
    """The register of art. 30, one row for each activity; the same words as on the page."""
    return [_processing(activity, account, roles) for activity in ACTIVITIES.values()]


def _processing(activity: Activity, account: Account, roles: Mapping[str, Sequence[str]]) -> Json:
    told = activity.id == "waarschuwing"
    kinds = sorted({outlet.kind for outlet in account.outlets}) if told else []
    abroad = "; ".join(_ABROAD[kind] for kind in kinds if kind in _ABROAD) or "geen, volgens de instellingen"
    return {
        "id": activity.id,
        "uri": activity.uri(account.site),
        "naam": activity.name,
        "verantwoordelijke": list(account.controllers),
        "doel": activity.goal,
        "grondslag": list(account.grounds) if activity.id == "openbare-orde" else [],
        "betrokkenen": list(activity.subjects),
        "gegevens": list(activity.data),
        "ontvangers": [KIND_WORDS.get(kind, kind) for kind in kinds] or (list(roles) if activity.subjects else []),
        "doorgifte": abroad,
        "termijnen": {TERMS[table].label: period_of(TERMS[table], account.retention) for table in activity.tables},
    }


def papers(
    fill: Callable[..., str],
    account: Account,
    *,
    entry: Json,
    risks: Sequence[Risk],
    proofs: Mapping[str, Sequence[str]],
    questions: Sequence[Question],
    roles: Mapping[str, Sequence[str]],
) -> dict[str, str]:
    """Every file with its text, the index last. The same values give the same text.

    `fill` is `render.page`; `roles` is the Dutch name of a role -> what it may do; `proofs` is requirement -> tests.
    """
    register = processing_register(account, roles)
    drawing = figure(account)
    values: dict[str, object] = {
        "account": account, "style": _style(), "entry": entry, "fields": FIELDS, "risks": risks, "proofs": proofs,
        "roles": roles, "register": register, "figure": drawing, "flows": flows_of(account),
        "periods": periods(account.retention), "channel_words": KIND_WORDS,
    }  # fmt: skip
    made = {
        "algoritmeregister.json": _json(entry),
        "verwerkingsregister.json": _json(register),
        FIGURE: f"{drawing}\n",
    }
    for name in TITLES:
        if name.endswith(".html"):
            own = [question for question in questions if question.paper == name]
            made[name] = fill(f"papers/{name}", **values, title=TITLES[name][0], questions=own)
    listed = [
        (name, *TITLES[name], sha256(made[name].encode()).hexdigest(), len(made[name].encode())) for name in TITLES
    ]
    titles = {name: title for name, (title, _) in TITLES.items()}
    made = {name: made[name] for name in TITLES}
    title = "Stukken over Torenwacht"
    made[INDEX] = fill(f"papers/{INDEX}", **values, title=title, files=listed, titles=titles, questions=questions)
    return made


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
