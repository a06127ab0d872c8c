"""The log holds ids, codes and counts, never the text of an item (R13)."""

import io
import json

import pytest

from monitor.log import TextInLog, log, set_up


def test_a_line_is_json_with_its_fields() -> None:
    out = io.StringIO()
    set_up("INFO", out)
    log.info("source polled", source="krant", kept=3)
    line = json.loads(out.getvalue())
    assert (line["event"], line["source"], line["kept"], line["level"]) == ("source polled", "krant", 3, "info")


@pytest.mark.parametrize("field", ["text", "title", "extract", "words", "password", "token"])
def test_a_text_field_is_refused(field: str) -> None:
    out = io.StringIO()
    set_up("INFO", out)
    with pytest.raises(TextInLog):
        log.info("item", **{field: "Anneke Terpstra"})
    assert out.getvalue() == ""


def test_what_is_below_the_level_is_left_out() -> None:
    out = io.StringIO()
    set_up("ERROR", out)
    log.info("source polled", source="krant")
    assert out.getvalue() == ""


def test_an_error_is_told_without_its_message() -> None:
    """A parser quotes in its message what it was reading."""
    out = io.StringIO()
    set_up("INFO", out)
    try:
        raise ValueError("Anneke Terpstra") from KeyError("06-12345678")
    except ValueError:
        log.exception("tick failed")
    told = out.getvalue()
    assert "ValueError" in told
    assert "test_log.py" in told
    assert "Anneke" not in told
    assert "06-" not in told
