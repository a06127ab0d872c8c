"""What a channel is given to open with, besides its row."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import aiohttp

from alerts.message import Channel
from alerts.options import Options


@dataclass(frozen=True, slots=True)
class Means:
    """What all channels share; it stays the caller's."""

    http: aiohttp.ClientSession
    """Open as long as the channels are used."""
    clock: Callable[[], datetime]
    """Gives the present moment, aware."""


Opener = Callable[[Options, Means], Channel]
"""Checks the options of one row, and opens its channel. Raises ChannelConfigError."""
