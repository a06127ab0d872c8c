"""PlainItem -> CleanItem: the only maker of CleanItem. What cannot be redacted does not pass."""

import re
from collections import Counter
from urllib.parse import unquote, urlsplit, urlunsplit

from classifiers import Finding, PersonalKind, Reader, Voice
from monitor.domain import CleanItem, PlainItem

_WORD = re.compile(r"[^\W\d_]{3,}")


def _found_words(item: PlainItem, findings: tuple[Finding, ...]) -> set[str]:
    """The words of every name, account and address that was found, for a moment and in memory only."""
    full = f"{item.title}\n{item.text}"
    named = (PersonalKind.PERSON, PersonalKind.HANDLE, PersonalKind.EMAIL)
    return {w.casefold() for f in findings if f.kind in named for w in _WORD.findall(full[f.start : f.end])}


_SQUEEZED_AT_LEAST = 5
"""Signs; a shorter number stands in many an address by chance."""


def _found_signs(item: PlainItem, findings: tuple[Finding, ...]) -> set[str]:
    """Everything that was found, without what sites leave out of an address: `06-1234 5678` -> `0612345678`."""
    full = f"{item.title}\n{item.text}"
    squeezed = {_squeezed(full[f.start : f.end]) for f in findings}
    return {signs for signs in squeezed if len(signs) >= _SQUEEZED_AT_LEAST}


def _squeezed(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign.isalnum())


_OF_SOMEONE = re.compile(r"/(auteurs?|authors?|profiel|profiles?|users?|u|personen|@[^/]*)(/|$)", re.I)
"""Parts of an address behind which a site keeps a person's page."""


def _clean_url(url: str, found: set[str], signs: set[str], reader: Reader) -> str:
    """`url`, or only its site when the rest names someone: a word that was taken out of the text, a number, a page."""
    if not url:
        return ""
    parts = urlsplit(url)
    rest = unquote(f"{parts.path} {parts.query}")
    spaced = re.sub(r"[/=&?+]", " ", rest)
    words = {w.casefold() for w in _WORD.findall(rest)}
    shapes = reader.redact(url, spaced, voice=Voice.NEWS).findings
    told = any(finding.kind is not PersonalKind.PERSON for finding in shapes)
    repeats = words & found or any(known in _squeezed(rest) for known in signs)
    if told or repeats or _OF_SOMEONE.search(parts.path):
        return urlunsplit((parts.scheme, parts.netloc, "/", "", ""))
    return url


def redact(item: PlainItem, reader: Reader) -> CleanItem:
    """The item without personal data, and how many pieces of each kind were taken out."""
    clean = reader.redact(item.title, item.text, voice=item.voice)
    counts = Counter(finding.kind for finding in clean.findings)
    return CleanItem(
        source=item.source,
        fingerprint=item.fingerprint,
        entry=item.entry,
        title=clean.title,
        text=clean.text,
        url=_clean_url(item.url, _found_words(item, clean.findings), _found_signs(item, clean.findings), reader),
        published=item.published,
        told=item.told,
        handling=item.handling,
        voice=item.voice,
        redactions=tuple(sorted(counts.items())),
    )
