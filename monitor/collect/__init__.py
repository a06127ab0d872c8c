"""FETCH: Source -> RawItems. Knows the network and the formats; knows no database."""

from monitor.collect.cell import open_cell
from monitor.collect.gather import Cell, Fetch, Gathered, article, gather, in_thread
from monitor.collect.kinds import KINDS, parse
from monitor.collect.network.fetch import Fetcher, open_fetcher

__all__ = [
    "KINDS",
    "Cell",
    "Fetch",
    "Fetcher",
    "Gathered",
    "article",
    "gather",
    "in_thread",
    "open_cell",
    "open_fetcher",
    "parse",
]
