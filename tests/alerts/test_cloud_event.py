"""alerts/cloud_event.py: the rules of CloudEvents 1.0 and of the NL GOV profile, one test each."""

import json
import re
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from alerts import cloud_event as module
from alerts.cloud_event import SCHEMA, cloud_event, source_of
from alerts.message import Message, Topic, Urgency
from monitor.rules.json_schema import problems
from tests.alerts.build import NOON, a_message

SOURCE = source_of("00000001234567890000", "torenwacht")
MESSAGES = [
    *(a_message(topic=topic, at=NOON) for topic in Topic),
    *(a_message(urgency=urgency) for urgency in Urgency),
    a_message(lines=(), link="", about="", confidential=True),
    a_message(lines=("één woord " * 40_000,), at=NOON),
]


def event(message: Message, *, thread: str | None = None) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(cloud_event(message, SOURCE, thread=thread))
    return found


def test_event_carries_the_message_and_every_attribute_of_the_profile() -> None:
    told = datetime(2026, 11, 22, 12, 0, tzinfo=timezone(timedelta(hours=1)))

    assert event(a_message(at=told), thread="feit-11") == {
        "specversion": "1.0",
        "id": "12:LEVEL_CHANGED",
        "source": "urn:nld:oin:00000001234567890000:systeem:torenwacht",
        "type": "nl.torenwacht.gebeurtenis-gemeld.v1",
        "time": "2026-11-22T11:00:00Z",
        "subject": "12",
        "dataref": "https://torenwacht.gemeente.example/gebeurtenissen/12",
        "datacontenttype": "application/json",
        "dataschema": "urn:torenwacht:schema:bericht:v1",
        "data": {
            "onderwerp": "niveau",
            "urgentie": "gewoon",
            "titel": "B – aandacht: Optocht, Vismarkt, za 28 nov 13.00 uur",
            "regels": ["Waarom: verplaatsing · geen kennisgeving bekend", "Zekerheid: 0,81"],
            "voettekst": "Doelgroep: openbare orde · intern · vervalt di 1 dec",
            "vertrouwelijk": False,
            "vervolgOp": "feit-11",
            "ingekort": False,
        },
    }


@pytest.mark.parametrize("message", MESSAGES)
def test_attributes_have_names_and_values_that_every_intermediary_takes(message: Message) -> None:
    attributes = {name: value for name, value in event(message).items() if name != "data"}

    assert attributes.keys() >= {"id", "source", "specversion", "type"}
    assert [name for name in attributes if not re.fullmatch("[a-z0-9]{1,20}", name)] == []
    assert [value for value in attributes.values() if not isinstance(value, str) or not value] == []


@pytest.mark.parametrize("topic", Topic)
def test_type_is_a_reverse_domain_with_one_version_and_no_organisation(topic: Topic) -> None:
    assert re.fullmatch(r"nl\.torenwacht\.[a-z]+-gemeld\.v1", event(a_message(topic=topic))["type"])


def test_each_topic_has_a_type_of_its_own() -> None:
    assert len({event(a_message(topic=topic))["type"] for topic in Topic}) == len(Topic)


@pytest.mark.parametrize("message", MESSAGES)
def test_data_is_as_its_schema_says(message: Message) -> None:
    schema = json.loads(Path(module.__file__).with_name("cloud_event_data.schema.json").read_text(encoding="utf-8"))

    assert schema["$id"] == SCHEMA
    assert list(problems(event(message)["data"], schema)) == []
    assert event(message)["data"].keys() == schema["properties"].keys() == set(schema["required"])


def test_attributes_tell_nothing_that_the_message_says() -> None:
    """R31: whoever passes an event on may read and log its attributes."""
    secret = "kanarie"

    found = event(a_message(title=secret, lines=(secret,), footer=secret, confidential=True))

    assert secret in str(found.pop("data"))
    assert secret not in str(found)
    assert "vertrouwelijk" not in str(found)


@pytest.mark.parametrize(
    "lines",
    [
        ("één woord " * 40_000,),
        tuple(f"{n}: {'woord ' * 200}".strip() for n in range(200)),
        ("x" * 100_000, "kort"),
        tuple('"' * 99 for _ in range(1_000)),
    ],
)
def test_event_that_would_be_too_long_is_cut_at_a_word_and_says_so(lines: tuple[str, ...]) -> None:
    message = a_message(lines=lines, at=NOON)

    body = cloud_event(message, SOURCE, thread=None)

    data = json.loads(body)["data"]
    *whole, last = data["regels"] or [""]
    assert len(body) <= 64_000
    assert data["ingekort"] is True
    assert whole == list(lines[: len(whole)])
    cut = lines[len(whole)]
    assert last in (cut, "") or (last.endswith(" …") and cut.startswith(last.removesuffix("…")))


def test_event_that_just_fits_is_whole() -> None:
    room = 64_000 - len(cloud_event(a_message(lines=()), SOURCE, thread=None))
    just, more = "x" * (room - 3), "x" * (room - 2)

    assert event(a_message(lines=(just,)))["data"]["regels"] == [just]
    assert event(a_message(lines=(more,)))["data"]["regels"] == []
