"""The words of one text as masking sees them, and where a noun phrase in them ends: "het recht op abortus"."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from classifiers.mask_words import Seen, Sign

_STOP = re.compile(r"[.!?…\n:;](?!\d)")
REACH = 12
"""Words between a gathering and the "voor" or "tegen" that names its cause."""
_NEAR = {"om": 2, "over": 4, "for": 4}
"""The same for words that mostly tell something else."""
_LONGEST = 12
"""Words of a cause."""
_ONLY_WITH_CAUSE = frozenset({"op", "naar", "met", "zonder"})
"""These go on with a cause only where a word of the table follows: "vriendschap met …", and not "met borden"."""
JOINS = frozenset({" ", ", ", "/", " / ", " & ", "-"})
_DEFINITE = frozenset({"de", "het", "'t", "t", "the"})
_HOURS = frozenset({"uur", "uren", "u", "minuten"})
HOT = (
    Sign.HIT | Sign.STANDING | Sign.SIDE | Sign.PHRASE | Sign.GATHERING | Sign.CALLING | Sign.LINKED | Sign.WANTING
    | Sign.HEAD | Sign.SLOGAN | Sign.MASKED
)  # fmt: skip
"""Words at which something to mask may begin."""


class Span(NamedTuple):
    """Tokens `[first, after)` that one mask replaces."""

    first: int
    after: int
    mask: str
    phrase: bool = False
    """Found by what stands before it, which then tells what it is: a group one stands up for is a cause."""


class Tokens:
    """The words of one text, judged, with what stands between them."""

    def __init__(self, text: str, found: Sequence[re.Match[str]], words: list[Seen]) -> None:
        self.text, self.found, self.words = text, found, words
        self.signs = [word.signs for word in words]
        self.lower = [word.lower for word in words]
        self.hot = [at for at, signs in enumerate(self.signs) if signs & HOT]
        """The words at which something may begin; most words are none."""

    def __len__(self) -> int:
        return len(self.words)

    def gap(self, at: int) -> str:
        """What stands before token `at`."""
        return self.text[self.found[at - 1].end() : self.found[at].start()] if at else "\n"

    def near(self, word: int, link: int) -> bool:
        """Whether what stands after token `link` may belong to token `word`, -1 for none, before it."""
        reach = _NEAR.get(self.lower[link], REACH)
        return 0 <= link - word <= reach and word >= 0 and not self.stop_between(word, link)

    def follows(self, at: int, word: str) -> bool:
        """Whether token `at` is `word`, a space after the one before."""
        return at < len(self) and self.lower[at] == word and self.gap(at) == " "

    def stop_between(self, first: int, last: int) -> bool:
        """Whether a sentence ends between the tokens `first` and `last`."""
        return _STOP.search(self.text, self.found[first].end(), self.found[last].start()) is not None

    def hit(self, at: int) -> int:
        """Whether token `at` names a cause or a group in this text."""
        return self.signs[at] & Sign.HIT

    def any_hit(self, at: int) -> bool:
        """Whether a cause or a group is named in the words from token `at` on that can be one phrase."""
        return any(signs & Sign.HIT for signs in self.signs[at : at + _LONGEST])

    def digit(self, at: int) -> bool:
        return self.lower[at][:1].isdigit() and not self.lower[at].endswith("jarige")

    def capital(self, at: int) -> bool:
        return self.found[at][0][:1].isupper()

    def noun(self, at: int) -> bool:
        """Whether token `at` may be the noun of a cause."""
        return (
            not self.signs[at] & (Sign.END | Sign.LINK | Sign.LINKED | Sign.WEAK_LINK)
            and not self.digit(at)
            and self.lower[at][0] != "["
        )


def phrase_end(tokens: Tokens, at: int, link: str) -> int:
    """Where the noun phrase ends that begins at `at`; `at` itself when it names no cause."""
    after = noun_phrase(tokens, at, link)
    while after > at and after - at < _LONGEST:
        longer = _continued(tokens, after)
        if longer == after:
            break
        after = longer
    return after


def noun_phrase(tokens: Tokens, at: int, link: str) -> int:
    """Past the noun of the phrase that begins at `at`; `at` when there is none that can be a cause."""
    here = at if at < len(tokens) and tokens.gap(at) == " " else len(tokens)
    while here < len(tokens) and tokens.gap(here) == " ":
        signs = tokens.signs[here]
        last = here + 1 == len(tokens) or tokens.gap(here + 1) != " "
        if not signs & Sign.HIT and signs & (Sign.LEAD | Sign.ADJECTIVE) and not last and _leads_on(tokens, here):
            here += 1
            continue
        if _may_be_cause(tokens, here, link, first=here == at):
            return here + 1
        named = here > at and tokens.signs[here - 1] & Sign.ADJECTIVE and not tokens.signs[here - 1] & Sign.LEAD
        return here if named and not tokens.signs[here] & (Sign.KEPT | Sign.PLACE) else at
    return at


def _leads_on(tokens: Tokens, at: int) -> bool:
    """Whether the determiner or adjective `at` has its noun still to come."""
    after = tokens.signs[at + 1]
    if after & Sign.DETERMINER and not tokens.signs[at] & Sign.LEAD:
        return False
    return tokens.noun(at + 1) or bool(after & Sign.LEAD)


def _may_be_cause(tokens: Tokens, at: int, link: str, *, first: bool) -> bool:
    signs = tokens.signs[at]
    if at + 1 < len(tokens) and tokens.gap(at + 1) == " " and tokens.signs[at + 1] & Sign.KEPT and not signs & Sign.HIT:
        return tokens.signs[at + 1] & Sign.GATHERING != 0 and tokens.noun(at) and not signs & (Sign.PLACE | Sign.KEPT)
    if signs & Sign.HIT or tokens.words[at].masked[0] == "[":
        return tokens.lower[at][0] != "["
    hour = at + 1 < len(tokens) and tokens.lower[at + 1] in _HOURS
    if hour or not tokens.noun(at) or signs & (Sign.KEPT | Sign.GATHERING | Sign.CALLING):
        return False
    if link in ("tegen", "tégen", "tsjin", "tegn", "against"):
        return not signs & Sign.PHYSICAL
    if signs & Sign.PLACE and link != "van":
        return not first and not tokens.signs[at - 1] & Sign.DETERMINER and tokens.lower[at - 2] not in _DEFINITE
    return not (first and signs & Sign.LEAD)


def _continued(tokens: Tokens, at: int) -> int:
    """Past what the phrase before `at` goes on with: "van …", "en …", "in …"; `at` when it goes on with nothing."""
    if at + 1 >= len(tokens) or tokens.gap(at) not in JOINS:
        return at
    signs = tokens.signs[at]
    if signs & Sign.HIT and tokens.gap(at) == " ":
        return at + 1
    if tokens.gap(at) != " " or tokens.gap(at + 1) != " " or not signs & (Sign.LINK | Sign.WEAK_LINK):
        return at
    after = noun_phrase(tokens, at + 1, tokens.lower[at])
    if after == at + 1:
        return at
    noun = after - 1
    if tokens.hit(noun):
        return after
    if signs & Sign.WEAK_LINK:
        told_where = tokens.capital(noun) or tokens.signs[noun] & (Sign.PLACE | Sign.PHYSICAL | Sign.GATHERING)
        return at if told_where or tokens.lower[at] in _ONLY_WITH_CAUSE else after
    if tokens.signs[noun] & (Sign.GATHERING | Sign.HEAD | Sign.CROWD) or tokens.capital(noun):
        return at
    return after
