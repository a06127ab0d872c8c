"""Message -> a CloudEvent 1.0 by the NL GOV profile, as JSON. Attributes hold nothing sensitive, `data` the message."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC

from alerts.lines import fitting
from alerts.message import Message, Topic, Urgency

CONTENT_TYPE = "application/cloudevents+json; charset=utf-8"

AT_MOST = 64_000
"""Bytes of an event. Everyone passes on 64 KByte, in which its headers count too."""

SCHEMA = "urn:torenwacht:schema:bericht:v1"
"""What `data` looks like: the `$id` of `cloud_event_data.schema.json`. What no longer fits it gets another one."""

TYPES: Mapping[Topic, str] = {
    Topic.LEVEL: "nl.torenwacht.gebeurtenis-gemeld.v1",
    Topic.BRIEFING: "nl.torenwacht.briefing-gemeld.v1",
    Topic.SOURCE: "nl.torenwacht.bron-gemeld.v1",
    Topic.OPERATION: "nl.torenwacht.beheer-gemeld.v1",
}
URGENCIES: Mapping[Urgency, str] = {Urgency.LOW: "laag", Urgency.NORMAL: "gewoon", Urgency.HIGH: "hoog"}


def source_of(oin: str, component: str) -> str:
    """Who sends: the organisation by its OIN, and the system within it."""
    return f"urn:nld:oin:{oin}:systeem:{component}"


def cloud_event(message: Message, source: str, *, thread: str | None) -> bytes:
    """The event in structured JSON mode, byte for byte the same at every attempt.

    `thread` is the id of the first event about the same thing. Lines that do not fit are left out, and `ingekort` says
    so: the page of `dataref` has the rest.
    """
    short = _json(message, source, thread, lines=())
    lines = fitting(message.lines, AT_MOST - len(short), _size)
    return _json(message, source, thread, lines=lines)


def _json(message: Message, source: str, thread: str | None, *, lines: Sequence[str]) -> bytes:
    attributes = {
        "specversion": "1.0",
        "id": message.key,
        "source": source,
        "type": TYPES[message.topic],
        "time": message.at and message.at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        "subject": message.about,
        "dataref": message.link,
        "datacontenttype": "application/json",
        "dataschema": SCHEMA,
    }
    data = {
        "onderwerp": message.topic.value,
        "urgentie": URGENCIES[message.urgency],
        "titel": message.title,
        "regels": lines,
        "voettekst": message.footer,
        "vertrouwelijk": message.confidential,
        "vervolgOp": thread,
        "ingekort": len(lines) < len(message.lines) or lines[-1:] != message.lines[-1:],
    }
    # An attribute without a value is left out: a present one may not be empty.
    return _bytes({**{name: value for name, value in attributes.items() if value}, "data": data})


def _size(line: str) -> int:
    """Bytes that a line takes in a list, with the comma and space behind it."""
    return len(_bytes(line)) + 2


def _bytes(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()
