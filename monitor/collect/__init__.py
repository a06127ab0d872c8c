"""FETCH: Source -> RawItems. Knows the network and the formats; knows no database."""

from monitor.collect.fetch import Fetcher, open_fetcher
from monitor.collect.gather import Cell, Fetch, Gathered, gather, in_thread
from monitor.collect.kinds import KINDS, Kind, parse
from monitor.collect.options import Option

__all__ = [
    "KINDS",
    "Cell",
    "Fetch",
    "Fetcher",
    "Gathered",
    "Kind",
    "Option",
    "gather",
    "in_thread",
    "open_fetcher",
    "parse",
]
