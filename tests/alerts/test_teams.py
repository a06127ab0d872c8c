"""alerts/teams.py and teams_card.py: the card that a workflow gets, and what becomes of its answers."""

import asyncio
import json
from collections.abc import Mapping
from typing import Any

import aiohttp
import pytest

from alerts.errors import AlertError, ChannelConfigError, Refused, TryLater
from alerts.message import Channel, Urgency
from alerts.options import Options
from alerts.teams import open_channel
from alerts.teams_card import card, escaped
from tests.alerts.build import a_message, the_means
from tests.alerts.receiver import Receiver, listening

TITLE = "[B – aandacht] Optocht, Vismarkt, za 28 nov 13.00 uur"
SIGNED = "?api-version=1&sig=geheim"


def a_channel(http: aiohttp.ClientSession, url: str) -> Channel:
    options = Options({"url": "env:URL"}, {"URL": url}, file="channels.toml", row="channel[teams]")
    return open_channel(options, the_means(http))


def outcome(receiver: Receiver, *, thread: str | None = None) -> str | AlertError:
    """The receipt, or the error, of one message to this workflow."""

    async def walk() -> str | AlertError:
        async with listening(receiver), aiohttp.ClientSession() as http:
            try:
                return await a_channel(http, receiver.url + SIGNED).send(a_message(), attempt=1, thread=thread)
            except AlertError as error:
                return error

    return asyncio.run(walk())


def content(body: bytes) -> dict[str, Any]:
    """The Adaptive Card in what a workflow gets."""
    [attachment] = json.loads(body)["attachments"]
    found: dict[str, Any] = attachment["content"]
    return found


def texts(body: bytes) -> list[str]:
    """Every text on the card, in the order of reading."""
    found = []
    [head, *others] = content(body)["body"]
    for element in [*head["items"], *others]:
        found += [f"{f['title']} | {f['value']}" for f in element.get("facts", [])] or [element["text"]]
    return found


def test_workflow_gets_one_card_with_level_facts_checks_footer_and_a_button() -> None:
    message = a_message(
        title=TITLE,
        lines=(
            "Wat is nieuw: tweede bron",
            "Waar: Vismarkt",
            "Onzeker, kijk mee",
            "Bronnen: 2",
            "Ga na: route bekend?",
        ),
    )

    body = card(message, follows=False)

    assert json.loads(body).keys() == {"type", "attachments"}
    assert json.loads(body)["type"] == "message"
    assert json.loads(body)["attachments"][0]["contentType"] == "application/vnd.microsoft.card.adaptive"
    shown = content(body)
    assert {name: shown[name] for name in ("type", "version", "lang", "msteams", "fallbackText", "actions")} == {
        "type": "AdaptiveCard",
        "version": "1.5",
        "lang": "nl",
        "msteams": {"width": "Full"},
        "fallbackText": TITLE,
        "actions": [
            {
                "type": "Action.OpenUrl",
                "title": "Bekijk in Torenwacht",
                "url": "https://torenwacht.gemeente.example/gebeurtenissen/12",
            }
        ],
    }
    assert texts(body) == [
        r"\[B – aandacht\] Optocht, Vismarkt, za 28 nov 13.00 uur",
        "Wat is nieuw | tweede bron",
        "Waar | Vismarkt",
        "Onzeker, kijk mee",
        "Bronnen | 2",
        "Ga na",
        "• route bekend?",
        "Doelgroep: openbare orde · intern · vervalt di 1 dec",
    ]


def test_title_is_a_heading_and_haste_has_its_own_colour_beside_its_words() -> None:
    heads = [content(card(a_message(urgency=urgency), follows=False))["body"][0] for urgency in Urgency]

    assert [head["style"] for head in heads] == ["emphasis", "emphasis", "attention"]
    assert {head["items"][-1]["style"] for head in heads} == {"heading"}


def test_every_text_wraps_so_that_a_phone_shows_it_whole() -> None:
    [head, *others] = content(card(a_message(lines=("Los", "Ga na: dit")), follows=True))["body"]

    assert {element["wrap"] for element in [*head["items"], *others] if element["type"] == "TextBlock"} == {True}


def test_later_message_names_the_first_one_for_teams_has_no_threads() -> None:
    known = card(a_message(follows="[A – regulier] Optocht"), follows=True)
    gone = card(a_message(), follows=True)
    first = card(a_message(), follows=False)

    assert texts(known)[0] == r"Vervolg op: \[A – regulier\] Optocht"
    assert texts(gone)[0] == "Vervolg op een eerder bericht"
    assert "Vervolg" not in first.decode()


def test_line_of_a_bundle_leads_to_its_event() -> None:
    base = "https://torenwacht.gemeente.example/"

    body = card(a_message(link=base, lines=(f"[C – signaal] Onrust {base}gebeurtenissen/7",)), follows=False)

    assert texts(body)[1] == rf"[\[C – signaal\] Onrust]({base}gebeurtenissen/7)"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("R&D <at>Anna</at> *nu* _hier_", r"R&D <at>Anna</at> \*nu\* \_hier\_"),
        ("[klik](https://elders.example)", r"\[klik\](https://elders.example)"),
        ("1. een", r"1\. een"),
        ("12) een", r"12\) een"),
        ("- een\n+ twee\n## drie\n> vier", "\\- een\n\\+ twee\n\\## drie\n\\> vier"),
        (r"pad\naar `x` ~y~", r"pad\\naar \`x\` \~y\~"),
        ("13.00 uur, 300–500 (2026)", "13.00 uur, 300–500 (2026)"),
    ],
)
def test_marks_in_a_text_are_shown_as_they_are(text: str, shown: str) -> None:
    assert escaped(text) == shown


def test_card_mentions_nobody() -> None:
    """R34: Teams mentions only who stands in `entities`."""
    body = card(a_message(title="<at>Iedereen</at>", lines=("<at>Anna</at>",)), follows=False)

    assert content(body)["msteams"] == {"width": "Full"}
    assert "entities" not in body.decode()


@pytest.mark.parametrize(
    "lines",
    [("é woord " * 20_000,), tuple(f"Regel {n}: {'woord ' * 40}" for n in range(300)), ("*" * 40_000, "kort")],
)
def test_card_that_would_be_too_long_for_teams_says_that_there_is_more(lines: tuple[str, ...]) -> None:
    body = card(a_message(lines=lines, follows="Optocht"), follows=True)

    assert len(body) <= 28_000
    assert "Niet alles past hier. Lees verder in Torenwacht." in texts(body)
    assert "Niet alles past hier" not in card(a_message(), follows=True).decode()


@pytest.mark.parametrize("status", [200, 202])
def test_workflow_that_takes_the_card_gives_a_receipt(status: int) -> None:
    receiver = Receiver(status)

    assert outcome(receiver) == "12:LEVEL_CHANGED"
    assert outcome(receiver, thread="11:OPENED") == "11:OPENED"
    assert [headers["Content-Type"] for headers, _ in receiver.got] == ["application/json"] * 2


@pytest.mark.parametrize(
    ("status", "headers", "after"), [(429, {"Retry-After": "17"}, 17.0), (500, {}, None), (502, {}, None)]
)
def test_workflow_that_is_busy_is_tried_later(status: int, headers: Mapping[str, str], after: float | None) -> None:
    error = outcome(Receiver(status, headers))

    assert isinstance(error, TryLater)
    assert (error.reason, error.after) == (f"Teams answered {status}", after)


@pytest.mark.parametrize(
    ("status", "advice"),
    [
        (400, "De workflow staat uit of neemt het bericht niet aan."),
        (401, "Deze workflow bestaat niet meer, of het adres klopt niet."),
        (404, "Deze workflow bestaat niet meer, of het adres klopt niet."),
        (413, "Teams weigert het bericht met code 413."),
        (302, "Teams weigert het bericht met code 302."),
    ],
)
def test_workflow_that_refuses_is_not_tried_again_and_the_operator_hears_what_to_do(status: int, advice: str) -> None:
    receiver = Receiver(status, {"Location": "/elders"} if status == 302 else {})

    error = outcome(receiver)

    assert isinstance(error, Refused)
    assert error.advice.startswith(advice)
    assert (error.reason, len(receiver.got)) == (f"Teams answered {status}", 1)


def test_workflow_that_hangs_up_is_tried_later_and_its_address_is_not_told() -> None:
    error = outcome(Receiver(hangs_up=True))

    assert isinstance(error, TryLater)
    assert "geheim" not in error.reason


def test_address_never_stands_in_the_table() -> None:
    async def walk() -> None:
        async with aiohttp.ClientSession() as http:
            options = Options({"url": "https://prod.example/x"}, {}, file="t", row="channel[teams]")
            with pytest.raises(ChannelConfigError) as caught:
                open_channel(options, the_means(http))

            assert caught.value.key == "channel[teams].options.url"

    asyncio.run(walk())
