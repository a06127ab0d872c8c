"""What someone may ask about data on themselves (R42): who may do it, where all is looked, what is written down of it.

The text that is sought lives in memory, from keyboard to the end of the act: in no query, log, error or audit entry.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sqlmodel import Session

from classifiers import Voice
from monitor.app import App
from monitor.domain import Actor, Purpose, Role
from monitor.errors import InvalidInput, NotAllowed
from monitor.rules.sought import Sought, quote
from monitor.store import people
from monitor.store.residue import residue
from monitor.store.search import cells
from monitor.work.journal import audit
from monitor.work.steps import step

FILES = "bestand"
"""The table, so to say, of what stands in files of the data folder."""
_CASE = re.compile(r"[A-Z]{0,4}[-./]?\d{2,8}(?:[-./]\d{1,8}){0,3}")
_DATABASES = re.compile(r".*\.(?:sqlite|db)(?:-wal|-shm|-journal)?")


@dataclass(frozen=True, slots=True)
class Request:
    """One request as it is carried out: by whom, under which number, and what is sought."""

    officer: Actor
    case: str
    sought: Sought = field(repr=False)


@dataclass(frozen=True, slots=True)
class Find:
    """One place where it stands."""

    table: str
    row: str
    """Primary key of the row; of a file the number of the line."""
    column: str
    """Of a file its name."""
    sentence: str = field(repr=False)
    closed: bool
    """In the compartment of confidential signals: told to nobody outside it (R31)."""


def officer_of(app: App, name: str) -> Actor:
    """The privacy officer with that login name. Raises NotAllowed for anyone else."""
    with app.store.read() as session:
        found = people.user(session, name)
    if found is None or not found.active or found.role is not Role.PRIVACY:
        raise NotAllowed(name, "een verzoek over persoonsgegevens uitvoeren")
    return Actor(found.name, found.role)


def request_of(app: App, *, officer: str, case: str, sought: Sought) -> Request:
    """Raises NotAllowed for anyone but an active privacy officer, InvalidInput for a case number that tells more."""
    return Request(officer_of(app, officer), case_of(app, case, sought), sought)


def case_of(app: App, case: str, sought: Sought | None = None) -> str:
    """A case number, fit for the audit trail: a number, and nobody's. Raises InvalidInput, which does not quote it."""
    spoken = app.reader.redact("", f"Zaak {case}.", voice=Voice.MUNICIPALITY)
    tells = spoken.findings or residue(case) or (sought and quote(case, sought) is not None)
    if tells or not _CASE.fullmatch(case):
        problem = "Geef een zaaknummer zonder persoonsgegevens, zoals AVG-2026-014. Er is niets gedaan."
        raise InvalidInput({"case": problem})
    return case


def access(app: App, request: Request) -> list[Find]:
    """Everywhere it stands. Looking is written down too."""
    with app.store.begin() as session, step(app, "rechten", "answer_request"):
        found = finds(app, session, request.sought)
        account(app, session, request, "access", found)
    return found


def finds(app: App, session: Session, sought: Sought) -> list[Find]:
    """Every place in the database and in the files of the data folder, in that order."""
    stored = [
        Find(cell.table, cell.row, cell.column, sentence, cell.closed)
        for cell in cells(session)
        if (sentence := quote(cell.text, sought)) is not None
    ]
    return stored + list(_in_files(app, sought))


def counts(found: Sequence[Find]) -> Counter[str]:
    """Rows, or lines of files, per table."""
    return Counter(table for table, _ in {(one.table, (one.row, one.column * (one.table == FILES))) for one in found})


def account(
    app: App,
    session: Session,
    request: Request,
    act: str,
    found: Sequence[Find],
    *,
    done: Mapping[str, int] | None = None,
) -> None:
    """The audit entry of a request: the act, by whom, the case, and numbers."""
    told = [f"{table}={number}" for table, number in sorted(counts([one for one in found if not one.closed]).items())]
    told += [f"{name}={number}" for name, number in sorted((done or {}).items()) if number]
    what = " ".join((f"case:{request.case}", *told))
    audit(app, session, request.officer, f"rights_{act}", what=what, purpose=Purpose.RIGHTS)


def _in_files(app: App, sought: Sought) -> Iterator[Find]:
    """Logs and whatever else stands beside the database, which was looked through by its rows."""
    for file in sorted(app.settings.data.rglob("*")):
        if not file.is_file() or _DATABASES.fullmatch(file.name):
            continue
        with file.open(encoding="utf-8", errors="replace") as lines:
            for number, line in enumerate(lines, 1):
                if (sentence := quote(line, sought)) is not None:
                    name = file.relative_to(app.settings.data).as_posix()
                    yield Find(FILES, str(number), name, sentence, closed=False)
