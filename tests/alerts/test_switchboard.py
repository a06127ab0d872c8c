"""alerts/switchboard.py: who hears what, and how strictly the table is read."""

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp
import pytest

from alerts.errors import ChannelConfigError, Refused
from alerts.message import Enclosure, Message, Topic, Urgency
from alerts.switchboard import SHIPPED, Line, Switchboard, open_switchboard
from tests.alerts.build import NOON, a_message

EVERY_SECRET = {
    "TORENWACHT_SLACK_TOKEN": "xoxb-invented",
    "TORENWACHT_TEAMS_WEBHOOK_URL": "https://prod-1.westeurope.logic.example/workflows/geheim",
    "TORENWACHT_MAIL_PASSWORD": "invented",
    "TORENWACHT_WEBHOOK_URL": "https://zaaksysteem.gemeente.example/berichten",
    "TORENWACHT_WEBHOOK_SECRET": "whsec_YW4taW52ZW50ZWQtc2VjcmV0LWZvci10aGUtdGVzdHM=",
    "TORENWACHT_WEBHOOK_TOKEN": "invented",
}

CONSOLE = """
[[channel]]
name = "console"
kind = "console"
topics = ["niveau"]
from_urgency = 1
"""


@dataclass
class Board:
    """A channel that remembers what it was asked to send."""

    sent: list[tuple[Message, int, str | None]] = field(default_factory=list)

    async def send(self, message: Message, *, attempt: int, thread: str | None) -> str:
        self.sent.append((message, attempt, thread))
        return "receipt"


def a_line(name: str, **fields: object) -> Line:
    defaults: dict[str, object] = {
        "channel": Board(),
        "topics": frozenset(Topic),
        "from_urgency": Urgency.LOW,
        "confidential": False,
        "lock": f"board:{name}",
    }
    return Line(name, **{**defaults, **fields})  # type: ignore[arg-type] # fields by name, checked by what the tests see


def opened(table: str, tmp_path: Path, environment: Mapping[str, str] | None = None) -> Switchboard:
    path = tmp_path / "channels.toml"
    path.write_text(table, encoding="utf-8")

    async def walk() -> Switchboard:
        async with aiohttp.ClientSession() as http:
            return open_switchboard(path, http, clock=lambda: NOON, environment=environment or {})

    return asyncio.run(walk())


def error_of(table: str, tmp_path: Path) -> ChannelConfigError:
    with pytest.raises(ChannelConfigError) as caught:
        opened(table, tmp_path)
    return caught.value


def test_channel_hears_its_topics_only() -> None:
    board = Switchboard([a_line("niveau", topics=frozenset({Topic.LEVEL})), a_line("alles")])

    assert board.addressees(a_message(topic=Topic.LEVEL)) == ("niveau", "alles")
    assert board.addressees(a_message(topic=Topic.BRIEFING)) == ("alles",)


def test_channel_hears_from_its_urgency_on() -> None:
    board = Switchboard([a_line(f"vanaf-{urgency}", from_urgency=urgency) for urgency in Urgency])

    assert board.addressees(a_message(urgency=Urgency.LOW)) == ("vanaf-1",)
    assert board.addressees(a_message(urgency=Urgency.NORMAL)) == ("vanaf-1", "vanaf-2")
    assert board.addressees(a_message(urgency=Urgency.HIGH)) == ("vanaf-1", "vanaf-2", "vanaf-3")


def test_confidential_message_goes_to_confidential_channels_only() -> None:
    board = Switchboard([a_line("open"), a_line("gesloten", confidential=True)])

    assert board.addressees(a_message(confidential=True)) == ("gesloten",)
    assert board.addressees(a_message(confidential=False)) == ("open", "gesloten")


def test_message_that_no_channel_wants_has_no_addressees() -> None:
    board = Switchboard([a_line("haast", from_urgency=Urgency.HIGH)])

    assert board.addressees(a_message(urgency=Urgency.LOW)) == ()


def test_message_is_sent_by_the_channel_of_that_name() -> None:
    one, other = Board(), Board()
    board = Switchboard([a_line("een", channel=one), a_line("ander", channel=other)])

    receipt = asyncio.run(board.send("ander", a_message(), attempt=3, thread="root"))

    assert receipt == "receipt"
    assert one.sent == []
    assert other.sent == [(a_message(), 3, "root")]


@dataclass
class Postbag(Board):
    """A channel that can carry a file."""

    carried: list[Enclosure] = field(default_factory=list)

    async def send_with(self, message: Message, enclosure: Enclosure, *, attempt: int, thread: str | None) -> str:
        self.carried.append(enclosure)
        return await self.send(message, attempt=attempt, thread=thread)


def test_file_is_made_only_for_a_channel_that_can_carry_it() -> None:
    bag, board = Postbag(), Board()
    switchboard = Switchboard([a_line("post", channel=bag), a_line("bord", channel=board)])
    file, made = Enclosure("a.pdf", "application/pdf", b"x"), []

    async def enclose(message: Message) -> Enclosure | None:
        made.append(message.encloses)
        return file if message.encloses == "briefing:1" else None

    async def walk() -> None:
        for name, encloses in (("post", "briefing:1"), ("bord", "briefing:1"), ("post", ""), ("post", "briefing:2")):
            message = a_message(encloses=encloses)
            await switchboard.send(name, message, attempt=1, thread=None, enclose=enclose)

    asyncio.run(walk())

    assert made == ["briefing:1", "briefing:2"]
    assert bag.carried == [file]
    assert (len(bag.sent), len(board.sent)) == (3, 1)


def test_channel_that_was_removed_since_refuses_with_advice() -> None:
    with pytest.raises(Refused) as caught:
        asyncio.run(Switchboard([]).send("weg", a_message(), attempt=1, thread=None))

    assert caught.value.advice == (
        "Het kanaal 'weg' staat niet (meer) aan. Zet het weer in alerts/channels.toml als dit bericht nog weg moet."
    )


def test_channel_that_is_no_longer_confidential_refuses_what_was_in_the_outbox() -> None:
    channel = Board()
    board = Switchboard([a_line("kernteam", channel=channel)])

    with pytest.raises(Refused):
        asyncio.run(board.send("kernteam", a_message(confidential=True), attempt=1, thread=None))

    assert channel.sent == []


def test_shipped_table_has_the_console_on_for_everything_that_is_not_confidential() -> None:
    printed: list[str] = []

    async def walk() -> Switchboard:
        async with aiohttp.ClientSession() as http:
            board = open_switchboard(None, http, clock=lambda: NOON, environment={}, print_line=printed.append)
            await board.send("console", a_message(title="Bericht"), attempt=1, thread=None)
            return board

    board = asyncio.run(walk())

    assert board.names == ("console",)
    assert [board.addressees(a_message(topic=topic, urgency=Urgency.NORMAL)) for topic in Topic] == [("console",)] * 4
    assert board.addressees(a_message(confidential=True)) == ()
    assert printed[1] == "Bericht"


def test_every_example_of_the_shipped_table_can_be_switched_on(tmp_path: Path) -> None:
    table = re.sub("(?m)^enabled = false", "enabled = true", SHIPPED.read_text(encoding="utf-8"))

    board = opened(table, tmp_path, EVERY_SECRET)

    assert board.names == ("console", "adviseurs", "kernteam", "zaaksysteem", "teams")
    assert board.addressees(a_message(urgency=Urgency.HIGH)) == board.names
    assert board.addressees(a_message(urgency=Urgency.HIGH, confidential=True)) == ("kernteam",)


def test_two_rows_for_one_slack_channel_share_their_lock(tmp_path: Path) -> None:
    row = 'kind = "slack"\nfrom_urgency = 1\noptions = { channel = "#openbare-orde", token = "env:T" }\n'
    table = (
        f'[[channel]]\nname = "een"\ntopics = ["niveau"]\n{row}'
        f'[[channel]]\nname = "twee"\ntopics = ["briefing"]\n{row}{CONSOLE}'
    )

    board = opened(table, tmp_path, {"T": "xoxb-invented"})

    assert [board.lock(name) for name in (*board.names, "weg")] == [
        "slack:#openbare-orde",
        "slack:#openbare-orde",
        "console:console",
        "weg",
    ]


def test_channel_that_is_switched_off_needs_no_secret(tmp_path: Path) -> None:
    row = '[[channel]]\nname = "uit"\nkind = "slack"\ntopics = ["niveau"]\nfrom_urgency = 1\nenabled = false\n'

    assert opened(row + 'options = { channel = "#a", token = "env:ABSENT" }\n', tmp_path).names == ()


def test_missing_secret_of_a_channel_that_is_on_is_named(tmp_path: Path) -> None:
    row = '[[channel]]\nname = "aan"\nkind = "slack"\ntopics = ["niveau"]\nfrom_urgency = 1\n'

    error = error_of(row + 'options = { channel = "#a", token = "env:ABSENT" }\n', tmp_path)

    assert (error.file, error.key, error.advice) == (
        str(tmp_path / "channels.toml"),
        "channel[aan].options.token",
        "De omgevingsvariabele ABSENT ontbreekt of is leeg. Vul ABSENT in, of zet bij dit kanaal enabled = false.",
    )


@pytest.mark.parametrize("kind", ["slack", "teams", "apprise"])
def test_kind_run_by_others_can_never_be_marked_confidential_not_even_when_it_is_off(kind: str, tmp_path: Path) -> None:
    """R31."""
    row = f'[[channel]]\nname = "s"\nkind = "{kind}"\ntopics = ["niveau"]\nfrom_urgency = 1\n'

    error = error_of(row + "confidential = true\nenabled = false\n", tmp_path)

    assert (error.key, error.advice) == (
        "channel[s].confidential",
        f"Een kanaal van het soort {kind} mag nooit vertrouwelijke berichten krijgen. Haal confidential weg.",
    )


@pytest.mark.parametrize(
    ("old", "new", "key", "advice"),
    [
        (
            'kind = "console"',
            'kind = "fax"',
            "channel[console].kind",
            "Onbekend soort 'fax'. Kies uit: console, slack, mail, webhook, teams, apprise.",
        ),
        (
            '["niveau"]',
            '["weer"]',
            "channel[console].topics",
            'Onbekend onderwerp \'weer\'. Kies uit: "niveau", "briefing", "bron", "beheer".',
        ),
        (
            '["niveau"]',
            "[]",
            "channel[console].topics",
            'Geef een lijst van één of meer onderwerpen. Kies uit: "niveau", "briefing", "bron", "beheer".',
        ),
        (
            "from_urgency = 1",
            "from_urgency = 4",
            "channel[console].from_urgency",
            "Kies vanaf welke urgentie: 1 (alles), 2 (gewoon en hoger) of 3 (alleen haast).",
        ),
        (
            "from_urgency = 1",
            "from_urgency = true",
            "channel[console].from_urgency",
            "Kies vanaf welke urgentie: 1 (alles), 2 (gewoon en hoger) of 3 (alleen haast).",
        ),
        (
            "from_urgency = 1",
            'from_urgency = 1\nenabled = "ja"',
            "channel[console].enabled",
            "Geef bij 'enabled' true of false, zonder aanhalingstekens.",
        ),
        (
            "from_urgency = 1",
            "from_urgency = 1\nkleur = 3",
            "channel[console].kleur",
            "Onbekend veld 'kleur'. Toegestaan: name, kind, topics, from_urgency, confidential, enabled, options.",
        ),
        (
            "from_urgency = 1",
            "from_urgency = 1\noptions = 3",
            "channel[console].options",
            'Schrijf de opties zo: options = { naam = "waarde" }.',
        ),
        (
            'name = "console"',
            'name = "De Console"',
            "channel[1].name",
            'Geef elk kanaal een naam van hoogstens 40 kleine letters, cijfers en streepjes, zoals "adviseurs".',
        ),
        (
            "[[channel]]",
            "[kanaal]\n[[channel]]",
            "kanaal",
            "Onbekend onderdeel 'kanaal'. Toegestaan: alleen [[channel]].",
        ),
        (
            CONSOLE,
            CONSOLE * 2,
            "channel[console].name",
            "De naam 'console' komt twee keer voor. Kies een andere naam.",
        ),
        (
            CONSOLE,
            "",
            "channel",
            "De tabel noemt geen kanaal. Begin elk kanaal met een regel [[channel]].",
        ),
    ],
)
def test_wrong_table_tells_where_and_what_is_allowed(old: str, new: str, key: str, advice: str, tmp_path: Path) -> None:
    error = error_of(CONSOLE.replace(old, new), tmp_path)

    assert (error.key, error.advice) == (key, advice)


def test_broken_toml_tells_the_line(tmp_path: Path) -> None:
    error = error_of("[[channel]\n", tmp_path)

    assert error.advice.startswith("Dit is geen geldige TOML: ")
    assert "line 1" in error.advice


def test_table_that_is_not_there_is_named(tmp_path: Path) -> None:
    async def walk() -> None:
        async with aiohttp.ClientSession() as http:
            open_switchboard(tmp_path / "weg.toml", http, clock=lambda: NOON, environment={})

    with pytest.raises(ChannelConfigError) as caught:
        asyncio.run(walk())

    assert caught.value.file == str(tmp_path / "weg.toml")
