"""Packed bytes of an answer -> plain bytes, counted while they come, so that a zip bomb never unfolds."""

import zlib
from collections.abc import Iterator

GZIP = ("gzip", "x-gzip")
PACKINGS = (*GZIP, "deflate")
STEP = 1_000_000
"""Bytes that are unpacked in one go: some milliseconds."""
_EITHER = 32 + zlib.MAX_WBITS
"""zlib's sign for: gzip or zlib, look at the header."""

_MEMBER = b"\x1f\x8b"


class TooLarge(Exception):
    """The unpacked body is larger than agreed."""


class BadPacking(Exception):
    """The body is not packed as its header says, or ends half-way."""


class Unpacker:
    """Collects one body."""

    def __init__(self, packing: str, limit: int, *, leave: bool = False) -> None:
        """`packing` is the Content-Encoding; `limit` counts unpacked bytes, or with `leave` those of a gzip as it came.

        Raises BadPacking for a packing that we never ask for.
        """
        names = [name for name in (part.strip().lower() for part in packing.split(",")) if name not in ("", "identity")]
        if len(names) > 1 or any(name not in (GZIP if leave else PACKINGS) for name in names):
            raise BadPacking("unknown content encoding")
        self._zip = zlib.decompressobj(_EITHER) if names and not leave else None
        self._raw_deflate = names == ["deflate"]
        self._limit, self._size, self._parts = limit, 0, list[bytes]()
        self._fed = False

    def feed(self, chunk: bytes) -> Iterator[None]:
        """Takes the next bytes from the wire, in steps: between two of them others may be given the floor.

        Raises TooLarge or BadPacking.
        """
        if self._zip is None:
            self._take(chunk)
            return
        more = False
        while chunk or more:
            if self._zip.eof:
                if not chunk.startswith(_MEMBER):
                    return  # padding behind the stream, which every reader leaves alone
                self._zip = zlib.decompressobj(_EITHER)  # gzip may consist of several members, one after the other
            opened = self._opened(chunk)
            self._take(opened)
            chunk = self._zip.unconsumed_tail or self._zip.unused_data
            more = len(opened) == STEP  # zlib may hold back what did not fit
            if more:
                yield

    def body(self) -> bytes:
        """All of it. Raises BadPacking when the packed stream was cut off."""
        if self._zip is not None and self._fed and not self._zip.eof:
            raise BadPacking("packed stream is cut off")
        return self.so_far()

    def so_far(self) -> bytes:
        """What was unpacked, up to the limit; for robots.txt, of which the beginning counts."""
        return b"".join(self._parts)

    def _opened(self, chunk: bytes) -> bytes:
        assert self._zip is not None  # noqa: S101 - for the type checker; feed() has just looked
        room = min(self._limit - self._size + 1, STEP)
        try:
            opened = self._zip.decompress(chunk, room)
        except zlib.error as error:
            if self._fed or not self._raw_deflate:
                raise BadPacking("not packed as its header says") from error
            self._zip = zlib.decompressobj(-zlib.MAX_WBITS)  # some servers call a bare deflate stream "deflate"
            try:
                opened = self._zip.decompress(chunk, room)
            except zlib.error as again:
                raise BadPacking("not packed as its header says") from again
        self._fed = True
        return opened

    def _take(self, part: bytes) -> None:
        room = self._limit - self._size
        self._parts.append(part[:room])
        self._size += len(part)
        if self._size > self._limit:
            raise TooLarge
