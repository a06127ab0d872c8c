"""Message -> e-mail: text, and HTML that a phone shows as well as an old mail program; nothing in it is fetched."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from html import escape
from urllib.parse import quote

from alerts.lines import Shown, facts_and_checks, shown
from alerts.message import Enclosure, Message, Urgency

_BODY = "margin:0;padding:0;background:#f7f6f2"
_PAGE = "max-width:600px;margin:0 auto;padding:16px;background:#fff;color:#17222b;font:16px/1.5 Arial,sans-serif"
_TITLE = "margin:0 0 16px;padding-left:12px;border-left:6px solid {};font-size:20px;line-height:1.3"
_HASTE, _CALM = "#a4262c", "#0e4d5c"
_LABEL = "padding:0 12px 8px 0;text-align:left;vertical-align:top;width:30%"
_CELL = "padding:0 0 8px;vertical-align:top"
_BUTTON = "display:inline-block;padding:12px 20px;background:#0e4d5c;color:#fff;font-weight:bold;text-decoration:none"
_FOOT = "margin:24px 0 0;padding-top:12px;border-top:1px solid #57564f;color:#38393a;font-size:14px"


def letter(
    message: Message, *, sender: str, to: Sequence[str], message_id: str, thread: str | None, at: datetime
) -> EmailMessage:
    """The mail, without what it encloses; the same for every attempt but for its Date, which is `at`.

    `thread` is the Message-ID of the first mail about the same thing.
    """
    mail = EmailMessage()
    mail["From"] = sender
    mail["To"] = ", ".join(to)
    mail["Subject"] = " ".join(message.title.split())
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = message_id
    if thread:
        mail["In-Reply-To"] = thread
        mail["References"] = thread
    # No answers from holiday responders, please: RFC 3834, and how Exchange wants to hear it.
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Auto-Response-Suppress"] = "All"
    if message.urgency is Urgency.HIGH:
        mail["Importance"] = "high"
    if message.confidential:
        mail["Sensitivity"] = "company-confidential"
    mail.set_content(_text(message))
    mail.add_alternative(_html(message), subtype="html")
    # After the content: setting that drops every Content header.
    mail["Content-Language"] = "nl"
    return mail


def enclose(mail: EmailMessage, enclosure: Enclosure) -> None:
    """Puts a file in the mail."""
    kind, _, subkind = enclosure.media_type.partition("/")
    mail.add_attachment(enclosure.content, maintype=kind, subtype=subkind, filename=enclosure.name)


def message_id_of(key: str, domain: str) -> str:
    """One key gives one id, so a mail that was sent twice is shown once by most mail programs."""
    return f"<{quote(key, safe='')}@{domain}>"


def _text(message: Message) -> str:
    parts = [
        message.title,
        f"Vervolg op: {message.follows}" if message.follows else "",
        "\n".join(f"- {line}" for line in message.lines),
        message.link,
        f"-- \n{message.footer}",
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _html(message: Message) -> str:
    facts, checks = facts_and_checks(message.lines)
    colour = _HASTE if message.urgency is Urgency.HIGH else _CALM
    parts = [
        f'<p style="margin:0 0 8px">Vervolg op: {escape(message.follows)}</p>' if message.follows else "",
        f'<h1 style="{_TITLE.format(colour)}">{escape(message.title)}</h1>',
        *_facts([shown(line, message.link) for line in facts]),
        f'<h2 style="margin:16px 0 4px;font-size:16px">Ga na</h2>{_list(checks)}' if checks else "",
        f'<p style="margin:24px 0 0"><a href="{escape(message.link)}" style="{_BUTTON}">Bekijk in Torenwacht</a></p>'
        if message.link
        else "",
        f'<p style="{_FOOT}">{escape(message.footer)}</p>' if message.footer else "",
    ]
    return (
        '<!doctype html><html lang="nl"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f'<title>{escape(message.title)}</title></head><body style="{_BODY}"><div style="{_PAGE}">'
        f"{''.join(parts)}</div></body></html>\n"
    )


def _facts(lines: Sequence[Shown]) -> Iterator[str]:
    """What has a label stands in a table, each label at the head of its row; the rest in paragraphs."""
    rows = ""
    for told in lines:
        if told.label:
            rows += (
                f'<tr><th scope="row" style="{_LABEL}">{escape(told.label)}</th>'
                f'<td style="{_CELL}">{escape(told.words)}</td></tr>'
            )
            continue
        yield _table(rows)
        rows = ""
        words = escape(told.words)
        yield f'<p style="margin:0 0 8px">{_link(told.address, words) if told.address else words}</p>'
    yield _table(rows)


def _table(rows: str) -> str:
    return f'<table style="border-collapse:collapse;width:100%;font:inherit">{rows}</table>' if rows else ""


def _link(address: str, words: str) -> str:
    return f'<a href="{escape(address)}" style="color:#0e4d5c">{words}</a>'


def _list(lines: Sequence[str]) -> str:
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return f'<ul style="margin:0;padding-left:20px">{items}</ul>'
