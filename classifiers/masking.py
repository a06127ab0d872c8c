"""Text -> the same text without causes and groups, so that nothing learned can lean on them (R17, R21).

What one stands up for becomes `[zaak]`, who does so `[groep]`; how, where, when and with how many stays. A whole phrase
goes where it names the cause ("voor betere zorg", "het recht op abortus"), so that a cause of one word and one of
four look alike.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from classifiers.mask_words import CAUSE, GROUP, Seen, Sign, mask_word, seen, tables

__all__ = ["CAUSE", "GROUP", "mask_word", "masked"]

_TOKEN = re.compile(r"\[[\w-]+\]|#?\w+(?:[-'’]\w+)*")
_STOP = re.compile(r"[.!?…\n:;]")
_QUOTED = re.compile(r"""["“„«‘']([^"”“»’'\n]{2,90})["”“»’']""")

_REACH = 12
"""Words between a gathering and the "voor" or "tegen" that names its cause."""
_NEAR = 2
"""Words between a gathering and "om" or "over", which mostly tell something else."""
_LONGEST = 12
"""Words of a cause."""
_SELDOM = frozenset({"om", "over", "for"})
_SLOGAN_REACH = 4
_JOINS = frozenset({" ", ", ", "/", " / ", " & ", "-"})
_DEFINITE = frozenset({"de", "het", "'t", "t", "the"})
_AND = frozenset({"en", "of", "én", "and", "&"})

_HIT = int(Sign.CAUSE | Sign.GROUP)
_CAUSE, _WEAK = int(Sign.CAUSE), int(Sign.WEAK)
_GATHERING, _CALLING, _LINKED, _WANTING = (
    int(Sign.GATHERING), int(Sign.CALLING), int(Sign.LINKED), int(Sign.WANTING),
)  # fmt: skip
_LEAD, _ADJECTIVE, _LINK, _WEAK_LINK = int(Sign.LEAD), int(Sign.ADJECTIVE), int(Sign.LINK), int(Sign.WEAK_LINK)
_FRAME, _END, _PLACE, _PHYSICAL = int(Sign.FRAME), int(Sign.END), int(Sign.PLACE), int(Sign.PHYSICAL)
_KEPT, _HEAD, _CROWD, _SLOGAN = int(Sign.KEPT), int(Sign.HEAD), int(Sign.CROWD), int(Sign.SLOGAN)
_DETERMINER, _MASKED = int(Sign.DETERMINER), int(Sign.MASKED)
_NO_AGENT = _KEPT | _CROWD | _PLACE
_HOT = _HIT | _GATHERING | _CALLING | _LINKED | _WANTING | _HEAD | _SLOGAN | _MASKED


class _Span(NamedTuple):
    """Tokens `[first, after)` that one mask replaces."""

    first: int
    after: int
    mask: str


class _Tokens:
    """The words of one text, judged, with what stands between them."""

    def __init__(self, text: str, found: Sequence[re.Match[str]], words: list[Seen]) -> None:
        self.text, self.found, self.words = text, found, words
        self.signs = [word.signs for word in words]
        self.lower = [word.lower for word in words]
        self.hot = [at for at, signs in enumerate(self.signs) if signs & _HOT]
        """The words at which something may begin; most words are none."""

    def __len__(self) -> int:
        return len(self.words)

    def gap(self, at: int) -> str:
        """What stands before token `at`."""
        return self.text[self.found[at - 1].end() : self.found[at].start()] if at else "\n"

    def follows(self, at: int, word: str) -> bool:
        """Whether token `at` is `word`, a space after the one before."""
        return self.lower[at] == word and self.gap(at) == " "

    def stop_between(self, first: int, last: int) -> bool:
        """Whether a sentence ends between the tokens `first` and `last`."""
        return _STOP.search(self.text, self.found[first].end(), self.found[last].start()) is not None

    def hit(self, at: int) -> int:
        """Whether token `at` names a cause or a group in this text."""
        return self.signs[at] & _HIT

    def digit(self, at: int) -> bool:
        return self.lower[at][:1].isdigit() and not self.lower[at].endswith("jarige")

    def capital(self, at: int) -> bool:
        return self.found[at][0][:1].isupper()

    def noun(self, at: int) -> bool:
        """Whether token `at` may be the noun of a cause."""
        return (
            not self.signs[at] & (_END | _LINK | _LINKED | _WEAK_LINK)
            and not self.digit(at)
            and self.lower[at][0] != "["
        )


def masked(text: str) -> str:
    """`text` with every cause as `[zaak]` and every group as `[groep]`.

    Pass title and text together: words such as "studenten" go only where the text tells of a gathering.
    """
    words = list(map(seen, _TOKEN.findall(text)))
    together = 0
    for word in words:
        together |= word.signs
    gathers = together & _GATHERING != 0
    if not gathers and not together & (_HIT | _MASKED):
        return text
    tokens = _Tokens(text, list(_TOKEN.finditer(text)), words)
    if not gathers:
        tokens.signs = [signs & ~_HIT if signs & _WEAK else signs for signs in tokens.signs]
    spans = _hits(tokens)
    if gathers:
        spans += [*_linked(tokens), *_named(tokens), *_slogans(tokens)]
    return _replaced(tokens, _joined(tokens, spans))


def _hits(tokens: _Tokens) -> list[_Span]:
    """Words and names of causes.toml, each with the words that belong to it."""
    phrases = tables().phrases
    spans = []
    for at, lower in enumerate(tokens.lower):
        if lower in phrases:
            for words, mask in phrases[lower]:
                if tuple(tokens.lower[at : at + len(words)]) == words:
                    spans.append(_Span(_start(tokens, at), at + len(words), mask))
                    break
    for at in tokens.hot:
        signs = tokens.signs[at]
        if signs & _HIT and not _means_other(tokens, at):
            spans.append(_Span(_start(tokens, at), *_end(tokens, at)))
    return spans


def _means_other(tokens: _Tokens, at: int) -> bool:
    """Whether the word beside token `at` gives it another meaning: "linkse rijbaan", "Ten Boer"."""
    pairs, lower = tables().other_meaning, tokens.lower
    return " ".join(lower[at : at + 2]) in pairs or (at > 0 and " ".join(lower[at - 1 : at + 1]) in pairs)


def _end(tokens: _Tokens, at: int) -> tuple[int, str]:
    """Where the phrase of the hit at `at` ends, and its mask: "Koerdische" + "volk", "Joodse" + "gemeenschap"."""
    mask, after = CAUSE if tokens.signs[at] & _CAUSE else GROUP, at + 1
    while after < len(tokens) and tokens.gap(after) == " " and tokens.signs[after] & (_FRAME | _HEAD):
        mask = GROUP if tokens.signs[after] & _HEAD else mask
        after += 1
    return after, mask


def _start(tokens: _Tokens, at: int) -> int:
    """Where the noun phrase begins that token `at` stands in: "de rechten van" goes with "vluchtelingen"."""
    first = at
    while True:
        before = first - 1
        while before >= 0 and tokens.signs[before] & (_LEAD | _FRAME) and tokens.gap(before + 1) == " ":
            first, before = before, before - 1
        linked = before > 0 and tokens.signs[before] & (_LINK | _WEAK_LINK) and tokens.gap(first) == " "
        if linked and tokens.signs[before - 1] & _FRAME and tokens.gap(before) == " ":
            first = before - 1
            continue
        return first


def _linked(tokens: _Tokens) -> list[_Span]:
    """What stands after "voor", "tegen", "vanwege" beside a word of gathering, or after "eisen"."""
    spans: list[_Span] = []
    gathered = -1
    for at in tokens.hot:
        signs = tokens.signs[at]
        if signs & (_LINKED | _WANTING) and at + 1 < len(tokens):
            reach = _NEAR if tokens.lower[at] in _SELDOM else _REACH
            near = gathered >= 0 and at - gathered <= reach and not tokens.stop_between(gathered, at)
            if near or signs & _WANTING or _opens(tokens, at):
                after = _phrase(tokens, at + 1, tokens.lower[at])
                if after > at + 1:
                    spans.append(_Span(at + 1, after, CAUSE))
        if signs & (_GATHERING | _CALLING):
            gathered = at
    return spans


def _opens(tokens: _Tokens, at: int) -> bool:
    """Whether "voor" or "tegen" begins a sentence in which a word of gathering follows."""
    if tokens.gap(at) == " ":
        return False
    later = (one for one in tokens.hot if at < one < at + _REACH and tokens.signs[one] & (_GATHERING | _CALLING))
    first = next(later, None)
    return first is not None and not tokens.stop_between(at, first)


def _phrase(tokens: _Tokens, at: int, link: str) -> int:
    """Where the noun phrase ends that begins at `at`; `at` itself when it names no cause."""
    after = _noun_phrase(tokens, at, link)
    while after > at and after - at < _LONGEST:
        longer = _continued(tokens, after)
        if longer == after:
            break
        after = longer
    return after


def _noun_phrase(tokens: _Tokens, at: int, link: str) -> int:
    """Past the noun of the phrase that begins at `at`; `at` when there is none that can be a cause."""
    here = at
    while here < len(tokens) and (here == at or tokens.gap(here) == " "):
        signs = tokens.signs[here]
        last = here + 1 == len(tokens) or tokens.gap(here + 1) != " "
        if not signs & _HIT and signs & (_LEAD | _ADJECTIVE) and not last and _leads_on(tokens, here + 1):
            here += 1
            continue
        return here + 1 if _may_be_cause(tokens, here, link, first=here == at) else at
    return at


def _leads_on(tokens: _Tokens, at: int) -> bool:
    """Whether token `at` can stand in a noun phrase behind a determiner or an adjective."""
    return tokens.noun(at) or bool(tokens.signs[at] & _LEAD)


def _may_be_cause(tokens: _Tokens, at: int, link: str, *, first: bool) -> bool:
    signs = tokens.signs[at]
    if at + 1 < len(tokens) and tokens.gap(at + 1) == " " and tokens.signs[at + 1] & _KEPT and not signs & _HIT:
        return tokens.signs[at + 1] & _GATHERING != 0 and tokens.noun(at) and not signs & (_PLACE | _KEPT)
    if signs & _HIT or tokens.words[at].masked[0] == "[":
        return tokens.lower[at][0] != "["
    if not tokens.noun(at) or signs & (_KEPT | _GATHERING | _CALLING):
        return False
    if link in ("tegen", "tégen", "tsjin", "tegn", "against"):
        return not signs & _PHYSICAL
    if signs & _PLACE and link != "van":
        return not first and not tokens.signs[at - 1] & _DETERMINER and tokens.lower[at - 2] not in _DEFINITE
    return not (first and signs & _LEAD)


def _continued(tokens: _Tokens, at: int) -> int:
    """Past what the phrase before `at` goes on with: "van …", "en …", "in …"; `at` when it goes on with nothing."""
    if at + 1 >= len(tokens) or tokens.gap(at) not in _JOINS:
        return at
    signs = tokens.signs[at]
    if signs & _HIT and tokens.gap(at) == " ":
        return at + 1
    if tokens.gap(at) != " " or tokens.gap(at + 1) != " " or not signs & (_LINK | _WEAK_LINK):
        return at
    after = _noun_phrase(tokens, at + 1, tokens.lower[at])
    if after == at + 1:
        return at
    noun = after - 1
    if tokens.hit(noun):
        return after
    if signs & _WEAK_LINK:
        told_where = tokens.capital(noun) or tokens.signs[noun] & (_PLACE | _GATHERING)
        return at if told_where or tokens.lower[at] in ("op", "naar") else after
    if tokens.signs[noun] & (_GATHERING | _HEAD | _CROWD) or tokens.capital(noun):
        return at
    return after


def _named(tokens: _Tokens) -> list[_Span]:
    """Groups that no list knows: "actiegroep Rood Haren", "het comité van bewoners", "de betoging van …"."""
    spans = []
    for at in tokens.hot:
        signs = tokens.signs[at]
        if signs & _HEAD:
            after = at + 1
            while after < len(tokens) and _goes_on_naming(tokens, after):
                after += 1
            if after + 1 < len(tokens) and tokens.follows(after, "van"):
                noun = _noun_phrase(tokens, after + 1, "van")
                after = noun if noun > after + 1 else after
            first = _head_start(tokens, at)
            if after > at + 1 and not any(tokens.signs[one] & _KEPT for one in range(at, after)):
                spans.append(_Span(first, after, GROUP))
        elif (
            signs & _GATHERING and at + 2 < len(tokens) and tokens.lower[at + 1] == "van" and tokens.gap(at + 1) == " "
        ):
            after = _noun_phrase(tokens, at + 2, "van")
            while after < len(tokens) and after > at + 2 and _goes_on_naming(tokens, after):
                after += 1
            if after > at + 2 and not any(tokens.signs[one] & _NO_AGENT for one in range(at + 2, after)):
                spans.append(_Span(at + 2, after, GROUP))
    return spans


def _held(word: str) -> bool:
    """Whether "van" after this word tells what is held or closed, and not by whom: "de bezetting van het gebouw"."""
    return "bezet" in word or "blok" in word


def _goes_on_naming(tokens: _Tokens, at: int) -> bool:
    plain = tokens.capital(at) and not tokens.signs[at] & (_END | _PLACE | _LINKED | _WEAK_LINK)
    return tokens.gap(at) == " " and plain and tokens.lower[at][0] != "["


def _head_start(tokens: _Tokens, at: int) -> int:
    """The determiner and adjectives before a group: "de Joodse gemeenschap", "een boos comité"."""
    first = at
    while first and tokens.gap(first) == " " and tokens.signs[first - 1] & (_LEAD | _ADJECTIVE | _HIT):
        first -= 1
    return first


def _slogans(tokens: _Tokens) -> list[_Span]:
    """What stands between quotation marks after "met de leus", "onder het motto", "spandoeken met"."""
    if not any(signs & _SLOGAN for signs in tokens.signs):
        return []
    spans = []
    for quote in _QUOTED.finditer(tokens.text):
        inside = [at for at, match in enumerate(tokens.found) if quote.start(1) <= match.start() < quote.end(1)]
        if not inside:
            continue
        before = range(max(0, inside[0] - _SLOGAN_REACH), inside[0])
        says = any(tokens.signs[at] & _SLOGAN for at in before)
        if says and not any(tokens.signs[at] & _KEPT for at in inside):
            spans.append(_Span(inside[0], inside[-1] + 1, CAUSE))
    return spans


def _joined(tokens: _Tokens, spans: list[_Span]) -> list[_Span]:
    """The spans in order, those that touch or that "en" joins made one."""
    joined: list[_Span] = []
    for span in sorted(spans):
        if joined and _touch(tokens, joined[-1], span):
            last = joined[-1]
            joined[-1] = _Span(last.first, max(last.after, span.after), _mask_of(tokens, last, span))
        else:
            joined.append(span)
    return joined


def _mask_of(tokens: _Tokens, last: _Span, span: _Span) -> str:
    if last.mask == span.mask or span.after <= last.after:
        return last.mask
    return GROUP if tokens.signs[span.after - 1] & _HEAD or span.first <= last.first else CAUSE


def _touch(tokens: _Tokens, last: _Span, span: _Span) -> bool:
    if span.first < last.after:
        return True
    if span.first == last.after:
        return tokens.gap(span.first) in _JOINS
    between = range(last.after, span.first)
    return (
        len(between) == 1
        and tokens.lower[last.after] in _AND
        and tokens.gap(last.after) == tokens.gap(span.first) == " "
        and last.mask == span.mask
    )


def _replaced(tokens: _Tokens, spans: list[_Span]) -> str:
    pieces, done, after = [], 0, 0
    inside = iter([*spans, _Span(len(tokens), len(tokens), "")])
    span = next(inside)
    for at in sorted({*(span.first for span in spans), *(at for at in tokens.hot if tokens.signs[at] & _MASKED)}):
        if at < after:
            continue
        while span.first < at:
            span = next(inside)
        mask, after = (span.mask, span.after) if span.first == at else (tokens.words[at].masked, at + 1)
        pieces += [tokens.text[done : tokens.found[at].start()], mask]
        done = tokens.found[after - 1].end()
    return "".join((*pieces, tokens.text[done:]))
