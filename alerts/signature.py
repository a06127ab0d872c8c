"""Who sent these bytes, and when: an HMAC-SHA256 by the Standard Webhooks specification (decision 0027)."""

import binascii
from base64 import b64decode, b64encode
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from hmac import digest

PREFIX = "whsec_"
"""How the specification writes a secret: this, and then base64."""
_BYTES = range(24, 65)


def key_of(secret: str) -> bytes:
    """The key that a secret stands for. Raises ValueError when it is not base64 of 24 to 64 bytes."""
    try:
        key = b64decode(secret.removeprefix(PREFIX), validate=True)
    except binascii.Error as error:
        raise ValueError("not base64") from error
    if len(key) not in _BYTES:
        raise ValueError("too short or too long")
    return key


def signed(body: bytes, key: bytes, *, id: str, at: datetime) -> Mapping[str, str]:
    """The headers by which a receiver knows that these exact bytes are ours and not a replay.

    `at` is the moment of this attempt: a receiver refuses what is minutes old.
    """
    timestamp = str(int(at.timestamp()))
    found = digest(key, f"{id}.{timestamp}.".encode() + body, sha256)
    return {
        "webhook-id": id,
        "webhook-timestamp": timestamp,
        "webhook-signature": f"v1,{b64encode(found).decode()}",
    }
