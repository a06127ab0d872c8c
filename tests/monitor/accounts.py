"""An account of a small invented house, and the papers made of it."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from classifiers import Indicator, Voice, Weight
from monitor import render
from monitor.config import Retention
from monitor.domain import LegalBasis, PersonalDataRisk, Source
from monitor.domain.account import Account, Figures, ModelFigures, Outlet
from monitor.rules import measures
from monitor.rules.algorithm_register import entry_of
from monitor.rules.balance import balance
from monitor.rules.open_questions import questions
from tests.build import NOON

LEGAL = LegalBasis(
    controller="De burgemeester",
    purpose="Openbare orde voorbereiden",
    lawful_basis="Gemeentewet art. 172",
    dpia_reference="DPIA-2026-01",
    personal_data_risk=PersonalDataRisk.MEDIUM,
    retention_days=30,
    approved_by_role="privacyfunctionaris",
    review_date=date(2027, 11, 1),
)
ROLES = {"Adviseur": ("gebeurtenissen bekijken",), "Beheerder": ("gebruikers bekijken",)}


def a_source(id: str, voice: Voice = Voice.NEWS, **told: Any) -> Source:
    """One source, approved on paper."""
    values: dict[str, Any] = {
        "id": id, "name": id.title(), "publisher": f"Uitgever van {id.title()}", "kind": "feed",
        "url": f"https://{id}.example/rss", "voice": voice, "every": timedelta(minutes=15), "hosts": (f"{id}.example",),
        "enabled": True, "legal": LEGAL,
    }  # fmt: skip
    return Source(**values | told)


KRANT, OMROEP, POLITIE = a_source("krant"), a_source("omroep"), a_source("politie", Voice.POLICE)
BLAD = a_source("gemeenteblad", Voice.GAZETTE)


def an_account(**told: Any) -> Account:
    """Four sources, of which three run; mail and a window; everything a configuration can tell is told."""
    sources, running = (BLAD, KRANT, OMROEP, POLITIE), (BLAD, KRANT, POLITIE)
    account = Account(
        made_at=NOON,
        version="0.1.0",
        organisation="Gemeente Voorbeeld",
        contact="privacy@voorbeeld.nl",
        site="https://torenwacht.voorbeeld.nl",
        sources=sources,
        running=running,
        approved={"gemeenteblad": "Privacyfunctionaris", "krant": "Privacyfunctionaris", "politie": "Beheerder"},
        shares=balance(sources, running, {"krant": 3, "gemeenteblad": 2, "politie": 2}),
        by_hand=1,
        outlets=(Outlet("console", ("bron", "niveau"), False), Outlet("mail", ("briefing", "niveau"), True)),
        retention=Retention(),
        indicators=(Indicator("groot", Weight.LIGHT, "Veel mensen", "Er komen veel mensen.", "Vraag hoeveel."),),
        reader="2026.11-test",
        measured=ModelFigures(
            "2026.11-eerder", 801, {"category_accuracy": 0.845, "grave_missed": 0.076, "pii_recall": 0.986}
        ),
        database="SQLite",
        tls=True,
        figures=Figures(12, 7, {"too_old": 5}, alerts=2, corrections=1, false_alarms=0, redactions={"PERSOON": 4}),
        dropped_for={"te oud": 5},
        taken_out={"naam": 4},
    )
    return replace(account, **told)


def papers_of(account: Account, proofs: dict[str, tuple[str, ...]] | None = None) -> dict[str, str]:
    """Every paper of this account, by file name."""
    return render.papers(
        account,
        entry=entry_of(account),
        risks=measures.shipped(),
        proofs=proofs or {},
        questions=questions(account),
        roles=ROLES,
    )
