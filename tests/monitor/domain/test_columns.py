"""What goes into a column comes out the same."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts import Message, Topic, Urgency
from classifiers import Evidence, Reading, Size
from monitor.domain.columns import coded, from_json, to_json
from tests.build import NOON, a_day, a_period, a_reading

MESSAGE = Message("k", Topic.LEVEL, Urgency.HIGH, "titel", ("een", "twee"), "", "voet", confidential=False)


@pytest.mark.parametrize(
    "reading",
    [
        a_reading(),
        a_reading(period=None, places=(), level=None, size=Size(0, 2000)),
        a_reading(period=a_day(28), codes=["verplaatsing"]),
        a_reading(period=replace(a_period(NOON), end=None)),
    ],
)
def test_a_reading_survives_as_json(reading: Reading) -> None:
    assert from_json(Reading, to_json(reading)) == reading


def test_a_message_survives_as_json() -> None:
    assert from_json(Message, to_json(MESSAGE)) == MESSAGE


@given(st.lists(st.builds(Evidence, st.text(), st.text(), st.sampled_from(["machine", "mens"]), st.booleans())))
def test_any_evidence_survives_as_json(evidence: list[Evidence]) -> None:
    assert from_json(tuple[Evidence, ...], to_json(tuple(evidence))) == tuple(evidence)


def test_a_field_that_is_new_gets_its_default() -> None:
    """Rows that were written before a field existed can still be read."""
    assert from_json(Evidence, {"code": "a", "words": "b"}) == Evidence("a", "b")


def test_what_has_no_json_form_is_refused() -> None:
    with pytest.raises(TypeError):
        to_json(timedelta(1))


def test_an_unknown_code_is_refused_before_it_is_stored() -> None:
    column = coded(Topic)()
    with pytest.raises(ValueError, match="roddel"):
        column.process_bind_param("roddel", None)  # type: ignore[arg-type]  # no dialect is needed to refuse
