"""The entry of the algorithm register: complete, and as publication standard 1.0 asks (R45)."""

import json
from pathlib import Path
from typing import Any

import pytest

from monitor.errors import ConfigError
from monitor.render.papers import FIELDS
from monitor.rules.algorithm_register import entry_of, schema
from monitor.rules.json_schema import problems
from tests.monitor.accounts import an_account

SNAPSHOT = Path(__file__).with_name("algorithm_register.json")
"""What the invented house should enter. Written anew when words change on purpose, and read before it is kept."""

BROKEN: dict[str, Any] = {
    "name": "n" * 101,
    "description_short": "n" * 401,
    "organization": "",
    "status": "Bijna in gebruik",
    "contact_email": "geen adres",
    "publication_category": "Overig",
    "lang": "nl",
    "standard_version": "0.4",
    "category": ["Verkeer"],
    "begin_date": "november 2026",
    "end_date": "2026-13",
    "website": "torenwacht",
    "url": "/privacy",
    "goal": "n" * 5001,
    "proportionality": 1,
    "human_intervention": "n" * 5001,
    "risks": "n" * 5001,
    "lawful_basis": "n" * 5001,
    "lawful_basis_grouping": [{"title": "Gemeentewet"}],
    "process_index_url": "register",
    "impacttoetsen": "n" * 5001,
    "impacttoetsen_grouping": [{"title": "Iets anders", "link": None}],
    "source_data": "n" * 5001,
    "source_data_grouping": [{"title": "", "link": None}],
    "methods_and_models": "n" * 5001,
    "provider": "n" * 501,
    "publiccode": "git@voorbeeld",
    "source_id": "n" * 101,
    "tags": "n" * 501,
    "lars": "n" * 101,
    "publication_dt": "gisteren",
}
REQUIRED = (
    "name", "description_short", "organization", "status", "contact_email", "publication_category", "lang",
)  # fmt: skip


def test_the_entry_of_a_small_house_is_the_one_that_was_agreed() -> None:
    assert entry_of(an_account()) == json.loads(SNAPSHOT.read_text(encoding="utf-8"))


def test_the_entry_is_as_the_standard_asks_and_every_field_has_a_dutch_name() -> None:
    entry = entry_of(an_account())

    assert list(problems(entry, schema())) == []
    assert set(entry) == set(schema()["properties"]) == {name for name, _ in FIELDS} == set(BROKEN)


@pytest.mark.parametrize("field", BROKEN)
def test_each_field_that_is_broken_is_found(field: str) -> None:
    entry = entry_of(an_account()) | {field: BROKEN[field]}

    assert [problem.partition(":")[0].split("[")[0] for problem in problems(entry, schema())] == [field]


@pytest.mark.parametrize("field", REQUIRED)
def test_a_required_field_may_not_be_empty(field: str) -> None:
    entry = entry_of(an_account())

    assert list(problems(entry | {field: None}, schema())) == [f"{field}: type"]
    assert list(problems(entry | {field: ""}, schema())) != []


def test_an_entry_without_a_source_that_runs_is_of_something_in_development() -> None:
    assert entry_of(an_account(running=()))["status"] == "In ontwikkeling"


def test_a_mailbox_that_nobody_told_is_left_open_and_the_rest_still_checked() -> None:
    assert entry_of(an_account(contact=""))["contact_email"] == ""

    with pytest.raises(ConfigError) as told:
        entry_of(an_account(contact="", organisation="Gemeente " * 60))
    assert (told.value.key, "organization: maxLength" in told.value.advice) == ("organization", True)
