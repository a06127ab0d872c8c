"""Dutch numbers, in digits and in words -> int."""

import re

_ONES = {
    "een": 1,
    "twee": 2,
    "drie": 3,
    "vier": 4,
    "vijf": 5,
    "zes": 6,
    "zeven": 7,
    "acht": 8,
    "negen": 9,
    "tien": 10,
    "elf": 11,
    "twaalf": 12,
    "dertien": 13,
    "veertien": 14,
    "vijftien": 15,
    "zestien": 16,
    "zeventien": 17,
    "achttien": 18,
    "negentien": 19,
}
_TENS = {
    "twintig": 20,
    "dertig": 30,
    "veertig": 40,
    "vijftig": 50,
    "zestig": 60,
    "zeventig": 70,
    "tachtig": 80,
    "negentig": 90,
}


def _below_hundred() -> dict[str, int]:
    words = dict(_ONES) | dict(_TENS)
    for one in list(_ONES)[:9]:
        for ten, value in _TENS.items():
            words[f"{one}en{ten}"] = _ONES[one] + value
    return words


def _with_dots(word: str) -> str:
    """ "tweeëntwintig", as the spelling wants it."""
    return re.sub(r"(?<=twee|drie)en", "ën", word)


_SMALL = _below_hundred()
_UNEVEN = {1: "eerste", 3: "derde", 8: "achtste"}
_LAST_DAY = 31
ORDINALS = {
    spelled: value
    for word, value in _SMALL.items()
    if value <= _LAST_DAY
    for ordinal in (_UNEVEN.get(value, word + ("de" if value < _TENS["twintig"] else "ste")),)
    for spelled in {ordinal, _with_dots(ordinal)}
}
"""The days of a month in words: "eerste" to "eenendertigste"."""
CARDINALS = {
    spelled: value for word, value in _SMALL.items() if 1 < value <= _LAST_DAY for spelled in {word, _with_dots(word)}
} | {"één": 1}
"""The same as numbers, "één" to "eenendertig"; "een" without its accents is an article."""
_PARTS = sorted({*_ONES, *_TENS, "honderd", "duizend", "anderhalf", "half", "en"}, key=len, reverse=True)
_PLAIN = str.maketrans("ëéèï", "eeei")

WORD = r"(?:(?:" + "|".join(part.replace("e", "[eëé]") for part in _PARTS) + r")+)"
"""Matches lower-case number words, and some words that are none: `number_of` decides."""
DIGITS = r"(?:\d{1,3}(?:[. ]\d{3})+|\d+)"
"""Digits, with or without a dot or space between thousands."""

_TOO_LONG = 10
"""Digits. A telephone number counts nothing."""
_GROUPED = re.compile(r"[. ](?<=\d.)(?=\d{3}(?!\d))")


def number_of(written: str) -> int | None:
    """The whole number that `written` stands for, in digits or lower-case words; None when it is no number."""
    text = _GROUPED.sub("", written.strip())
    if text.isdecimal():
        return int(text) if len(text) < _TOO_LONG else None
    return _of_words(text.translate(_PLAIN).replace(" ", ""))


def _of_words(text: str) -> int | None:
    if text in _SMALL:
        return _SMALL[text]
    for power, factor in (("duizend", 1000), ("honderd", 100)):
        head, found, tail = text.partition(power)
        if not found:
            continue
        times = _times(head)
        rest = _of_words(tail.removeprefix("en")) if tail else 0
        return None if times is None or rest is None else int(times * factor) + rest
    return None


def _times(head: str) -> float | None:
    """What stands before "honderd" or "duizend": "twee", "anderhalf", "drieenhalf" or nothing."""
    if not head:
        return 1
    if head == "anderhalf":
        return 1.5
    if head.endswith("enhalf"):
        whole = _of_words(head.removesuffix("enhalf"))
        return None if whole is None else whole + 0.5
    return _of_words(head)
