"""Rows of sources.toml as text, every key filled in, the interesting one named."""

from pathlib import Path

import pytest

from monitor.collect.sources import read_sources
from monitor.domain import Source
from monitor.errors import ConfigError

ROW = {
    "id": '"stadsblad"',
    "name": '"Stadsblad"',
    "publisher": '"Stadsblad BV"',
    "kind": '"feed"',
    "url": '"https://www.stadsblad.example/feed"',
    "voice": '"nieuws"',
    "every": '"15m"',
}
LEGAL = {
    "controller": '"Burgemeester"',
    "purpose": '"Openbare orde"',
    "lawful_basis": '"Gemeentewet art. 172"',
    "dpia_reference": '"DPIA 1"',
    "personal_data_risk": '"midden"',
    "retention_days": "30",
    "approved_by_role": '"privacyfunctionaris"',
    "review_date": "2027-11-01",
}


def a_row(row: dict[str, str | None] | None = None, legal: dict[str, str | None] | None = None) -> str:
    """One [[source]] as text; None takes a key out."""
    lines = [f"{key} = {value}" for key, value in {**ROW, **(row or {})}.items() if value is not None]
    lines += ["[source.legal]"]
    lines += [f"{key} = {value}" for key, value in {**LEGAL, **(legal or {})}.items() if value is not None]
    return "\n".join(["[[source]]", *lines, ""])


def sources_in(text: str, folder: Path) -> tuple[Source, ...]:
    file = folder / "sources.toml"
    file.write_text(text, encoding="utf-8")
    return read_sources(file)


def fault_in(text: str, folder: Path) -> ConfigError:
    with pytest.raises(ConfigError) as raised:
        sources_in(text, folder)
    return raised.value
