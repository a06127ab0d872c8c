"""Text -> the same text without causes and groups, so that nothing learned can lean on them (R17, R21).

What one stands up for becomes `[zaak]`, who does so `[groep]`; how, where, when and with how many stays. A whole phrase
goes where it names the cause ("voor betere zorg", "het recht op abortus"), so that a cause of one word and one of
four look alike.
"""

import re

from classifiers.mask_phrases import HOT, JOINS, REACH, Span, Tokens, noun_phrase, phrase_end
from classifiers.mask_words import CAUSE, GROUP, Sign, mask_word, seen, tables

__all__ = ["CAUSE", "GROUP", "mask_word", "masked"]

_TOKEN = re.compile(r"\[[\w-]+\]|#?\w+(?:[-'’]\w+)*")
_QUOTED = re.compile(r"""["“„«‘']([^"”“»’'\n]{2,90})["”“»’']""")

_SLOGAN_REACH = 4
_MASK_SIGNS = {CAUSE: Sign.CAUSE, GROUP: Sign.GROUP}
_NO_AGENT = Sign.KEPT | Sign.CROWD | Sign.PLACE
"""None of these after "de betoging van" is who holds it."""
_AND = frozenset({"en", "of", "én", "and", "&"})


def masked(text: str) -> str:
    """`text` with every cause as `[zaak]` and every group as `[groep]`.

    Pass title and text together: words such as "studenten" go only where the text tells of a gathering.
    """
    found = list(_TOKEN.finditer(text))
    words = [seen(match[0]) for match in found]
    together = 0
    for word in words:
        together |= word.signs
    gathers = together & Sign.GATHERING != 0
    if not together & HOT:
        return text
    tokens = Tokens(text, found, words)
    if not gathers:
        tokens.signs = [signs & ~Sign.HIT if signs & Sign.WEAK else signs for signs in tokens.signs]
    spans = _hits(tokens)
    spans += _linked(tokens, gathers=gathers)
    spans += _named(tokens, gathers=gathers)
    if gathers:
        spans += _slogans(tokens)
    return _replaced(tokens, _joined(tokens, spans))


def _hits(tokens: Tokens) -> list[Span]:
    """Words and names of causes.toml, each with the words that belong to it."""
    phrases = tables().phrases
    spans: list[Span] = []
    for at in tokens.hot:
        for words, mask in phrases.get(tokens.lower[at], ()) if tokens.signs[at] & Sign.PHRASE else ():
            after = at + len(words)
            if tuple(tokens.lower[at:after]) == words:
                tokens.signs[at:after] = [_MASK_SIGNS[mask]] * len(words)
                spans.append(Span(_start(tokens, at), after, mask))
                break
    for at in tokens.hot:
        signs = tokens.signs[at]
        if signs & Sign.HIT and not _means_other(tokens, at):
            first, (after, mask) = _start(tokens, at), _end(tokens, at)
            stood_for = first and tokens.signs[first - 1] & Sign.LINKED and tokens.gap(first) == " "
            framed = any(tokens.signs[one] & Sign.FRAME for one in range(first, at))
            spans.append(Span(first, after, CAUSE if stood_for or framed else mask))
    return spans


def _means_other(tokens: Tokens, at: int) -> bool:
    """Whether the word beside token `at` gives it another meaning: "linkse rijbaan", "Ten Boer"."""
    pairs, lower = tables().other_meaning, tokens.lower
    return " ".join(lower[at : at + 2]) in pairs or (at > 0 and " ".join(lower[at - 1 : at + 1]) in pairs)


def _end(tokens: Tokens, at: int) -> tuple[int, str]:
    """Where the phrase of the hit at `at` ends, and its mask: "Koerdische" + "volk", "Joodse" + "gemeenschap"."""
    mask, after = CAUSE if tokens.signs[at] & Sign.CAUSE else GROUP, at + 1
    while (
        after < len(tokens)
        and tokens.gap(after) == " "
        and tokens.signs[after] & (Sign.FRAME | Sign.HEAD | Sign.PEOPLE)
    ):
        mask = GROUP if tokens.signs[after] & Sign.HEAD else mask
        after += 1
    return after, mask


def _start(tokens: Tokens, at: int) -> int:
    """Where the noun phrase begins that token `at` stands in: "de rechten van" goes with "vluchtelingen"."""
    first = at
    while True:
        before = first - 1
        while before >= 0 and tokens.signs[before] & (Sign.LEAD | Sign.FRAME) and tokens.gap(before + 1) == " ":
            first, before = before, before - 1
        linked = before > 0 and tokens.signs[before] & (Sign.LINK | Sign.WEAK_LINK) and tokens.gap(first) == " "
        if linked and tokens.signs[before - 1] & Sign.FRAME and tokens.gap(before) == " ":
            first = before - 1
            continue
        return first


def _linked(tokens: Tokens, *, gathers: bool) -> list[Span]:
    """What stands after "voor", "tegen", "vanwege" beside a word of gathering, after "eisen", "tegenstanders van".

    A phrase after "voor" or "tegen" that has a word of causes.toml in it goes as a whole, wherever it stands.
    """
    spans: list[Span] = []
    gathered = stood = -1
    for at in tokens.hot:
        signs = tokens.signs[at]
        sides = signs & Sign.SIDE and at + 2 < len(tokens) and tokens.follows(at + 1, "van")
        if (signs & (Sign.LINKED | Sign.WANTING) or sides) and at + 1 < len(tokens):
            first = at + 2 if sides else at + 1
            calls = (
                sides
                or signs & Sign.WANTING
                or tokens.near(gathered, at)
                or (tokens.near(stood, at) and (gathers or tokens.signs[first] & Sign.DEMANDING))
                or _opens(tokens, at)
            )
            after = phrase_end(tokens, first, tokens.lower[first - 1]) if calls or tokens.any_hit(first) else first
            if after > first and (calls or any(tokens.hit(one) for one in range(first, after))):
                spans.append(Span(first, after, CAUSE, True))
        if signs & (Sign.GATHERING | Sign.CALLING):
            gathered = at
        elif signs & Sign.STANDING:
            stood = at
    return spans


def _opens(tokens: Tokens, at: int) -> bool:
    """Whether "voor" or "tegen" begins a sentence in which a word of gathering follows."""
    if tokens.gap(at) == " ":
        return False
    later = (one for one in tokens.hot if one > at and tokens.signs[one] & (Sign.GATHERING | Sign.CALLING))
    first = next(later, None)
    return first is not None and first - at < REACH and not tokens.stop_between(at, first)


def _named(tokens: Tokens, *, gathers: bool) -> list[Span]:
    """Groups that no list knows: "actiegroep Rood Haren", "het comité van bewoners", "de betoging van …"."""
    spans = []
    for at in tokens.hot:
        signs = tokens.signs[at]
        if signs & Sign.HEAD:
            after = at + 1
            while gathers and after < len(tokens) and _goes_on_naming(tokens, after):
                after += 1
            if after + 1 < len(tokens) and tokens.follows(after, "van"):
                noun = noun_phrase(tokens, after + 1, "van")
                after = noun if noun > after + 1 else after
            first = _head_start(tokens, at)
            if after > at + 1 and not any(tokens.signs[one] & Sign.KEPT for one in range(at, after)):
                spans.append(Span(first, after, GROUP, True))
        elif signs & Sign.GATHERING and not _held(tokens.lower[at]) and tokens.follows(at + 1, "van"):
            after = noun_phrase(tokens, at + 2, "van")
            while after < len(tokens) and after > at + 2 and _goes_on_naming(tokens, after):
                after += 1
            if after > at + 2 and not any(tokens.signs[one] & _NO_AGENT for one in range(at + 2, after)):
                spans.append(Span(at + 2, after, GROUP, True))
    return spans


def _held(word: str) -> bool:
    """Whether "van" after this word tells what is held or closed, and not by whom: "de bezetting van het gebouw"."""
    return "bezet" in word or "blok" in word


def _goes_on_naming(tokens: Tokens, at: int) -> bool:
    plain = tokens.capital(at) and not tokens.signs[at] & (Sign.END | Sign.PLACE | Sign.LINKED | Sign.WEAK_LINK)
    return tokens.gap(at) == " " and plain and tokens.lower[at][0] != "["


def _head_start(tokens: Tokens, at: int) -> int:
    """The determiner and adjectives before a group: "de Joodse gemeenschap", "een boos comité"."""
    first = at
    while first and tokens.gap(first) == " " and tokens.signs[first - 1] & (Sign.LEAD | Sign.ADJECTIVE | Sign.HIT):
        first -= 1
    return first


def _slogans(tokens: Tokens) -> list[Span]:
    """What stands between quotation marks after "met de leus", "onder het motto", "spandoeken met"."""
    if not any(signs & Sign.SLOGAN for signs in tokens.signs):
        return []
    spans = []
    for quote in _QUOTED.finditer(tokens.text):
        inside = [at for at, match in enumerate(tokens.found) if quote.start(1) <= match.start() < quote.end(1)]
        if not inside:
            continue
        before = range(max(0, inside[0] - _SLOGAN_REACH), inside[0])
        says = any(tokens.signs[at] & Sign.SLOGAN for at in before)
        if says and not any(tokens.signs[at] & Sign.KEPT for at in inside):
            spans.append(Span(inside[0], inside[-1] + 1, CAUSE, True))
    return spans


def _joined(tokens: Tokens, spans: list[Span]) -> list[Span]:
    """The spans in order, those that touch or that "en" joins made one."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and _touch(tokens, joined[-1], span):
            joined[-1] = _one(joined[-1], span)
        else:
            joined.append(span)
    return joined


def _one(last: Span, span: Span) -> Span:
    """Both as one; the phrase tells what it is, and of two alike the one that names a cause."""
    after = max(last.after, span.after)
    if last.phrase != span.phrase:
        return Span(last.first, after, last.mask if last.phrase else span.mask, phrase=True)
    mask = last.mask if last.phrase or last.mask == span.mask else CAUSE
    return Span(last.first, after, mask, last.phrase)


def _touch(tokens: Tokens, last: Span, span: Span) -> bool:
    if span.first < last.after:
        return True
    if span.first == last.after:
        return tokens.gap(span.first) in JOINS
    between = range(last.after, span.first)
    return (
        len(between) == 1
        and tokens.lower[last.after] in _AND
        and tokens.gap(last.after) == tokens.gap(span.first) == " "
        and last.mask == span.mask
    )


def _replaced(tokens: Tokens, spans: list[Span]) -> str:
    pieces, done, after = [], 0, 0
    inside = iter([*spans, Span(len(tokens), len(tokens), "")])
    span = next(inside)
    for at in sorted({*(span.first for span in spans), *(at for at in tokens.hot if tokens.signs[at] & Sign.MASKED)}):
        if at < after:
            continue
        while span.first < at:
            span = next(inside)
        mask, after = (span.mask, span.after) if span.first == at else (tokens.words[at].masked, at + 1)
        pieces += [tokens.text[done : tokens.found[at].start()], mask]
        done = tokens.found[after - 1].end()
    return "".join((*pieces, tokens.text[done:]))
