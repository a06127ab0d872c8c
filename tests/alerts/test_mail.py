"""alerts/mail.py against a mail server on loopback."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage

import aiohttp
import pytest
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from alerts.errors import AlertError, ChannelConfigError, Refused, TryLater
from alerts.mail import open_channel
from alerts.message import Message, Urgency
from alerts.options import Options
from tests.alerts.build import a_message, the_means


class Postmaster:
    """What the mail server does: keeps each mail, and says no where the test wants it."""

    def __init__(self, *, to: dict[str, str] | None = None, data: str = "250 OK") -> None:
        """`to`: answer per address, accepted where it is not named; `data`: answer to the mail itself."""
        self.mails: list[EmailMessage] = []
        self.recipients: list[list[str]] = []
        self.logged_in: list[bool] = []
        self._to, self._data = to or {}, data

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """One recipient."""
        answer = self._to.get(address, "250 OK")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """The mail itself."""
        if self._data.startswith("250"):
            assert isinstance(envelope.content, bytes)
            self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
            self.recipients.append(list(envelope.rcpt_tos))
            self.logged_in.append(bool(session.authenticated))
        return self._data


@asynccontextmanager
async def a_mail_server(postmaster: Postmaster, *, password: str | None = None) -> AsyncIterator[int]:
    """Its port. With a password it offers a login as `torenwacht`."""

    def authenticate(server: SMTP, session: Session, envelope: Envelope, mechanism: str, login: object) -> AuthResult:
        known = LoginPassword(b"torenwacht", (password or "").encode())
        return AuthResult(success=login == known, handled=False)

    def a_conversation() -> SMTP:
        if password is None:
            return SMTP(postmaster, hostname="localhost")
        return SMTP(postmaster, hostname="localhost", authenticator=authenticate, auth_require_tls=False)

    server = await asyncio.get_running_loop().create_server(a_conversation, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        await server.wait_closed()


def a_row(**options: object) -> dict[str, object]:
    return {
        "host": "127.0.0.1",
        "start_tls": False,
        "sender": "Torenwacht <torenwacht@gemeente.example>",
        "to": ["openbare-orde@gemeente.example", "piket@gemeente.example"],
        **options,
    }


async def send(row: dict[str, object], message: Message, *, attempt: int = 1, thread: str | None = None) -> str:
    async with aiohttp.ClientSession() as http:
        channel = open_channel(Options(row, {"PASSWORD": "right"}, file="t", row="channel[kernteam]"), the_means(http))
        return await channel.send(message, attempt=attempt, thread=thread)


def sent(postmaster: Postmaster, *messages: Message, **options: object) -> list[str]:
    """The receipts of the messages, each in the thread of the first."""

    async def walk() -> list[str]:
        async with a_mail_server(postmaster) as port:
            receipts: list[str] = []
            for message in messages:
                thread = receipts[0] if receipts else None
                receipts.append(await send(a_row(port=port, **options), message, thread=thread))
            return receipts

    return asyncio.run(walk())


def error_of(postmaster: Postmaster, **options: object) -> AlertError:
    with pytest.raises(AlertError) as caught:
        sent(postmaster, a_message(), **options)
    return caught.value


def test_mail_carries_the_message_as_text_and_as_html_to_all_addresses() -> None:
    postmaster = Postmaster()

    receipts = sent(postmaster, a_message(lines=("R&D <b>", "Zekerheid: 0,81")))

    [mail], [recipients] = postmaster.mails, postmaster.recipients
    text, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert text is not None
    assert html is not None
    assert recipients == ["openbare-orde@gemeente.example", "piket@gemeente.example"]
    about_the_parts = {"Date", "Content-Type", "MIME-Version", "X-Peer"}
    assert {name: value for name, value in mail.items() if name not in about_the_parts} == {
        "From": "Torenwacht <torenwacht@gemeente.example>",
        "To": "openbare-orde@gemeente.example, piket@gemeente.example",
        "Subject": "B – aandacht: Optocht, Vismarkt, za 28 nov 13.00 uur",
        "Message-ID": "<12%3ALEVEL_CHANGED@gemeente.example>",
        "Auto-Submitted": "auto-generated",
        "Content-Language": "nl",
    }
    assert receipts == ["<12%3ALEVEL_CHANGED@gemeente.example>"]
    assert text.get_content().replace("\r\n", "\n") == (
        "B – aandacht: Optocht, Vismarkt, za 28 nov 13.00 uur\n"
        "\n"
        "- R&D <b>\n"
        "- Zekerheid: 0,81\n"
        "\n"
        "https://torenwacht.gemeente.example/gebeurtenissen/12\n"
        "\n"
        "-- \n"
        "Doelgroep: openbare orde · intern · vervalt di 1 dec\n"
    )
    assert "<ul><li>R&amp;D &lt;b&gt;</li><li>Zekerheid: 0,81</li></ul>" in html.get_content()


def test_later_mail_joins_the_thread_of_the_first_and_urgent_mail_says_so() -> None:
    postmaster = Postmaster()

    first, second = sent(postmaster, a_message(key="1"), a_message(key="2", urgency=Urgency.HIGH))

    mail = postmaster.mails[1]
    assert second == first == "<1@gemeente.example>"
    assert (mail["Message-ID"], mail["References"], mail["In-Reply-To"], mail["Importance"]) == (
        "<2@gemeente.example>",
        first,
        first,
        "high",
    )


def test_repeated_attempt_carries_the_same_message_id() -> None:
    postmaster = Postmaster()

    async def walk() -> None:
        async with a_mail_server(postmaster) as port:
            for attempt in (1, 2):
                await send(a_row(port=port), a_message(), attempt=attempt)

    asyncio.run(walk())

    assert [mail["Message-ID"] for mail in postmaster.mails] == ["<12%3ALEVEL_CHANGED@gemeente.example>"] * 2


def test_line_break_in_a_title_adds_no_header() -> None:
    postmaster = Postmaster()

    sent(postmaster, a_message(title="Titel\r\nBcc: elders@elders.example"))

    [mail] = postmaster.mails
    assert (mail["Subject"], mail["Bcc"]) == ("Titel Bcc: elders@elders.example", None)


@pytest.mark.parametrize(
    ("postmaster", "reason"),
    [
        (Postmaster(data="451 try again"), "mail server answered 451"),
        (
            Postmaster(to={"openbare-orde@gemeente.example": "450 busy", "piket@gemeente.example": "450 busy"}),
            "mail server answered 450 to all recipients",
        ),
        (Postmaster(to={"piket@gemeente.example": "450 busy"}), "mail server answered 450 to 1 of 2 recipients"),
    ],
)
def test_mail_server_that_cannot_now_is_tried_later(postmaster: Postmaster, reason: str) -> None:
    error = error_of(postmaster)

    assert isinstance(error, TryLater)
    assert (error.reason, error.after) == (reason, None)


@pytest.mark.parametrize(
    ("postmaster", "advice"),
    [
        (
            Postmaster(data="554 no"),
            "De mailserver weigert het bericht met code 554. Vraag de beheerder van de mailserver.",
        ),
        (
            Postmaster(to={"openbare-orde@gemeente.example": "550 no", "piket@gemeente.example": "550 no"}),
            "De mailserver weigert alle adressen. Controleer 'to' bij dit kanaal in alerts/channels.toml.",
        ),
        (
            Postmaster(to={"piket@gemeente.example": "550 no"}),
            "De mailserver weigert 1 van de 2 adressen; de andere adressen hebben de mail wel gekregen. "
            "Verbeter 'to' bij dit kanaal in alerts/channels.toml.",
        ),
    ],
)
def test_refusal_of_the_mail_server_tells_what_to_do(postmaster: Postmaster, advice: str) -> None:
    error = error_of(postmaster)

    assert isinstance(error, Refused)
    assert error.advice == advice


def test_mail_server_that_is_not_there_is_tried_later() -> None:
    async def walk() -> None:
        async with a_mail_server(Postmaster()) as port:
            pass
        with pytest.raises(TryLater, match="SMTPConnectError"):
            await send(a_row(port=port), a_message())

    asyncio.run(walk())


def test_mail_is_not_sent_in_the_clear_to_a_server_without_encryption() -> None:
    postmaster = Postmaster()

    error = error_of(postmaster, start_tls=True)

    assert isinstance(error, Refused)
    assert error.advice == (
        "De mailserver biedt geen beveiligde verbinding (STARTTLS) of geen inlog. "
        "Controleer 'host' en 'port' bij dit kanaal; poort 587 is gebruikelijk."
    )
    assert postmaster.mails == []


def test_login_of_the_row_is_used() -> None:
    postmaster = Postmaster()

    row = a_row(username="torenwacht", password="env:PASSWORD")

    async def walk() -> None:
        async with a_mail_server(postmaster, password="right") as port:
            await send({**row, "port": port}, a_message())

    asyncio.run(walk())

    assert postmaster.logged_in == [True]


def test_wrong_login_is_refused() -> None:
    row = a_row(username="torenwacht", password="env:PASSWORD")

    async def walk() -> None:
        async with a_mail_server(Postmaster(), password="other") as port:
            await send({**row, "port": port}, a_message())

    with pytest.raises(Refused) as caught:
        asyncio.run(walk())

    assert caught.value.advice == (
        "De mailserver kent de inlog niet. Controleer 'username' en 'password' bij dit kanaal."
    )


@pytest.mark.parametrize(
    ("options", "key"),
    [
        ({"host": "smtp.gemeente.example"}, "start_tls"),
        ({"username": "torenwacht"}, "username"),
        ({"username": "torenwacht", "password": "in-the-table"}, "password"),
        ({"sender": "Torenwacht"}, "sender"),
        ({"to": []}, "to"),
        ({"to": "openbare-orde@gemeente.example"}, "to"),
        ({"to": ["openbare orde"]}, "to"),
        ({"port": "587"}, "port"),
        ({"start_tls": "nee"}, "start_tls"),
        ({"cc": "x@gemeente.example"}, "cc"),
    ],
)
def test_wrong_option_is_named(options: dict[str, object], key: str) -> None:
    with pytest.raises(ChannelConfigError) as caught:
        asyncio.run(send(a_row(**options), a_message()))

    assert caught.value.key == f"channel[kernteam].options.{key}"
