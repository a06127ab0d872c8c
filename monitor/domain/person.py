"""Who works with the house: staff who log in, never a person in the news; and what belongs to their coming in."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

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


def id_of(secret: str) -> str:
    """What the database knows a secret by, such as a cookie or a key in a link: who reads it there cannot use it."""
    return sha256(secret.encode()).hexdigest()


class User(SQLModel, table=True):
    """Someone of the staff who may log in."""

    __tablename__ = "staff"  # "user" is a reserved word in PostgreSQL

    name: str = Field(primary_key=True)
    role: Role = Field(sa_type=coded(Role))
    password_hash: str
    """Empty for who logs in elsewhere, or chose no password yet: then no password is right."""
    active: bool = True
    slack: str | None = Field(default=None, unique=True)
    """Their id in Slack (`U0123ABCD`), and nothing else of them there; None when it is not linked."""
    created_at: datetime
    subject: str | None = Field(default=None, unique=True)
    """Who this is at the identity provider, as a hash; None for a user of the house itself."""
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


class Invitation(SQLModel, table=True):
    """A link with which somebody, once, chooses the password that nobody else should know."""

    __tablename__ = "invitation"

    id: str = Field(primary_key=True)
    """SHA-256 of the random value in the link, in hex."""
    name: str
    """Login name; empty for the first administrator, who chooses one."""
    role: Role = Field(sa_type=coded(Role))
    expires_at: datetime
    used_at: datetime | None = None
    delete_after: datetime = last_day()


class SignIn(SQLModel, table=True):
    """Someone who went to the identity provider and is not back yet; taken out when they are."""

    __tablename__ = "sign_in"

    id: str = Field(primary_key=True)
    """SHA-256 of the random value in the cookie that ties it to one browser, in hex."""
    target: str
    """The path that was asked for."""
    expires_at: datetime
    delete_after: datetime = last_day()


class Absence(SQLModel, table=True):
    """Someone of the staff is away, and who stands in for them; one at a time, a new one takes the place of the old."""

    __tablename__ = "absence"

    name: str = Field(primary_key=True)
    """Login name of who is away."""
    deputy: str
    """Login name of who stands in, with the same role."""
    starts: datetime
    ends: datetime
    """The midnight after the last day."""
    delete_after: datetime = last_day()


class ChatAsk(SQLModel, table=True):
    """Something that was asked by chat a moment ago: told twice, it is still done once."""

    __tablename__ = "chat_ask"

    id: str = Field(primary_key=True)
    """SHA-256 in hex of the key that the chat gave it."""
    expires_at: datetime
    """Until then a repeat may come."""
    delete_after: datetime = last_day()
