"""A social post -> the same without what leads to who wrote it: its id as a keyed hash, its address as its platform."""

import hmac
from dataclasses import replace
from hashlib import sha256

from classifiers import Voice
from monitor.domain import RawItem
from monitor.rules.normalise import canonical


def veiled(raw: RawItem, key: str) -> RawItem:
    """Made before anything is remembered of the post (R12).

    Ids of posts can be guessed one by one, so without the key of the installation a hash would hide nothing.
    """
    known_by = raw.key or raw.url or f"{raw.title}\x1f{raw.text}"
    hidden = hmac.new(key.encode(), f"{raw.source}\x1f{known_by}".encode(), sha256).hexdigest()
    return replace(raw, key=hidden, url=canonical(raw.url, Voice.SOCIAL))
