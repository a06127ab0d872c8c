"""Message -> e-mail, handed to the municipality's own mail server."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from email.message import EmailMessage
from email.utils import parseaddr
from ssl import SSLCertVerificationError
from typing import NoReturn

import aiosmtplib

from alerts.errors import Refused, TryLater
from alerts.letter import enclose, letter, message_id_of
from alerts.message import Channel, Enclosure, Message
from alerts.opening import Means
from alerts.options import Options, is_loopback

PATIENCE = 30.0
"""Seconds to wait for each answer of the mail server."""

_TAKEN, _TEMPORARY, _PERMANENT = 250, 400, 500
"""SMTP: answers from 500 on are final, those in the 400s are for now (RFC 5321, 4.2.1)."""

_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+")


@dataclass(frozen=True, slots=True)
class Postbox:
    """Where the mail goes in, and who gets it."""

    host: str
    port: int
    start_tls: bool
    username: str | None
    password: str | None
    sender: str
    """As in the header: `Torenwacht <torenwacht@gemeente.example>`."""
    to: tuple[str, ...]

    @property
    def domain(self) -> str:
        """Of the sender: the right-hand side of every Message-ID."""
        return parseaddr(self.sender)[1].rpartition("@")[2]


class MailChannel:
    """Hands one mail for all addresses to the mail server.

    An address that took the mail, or will never take it, is left out of the next attempt. That is remembered in this
    process only, for a mail server cannot be asked what it already has: after a restart, or by another process, an
    attempt goes to all addresses again, with the same Message-ID.
    """

    def __init__(self, postbox: Postbox, clock: Callable[[], datetime]) -> None:
        self._postbox, self._clock = postbox, clock
        self._answers: dict[str, dict[str, int]] = {}
        """By Message-ID, of a mail for which an address still waits: the final answer to each of the others."""

    async def send(self, message: Message, *, attempt: int, thread: str | None) -> str:
        """The receipt is the Message-ID of the first mail about the same thing."""
        return await self._send(self._letter(message, thread), thread)

    async def send_with(self, message: Message, enclosure: Enclosure, *, attempt: int, thread: str | None) -> str:
        """As `send`, with a file."""
        lines = (*message.lines, f"Bijlage: {enclosure.name}")
        mail = self._letter(replace(message, lines=lines), thread)
        enclose(mail, enclosure)
        return await self._send(mail, thread)

    def _letter(self, message: Message, thread: str | None) -> EmailMessage:
        box = self._postbox
        id = message_id_of(message.key, box.domain)
        return letter(message, sender=box.sender, to=box.to, message_id=id, thread=thread, at=self._clock())

    async def _send(self, mail: EmailMessage, thread: str | None) -> str:
        id, to = str(mail["Message-ID"]), self._postbox.to
        final = self._answers.get(id, {})
        answers = final | await self._offer(mail, [address for address in to if address not in final])
        later = [code for code in answers.values() if _TEMPORARY <= code < _PERMANENT]
        if later:
            self._answers[id] = {address: code for address, code in answers.items() if code not in later}
            raise TryLater(f"mail server answered {max(later)} to {len(later)} of {len(to)} recipients")
        self._answers.pop(id, None)
        refused = [code for code in answers.values() if code >= _PERMANENT]
        if refused:
            # A wrong address is for people to mend, so it may not pass in silence; the others have the mail by now.
            _decline(refused, of=len(to))
        return thread or id

    async def _offer(self, mail: EmailMessage, to: list[str]) -> dict[str, int]:
        """What the mail server answered to each address. Raises TryLater or Refused when it is about none of them."""
        box = self._postbox
        try:
            declined, _ = await aiosmtplib.send(
                mail,
                recipients=to,
                hostname=box.host,
                port=box.port,
                start_tls=box.start_tls,
                username=box.username,
                password=box.password,
                timeout=PATIENCE,
            )
        except aiosmtplib.SMTPRecipientsRefused as error:
            return {refusal.recipient: refusal.code for refusal in error.recipients}
        except aiosmtplib.SMTPException as error:
            _give_up(error)
        except SSLCertVerificationError as error:
            raise Refused(
                "certificate of the mail server is not trusted",
                f"Het certificaat van de mailserver {box.host} klopt niet. Controleer 'host' bij dit kanaal, "
                "of vraag de beheerder van de mailserver.",
            ) from error
        except OSError as error:
            raise TryLater(f"mail server does not answer: {type(error).__name__}") from error
        return {address: declined[address].code if address in declined else _TAKEN for address in to}


def _give_up(error: aiosmtplib.SMTPException) -> NoReturn:
    """Raises what the queue can act on. No server text goes along: it may quote addresses."""
    match error:
        case aiosmtplib.SMTPResponseException() if error.code < _PERMANENT:
            raise TryLater(f"mail server answered {error.code}") from error
        case aiosmtplib.SMTPAuthenticationError():
            raise Refused(
                f"mail server answered {error.code} to the login",
                "De mailserver kent de inlog niet. Controleer 'username' en 'password' bij dit kanaal.",
            ) from error
        case aiosmtplib.SMTPSenderRefused():
            raise Refused(
                f"mail server answered {error.code} to the sender",
                "De mailserver weigert de afzender. Controleer 'sender' bij dit kanaal in alerts/channels.toml.",
            ) from error
        case aiosmtplib.SMTPResponseException():
            raise Refused(
                f"mail server answered {error.code}",
                f"De mailserver weigert het bericht met code {error.code}. Vraag de beheerder van de mailserver.",
            ) from error
        case aiosmtplib.SMTPConnectError() | aiosmtplib.SMTPServerDisconnected() | aiosmtplib.SMTPTimeoutError():
            raise TryLater(f"mail server does not answer: {type(error).__name__}") from error
        case _:
            raise Refused(
                f"mail server lacks something: {type(error).__name__}",
                "De mailserver biedt geen beveiligde verbinding (STARTTLS) of geen inlog. "
                "Controleer 'host' en 'port' bij dit kanaal; poort 587 is gebruikelijk.",
            ) from error


def _decline(codes: list[int], *, of: int) -> NoReturn:
    some = (
        f"De mailserver weigert {len(codes)} van de {of} adressen; de andere adressen hebben de mail wel gekregen. "
        "Verbeter 'to' bij dit kanaal in alerts/channels.toml."
    )
    every = "De mailserver weigert alle adressen. Controleer 'to' bij dit kanaal in alerts/channels.toml."
    reason = f"mail server answered {max(codes)} to {len(codes)} of {of} recipients"
    raise Refused(reason, every if len(codes) == of else some)


def open_channel(options: Options, means: Means) -> Channel:
    """Options: `host`, `port` (587), `start_tls` (true), `sender`, `to`, `username`.

    `password` comes from the environment.
    """
    options.only("host", "port", "start_tls", "username", "password", "sender", "to")
    host, start_tls = options.text("host"), options.flag("start_tls", default=True)
    if not start_tls and not is_loopback(host):
        raise options.wrong(
            "start_tls",
            "Mail gaat alleen beveiligd naar een andere computer. Haal start_tls weg, of zet het op true.",
        )
    if options.has("username") != options.has("password"):
        raise options.wrong("username", "Vul 'username' en 'password' allebei in, of geen van beide.")
    sender, to = options.text("sender"), options.texts("to")
    if not _ADDRESS.fullmatch(parseaddr(sender)[1]):
        raise options.wrong("sender", 'Geef een afzender als "Torenwacht <torenwacht@gemeente.example>".')
    if not all(_ADDRESS.fullmatch(address) for address in to):
        raise options.wrong("to", "Geef bij 'to' alleen adressen, zoals [\"openbare-orde@gemeente.example\"].")
    return MailChannel(
        Postbox(
            host=host,
            port=options.number("port", 587),
            start_tls=start_tls,
            username=options.text("username") if options.has("username") else None,
            password=options.secret("password") if options.has("password") else None,
            sender=sender,
            to=to,
        ),
        means.clock,
    )
