"""A place in a text -> the words around it, as they stand beside a find (R22)."""

from collections.abc import Sequence

SHOWN = 120
"""Most characters of the words that are kept with a find."""
_DOTS = 2
"""Characters of a mark that something was left out, with its space."""

Span = tuple[int, int]


def quote(text: str, start: int, end: int, sentences: Sequence[Span]) -> str:
    """The sentence around a place, or so much of it as fits, cut between words.

    `sentences` and the place are half-open offsets in `text`. Empty when the place is: then no words show it.
    """
    if start == end:
        return ""
    first = max((s for s, _ in sentences if s <= start), default=0)
    last = min((e for _, e in sentences if e >= end), default=len(text))
    if last - first <= SHOWN:
        return " ".join(text[first:last].split())
    spare = max(SHOWN - 2 * _DOTS - (end - start), 0)
    left = max(first, start - spare // 2)
    right = min(last, left + SHOWN - 2 * _DOTS)
    left = max(first, min(left, right - SHOWN + 2 * _DOTS))
    while first < left < right and not text[left - 1].isspace():
        left += 1
    while right < last and right > left and not text[right].isspace():
        right -= 1
    before, after = ("… " if left > first else ""), (" …" if right < last else "")
    return before + " ".join(text[left:right].split()) + after
