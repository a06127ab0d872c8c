"""What the tests made the house log, and whether it tells of anyone: nothing that a test invents may stand there."""

import io
import re
from typing import ClassVar

from tests.planted import LAST, handed_out

EARLIER = (
    *("Anneke", "Hilbrand", "06-12345678", "06 12345678", "hilbrand@voorbeeld.example", "@hilbrand_o"),
    *("GB-001-X", "RX-418-B", "999990019", "NL18ABNA0484869868", "3 maart 1988", "Sluiskade 17"),
)
"""Invented people and numbers of tests that plant their own."""
_NAMES = re.compile("|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in (*LAST, *EARLIER)))


class Overheard(io.StringIO):
    """A stream for the log of a test; all that was made are looked through when the test is over."""

    made: ClassVar[list["Overheard"]] = []

    def __init__(self) -> None:
        super().__init__()
        self.made.append(self)


def told_of(text: str) -> list[str]:
    """Everything in `text` that some test planted; empty for a log as it should be."""
    if not text:
        return []
    return sorted({*_NAMES.findall(text), *(words for words in handed_out() if words in text)})


def logged() -> str:
    """All that was logged since this was asked before."""
    text = "".join(stream.getvalue() for stream in Overheard.made if not stream.closed)
    Overheard.made.clear()
    return text
