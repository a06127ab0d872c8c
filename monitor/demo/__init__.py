"""PLAY. A loopback site of sample sources, its invented items and its catalogue; only cli.py opens it."""

from monitor.demo.script import Piece, Planted, Stall
from monitor.demo.site import Request, Site, open_site

__all__ = ["Piece", "Planted", "Request", "Site", "Stall", "open_site"]
