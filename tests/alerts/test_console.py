"""alerts/console.py: what stands in the terminal."""

import asyncio

import aiohttp
import pytest

from alerts.console import open_channel, rendering, to_stdout
from alerts.errors import ChannelConfigError
from alerts.message import Channel, Message
from alerts.options import Options
from tests.alerts.build import a_message, the_means

RULE = "─" * 78


def sent(*messages: tuple[Message, int, str | None]) -> tuple[list[str], list[str]]:
    """The receipts and the printed lines of messages with their attempt and thread, one after the other."""
    printed: list[str] = []

    async def walk() -> list[str]:
        async with aiohttp.ClientSession() as http:
            channel = open_channel(Options({}, {}, file="t", row="r"), the_means(http), print_line=printed.append)
            return [
                await channel.send(message, attempt=attempt, thread=thread) for message, attempt, thread in messages
            ]

    return asyncio.run(walk()), printed


def test_message_is_printed_within_eighty_columns_in_the_order_of_slack() -> None:
    message = a_message(
        title="C – risicovol · nog niet beoordeeld: Demonstratie, Grote Markt, za 28 nov 13.00 uur",
        lines=(
            "Wat is nieuw: niveau van B – aandacht naar C – risicovol.",
            "Waarom: oproep tot confrontatie · tegendemonstratie · samenloop (markt en winkeldrukte, Vismarkt)",
        ),
    )

    receipts, printed = sent((message, 1, None))

    assert receipts == ["12:LEVEL_CHANGED"]
    assert printed == [
        RULE,
        "C – risicovol · nog niet beoordeeld: Demonstratie, Grote Markt, za 28 nov",
        "13.00 uur",
        "  • Wat is nieuw: niveau van B – aandacht naar C – risicovol.",
        "  • Waarom: oproep tot confrontatie · tegendemonstratie · samenloop (markt en",
        "    winkeldrukte, Vismarkt)",
        "  Meer: https://torenwacht.gemeente.example/gebeurtenissen/12",
        "  Doelgroep: openbare orde · intern · vervalt di 1 dec",
        RULE,
    ]


def test_message_without_lines_link_and_footer_is_its_title() -> None:
    message = a_message(title="De briefing is klaar", lines=(), link="", footer="")

    assert rendering(message, follows=False) == (RULE, "De briefing is klaar", RULE)


def test_message_of_a_thread_says_so_and_keeps_the_receipt_of_the_thread() -> None:
    message = a_message(key="2", title="De optocht gaat niet door", lines=(), link="", footer="")

    receipts, printed = sent((message, 1, "1"))

    assert receipts == ["1"]
    assert printed == [RULE, "De optocht gaat niet door", "Dit hoort bij een eerder bericht.", RULE]


def test_message_of_a_thread_names_the_first_one_where_that_is_known() -> None:
    message = a_message(title="Afgelast", lines=(), link="", footer="", follows="Optocht, Vismarkt")

    assert rendering(message, follows=True) == (RULE, "Afgelast", "Vervolg op: Optocht, Vismarkt", RULE)


def test_repeated_attempt_is_printed_once_as_long_as_the_process_lives() -> None:
    message = a_message(title="Bericht", lines=(), link="", footer="")

    receipts, printed = sent((message, 1, None), (message, 2, None))

    assert receipts == ["12:LEVEL_CHANGED", "12:LEVEL_CHANGED"]
    assert printed == [RULE, "Bericht", RULE]


def test_repeated_attempt_is_printed_by_a_process_that_did_not_print_it() -> None:
    message = a_message(title="Bericht", lines=(), link="", footer="")

    _, printed = sent((message, 2, None))

    assert printed == [RULE, "Bericht", RULE]


def test_text_cannot_steer_the_terminal() -> None:
    message = a_message(title="Rood \x1b[31mtitel", lines=("Twee\nregels",), link="", footer="")

    assert rendering(message, follows=False) == (RULE, "Rood  [31mtitel", "  • Twee regels", RULE)


def test_standard_output_gets_the_line(capsys: pytest.CaptureFixture[str]) -> None:
    to_stdout("B – aandacht")

    assert capsys.readouterr().out == "B – aandacht\n"


def test_console_takes_no_options() -> None:
    async def walk() -> Channel:
        async with aiohttp.ClientSession() as http:
            return open_channel(Options({"kleur": True}, {}, file="t", row="channel[console]"), the_means(http))

    with pytest.raises(ChannelConfigError) as caught:
        asyncio.run(walk())

    assert caught.value.advice == "Onbekende optie 'kleur'. Toegestaan: geen enkele optie."
