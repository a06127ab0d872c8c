"""A mail server on loopback, that keeps what it gets and says no where a test wants it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session


class Postmaster:
    """What the mail server does: keeps each mail, and says no where the test wants it."""

    def __init__(self, *, to: dict[str, str] | None = None, data: str = "250 OK") -> None:
        """`to`: answer per address, accepted where it is not named; `data`: answer to the mail itself."""
        self.mails: list[EmailMessage] = []
        self.recipients: list[list[str]] = []
        self.logged_in: list[bool] = []
        self.to, self.data = to or {}, data

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """One recipient."""
        answer = self.to.get(address, "250 OK")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """The mail itself."""
        if self.data.startswith("250"):
            assert isinstance(envelope.content, bytes)
            self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
            self.recipients.append(list(envelope.rcpt_tos))
            self.logged_in.append(bool(session.authenticated))
        return self.data


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
