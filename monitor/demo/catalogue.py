"""Stalls -> the text of a sources.toml, so that the sample sources start like any other."""

import json
from collections.abc import Sequence
from datetime import date, timedelta

from monitor.demo.script import Stall

_REVIEW_AFTER = timedelta(days=180)


def _toml(value: object) -> str:
    """`value` as TOML; texts, whole numbers, lists and tables, which is all that options hold."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_toml(part)}" for key, part in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(_toml(part) for part in value) + "]"
    # A JSON text is a TOML text too, and so are whole numbers and true and false.
    return json.dumps(value, ensure_ascii=False)


def _row(stall: Stall, port: int, review_date: date) -> str:
    options = "".join(f"{key} = {_toml(value)}\n" for key, value in stall.options.items())
    return f"""
[[source]]
id = {_toml(stall.id)}
name = {_toml(stall.name)}
publisher = {_toml(stall.publisher)}
kind = {_toml(stall.kind)}
url = {_toml(address_of(stall, port))}
voice = {_toml(stall.voice.value)}
every = "30s"
hosts = [{_toml(stall.host)}]
enabled = true
handling = "openbaar"
{f"[source.options]{chr(10)}{options}" if options else ""}[source.legal]
controller = "Gemeente Groningen (voorbeeld)"
purpose = {_toml(stall.purpose)}
lawful_basis = "AVG art. 6 lid 1 onder e; Gemeentewet art. 172"
dpia_reference = "VOORBEELD-DPIA-1"
personal_data_risk = {_toml(stall.risk)}
retention_days = 30
approved_by_role = "privacyfunctionaris (voorbeeld)"
review_date = {review_date.isoformat()}
"""


def address_of(stall: Stall, port: int) -> str:
    """Where the collectors find the source."""
    return f"http://{stall.host}:{port}{stall.path}"


def catalogue(stalls: Sequence[Stall], port: int, today: date) -> str:
    """A whole sources.toml: every stall with a complete legal record, approved on paper, reviewed half a year on."""
    head = "# Voorbeeldbronnen van 'torenwacht demo': verzonnen berichten op dit apparaat, geen echte uitgevers.\n"
    return head + "".join(_row(stall, port, today + _REVIEW_AFTER) for stall in stalls)
