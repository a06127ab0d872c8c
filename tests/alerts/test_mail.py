"""alerts/mail.py against a mail server on loopback."""

import asyncio
import re
from email.message import EmailMessage

import aiohttp
import pytest

from alerts.errors import AlertError, ChannelConfigError, Refused, TryLater
from alerts.letter import letter
from alerts.mail import open_channel
from alerts.message import EnclosingChannel, Enclosure, Message, Urgency
from alerts.options import Options
from tests.alerts.build import NOON, a_message, the_means
from tests.alerts.postmaster import Postmaster, a_mail_server


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


def parts(mail: EmailMessage) -> str:
    """Its text and its HTML, as one."""
    found = [mail.get_body((kind,)) for kind in ("plain", "html")]
    return "".join(part.get_content() for part in found if part is not None)


def html_of(message: Message) -> str:
    mail = letter(
        message, sender="t@gemeente.example", to=("p@gemeente.example",), message_id="<1@x>", thread=None, at=NOON
    )
    body = mail.get_body(("html",))
    assert body is not None
    return str(body.get_content())


def test_mail_carries_the_message_as_text_and_as_html_to_all_addresses() -> None:
    postmaster = Postmaster()

    receipts = sent(postmaster, a_message(lines=("R&D <b>", "Zekerheid: 0,81")))

    [mail], [recipients] = postmaster.mails, postmaster.recipients
    text, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert text is not None
    assert html is not None
    assert recipients == ["openbare-orde@gemeente.example", "piket@gemeente.example"]
    about_the_parts = {"Content-Type", "MIME-Version", "X-Peer"}
    assert {name: value for name, value in mail.items() if name not in about_the_parts} == {
        "From": "Torenwacht <torenwacht@gemeente.example>",
        "To": "openbare-orde@gemeente.example, piket@gemeente.example",
        "Subject": "B – aandacht: Optocht, Vismarkt, za 28 nov 13.00 uur",
        "Date": "Sun, 22 Nov 2026 11:00:00 +0000",
        "Message-ID": "<12%3ALEVEL_CHANGED@gemeente.example>",
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
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
    assert ">R&amp;D &lt;b&gt;</p>" in html.get_content()
    assert ">Zekerheid</th><td" in html.get_content()


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


def test_mail_says_what_it_follows_and_what_is_confidential() -> None:
    postmaster = Postmaster()

    sent(postmaster, a_message(), a_message(key="2", follows="Optocht <Vismarkt>", confidential=True))

    first, second = postmaster.mails
    assert (first["Sensitivity"], second["Sensitivity"]) == (None, "company-confidential")
    assert ["Vervolg op" in part for part in (parts(first), parts(second))] == [False, True]
    assert "Vervolg op: Optocht <Vismarkt>\r\n" in parts(second)
    assert "Vervolg op: Optocht &lt;Vismarkt&gt;</p>" in parts(second)


def test_html_has_facts_under_their_labels_what_to_check_links_and_a_button() -> None:
    base = "https://torenwacht.gemeente.example/"
    message = a_message(
        link=base,
        lines=("Waar: Vismarkt", f"[C – signaal] Onrust {base}gebeurtenissen/7", "Omvang: 300", "Ga na: wie & wat?"),
    )

    html = html_of(message)

    plain = re.sub(r" (style|scope)='[^']*'| (style|scope)=\"[^\"]*\"", "", html)
    assert "<table><tr><th>Waar</th><td>Vismarkt</td></tr></table>" in plain
    assert f'<p><a href="{base}gebeurtenissen/7">[C – signaal] Onrust</a></p><table>' in plain
    assert "<h2>Ga na</h2><ul><li>wie &amp; wat?</li></ul>" in plain
    assert f'<p><a href="{base}">Bekijk in Torenwacht</a></p>' in plain
    assert html.count('scope="row"') == 2


def test_html_is_dutch_and_fetches_nothing() -> None:
    html = html_of(a_message(lines=("Waar: <img src=https://elders.example/x>",)))

    assert html.startswith('<!doctype html><html lang="nl">')
    assert re.findall(r"<(?:img|script|link|iframe)|url\(|src=\"", html) == []


def test_mail_carries_the_file_that_belongs_to_it() -> None:
    postmaster = Postmaster()
    pdf = Enclosure("weekbriefing-2026-w48.pdf", "application/pdf", b"%PDF-1.7 invented\r\n\x00\xff")

    async def walk() -> str:
        async with a_mail_server(postmaster) as port, aiohttp.ClientSession() as http:
            channel = open_channel(Options(a_row(port=port), {}, file="t", row="r"), the_means(http))
            assert isinstance(channel, EnclosingChannel)
            return await channel.send_with(a_message(), pdf, attempt=1, thread=None)

    receipt = asyncio.run(walk())

    [mail] = postmaster.mails
    [attached] = mail.iter_attachments()
    assert receipt == mail["Message-ID"]
    assert (attached.get_filename(), attached.get_content_type(), attached.get_content()) == (
        "weekbriefing-2026-w48.pdf",
        "application/pdf",
        pdf.content,
    )
    assert [part["Content-Language"] for part in mail.iter_parts()] == ["nl", None]
    assert "- Bijlage: weekbriefing-2026-w48.pdf" in parts(mail)


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
            "mail server answered 450 to 2 of 2 recipients",
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


def test_only_who_could_not_take_it_gets_the_mail_at_the_next_attempt() -> None:
    postmaster = Postmaster(to={"piket@gemeente.example": "452 full"})

    async def walk() -> str:
        async with a_mail_server(postmaster) as port, aiohttp.ClientSession() as http:
            channel = open_channel(Options(a_row(port=port), {}, file="t", row="r"), the_means(http))
            for attempt in (1, 2):
                with pytest.raises(TryLater, match="452 to 1 of 2 recipients"):
                    await channel.send(a_message(), attempt=attempt, thread=None)
            postmaster.to = {}
            await channel.send(a_message(key="other"), attempt=1, thread=None)
            return await channel.send(a_message(), attempt=3, thread=None)

    receipt = asyncio.run(walk())

    both = ["openbare-orde@gemeente.example", "piket@gemeente.example"]
    assert postmaster.recipients == [both[:1], both, both[1:]]
    assert [mail["Message-ID"] for mail in postmaster.mails] == [receipt, "<other@gemeente.example>", receipt]
    assert {mail["To"] for mail in postmaster.mails} == {", ".join(both)}


def test_a_refused_address_is_told_once_when_the_others_have_the_mail() -> None:
    to = ["weg@gemeente.example", "piket@gemeente.example", "openbare-orde@gemeente.example"]
    postmaster = Postmaster(to={to[0]: "550 no", to[1]: "450 greylisted", to[2]: "451 greylisted"})

    async def walk() -> Refused:
        async with a_mail_server(postmaster) as port, aiohttp.ClientSession() as http:
            channel = open_channel(Options(a_row(port=port, to=to), {}, file="t", row="r"), the_means(http))
            with pytest.raises(TryLater, match="451 to 2 of 3 recipients"):
                await channel.send(a_message(), attempt=1, thread=None)
            postmaster.to = {to[0]: "550 no"}
            with pytest.raises(Refused) as caught:
                await channel.send(a_message(), attempt=2, thread=None)
            return caught.value

    error = asyncio.run(walk())

    assert postmaster.recipients == [to[1:]]
    assert (error.reason, error.advice) == (
        "mail server answered 550 to 1 of 3 recipients",
        "De mailserver weigert 1 van de 3 adressen; de andere adressen hebben de mail wel gekregen. "
        "Verbeter 'to' bij dit kanaal in alerts/channels.toml.",
    )


def test_what_was_taken_is_remembered_when_the_next_attempt_fails_as_a_whole() -> None:
    postmaster, broken = Postmaster(to={"piket@gemeente.example": "450 busy"}), "451 try again"

    async def walk() -> None:
        async with a_mail_server(postmaster) as port, aiohttp.ClientSession() as http:
            channel = open_channel(Options(a_row(port=port), {}, file="t", row="r"), the_means(http))
            for attempt, (to, data) in enumerate(((postmaster.to, "250 OK"), ({}, broken)), start=1):
                postmaster.to, postmaster.data = to, data
                with pytest.raises(TryLater):
                    await channel.send(a_message(), attempt=attempt, thread=None)
            postmaster.data = "250 OK"
            await channel.send(a_message(), attempt=3, thread=None)

    asyncio.run(walk())

    assert postmaster.recipients == [["openbare-orde@gemeente.example"], ["piket@gemeente.example"]]


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
