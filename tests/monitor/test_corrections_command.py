"""`torenwacht corrections`: a file for someone to review."""

from pathlib import Path

import pytest

from monitor.cli import main


def test_corrections_are_written_and_the_operator_is_told_that_nothing_learns_from_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "corrections.jsonl"

    assert main(["corrections", "--out", str(file)], {"TORENWACHT_DATA": str(tmp_path / "data")}) == 0

    assert file.read_text(encoding="utf-8") == ""
    assert "leert hier niet vanzelf van" in capsys.readouterr().out


def test_a_file_that_cannot_be_written_is_told_with_the_way_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "geen" / "map" / "corrections.jsonl"

    assert main(["corrections", "--out", str(file)], {"TORENWACHT_DATA": str(tmp_path / "data")}) == 2

    assert "Kies een map die bestaat" in capsys.readouterr().err
