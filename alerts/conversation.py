"""What people ask on a channel that listens, and what they get for an answer; knows no channel and no event."""

from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol, runtime_checkable

from alerts.message import Ask


@dataclass(frozen=True, slots=True)
class Asked:
    """One press of a button, one form that was sent, or one command that was typed."""

    key: str
    """The same when the channel tells it twice."""
    who: str
    """The channel's own id of the person; who that is here the house knows."""
    act: str
    """The code of the button, the name of the form, or the command with its slash."""
    about: str = ""
    """What the button or form is about, as the message said it; empty for a command."""
    fields: Mapping[str, tuple[str, ...]] | None = field(default=None, repr=False)
    """What was filled in, for a form; None for a button or command."""


@dataclass(frozen=True, slots=True)
class Linked:
    """A line that leads to a page."""

    words: str
    address: str


@dataclass(frozen=True, slots=True)
class Private:
    """An answer that only the one who asked sees."""

    lines: tuple[str | Linked, ...]
    link: str = ""
    """Of the page that tells more; empty when there is none."""


@dataclass(frozen=True, slots=True)
class Noted:
    """An answer that stands at the message from now on, and that its thread hears."""

    note: str
    """Who, by role, did what."""
    without: tuple[Ask, ...] = ()
    """Buttons that have nothing left to ask."""
    aloud: bool = True
    """False when the thread hears it already, on the road of all alerts."""
    remark: str = ""
    """What the thread hears besides the note."""


class FieldKind(StrEnum):
    """What can be filled in."""

    LINE = "line"
    TEXT = "text"
    CHOICE = "choice"
    CHOICES = "choices"
    DAY = "day"
    """Comes back as `2026-11-28`."""
    MOMENT = "moment"
    """Comes back as whole seconds since 1970, UTC."""


@dataclass(frozen=True, slots=True)
class FormField:
    """One question of a form."""

    name: str
    label: str
    kind: FieldKind
    choices: Mapping[str, str] = field(default_factory=dict)
    """Code -> words; for the kinds that choose."""
    initial: str = ""
    hint: str = ""
    optional: bool = False
    at_most: int = 3000
    """Characters."""


@dataclass(frozen=True, slots=True)
class Form:
    """A form for who asked; it comes back as an Asked with `name` as its act."""

    name: str
    title: str
    """At most 24 characters."""
    fields: tuple[FormField, ...]
    about: str = ""
    intro: tuple[str, ...] = ()
    link: str = ""


@dataclass(frozen=True, slots=True)
class Problems:
    """The form cannot be taken: field -> what is wrong with it."""

    fields: Mapping[str, str]


Reply = Private | Noted | Form | Problems | None
"""None: told before; nothing is answered twice."""

Answerer = Callable[[Asked], Coroutine[Any, Any, Reply]]
"""The house: does what is asked, and says what is to be answered. Raises nothing that a person could mend."""


class Desk(Protocol):
    """Where one app of a channel is heard."""

    @property
    def has_socket(self) -> bool:
        """Whether it holds a connection open; otherwise it only takes requests."""

    def is_signed(self, body: bytes, *, timestamp: str, signature: str, now: datetime) -> bool:
        """Whether the channel itself signed this request, not long before `now`."""

    async def take_request(self, body: bytes, answer: Answerer) -> Mapping[str, object]:
        """What a signed request asks; the JSON that the channel gets for it."""

    async def listen(self, answer: Answerer) -> None:
        """Holds the connection open until it is cancelled. Raises Refused."""


@runtime_checkable
class ListeningChannel(Protocol):
    """A way to reach people by which they can answer."""

    desk: Desk | None
    """None where the table gives no secret to listen with."""
