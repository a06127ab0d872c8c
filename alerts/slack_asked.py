"""What Slack tells -> Asked, and the place where the answer belongs. Knows the shapes of Slack and nothing else."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qs

from alerts.conversation import Asked
from alerts.slack_blocks import OPEN_LINK
from alerts.slack_forms import fields_of, metadata_of

Payload = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was asked in Slack; a text is empty where Slack did not tell."""

    user: str
    channel: str = ""
    ts: str = ""
    """Of the message with the button."""
    thread: str = ""
    """Of the first message of its thread."""
    reply_to: str = field(default="", repr=False)
    """The address for an answer that only the asker sees; good for half an hour."""
    trigger: str = field(default="", repr=False)
    """Opens one form, within three seconds."""


def heard(payload: Payload, envelope: str = "") -> tuple[Asked, Place] | None:
    """What is asked, and where; None for what needs no answer: a link that was opened, a form that was closed.

    `envelope` is that of Socket Mode; a trigger is the same on every road, and so tells a repeat better.
    """
    key = str(payload.get("trigger_id") or envelope)
    match payload:
        case {"command": str(command), "user_id": str(user)}:
            return Asked(key, user, command), _place(payload, user, channel=str(payload.get("channel_id") or ""))
        case {"type": "block_actions", "user": {"id": str(user)}, "actions": [{"action_id": str(act), **button}, *_]}:
            if act == OPEN_LINK:
                return None
            return Asked(key, user, act, about=str(button.get("value") or "")), _place_of_message(payload, user)
        case {"type": "view_submission", "user": {"id": str(user)}, "view": dict(view)}:
            about, channel, ts, thread = metadata_of(view)
            asked = Asked(key, user, str(view.get("callback_id")), about=about, fields=fields_of(view))
            return asked, Place(user, channel, ts, thread)
    return None


def _place(payload: Payload, user: str, *, channel: str = "", ts: str = "", thread: str = "") -> Place:
    reply_to, trigger = str(payload.get("response_url") or ""), str(payload.get("trigger_id") or "")
    return Place(user, channel, ts, thread, reply_to, trigger)


def _place_of_message(payload: Payload, user: str) -> Place:
    match payload.get("container"):
        case {"channel_id": str(channel), "message_ts": str(ts), **more}:
            return _place(payload, user, channel=channel, ts=ts, thread=str(more.get("thread_ts") or ts))
    return _place(payload, user)


def payload_of(body: bytes) -> Payload | None:
    """What a request over HTTP carries; None when that is nothing of Slack."""
    try:
        form = {name: values[0] for name, values in parse_qs(body.decode("utf-8"), keep_blank_values=True).items()}
        told = json.loads(form["payload"]) if "payload" in form else form
    except (UnicodeDecodeError, json.JSONDecodeError, ValueError):
        return None
    return told if isinstance(told, dict) else None
