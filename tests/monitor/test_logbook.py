"""The files of the record of processing: whole lines, a day each, gone at their term (R37, R43)."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from monitor.errors import StoreError
from monitor.logbook import Record, Status, open_logbook, parse
from tests.build import NOON, at

DONE = Record(
    trace_id="0af7651916cd43dd8448eb211c80319c",
    span_id="b7ad6b7169203331",
    parent_span_id="00f067aa0ba902b7",
    name="assess",
    activity="https://torenwacht.example/privacy#verwerking-openbare-orde",
    start=NOON,
    end=NOON + timedelta(milliseconds=250),
    status=Status.OK,
    counts={"items.seen": 3, "items.kept": 2},
)


def test_a_record_is_a_line_of_otlp_with_the_fields_of_the_standard() -> None:
    assert json.loads(DONE.line()) == {
        "resourceSpans": [
            {
                "resource": {
                    "attributes": [
                        {"key": "service.name", "value": {"stringValue": "torenwacht"}},
                        {"key": "service.version", "value": {"stringValue": "0.1.0"}},
                    ]
                },
                "scopeSpans": [
                    {
                        "scope": {"name": "torenwacht"},
                        "spans": [
                            {
                                "traceId": "0af7651916cd43dd8448eb211c80319c",
                                "spanId": "b7ad6b7169203331",
                                "parentSpanId": "00f067aa0ba902b7",
                                "name": "assess",
                                "kind": 1,
                                "startTimeUnixNano": "1795345200000000000",
                                "endTimeUnixNano": "1795345200250000000",
                                "attributes": [
                                    {
                                        "key": "dpl.core.processing_activity_id",
                                        "value": {
                                            "stringValue": "https://torenwacht.example/privacy#verwerking-openbare-orde"
                                        },
                                    },
                                    {"key": "items.kept", "value": {"intValue": "2"}},
                                    {"key": "items.seen", "value": {"intValue": "3"}},
                                ],
                                "status": {"code": 1},
                            }
                        ],
                    }
                ],
            }
        ]
    }


@pytest.mark.parametrize(
    "record",
    [
        DONE,
        replace(DONE, parent_span_id=""),
        replace(DONE, status=Status.UNSET, counts={}),
        replace(DONE, status=Status.ERROR, error="monitor.errors.Gone"),
    ],
)
def test_a_line_that_is_read_gives_the_record_that_was_written(record: Record) -> None:
    assert parse(record.line()) == record


def _span(told: dict[str, Any]) -> dict[str, Any]:
    span: dict[str, Any] = told["resourceSpans"][0]["scopeSpans"][0]["spans"][0]
    return span


@pytest.mark.parametrize(
    "spoil",
    [
        lambda told: told.update(resourceSpans=[]),
        lambda told: told["resourceSpans"][0]["resource"].update(attributes=[]),
        lambda told: _span(told).pop("name"),
        lambda told: _span(told).update(traceId="0af7651916cd43dd"),
        lambda told: _span(told).update(spanId="0000000000000000"),
        lambda told: _span(told).update(parentSpanId="geen"),
        lambda told: _span(told).update(endTimeUnixNano="1795345199000000000"),
        lambda told: _span(told).update(startTimeUnixNano="1795345200000000001"),
        lambda told: _span(told).update(status={"code": 3}),
        lambda told: _span(told).update(status={"code": 2}),
        lambda told: _span(told).update(events=[]),
        lambda told: _span(told)["attributes"].pop(0),
        lambda told: _span(told)["attributes"].append({"key": "enduser.id", "value": {"stringValue": "anna"}}),
    ],
)
def test_a_line_that_misses_a_field_or_tells_more_is_no_record(spoil: Callable[[dict[str, Any]], object]) -> None:
    told = json.loads(DONE.line())
    spoil(told)

    with pytest.raises(ValueError, match="no record of processing"):
        parse(json.dumps(told))


def test_a_record_stands_in_the_file_of_its_local_day_for_the_owner_alone(tmp_path: Path) -> None:
    logbook = open_logbook(tmp_path, 7)

    logbook.write(DONE)
    logbook.write(replace(DONE, end=at(23, 0, 30)))

    [first, second] = logbook.files()
    assert (first.name, second.name) == ("2026-11-22.jsonl", "2026-11-23.jsonl")
    assert (first.stat().st_mode & 0o777, first.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert list(logbook.lines(date(2026, 11, 22), date(2026, 11, 22))) == [("2026-11-22.jsonl", 1, DONE.line())]


def test_lines_of_threads_that_write_together_stay_whole(tmp_path: Path) -> None:
    records = [replace(DONE, span_id=f"{n + 1:016x}", counts={f"items.{'x' * 3000}": n}) for n in range(400)]

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(open_logbook(tmp_path, 7).write, records))

    read = [parse(line) for _, _, line in open_logbook(tmp_path, 7).lines()]
    assert sorted(read, key=lambda record: record.span_id) == records


def test_files_go_at_the_end_of_their_term_and_no_sooner(tmp_path: Path) -> None:
    logbook = open_logbook(tmp_path, 7)
    for day in (20, 21, 22):
        logbook.write(replace(DONE, start=at(day), end=at(day)))

    assert (logbook.expire(date(2026, 11, 26)), logbook.expire(date(2026, 11, 28))) == (0, 2)
    assert [file.name for file in logbook.files()] == ["2026-11-22.jsonl"]


def test_on_a_node_without_a_purge_they_go_with_the_first_record_of_the_day_after(tmp_path: Path) -> None:
    logbook = open_logbook(tmp_path, 7)
    logbook.write(replace(DONE, start=at(1), end=at(1)))

    logbook.write(replace(DONE, start=at(8), end=at(8)))
    assert len(logbook.files()) == 2

    logbook.write(replace(DONE, start=at(9), end=at(9)))
    assert [file.name for file in logbook.files()] == ["2026-11-08.jsonl", "2026-11-09.jsonl"]


def test_a_disk_that_takes_no_record_is_an_error_with_the_way_out(tmp_path: Path) -> None:
    (tmp_path / "logboek").write_text("", encoding="utf-8")

    with pytest.raises(StoreError) as refused:
        open_logbook(tmp_path, 7).write(DONE)

    assert "Controleer de schijf en de rechten" in refused.value.advice
