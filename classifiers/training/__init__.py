"""Measures the reader against a gold set. Not needed to read a text."""
