"""Message: what is told to people, complete without knowing what an event is; and the Protocol of a Channel."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Protocol, runtime_checkable


class Topic(StrEnum):
    """What a message is about; a channel names the topics it wants."""

    LEVEL = "niveau"
    BRIEFING = "briefing"
    SOURCE = "bron"
    OPERATION = "beheer"


class Urgency(IntEnum):
    """How soon a message is worth an interruption; a channel names the least it wants."""

    LOW = 1
    NORMAL = 2
    HIGH = 3


class Ask(StrEnum):
    """What a reader can answer to a message, where the channel can listen; the code of its button."""

    SEEN = "gezien"
    WRONG = "klopt_niet"
    CONFIRM = "bevestig"

    @property
    def label(self) -> str:
        """On the button."""
        return {"gezien": "Gezien", "klopt_niet": "Klopt niet", "bevestig": "Bevestig C"}[self.value]


@dataclass(frozen=True, slots=True)
class Message:
    """One message, as it was decided; every text in it is Dutch and free of personal data."""

    key: str
    """The same for every attempt at the same delivery; unique over all messages."""
    topic: Topic
    urgency: Urgency
    title: str
    """One line, at most 150 characters."""
    lines: tuple[str, ...]
    """Plain text, one fact a line."""
    link: str
    """Absolute address of the page that tells more; empty when there is none."""
    footer: str
    """Audience, handling and expiry, on the face of every message (R33)."""
    confidential: bool
    """Only channels that are marked confidential may carry it."""
    about: str = ""
    """What an answer is about, in the words of the sender: the number of an event; empty when none is asked."""
    asks: tuple[Ask, ...] = ()
    """The answers that are asked for."""
    follows: str = ""
    """Title of the first message about the same thing on this channel; empty for a first one, or when it is gone."""
    encloses: str = ""
    """The file that goes along where the channel can carry one, in the words of the sender; empty when none does."""
    at: datetime | None = None
    """When what it tells was recorded, aware; None for one that was put in the outbox before this was kept."""
    calls: tuple[str, ...] = ()
    """Ids in Slack of the people who are asked to look now; on any other channel they say nothing."""


class Channel(Protocol):
    """One way to reach people."""

    async def send(self, message: Message, *, attempt: int, thread: str | None) -> str:
        """Sends, and returns a receipt: what a later message needs to join this one's thread; may be empty.

        `attempt` counts from 1: from 2 on the channel is asked first whether it already has `message.key`, and
        then returns that one's receipt. `thread` is the receipt of the first message about the same thing on
        this channel, None for a first message. Raises TryLater or Refused.
        """


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that goes along with a message; made when it is sent, and kept nowhere."""

    name: str
    """`weekbriefing-2026-w48.pdf`."""
    media_type: str
    content: bytes = field(repr=False)


@runtime_checkable
class EnclosingChannel(Channel, Protocol):
    """A way to reach people that can carry a file."""

    async def send_with(self, message: Message, enclosure: Enclosure, *, attempt: int, thread: str | None) -> str:
        """As `send`, with the file that `message.encloses` names."""


@runtime_checkable
class EditableChannel(Channel, Protocol):
    """A way to reach people on which a message that was sent can still be changed."""

    async def edit(self, message: Message, *, receipt: str) -> None:
        """Makes the first message of the thread with this receipt show `message`; a second time changes nothing.

        A first message that is gone, or can no longer be changed, is left alone: the news goes into the thread too.
        `message.key` is that of the first message. Raises TryLater, or Refused for what may not go this way.
        """
