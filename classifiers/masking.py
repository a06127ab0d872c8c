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
_STOP = re.compile(r"[.!?…\n:;](?!\d)")
_QUOTED = re.compile(r"""["“„«‘']([^"”“»’'\n]{2,90})["”“»’']""")

_REACH = 12
"""Words between a gathering and the "voor" or "tegen" that names its cause."""
_NEAR = {"om": 2, "over": 4, "for": 4}
"""The same for words that mostly tell something else."""
_LONGEST = 12
"""Words of a cause."""
_ONLY_WITH_CAUSE = frozenset({"op", "naar", "met", "zonder"})
"""These go on with a cause only where a word of the table follows: "vriendschap met …", and not "met borden"."""
_SLOGAN_REACH = 4
_JOINS = frozenset({" ", ", ", "/", " / ", " & ", "-"})
_DEFINITE = frozenset({"de", "het", "'t", "t", "the"})
_HOURS = frozenset({"uur", "uren", "u", "minuten"})
_AND = frozenset({"en", "of", "én", "and", "&"})

_HIT = int(Sign.CAUSE | Sign.GROUP)
_MASK_SIGNS = {CAUSE: int(Sign.CAUSE), GROUP: int(Sign.GROUP)}
_CAUSE, _WEAK = int(Sign.CAUSE), int(Sign.WEAK)
_GATHERING, _CALLING, _LINKED, _WANTING = (
    int(Sign.GATHERING), int(Sign.CALLING), int(Sign.LINKED), int(Sign.WANTING),
)  # fmt: skip
_LEAD, _ADJECTIVE, _LINK, _WEAK_LINK = int(Sign.LEAD), int(Sign.ADJECTIVE), int(Sign.LINK), int(Sign.WEAK_LINK)
_FRAME, _END, _PLACE, _PHYSICAL = int(Sign.FRAME), int(Sign.END), int(Sign.PLACE), int(Sign.PHYSICAL)
_KEPT, _HEAD, _CROWD, _SLOGAN = int(Sign.KEPT), int(Sign.HEAD), int(Sign.CROWD), int(Sign.SLOGAN)
_DETERMINER, _PEOPLE, _MASKED = int(Sign.DETERMINER), int(Sign.PEOPLE), int(Sign.MASKED)
_STANDING, _DEMANDING, _SIDE, _PHRASE = (
    int(Sign.STANDING), int(Sign.DEMANDING), int(Sign.SIDE), int(Sign.PHRASE),
)  # fmt: skip
_NO_AGENT = _KEPT | _CROWD | _PLACE
_HOT = _HIT | _STANDING | _SIDE | _PHRASE | _GATHERING | _CALLING | _LINKED | _WANTING | _HEAD | _SLOGAN | _MASKED


class _Span(NamedTuple):
    """Tokens `[first, after)` that one mask replaces."""

    first: int
    after: int
    mask: str
    phrase: bool = False
    """Found by what stands before it, which then tells what it is: a group one stands up for is a cause."""


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

    def near(self, word: int, link: int) -> bool:
        """Whether what stands after token `link` may belong to token `word`, -1 for none, before it."""
        reach = _NEAR.get(self.lower[link], _REACH)
        return 0 <= link - word <= reach and word >= 0 and not self.stop_between(word, link)

    def follows(self, at: int, word: str) -> bool:
        """Whether token `at` is `word`, a space after the one before."""
        return self.lower[at] == word and self.gap(at) == " "

    def stop_between(self, first: int, last: int) -> bool:
        """Whether a sentence ends between the tokens `first` and `last`."""
        return _STOP.search(self.text, self.found[first].end(), self.found[last].start()) is not None

    def hit(self, at: int) -> int:
        """Whether token `at` names a cause or a group in this text."""
        return self.signs[at] & _HIT

    def any_hit(self, at: int) -> bool:
        """Whether a cause or a group is named in the words from token `at` on that can be one phrase."""
        return any(signs & _HIT for signs in self.signs[at : at + _LONGEST])

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
    if not together & _HOT:
        return text
    tokens = _Tokens(text, list(_TOKEN.finditer(text)), words)
    if not gathers:
        tokens.signs = [signs & ~_HIT if signs & _WEAK else signs for signs in tokens.signs]
    spans = _hits(tokens)
    spans += _linked(tokens, gathers=gathers)
    spans += _named(tokens, gathers=gathers)
    if gathers:
        spans += _slogans(tokens)
    return _replaced(tokens, _joined(tokens, spans))


def _hits(tokens: _Tokens) -> list[_Span]:
    """Words and names of causes.toml, each with the words that belong to it."""
    phrases = tables().phrases
    spans: list[_Span] = []
    for at in tokens.hot:
        for words, mask in phrases.get(tokens.lower[at], ()) if tokens.signs[at] & _PHRASE else ():
            after = at + len(words)
            if tuple(tokens.lower[at:after]) == words:
                tokens.signs[at:after] = [_MASK_SIGNS[mask]] * len(words)
                spans.append(_Span(_start(tokens, at), after, mask))
                break
    for at in tokens.hot:
        signs = tokens.signs[at]
        if signs & _HIT and not _means_other(tokens, at):
            first, (after, mask) = _start(tokens, at), _end(tokens, at)
            stood_for = first and tokens.signs[first - 1] & _LINKED and tokens.gap(first) == " "
            framed = any(tokens.signs[one] & _FRAME for one in range(first, at))
            spans.append(_Span(first, after, CAUSE if stood_for or framed else mask))
    return spans


def _means_other(tokens: _Tokens, at: int) -> bool:
    """Whether the word beside token `at` gives it another meaning: "linkse rijbaan", "Ten Boer"."""
    pairs, lower = tables().other_meaning, tokens.lower
    return " ".join(lower[at : at + 2]) in pairs or (at > 0 and " ".join(lower[at - 1 : at + 1]) in pairs)


def _end(tokens: _Tokens, at: int) -> tuple[int, str]:
    """Where the phrase of the hit at `at` ends, and its mask: "Koerdische" + "volk", "Joodse" + "gemeenschap"."""
    mask, after = CAUSE if tokens.signs[at] & _CAUSE else GROUP, at + 1
    while after < len(tokens) and tokens.gap(after) == " " and tokens.signs[after] & (_FRAME | _HEAD | _PEOPLE):
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


def _linked(tokens: _Tokens, *, gathers: bool) -> list[_Span]:
    """What stands after "voor", "tegen", "vanwege" beside a word of gathering, after "eisen", "tegenstanders van".

    A phrase after "voor" or "tegen" that has a word of causes.toml in it goes as a whole, wherever it stands.
    """
    spans: list[_Span] = []
    gathered = stood = -1
    for at in tokens.hot:
        signs = tokens.signs[at]
        sides = signs & _SIDE and at + 2 < len(tokens) and tokens.follows(at + 1, "van")
        if (signs & (_LINKED | _WANTING) or sides) and at + 1 < len(tokens):
            first = at + 2 if sides else at + 1
            calls = (
                sides
                or signs & _WANTING
                or tokens.near(gathered, at)
                or (tokens.near(stood, at) and (gathers or tokens.signs[first] & _DEMANDING))
                or _opens(tokens, at)
            )
            after = _phrase(tokens, first, tokens.lower[first - 1]) if calls or tokens.any_hit(first) else first
            if after > first and (calls or any(tokens.hit(one) for one in range(first, after))):
                spans.append(_Span(first, after, CAUSE, True))
        if signs & (_GATHERING | _CALLING):
            gathered = at
        elif signs & _STANDING:
            stood = at
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
    here = at if at < len(tokens) and tokens.gap(at) == " " else len(tokens)
    while here < len(tokens) and tokens.gap(here) == " ":
        signs = tokens.signs[here]
        last = here + 1 == len(tokens) or tokens.gap(here + 1) != " "
        if not signs & _HIT and signs & (_LEAD | _ADJECTIVE) and not last and _leads_on(tokens, here):
            here += 1
            continue
        if _may_be_cause(tokens, here, link, first=here == at):
            return here + 1
        named = here > at and tokens.signs[here - 1] & _ADJECTIVE and not tokens.signs[here - 1] & _LEAD
        return here if named and not tokens.signs[here] & (_KEPT | _PLACE) else at
    return at


def _leads_on(tokens: _Tokens, at: int) -> bool:
    """Whether the determiner or adjective `at` has its noun still to come."""
    after = tokens.signs[at + 1]
    if after & _DETERMINER and not tokens.signs[at] & _LEAD:
        return False
    return tokens.noun(at + 1) or bool(after & _LEAD)


def _may_be_cause(tokens: _Tokens, at: int, link: str, *, first: bool) -> bool:
    signs = tokens.signs[at]
    if at + 1 < len(tokens) and tokens.gap(at + 1) == " " and tokens.signs[at + 1] & _KEPT and not signs & _HIT:
        return tokens.signs[at + 1] & _GATHERING != 0 and tokens.noun(at) and not signs & (_PLACE | _KEPT)
    if signs & _HIT or tokens.words[at].masked[0] == "[":
        return tokens.lower[at][0] != "["
    hour = at + 1 < len(tokens) and tokens.lower[at + 1] in _HOURS
    if hour or not tokens.noun(at) or signs & (_KEPT | _GATHERING | _CALLING):
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
        told_where = tokens.capital(noun) or tokens.signs[noun] & (_PLACE | _PHYSICAL | _GATHERING)
        return at if told_where or tokens.lower[at] in _ONLY_WITH_CAUSE else after
    if tokens.signs[noun] & (_GATHERING | _HEAD | _CROWD) or tokens.capital(noun):
        return at
    return after


def _named(tokens: _Tokens, *, gathers: bool) -> list[_Span]:
    """Groups that no list knows: "actiegroep Rood Haren", "het comité van bewoners", "de betoging van …"."""
    spans = []
    for at in tokens.hot:
        signs = tokens.signs[at]
        if signs & _HEAD:
            after = at + 1
            while gathers and after < len(tokens) and _goes_on_naming(tokens, after):
                after += 1
            if after + 1 < len(tokens) and tokens.follows(after, "van"):
                noun = _noun_phrase(tokens, after + 1, "van")
                after = noun if noun > after + 1 else after
            first = _head_start(tokens, at)
            if after > at + 1 and not any(tokens.signs[one] & _KEPT for one in range(at, after)):
                spans.append(_Span(first, after, GROUP, True))
        elif (
            signs & _GATHERING and at + 2 < len(tokens) and tokens.lower[at + 1] == "van" and tokens.gap(at + 1) == " "
        ):
            after = _noun_phrase(tokens, at + 2, "van")
            while after < len(tokens) and after > at + 2 and _goes_on_naming(tokens, after):
                after += 1
            if after > at + 2 and not any(tokens.signs[one] & _NO_AGENT for one in range(at + 2, after)):
                spans.append(_Span(at + 2, after, GROUP, True))
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
            spans.append(_Span(inside[0], inside[-1] + 1, CAUSE, True))
    return spans


def _joined(tokens: _Tokens, spans: list[_Span]) -> list[_Span]:
    """The spans in order, those that touch or that "en" joins made one."""
    joined: list[_Span] = []
    for span in sorted(spans):
        if joined and _touch(tokens, joined[-1], span):
            joined[-1] = _one(joined[-1], span)
        else:
            joined.append(span)
    return joined


def _one(last: _Span, span: _Span) -> _Span:
    """Both as one; the phrase tells what it is, and of two alike the one that names a cause."""
    after = max(last.after, span.after)
    if last.phrase != span.phrase:
        return _Span(last.first, after, last.mask if last.phrase else span.mask, phrase=True)
    mask = last.mask if last.phrase or last.mask == span.mask else CAUSE
    return _Span(last.first, after, mask, last.phrase)


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
