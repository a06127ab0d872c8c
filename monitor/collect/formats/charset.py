"""Bytes of an answer -> text, also when the declared character set is wrong, as with feeds it often is."""

import codecs
import re

from monitor.domain import Fetched

_DECLARED = re.compile(rb"""(?:encoding|charset)\s*=\s*(?:["']\s*)?([A-Za-z0-9._:-]{2,40})""", re.I)
_HEADER = re.compile(r"""charset\s*=\s*(?:["']\s*)?([A-Za-z0-9._:-]{2,40})""", re.I)
_LOOK_IN = 1024
"""Bytes: where XML and HTML declare their character set."""

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_WESTERN = {"utf-8", "ascii", "iso8859-1", "iso8859-15", "cp1252"}


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    """Reads the bytes that are no UTF-8 as Windows-1252: an é of an old system, in the midst of good UTF-8."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error("torenwacht-windows", _as_windows)


def _codec(name: str) -> str | None:
    """Python's name of a character set; None for one that is unknown or no text."""
    try:
        found = codecs.lookup(name)
        "".encode(found.name)
    except (LookupError, ValueError):
        return None
    return found.name


def text_of(fetched: Fetched) -> str:
    """The body as text, without byte order mark. Never raises: what fits no character set becomes U+FFFD.

    What reads as UTF-8 is UTF-8, whatever was declared: no other text does by chance. After that the declared set
    counts, of the header before that of the document; bytes that claim to be UTF-8 and are not, are Windows-1252.
    """
    body = fetched.body
    for mark, encoding in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(encoding, "replace")
    if body[1:2] == b"\0" or body[:1] == b"\0":
        return body.decode("utf-16-le" if body[1:2] == b"\0" else "utf-16-be", "replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        pass
    header, document = _HEADER.search(fetched.content_type), _DECLARED.search(body[:_LOOK_IN])
    names = [header[1] if header else "", document[1].decode("ascii") if document else ""]
    declared = next((codec for name in names if name and (codec := _codec(name))), "utf-8")
    if declared in _WESTERN or declared.startswith("utf"):
        return body.decode("utf-8", "torenwacht-windows")
    try:
        return body.decode(declared, "replace")
    except UnicodeError:  # such as idna, which is for names of hosts and knows no replacing
        return body.decode("cp1252", "replace")


def utf8_of(fetched: Fetched) -> bytes:
    """`text_of` in UTF-8: for most sources the body as it came, at the price of looking through it once."""
    body = fetched.body
    if body.startswith(codecs.BOM_UTF8):
        body = body[len(codecs.BOM_UTF8) :]
    elif body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\0" in body[:2]:
        return text_of(fetched).encode("utf-8", "replace")
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return text_of(fetched).encode("utf-8", "replace")
    return body
