"""FETCH: Source -> RawItems. Knows the network and the formats; knows no database."""

from monitor.collect.fetch import Fetcher, open_fetcher
from monitor.collect.kinds import KINDS, Kind, parse
from monitor.collect.options import Option

__all__ = ["KINDS", "Fetcher", "Kind", "Option", "open_fetcher", "parse"]
