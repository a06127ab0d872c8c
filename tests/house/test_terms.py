"""Every row of every table has a last day, and every table a rule that says which (R37, R38)."""

from monitor.config import Retention
from monitor.domain.term import TERMS
from monitor.store.schema import TABLES
from tests.house.tree import text

HOW = (
    "give the class `delete_after: datetime = last_day()` from monitor.domain.columns, and its migration a column that "
    "is not null; add a `Term` for the table to TERMS in monitor/domain/term.py and its row to docs/retention.md: the "
    "store then fills the column, and the purge finds the rows"
)


def test_every_table_has_a_rule_and_every_rule_a_table() -> None:
    assert set(TABLES.tables) == set(TERMS), HOW


def test_no_row_of_any_table_can_be_kept_without_a_last_day() -> None:
    without = {
        name for name, table in TABLES.tables.items() if "delete_after" not in table.c or table.c.delete_after.nullable
    }

    assert without == set(), HOW


def test_every_rule_counts_from_columns_that_there_are() -> None:
    unknown = {
        (name, column) for name, term in TERMS.items() for column in term.base if column not in TABLES.tables[name].c
    }

    assert unknown == set()


def test_every_rule_has_a_name_of_its_own_and_a_term_that_the_municipality_sets() -> None:
    assert len({term.name for term in TERMS.values()}) == len(TERMS)
    assert {term.setting for term in TERMS.values()} - {""} <= set(Retention.__dataclass_fields__)


def test_the_documents_tell_the_rule_of_every_table() -> None:
    rows = {line for line in text("docs/retention.md").splitlines() if line.startswith("| `")}
    told = {
        f"| `{term.table}` | {f'`{term.setting}`' if term.setting else 'none'} | {term.why} |"
        for term in TERMS.values()
    }

    assert told - rows == set(), HOW
