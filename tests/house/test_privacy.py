"""What the house cannot hold, cannot watch and never advises: the law as a test over tables, kinds and sentences."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from inspect import getmembers, isclass

from sqlmodel import SQLModel

import classifiers.reading
import monitor.domain
from monitor.collect import KINDS
from tests.house.tree import files, modules, sentences, text

PERSONS = frozenset(
    "author auteur handle account avatar follower followers volger volgers mention mentions reply replies profile "
    "profiel username nickname email phone telefoon person persoon ip".split()
)
"""R11, R16: what would tell who said something."""
CAUSES = frozenset(
    "cause doel opinion mening religion geloof ethnicity nationality origin herkomst party partij union vakbond "
    "politics politiek ideology movement beweging health sexuality".split()
)
"""R17: what would tell what people stand for."""
PEOPLE = re.compile(r"account|author|chat|follow|group|handle|member|person|profile|timeline|user", re.IGNORECASE)
"""R7: what a kind of source may not aim at."""
MEASURES = re.compile(
    r"\b(verbied\w*|verbieden|ontbind\w*|beëindig\w*|arresteer\w*|arresteren|houd\b[^.]*\baan\b|oppakken|"
    r"identificeer\w*|identificeren|achterhaal|spoor\b[^.]*\bop\b|ontruim|ontruimen|sluit\b[^.]*\bgebied)",
    re.IGNORECASE,
)
"""R28: what the house never recommends; a report that it happened is a find, not advice."""


def words(name: str) -> set[str]:
    """`made_at` -> {"made", "at"}."""
    return set(name.lower().split("_"))


def kept_names() -> Iterator[tuple[str, str]]:
    """Every name under which something may be kept: columns, and the fields of what is kept as JSON."""
    for table in SQLModel.metadata.tables.values():
        yield from ((table.name, column.name) for column in table.columns)
    for module in (classifiers.reading, monitor.domain):
        for name, kind in getmembers(module, isclass):
            if is_dataclass(kind):
                yield from ((name, field.name) for field in fields(kind))


def test_nothing_kept_has_a_name_for_who_said_it() -> None:
    assert {(table, name) for table, name in kept_names() if words(name) & PERSONS} == set()


def test_nothing_kept_has_a_name_for_what_people_stand_for() -> None:
    assert {(table, name) for table, name in kept_names() if words(name) & CAUSES} == set()


def test_no_kind_of_source_aims_at_a_person_an_account_or_a_group() -> None:
    assert [kind for kind in KINDS if PEOPLE.search(kind)] == []
    assert [(kind, name) for kind, row in KINDS.items() for name in row.options if PEOPLE.search(name)] == []


def test_staff_are_the_only_people_with_a_name_in_the_tables() -> None:
    named = {table for table, name in kept_names() if name == "name" and table in SQLModel.metadata.tables}

    assert named <= {"staff", "login", "kpi", "switch"}


def advice() -> Iterator[tuple[str, str]]:
    """Every Dutch sentence that the house itself says: in code, in templates, and beside each indicator."""
    for path in modules():
        if "training" not in path.parts:
            yield from ((path.as_posix(), said) for said in sentences(path) if " " in said)
    for path in files("monitor/render/templates", suffixes=(".html",)):
        yield path.as_posix(), re.sub(r"{#.*?#}|{%.*?%}|<[^>]*>", " ", text(path), flags=re.DOTALL)
    for row in tomllib.loads(text("classifiers/indicators.toml"))["indicator"]:
        yield from ((f"{row['code']}.{key}", row[key]) for key in ("label", "check"))


def test_no_sentence_advises_to_ban_to_end_to_arrest_or_to_identify() -> None:
    found = {(where, match[0]) for where, said in advice() if (match := MEASURES.search(said))}

    assert found == set()


def test_measures_that_the_house_never_advises_are_recognised() -> None:
    """The test above would also pass if its list of words were broken."""
    bad = ["Verbied de betoging.", "Houd de organisator aan.", "Identificeer de deelnemers.", "Spoor de afzender op."]

    assert [said for said in bad if not MEASURES.search(said)] == []
