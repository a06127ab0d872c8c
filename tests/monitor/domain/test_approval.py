"""Who may let a source start, for how long, and what ends that (R1, R9)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from classifiers import Voice
from monitor.domain import Approval, Decision, Handling, LegalBasis, PersonalDataRisk, Role, Source
from tests.build import NOON, an_approval, at, four_eyes_on

TODAY = NOON.date()
LEGAL = LegalBasis(
    "De burgemeester", "Openbare orde", "Gemeentewet art. 172", "DPIA-1", PersonalDataRisk.LOW, 30,
    "privacyfunctionaris", date(2027, 11, 1),
)  # fmt: skip
ON_PAPER = Source(
    id="krant", name="Krant", publisher="Uitgever", kind="feed", url="https://krant.example/rss", voice=Voice.NEWS,
    every=timedelta(minutes=15), hosts=("krant.example",), enabled=True, legal=LEGAL,
)  # fmt: skip
UNAPPROVED = replace(ON_PAPER, legal=replace(LEGAL, approved_by_role=""), missing=("approved_by_role",))
RISKY = replace(ON_PAPER, legal=replace(LEGAL, personal_data_risk=PersonalDataRisk.HIGH))


def starts(source: Source, *approvals: Approval, today: date = TODAY) -> bool:
    return source.hindrance(today, approvals) is None


def why_not(source: Source, *approvals: Approval, today: date = TODAY) -> str:
    return source.hindrance(today, approvals) or ""


# Low and medium risk


@pytest.mark.parametrize("risk", [PersonalDataRisk.LOW, PersonalDataRisk.MEDIUM])
def test_a_source_starts_on_paper_or_by_an_act(risk: PersonalDataRisk) -> None:
    paper, empty = (
        replace(s, legal=replace(s.legal or LEGAL, personal_data_risk=risk)) for s in (ON_PAPER, UNAPPROVED)
    )

    assert (starts(paper), starts(empty), starts(empty, an_approval(empty))) == (True, False, True)


@pytest.mark.parametrize("key", ["controller", "purpose", "lawful_basis", "dpia_reference"])
def test_no_act_takes_the_place_of_another_part_of_the_record(key: str) -> None:
    source = replace(ON_PAPER, missing=(key,))

    assert why_not(source, an_approval(source)).startswith(f"Bron 'krant' mist {key}.")


def test_an_approval_holds_up_to_its_last_day() -> None:
    until = an_approval(UNAPPROVED, until=TODAY)

    assert starts(UNAPPROVED, until)
    assert why_not(UNAPPROVED, until, today=TODAY + timedelta(days=1)) == (
        "Bron 'krant' mocht tot en met 22-11-2026. Laat haar opnieuw goedkeuren."
    )


def test_a_review_sets_the_day_of_the_next_one() -> None:
    late = date(2027, 11, 2)
    review = an_approval(ON_PAPER, Decision.REVIEWED, until=date(2028, 6, 1))

    assert (starts(ON_PAPER, today=late), starts(ON_PAPER, review, today=late)) == (False, True)
    assert "moest uiterlijk op 01-06-2028" in why_not(ON_PAPER, review, today=date(2028, 6, 2))


def test_a_review_is_no_approval() -> None:
    assert not starts(UNAPPROVED, an_approval(UNAPPROVED, Decision.REVIEWED, until=date(2027, 6, 1)))


@pytest.mark.parametrize("source", [ON_PAPER, UNAPPROVED])
def test_a_withdrawal_stops_a_source_whatever_the_table_says(source: Source) -> None:
    before, withdrawn = an_approval(source), an_approval(source, Decision.WITHDRAWN, role=Role.PRIVACY)

    assert why_not(source, before, withdrawn) == (
        "De goedkeuring van bron 'krant' is op 22-11-2026 ingetrokken door de privacyfunctionaris. Keur de bron "
        "opnieuw goed als zij weer mag starten."
    )
    assert starts(source, before, withdrawn, an_approval(source))


def test_a_withdrawal_outlives_a_change_of_the_row_and_the_approval_of_another_row() -> None:
    withdrawn = an_approval(ON_PAPER, Decision.WITHDRAWN)
    changed = replace(ON_PAPER, url="https://krant.example/nieuws")

    assert not starts(changed, withdrawn)
    assert not starts(changed, withdrawn, an_approval(ON_PAPER))
    assert starts(changed, withdrawn, an_approval(changed))


# What was approved


CHANGES: Sequence[dict[str, Any]] = [
    {"url": "https://krant.example/nieuws"},
    {"kind": "page"},
    {"hosts": ("krant.example", "www.krant.example")},
    {"voice": Voice.CLUB},
    {"handling": Handling.INTERNAL},
    {"detail": True},
    {"options": {"tags": ["vismarkt"]}},
    {"legal": replace(UNAPPROVED.legal or LEGAL, controller="Het college")},
    {"legal": replace(UNAPPROVED.legal or LEGAL, purpose="Iets anders")},
    {"legal": replace(UNAPPROVED.legal or LEGAL, lawful_basis="Gemeentewet art. 174")},
    {"legal": replace(UNAPPROVED.legal or LEGAL, dpia_reference="DPIA-2")},
    {"legal": replace(UNAPPROVED.legal or LEGAL, personal_data_risk=PersonalDataRisk.MEDIUM)},
    {"legal": replace(UNAPPROVED.legal or LEGAL, retention_days=31)},
    {"legal": replace(UNAPPROVED.legal or LEGAL, review_date=date(2028, 1, 1))},
]


@pytest.mark.parametrize("change", CHANGES, ids=[str(n) for n in range(len(CHANGES))])
def test_a_change_of_the_row_makes_an_approval_void_and_says_so(change: dict[str, Any]) -> None:
    approval = an_approval(UNAPPROVED)
    changed = replace(UNAPPROVED, **change)

    assert why_not(changed, approval).startswith(
        "Bron 'krant' wacht op goedkeuring. Haar rij in sources.toml is veranderd sinds de vorige goedkeuring."
    )
    assert starts(changed, approval, an_approval(changed))


def test_a_change_of_name_or_pace_leaves_an_approval_as_it_is() -> None:
    renamed = replace(UNAPPROVED, name="De Krant", every=timedelta(hours=1))

    assert starts(renamed, an_approval(UNAPPROVED))


# High risk: four eyes


def test_two_people_let_a_source_of_high_risk_run_for_90_days() -> None:
    both = four_eyes_on(RISKY)

    assert (starts(RISKY, *both), starts(RISKY, *both, today=TODAY + timedelta(days=90))) == (True, True)
    assert why_not(RISKY, *both, today=TODAY + timedelta(days=91)) == (
        "Bron 'krant' mocht tot en met 20-02-2027. Laat haar opnieuw goedkeuren."
    )


def test_one_approval_waits_for_a_second_person() -> None:
    assert why_not(RISKY, an_approval(RISKY)) == (
        "Bron 'krant' heeft een hoog risico, en wacht op de goedkeuring van een tweede persoon."
    )


@pytest.mark.parametrize(
    "second",
    [
        {"by": "anna"},
        {"role": Role.ADMIN},
        {"role": Role.ADVISOR},
        {"until": None},
        {"until": TODAY + timedelta(days=91)},
        {"decision": Decision.APPROVED},
        {"decision": Decision.REVIEWED},
        {"record": "een andere rij"},
    ],
    ids=["same person", "same role", "no officer", "no end", "too long", "no second", "a review", "another row"],
)
def test_two_acts_that_are_no_four_eyes_start_nothing(second: dict[str, Any]) -> None:
    first, good = four_eyes_on(RISKY)
    told: dict[str, Any] = {"decision": Decision.SECONDED, "by": "bert", "role": Role.PRIVACY, "until": good.until}

    assert starts(RISKY, first, an_approval(RISKY, **told))
    assert not starts(RISKY, first, an_approval(RISKY, **told | second))


def test_a_second_approval_alone_or_before_the_first_starts_nothing() -> None:
    first, second = four_eyes_on(RISKY)

    assert (starts(RISKY, second), starts(RISKY, second, first)) == (False, False)


def test_the_earlier_of_two_last_days_counts() -> None:
    _, second = four_eyes_on(RISKY)
    first = an_approval(RISKY, until=TODAY + timedelta(days=3))

    assert (starts(RISKY, first, second), starts(RISKY, first, second, today=TODAY + timedelta(days=4))) == (
        True,
        False,
    )


def test_a_new_first_approval_neither_stops_what_runs_nor_lengthens_it() -> None:
    both = four_eyes_on(RISKY, days=10)
    again = an_approval(RISKY, at=at(30))

    assert starts(RISKY, *both, again, today=date(2026, 12, 2))
    assert not starts(RISKY, *both, again, today=date(2026, 12, 3))
    assert starts(RISKY, *both, *four_eyes_on(RISKY, at(30), days=10), today=date(2026, 12, 10))


def test_neither_a_review_nor_paper_takes_the_place_of_four_eyes() -> None:
    review = an_approval(RISKY, Decision.REVIEWED, until=date(2027, 6, 1))

    assert not starts(RISKY, review)
    assert not starts(RISKY, *four_eyes_on(RISKY, days=1), review, today=TODAY + timedelta(days=2))


def test_a_withdrawal_ends_both_approvals() -> None:
    both, withdrawn = four_eyes_on(RISKY), an_approval(RISKY, Decision.WITHDRAWN)

    assert not starts(RISKY, *both, withdrawn)
    assert not starts(RISKY, *both, withdrawn, an_approval(RISKY))
    assert starts(RISKY, *both, withdrawn, *four_eyes_on(RISKY))
