"""Message -> Block Kit: what people see in Slack, within its limits, and calling nobody but `Message.calls` (R34)."""

import re
from collections.abc import Collection, Mapping, Sequence

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ConfirmObject,
    ContextBlock,
    HeaderBlock,
    MarkdownTextObject,
    PlainTextObject,
    SectionBlock,
)

from alerts.lines import facts_and_checks, shown
from alerts.message import Ask, Message

HEADER_MAX, SECTION_MAX, BLOCKS_MAX = 150, 3000, 50
OPEN_LINK = "naar_gebeurtenis"
"""The code of the button that is a link: Slack tells when it is pressed too, and nothing needs to be done then."""

_NOTES, _NOTES_AT_MOST = "antwoorden", 10
"""The block that tells who answered, and how many answers it shows."""
_SLACK_ID = re.compile(r"[UW][A-Z0-9]{6,19}")
_SURE = {Ask.CONFIRM: "U legt vast dat niveau C klopt. Dat staat daarna bij de gebeurtenis, met uw rol."}


def escaped(text: str) -> str:
    """Text that Slack shows as it is: without `<`, neither `<!channel>` nor `<@U…>` can call anyone."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def cut(text: str, limit: int) -> str:
    """Escaped `text` in at most `limit` characters: ends after a whole word, with `…` where something went."""
    if len(text) <= limit:
        return text
    head = text[:limit]
    end = max(head.rfind(" "), head.rfind("\n"))
    # A word that would take more than half of the room along is cut where it must, yet never inside `&amp;`.
    kept = head[:end] if end > limit // 2 else re.sub(r"&\w*$", "", head[:-1])
    return kept.rstrip(" \n,:•*") + "…"


def blocks(message: Message, *, listens: bool = False) -> list[Block]:
    """What people see: title, facts, what to check, buttons, footer. A handful of blocks; Slack takes fifty.

    `listens` says that somebody hears the buttons. Where nobody does the link stands in the text: Slack shows a
    warning beside a button that is not answered, a link's too.
    """
    found: list[Block] = [HeaderBlock(text=plain(cut(escaped(message.title), HEADER_MAX)))]
    facts, checks = facts_and_checks(message.lines)
    if called := [f"<@{id}>" for id in message.calls if _SLACK_ID.fullmatch(id)]:
        found.append(SectionBlock(text=marked(f"Kijkt u? {' '.join(called)}")))
    if facts:
        found.append(SectionBlock(text=marked("\n".join(_fact(line, message.link) for line in facts))))
    if checks:
        listed = "\n".join(f"• {escaped(check)}" for check in checks)
        found.append(SectionBlock(text=marked(f"*Ga na:*\n{listed}")))
    if listens and (message.asks or message.link):
        found.append(_buttons(message))
    elif message.link:
        found.append(SectionBlock(text=marked(link(message.link, "Bekijk in Torenwacht"))))
    if message.footer:
        found.append(ContextBlock(elements=[marked(escaped(message.footer))]))
    return found


def fallback(message: Message) -> str:
    """The same in one text: what screen readers and notifications use."""
    return cut(escaped("\n".join((message.title, *message.lines, message.footer))), SECTION_MAX)


def lines_as_blocks(lines: Sequence[str]) -> list[Block]:
    """Marked text of many lines, in as few sections as hold it whole; what does not fit in fifty blocks goes."""
    sections: list[str] = []
    for line in lines:
        short = cut(line, SECTION_MAX)
        if sections and len(sections[-1]) + len(short) < SECTION_MAX:
            sections[-1] += f"\n{short}"
        else:
            sections.append(short)
    return [SectionBlock(text=marked(section)) for section in sections[:BLOCKS_MAX]]


def with_note(shown: Sequence[Mapping[str, object]], note: str, without: Collection[str]) -> list[dict[str, object]]:
    """The blocks of a message that stands in Slack, with a note above its footer, and without some of its buttons."""
    kept = [dict(block) for block in shown if block.get("block_id") != _NOTES]
    for block in kept:
        if block.get("type") == "actions" and isinstance(pressed := block.get("elements"), list):
            block["elements"] = [button for button in pressed if button.get("action_id") not in without]
    kept = [block for block in kept if block.get("type") != "actions" or block["elements"]]
    before = [str(told) for block in shown if block.get("block_id") == _NOTES for told in _texts(block)]
    said = list(dict.fromkeys([*(line for told in before for line in told.split("\n")), escaped(note)]))
    notes = ContextBlock(block_id=_NOTES, elements=[marked("\n".join(said[-_NOTES_AT_MOST:]))]).to_dict()
    footer = len(kept) - 1 if kept and kept[-1].get("type") == "context" else len(kept)
    return [*kept[:footer], notes, *kept[footer:]][:BLOCKS_MAX]


def _texts(block: Mapping[str, object]) -> list[object]:
    elements = block.get("elements")
    return [element.get("text", "") for element in elements] if isinstance(elements, list) else []


def link(address: str, words: str) -> str:
    """A link as marked text."""
    return f"<{escaped(address).replace('|', '%7C')}|{escaped(words).replace('|', '¦')}>"


def marked(text: str) -> MarkdownTextObject:
    """Escaped text with marks. `verbatim`: Slack makes no links of its own from names and addresses in it."""
    return MarkdownTextObject(text=cut(text, SECTION_MAX), verbatim=True)


def plain(text: str) -> PlainTextObject:
    """Text without marks; `:words:` in it stay words."""
    return PlainTextObject(text=text, emoji=False)


def _fact(line: str, base: str) -> str:
    """The line; the word before the first colon catches the eye, and words with an address lead there."""
    told = shown(line, base)
    if told.address:
        return link(told.address, told.words)
    return f"*{escaped(told.label)}:* {escaped(told.words)}" if told.label else escaped(told.words)


def _buttons(message: Message) -> ActionsBlock:
    asked = [
        ButtonElement(
            text=plain(ask.label),
            action_id=ask.value,
            value=message.about,
            style="primary" if ask is Ask.CONFIRM else None,
            confirm=_confirm(ask),
        )
        for ask in message.asks
    ]
    there = [ButtonElement(text=plain("Naar gebeurtenis"), action_id=OPEN_LINK, url=message.link)]
    return ActionsBlock(elements=asked + (there if message.link else []))


def _confirm(ask: Ask) -> ConfirmObject | None:
    if ask not in _SURE:
        return None
    return ConfirmObject(title=plain(ask.label), text=plain(_SURE[ask]), confirm=plain("Bevestig"), deny=plain("Terug"))
