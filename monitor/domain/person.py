"""Who works with the house: staff who log in, never a person in the news. Table User."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlmodel import Field, SQLModel

from monitor.domain.columns import coded, last_day
from monitor.errors import NotAllowed


class Role(StrEnum):
    """Least privilege (R29)."""

    ADVISOR = "adviseur"
    PROJECT = "projectteam"
    LIAISON = "politieliaison"
    EDITOR = "redacteur"
    PRIVACY = "privacyfunctionaris"
    ADMIN = "beheerder"

    @property
    def label(self) -> str:
        """As the page shows it."""
        return {
            "adviseur": "Adviseur openbare orde",
            "projectteam": "Projectteam Oud en Nieuw",
            "politieliaison": "Politieliaison",
            "redacteur": "Redacteur briefing",
            "privacyfunctionaris": "Privacyfunctionaris",
            "beheerder": "Beheerder",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does an act."""

    name: str
    """Login name; `machine` for the house itself."""
    role: Role | None
    """None for the house itself."""

    def must_be(self, *roles: Role, act: str) -> Role:
        """The role, when it is one of `roles`; raises NotAllowed otherwise. `act` is Dutch, for the reader."""
        if self.role is None or self.role not in roles:
            raise NotAllowed(self.name, act)
        return self.role


MACHINE = Actor("machine", None)


class User(SQLModel, table=True):
    """Someone of the staff who may log in."""

    __tablename__ = "staff"  # "user" is a reserved word in PostgreSQL

    name: str = Field(primary_key=True)
    role: Role = Field(sa_type=coded(Role))
    password_hash: str
    active: bool = True
    created_at: datetime
    delete_after: datetime = last_day()


class Login(SQLModel, table=True):
    """One login that is still good; the cookie holds its id only, so that logging out works everywhere."""

    id: str = Field(primary_key=True)
    """SHA-256 of the random value in the cookie, in hex."""
    name: str = Field(foreign_key="staff.name", index=True)
    created_at: datetime
    used_at: datetime
    expires_at: datetime
    delete_after: datetime = last_day()
