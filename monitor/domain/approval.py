"""Approval: what a person decided about a source, and what those decisions come to. Table Approval."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import pairwise

from sqlmodel import Field, SQLModel

from monitor.clock import today
from monitor.domain.columns import coded, last_day
from monitor.domain.person import Role

HIGH_RISK_AT_MOST = timedelta(days=90)
"""So long a source with a high risk may run after its second approval (R9)."""


class Decision(StrEnum):
    """What a person may decide about a source, besides pausing it."""

    APPROVED = "goedgekeurd"
    SECONDED = "voor de tweede keer goedgekeurd"
    REVIEWED = "opnieuw beoordeeld"
    WITHDRAWN = "goedkeuring ingetrokken"


class Approval(SQLModel, table=True):
    """One decision of one person about a source as its row was then. Rows are only added."""

    id: int | None = Field(default=None, primary_key=True)
    source: str = Field(index=True)
    decision: Decision = Field(sa_type=coded(Decision))
    by: str
    role: Role = Field(sa_type=coded(Role))
    """The role in which it was decided; what role they have now does not matter."""
    reason: str
    at: datetime
    until: date | None = None
    """The last day of an approval, or the day of the next review; None where no day was set."""
    record: str
    """`Source.record` then: with another row this decision is void, unless it stops the source."""
    delete_after: datetime = last_day()


@dataclass(frozen=True, slots=True)
class Standing:
    """What all decisions about one source come to, for its row as it is now."""

    withdrawn: Approval | None = None
    """The last withdrawal, when nobody approved since."""
    approved: Approval | None = None
    """The last first approval that still counts."""
    pairs: tuple[tuple[Approval, Approval], ...] = ()
    """Each first approval that someone else seconded as R9 asks, with the second."""
    review_date: date | None = None
    """The day that the last review set; None when there was none."""
    void: bool = False
    """There are approvals, but of another row."""

    @property
    def waits_for_second(self) -> bool:
        """Someone approved, and nobody seconded that."""
        return self.approved is not None and all(first is not self.approved for first, _ in self.pairs)

    @property
    def pair_until(self) -> date | None:
        """The last day that two people gave it; None when they never did."""
        return max((end for pair in self.pairs if (end := _last_day(*pair))), default=None)


def _last_day(first: Approval, second: Approval) -> date | None:
    """The last day of a pair: the earlier one, where both set one; the second must have."""
    return min(first.until, second.until) if first.until and second.until else second.until


def four_eyes(first: Approval, second: Approval) -> str | None:
    """Why these two do not make a source of high risk start, in Dutch; None when they do (R9)."""
    if first.by == second.by:
        return "De tweede goedkeuring moet van iemand anders komen."
    if first.role is second.role:
        return "De tweede goedkeuring moet uit een andere rol komen."
    if Role.PRIVACY not in (first.role, second.role):
        return "Een van de twee goedkeuringen moet van de privacyfunctionaris komen."
    if second.until is None or second.until > today(second.at) + HIGH_RISK_AT_MOST:
        return f"Kies een laatste dag, hoogstens {HIGH_RISK_AT_MOST.days} dagen vanaf nu."
    return None


def standing_of(approvals: Iterable[Approval], record: str) -> Standing:
    """What decisions, oldest first, come to for a source with this record.

    A withdrawal ends all that came before, whatever row that was about; only a new approval of this very row lifts it.
    """
    withdrawn, counted, void = None, list[Approval](), False
    for approval in approvals:
        if approval.decision is Decision.WITHDRAWN:
            withdrawn, counted, void = approval, [], False
        elif approval.record != record:
            void = True
        else:
            counted.append(approval)
    approving = [a for a in counted if a.decision is not Decision.REVIEWED]
    firsts = [a for a in approving if a.decision is Decision.APPROVED]
    reviews = [a for a in counted if a.decision is Decision.REVIEWED]
    return Standing(
        withdrawn=None if firsts else withdrawn,
        approved=firsts[-1] if firsts else None,
        pairs=tuple(
            (first, second)
            for first, second in pairwise(approving)
            if first.decision is Decision.APPROVED
            and second.decision is Decision.SECONDED
            and four_eyes(first, second) is None
        ),
        review_date=reviews[-1].until if reviews else None,
        void=void and not counted,
    )
