"""Words of a post -> names without a capital: a given name that is no word, or any after a call ("app merel")."""

from collections.abc import Iterator, Sequence

from classifiers.lexicon import ADDRESSED, PLAIN_PARTICLES, Lexicon, bare_name
from classifiers.name_rules import MOST_PARTICLES, SHORT, Run
from classifiers.words import Word

ASKING = frozenset({"vraag", "vragen", "vraagt"})


class SmallLetters:
    """Judges words that nobody gave a capital, as in a post."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon

    def persons(self, words: Sequence[Word]) -> Iterator[Run]:
        """Names as in a post, without a capital: a given name that is no word, or any after a call ("app merel")."""
        lex = self.lexicon
        at = 0
        while at < len(words):
            word = words[at]
            before = words[at - 1].lower if at and words[at].gap.strip(" ,:;❤️") == "" else ""
            if before in ("van", "aan") and at > 1 and words[at - 2].lower in lex.calls:
                before = words[at - 2].lower  # "groetjes van"
            parts = bare_name(word.lower).split("-")
            stop = at + 1
            if (
                not word.known
                and word.lower not in lex.calls
                and all(p in lex.given_lower and len(p) > SHORT for p in parts)
            ):
                is_word = word.lower in lex.ordinary or word.lower in lex.entities
                if (not is_word and not word.capital) or before in lex.calls or before in lex.honorifics:
                    stop = self._surname(words, stop)
                    first = at - 1 if before in lex.kin else at
                    yield Run(first, stop, sure=True)
            elif self._is_called(words, at, before):
                stop = self._surname(words, stop)
                yield Run(at, stop, sure=True)
            elif before in ADDRESSED and word.text.title() in lex.surnames:
                yield Run(at, stop, sure=True)  # "meneer bruin"
            at = stop

    def _is_called(self, words: Sequence[Word], at: int, before: str) -> bool:
        """Whether a word that no list knows is who should be called: "app zwoebel", "vraag maar naar zwoebel"."""
        word, lex = words[at], self.lexicon
        asked = before in lex.contacts or (
            before == "naar" and any(w.lower in ASKING for w in words[max(at - 3, 0) : at])
        )
        if not asked or word.known or len(word.text) <= SHORT or lex.stands_for_a_thing(word.text):
            return False
        return not lex.is_ordinary(bare_name(word.lower)) and word.lower not in lex.english

    def _surname(self, words: Sequence[Word], stop: int) -> int:
        look = stop
        while (
            look < len(words)
            and look - stop < MOST_PARTICLES
            and words[look].lower in PLAIN_PARTICLES
            and words[look].gap == " "
        ):
            look += 1
        if look == len(words) or words[look].gap != " ":
            return stop
        word, lex = words[look], self.lexicon
        doubled = words[look - 1].lower in ("der", "den", "ter") and look > stop
        if doubled and len(word.text) > SHORT and not word.known:
            return look + 1  # "kees van der wal"
        if word.known and word.text.title() not in lex.surnames:
            return stop
        compound = word.lower not in lex.ordinary and word.lower.endswith(lex.surname_tails)
        ordinary = (lex.is_ordinary(word.lower) and not compound) or lex.stands_for_a_thing(word.text)
        if (word.text.title() in lex.surnames and (look > stop or not ordinary)) or not (
            ordinary or len(word.text) <= SHORT + 1
        ):
            return look + 1
        return stop
