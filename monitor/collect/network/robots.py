"""robots.txt -> what a host lets us fetch (RFC 9309). Own matcher: urllib.robotparser lacks `*`, `$`, longest match."""

import re
from dataclasses import dataclass
from urllib.parse import quote

TOKEN = "torenwacht"  # noqa: S105 - a product token (RFC 9309), not a secret
"""The product token by which robots.txt may speak to us, in lower case."""

READ_AT_MOST = 512 * 1024
"""Bytes; RFC 9309 §2.5 asks for at least 500 KiB."""

_END_OF_LINE = re.compile(r"\r\n|\r|\n")
"""Not splitlines(): that also cuts at characters that may stand in a path (RFC 9309 §2.2)."""

_LINE = re.compile(r"\s*([A-Za-z-]+)\s*:\s*([^#]*)")
_PRODUCT = re.compile(r"[A-Za-z_-]+|\*")
_ESCAPED = re.compile(r"%([0-9A-Fa-f]{2})")
SLOWEST = 60.0
"""Seconds; a Crawl-delay above this would keep the other sources of a host waiting."""


def _spelled(text: str) -> str:
    """One spelling per address: only what must be escaped is, with capitals (RFC 9309 §2.2.2)."""

    def unreserved(match: "re.Match[str]") -> str:
        character = chr(int(match[1], 16))
        return character if character.isascii() and (character.isalnum() or character in "-._~") else match[0].upper()

    return _ESCAPED.sub(unreserved, quote(text, safe="/?&=%*$:@!'()+,;[]~#"))


def path_of(path: str) -> str:
    """A path with its query, as patterns are matched against it: what is special in a pattern is plain in a path."""
    return _spelled(path or "/").replace("*", "%2A").replace("$", "%24")


def pattern_of(text: str) -> str:
    """A pattern in one spelling. `$` is special at the end only."""
    body = _spelled(text)
    end = "$" if body.endswith("$") else ""
    return body.removesuffix("$").replace("$", "%24") + end


def _matches(pattern: str, path: str) -> bool:
    """Whether `pattern`, with `*` for anything and `$` for the end, matches from the start. Never backtracks."""
    whole = pattern.endswith("$")
    head, *rest = pattern.removesuffix("$").split("*")
    if not path.startswith(head):
        return False
    at = len(head)
    for number, part in enumerate(rest, start=1):
        if whole and number == len(rest):
            return path.endswith(part) and len(path) - len(part) >= at
        found = path.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    return not whole or at == len(path)


@dataclass(frozen=True, slots=True)
class Rules:
    """What one robots.txt says to us."""

    patterns: tuple[tuple[str, bool], ...] = ()
    """Each pattern, and whether it allows."""
    delay: float = 0.0
    """Seconds between two requests (Crawl-delay, no part of the RFC but honoured); at most a minute."""

    def allow(self, path: str) -> bool:
        """Whether `path`, with its query, may be fetched: the longest match counts, and allow wins a tie."""
        if not self.patterns:
            return True
        wanted = path_of(path)
        found = [(len(pattern), allows) for pattern, allows in self.patterns if _matches(pattern, wanted)]
        return max(found)[1] if found else True


ALLOW_ALL = Rules()


def rules_of(text: str) -> Rules:
    """The rules for TOKEN, from all groups that name it; else those for `*`; else everything is allowed."""
    patterns: dict[str, list[tuple[str, bool]]] = {TOKEN: [], "*": []}
    delays: dict[str, float] = {}
    named: set[str] = set()
    group: set[str] = set()
    heading = False
    for line in _END_OF_LINE.split(text.removeprefix("\ufeff")):
        match = _LINE.match(line)
        if not match:
            continue
        key, value = match[1].lower(), match[2].strip()
        if key == "user-agent":
            if not heading:
                group = set()
            heading = True
            product = _PRODUCT.match(value)
            if product:
                group.add(product[0].lower())
                named.add(product[0].lower())
            continue
        if key not in ("allow", "disallow", "crawl-delay"):
            continue  # such as Sitemap, which stands outside the groups (§2.2.4)
        heading = False
        for agent in group & patterns.keys():
            if key == "crawl-delay":
                delays[agent] = _seconds(value)
            elif value:
                patterns[agent].append((pattern_of(value), key == "allow"))
    agent = TOKEN if TOKEN in named else "*"
    return Rules(tuple(patterns[agent]), delays.get(agent, 0.0))


def _seconds(value: str) -> float:
    return min(float(value), SLOWEST) if re.fullmatch(r"\d{1,6}(\.\d{1,6})?", value) else 0.0
