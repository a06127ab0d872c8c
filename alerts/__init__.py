"""Reaches people: a Message in, sent or an error out. Knows no database, no text analysis, no monitor."""

from alerts.errors import AlertError, ChannelConfigError, Refused, TryLater
from alerts.message import Ask, Channel, EditableChannel, Message, Topic, Urgency
from alerts.switchboard import KINDS, Line, Switchboard, open_switchboard

__all__ = [
    "KINDS",
    "AlertError",
    "Ask",
    "Channel",
    "ChannelConfigError",
    "EditableChannel",
    "Line",
    "Message",
    "Refused",
    "Switchboard",
    "Topic",
    "TryLater",
    "Urgency",
    "open_switchboard",
]
