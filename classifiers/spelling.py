"""A word that is no word -> the key word that it was meant to be, one letter away."""

from collections.abc import Callable, Iterable, Iterator

LEAST = 7
"""Letters of a word that is looked at: shorter ones are too near to each other."""
MOST_REMEMBERED = 50_000


class KeyWords:
    """Words that matter, and how they are mistyped. Only remembers, so threads may share it."""

    def __init__(self, words: Iterable[str], is_word: Callable[[str], bool]) -> None:
        """`is_word` tells of a lower-case word whether it exists: what exists is not corrected."""
        self._words = frozenset(word for word in words if len(word) >= LEAST and word.isalpha())
        self._shortened: dict[str, str] = {}
        for word in sorted(self._words):
            for short in _one_less(word):
                self._shortened.setdefault(short, word)
        self._is_word = is_word
        self._known: dict[str, str] = {}

    def meant(self, word: str) -> str:
        """The key word that `word`, in lower case, differs one letter from, or `word` itself."""
        if len(word) < LEAST - 1 or word in self._words:
            return word
        known = self._known.get(word)
        if known is None:
            if len(self._known) > MOST_REMEMBERED:
                self._known.clear()
            known = self._known[word] = self._look_up(word)
        return known

    def _look_up(self, word: str) -> str:
        if not word.isalpha() or self._is_word(word):
            return word
        missing = self._shortened.get(word)
        if missing is not None:
            return missing
        shorter = list(_one_less(word))
        for short in shorter:  # a letter too many
            if short in self._words:
                return short
        for short in shorter:  # another letter, or two that changed places
            near = self._shortened.get(short)
            if near is not None and len(near) == len(word) and _is_near(word, near):
                return near
        return word


def _one_less(word: str) -> Iterator[str]:
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]


def _is_near(word: str, other: str) -> bool:
    """One letter replaced, or two neighbours exchanged; the first letter is seldom wrong."""
    at = [i for i, (a, b) in enumerate(zip(word, other, strict=True)) if a != b]
    if not at or at[0] == 0:
        return False
    return len(at) == 1 or (len(at) == 2 and at[1] == at[0] + 1 and word[at[0]] == other[at[1]])  # noqa: PLR2004 two letters
