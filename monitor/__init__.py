"""Torenwacht: watches events and phenomena in open sources for a municipality; never persons or opinions."""

__version__ = "0.1.0"
