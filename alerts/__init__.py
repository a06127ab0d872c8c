"""Reaches people: a Message in, sent or an error out. Knows no database, no text analysis, no monitor."""

from alerts.conversation import (
    Answerer,
    Asked,
    Desk,
    FieldKind,
    Form,
    FormField,
    Linked,
    Noted,
    Private,
    Problems,
    Reply,
)
from alerts.errors import AlertError, ChannelConfigError, Refused, TryLater
from alerts.message import Ask, Channel, EditableChannel, EnclosingChannel, Enclosure, Message, Topic, Urgency
from alerts.switchboard import KINDS, Line, Switchboard, open_switchboard

__all__ = [
    "KINDS",
    "AlertError",
    "Answerer",
    "Ask",
    "Asked",
    "Channel",
    "ChannelConfigError",
    "Desk",
    "EditableChannel",
    "EnclosingChannel",
    "Enclosure",
    "FieldKind",
    "Form",
    "FormField",
    "Line",
    "Linked",
    "Message",
    "Noted",
    "Private",
    "Problems",
    "Refused",
    "Reply",
    "Switchboard",
    "Topic",
    "TryLater",
    "Urgency",
    "open_switchboard",
]
