"""Message -> an Adaptive Card for Microsoft Teams: shows every text as it is, calls nobody, and fits in a webhook."""

import json
import re
from collections.abc import Sequence
from functools import partial

from alerts.lines import Shown, facts_and_checks, fitting, shown
from alerts.message import Message, Urgency

AT_MOST = 28_000
"""Bytes: Teams takes 28 KB with all that stands around the card."""

Element = dict[str, object]

_MARKS = re.compile(r"([\\`*_~\[\]])")
_FIRST = re.compile(r"^(\s*\d*)([-+#.)](?=[\s#])|>)", re.MULTILINE)
"""What makes a list, a heading or a quote of a line that begins with it."""
_REST = "Niet alles past hier. Lees verder in Torenwacht."


def escaped(text: str) -> str:
    """Text that Teams shows as it is: no mark in it makes a link, a list or a heading."""
    return _FIRST.sub(r"\1\\\2", _MARKS.sub(r"\\\1", text))


def card(message: Message, *, follows: bool) -> bytes:
    """What a workflow posts, as JSON. `follows`: it belongs to an earlier message, which Teams cannot show as a thread.

    Only entities can mention somebody on a card, and it has none.
    """
    bare = _json(message, (), follows=follows, more=True)
    lines = fitting(message.lines, AT_MOST - len(bare), partial(_size, base=message.link))
    return _json(message, lines, follows=follows, more=lines != message.lines)


def _json(message: Message, lines: Sequence[str], *, follows: bool, more: bool) -> bytes:
    content: Element = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.5",
        "lang": "nl",
        "fallbackText": message.title,
        "msteams": {"width": "Full"},
        "body": [_head(message, follows=follows), *_body(lines, message.link), *_foot(message, more=more)],
    }
    if message.link:
        content["actions"] = [{"type": "Action.OpenUrl", "title": "Bekijk in Torenwacht", "url": message.link}]
    attachment = {"contentType": "application/vnd.microsoft.card.adaptive", "contentUrl": None, "content": content}
    return _bytes({"type": "message", "attachments": [attachment]})


def _head(message: Message, *, follows: bool) -> Element:
    """The title, on the colour of haste where there is some; the words of the level stand in it."""
    title = _text(escaped(message.title), size="Large", weight="Bolder", style="heading")
    earlier = f"Vervolg op: {escaped(message.follows)}" if message.follows else "Vervolg op een eerder bericht"
    return {
        "type": "Container",
        "style": "attention" if message.urgency is Urgency.HIGH else "emphasis",
        "bleed": True,
        "items": [*([_text(earlier, size="Small")] if follows else []), title],
    }


def _body(lines: Sequence[str], base: str) -> list[Element]:
    """Facts with a label stand in a table of two columns; what has none, and what to check, in lines of their own."""
    facts, checks = facts_and_checks(lines)
    found: list[Element] = []
    table: list[Element] = []
    for told in (shown(line, base) for line in facts):
        if not told.label:
            found.append(_line(told))
            continue
        if not table or found[-1]["type"] != "FactSet":
            table = []
            found.append({"type": "FactSet", "facts": table})
        table.append({"title": escaped(told.label), "value": escaped(told.words)})
    if checks:
        found.append(_text("Ga na", weight="Bolder", spacing="Medium"))
        found += [_text(f"• {escaped(check)}", spacing="Small") for check in checks]
    return found


def _line(told: Shown) -> Element:
    words = escaped(told.words)
    return _text(f"[{words}]({told.address})" if told.address else words, spacing="Small")


def _foot(message: Message, *, more: bool) -> list[Element]:
    rest = [_text(_REST, spacing="Medium")] if more else []
    footer = [_text(escaped(message.footer), size="Small", isSubtle=True, separator=True)] if message.footer else []
    return rest + footer


def _text(text: str, **looks: str | bool) -> Element:
    return {"type": "TextBlock", "text": text, "wrap": True, **looks}


def _size(line: str, base: str) -> int:
    """Bytes that a line takes at most: in an element, or under a heading, of its own."""
    return len(_bytes(_body((line,), base)))


def _bytes(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()
