"""alerts/slack_blocks.py: what a reader sees of a message, and what can be pressed."""

import pytest
from slack_sdk.models.blocks import Block

from alerts.message import Ask, Message
from alerts.slack_blocks import BLOCKS_MAX, SECTION_MAX, blocks, lines_as_blocks, link
from tests.alerts.build import a_message

LINES = (
    "Wat is nieuw: tijd een uur vervroegd",
    "Wanneer: za 28 nov 13.00–15.30",
    "Waar: Vismarkt",
    "Waarom C: blokkade · geen kennisgeving bekend",
    "Nog onbekend: omvang",
    "Ga na: Route bekend?",
    "Ga na: Beheerder geïnformeerd?",
)
TITLE = "[C – signaal, nog niet beoordeeld] Demonstratie, Vismarkt, za 28 nov"


def shown(message: Message, *, listens: bool = True) -> list[dict[str, object]]:
    return [block.to_dict() for block in blocks(message, listens=listens)]


def codes(message: Message, *, listens: bool = True) -> list[str]:
    rows = [block for block in shown(message, listens=listens) if block["type"] == "actions"]
    return [button["action_id"] for row in rows for button in row["elements"]]  # type: ignore[attr-defined]  # JSON


def test_an_alert_reads_level_news_when_where_why_unknowns_and_checks_in_that_order() -> None:
    message = a_message(title=TITLE, lines=LINES, asks=(Ask.SEEN, Ask.WRONG, Ask.CONFIRM))

    header, facts, checks, buttons, footer = shown(message)

    assert header["text"] == {"type": "plain_text", "text": TITLE, "emoji": False}
    assert facts["text"]["text"] == (  # type: ignore[index]  # JSON
        "*Wat is nieuw:* tijd een uur vervroegd\n*Wanneer:* za 28 nov 13.00–15.30\n*Waar:* Vismarkt\n"
        "*Waarom C:* blokkade · geen kennisgeving bekend\n*Nog onbekend:* omvang"
    )
    assert checks["text"]["text"] == "*Ga na:*\n• Route bekend?\n• Beheerder geïnformeerd?"  # type: ignore[index]  # JSON
    assert [button["text"]["text"] for button in buttons["elements"]] == [  # type: ignore[attr-defined]  # JSON
        "Gezien", "Klopt niet", "Bevestig C", "Naar gebeurtenis",
    ]  # fmt: skip
    assert footer["type"] == "context"


@pytest.mark.parametrize(
    ("asks", "expected"),
    [
        ((Ask.SEEN, Ask.WRONG), ["gezien", "klopt_niet", "naar_gebeurtenis"]),
        ((Ask.SEEN, Ask.WRONG, Ask.CONFIRM), ["gezien", "klopt_niet", "bevestig", "naar_gebeurtenis"]),
        ((), ["naar_gebeurtenis"]),
    ],
)
def test_only_what_is_asked_can_be_pressed(asks: tuple[Ask, ...], expected: list[str]) -> None:
    assert codes(a_message(asks=asks)) == expected


def test_where_nobody_listens_there_are_no_buttons_and_the_link_stands_in_the_text() -> None:
    message = a_message(asks=(Ask.SEEN,))

    found = shown(message, listens=False)

    assert codes(message, listens=False) == []
    assert found[-2]["text"]["text"] == f"<{message.link}|Bekijk in Torenwacht>"  # type: ignore[index]  # JSON


def test_confirming_a_c_is_asked_twice() -> None:
    [row] = [b for b in shown(a_message(asks=(Ask.SEEN, Ask.CONFIRM))) if b["type"] == "actions"]

    assert ["confirm" in button for button in row["elements"]] == [False, True, False]  # type: ignore[attr-defined]  # JSON


def test_lines_fill_sections_up_to_their_size_and_never_more_than_fifty_blocks() -> None:
    found: list[Block] = lines_as_blocks(["Demonstratie op de Grote Markt " * 30] * 400)

    sizes = [len(block.to_dict()["text"]["text"]) for block in found]
    assert (len(found), max(sizes) <= SECTION_MAX) == (BLOCKS_MAX, True)


def test_the_words_of_a_link_can_call_no_one_and_end_no_link() -> None:
    assert link("https://huis.example/1", "<!here> R&D | x>") == (
        "<https://huis.example/1|&lt;!here&gt; R&amp;D ¦ x&gt;>"
    )
