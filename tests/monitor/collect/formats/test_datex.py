"""Kind "datex"."""

import gzip
import tracemalloc
from collections.abc import Mapping
from datetime import datetime, timedelta
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifiers import Category, Period, Precision
from monitor.collect.formats import datex
from monitor.domain import RawItem, Told
from monitor.errors import Changed, NotAFeed
from tests.bench.datex import a_feed
from tests.monitor.collect.build import NOW, a_fetched, a_source, local, sample

TEN, EARLIER = local(2026, 12, 5, 10), local(2026, 11, 1, 10)
HERE = "<latitude>53.2190</latitude><longitude>6.5680</longitude>"


def a_record(
    *,
    kind: str = "PublicEvent",
    start: str = "2026-12-05T10:00:00+01:00",
    end: str = "2026-12-05T18:00:00+01:00",
    where: str = HERE,
    more: str = "",
) -> str:
    return (
        f'<situationRecord xsi:type="sit:{kind}" id="r1" version="2">'
        f"<overallStartTime>{start}</overallStartTime><overallEndTime>{end}</overallEndTime>{where}{more}"
        "</situationRecord>"
    )


def a_planning(*records: str, header: str = "") -> str:
    situations = "".join(f'<sit:situation id="s">{header}{record}</sit:situation>' for record in records)
    return f'<mc:messageContainer xmlns:mc="a" xmlns:sit="b" xmlns:xsi="c">{situations}</mc:messageContainer>'


def read(body: bytes | str, options: Mapping[str, object] | None = None) -> list[RawItem]:
    return datex.parse(a_fetched(body), a_source("datex", options=options))


def test_event_of_a_road_authority_comes_in_with_its_hours_and_neighbourhood() -> None:
    assert datex.parse(sample("planning.xml"), a_source("datex")) == [
        RawItem(
            source="bron",
            key="INV_1_1",
            title="Evenement volgens wegbeheerder: optocht – Lichtjesoptocht door de binnenstad",
            text=(
                "Lichtjesoptocht door de binnenstad\nBusroutes vervallen.\nWeg: Oosterstraat.\n"
                "Vertraging: tot tien minuten."
            ),
            url="https://nieuws.example/feed",
            published=local(2026, 11, 20, 10),
            told=Told(
                Period(local(2026, 12, 5, 10), local(2026, 12, 5, 18, 30), Precision.MINUTE),
                "Binnenstad-Zuid",
                Category.EVENT,
            ),
        )
    ]


def test_other_types_come_in_when_the_row_names_them_and_their_words_decide_the_category() -> None:
    types = {"types": ["MaintenanceWorks", "RoadOrCarriagewayOrLaneManagement"]}

    (closure,) = datex.parse(sample("planning.xml"), a_source("datex", options=types))

    assert (closure.key, closure.told.category) == ("INV_1_2", None)
    assert closure.title == "Afsluiting of versmalling volgens wegbeheerder: Binnenstad-Zuid"


@pytest.mark.parametrize(
    ("where", "near"),
    [
        (HERE, True),
        ("<latitude>52.1</latitude><longitude>5.1</longitude>", False),
        ("<posList>52.0 6.5 53.2190 6.5680 53.9 6.5</posList>", True),
        ("<posList>6.5680 53.2190</posList>", False),  # longitude first: that is not what DATEX says
        ("<pos>53.2190 6.5680</pos>", True),
        ("<latitude>53.2</latitude><longitude>nan</longitude>", False),
        ("<latitude>53.2e0</latitude><longitude>6.5</longitude>", False),
        ("<latitude>53.2190</latitude>", False),
        ("<posList>53.2190</posList>", False),
        ("", False),
    ],
)
def test_only_what_lies_in_the_box_comes_in(where: str, near: bool) -> None:
    assert bool(read(a_planning(a_record(where=where)))) is near


def test_row_may_name_a_box_of_its_own() -> None:
    utrecht = "<latitude>52</latitude><longitude>5</longitude>"

    found = read(a_planning(a_record(where=utrecht), a_record()), {"box": [51.9, 4.9, 52.1, 5.1]})

    assert [(item.title, item.told.place) for item in found] == [
        ("Evenement volgens wegbeheerder: zonder toelichting", "")
    ]


@pytest.mark.parametrize(
    ("box", "latitude", "longitude"),
    [
        ([52.9, 6.4, 53.1, 6.9], "53", "6.5"),
        ([52.9, 5.9, 53.1, 6.1], "53.0000", "6"),
        ([53.1, 6.4, 53.2, 6.9], "+53.1", "6.9"),
        ([53.1, 6.4, 53.2, 6.9], "053.15", "06.45"),
        ([-1.0, -2.0, 1.0, 2.0], "-0.5", "-1.5"),
        ([50.0, 3.0, 54.0, 8.0], "51.5", "4.5"),
    ],
)
def test_no_spelling_of_a_place_in_the_box_is_passed_over(box: list[float], latitude: str, longitude: str) -> None:
    where = f"<latitude>{latitude}</latitude><longitude>{longitude}</longitude>"

    assert len(read(a_planning(a_record(where=where)), {"box": box})) == 1


def test_too_much_in_the_box_asks_for_a_smaller_one() -> None:
    long = a_record(more=f"<a>{'x' * 3_900_000}</a>")

    with pytest.raises(Changed, match="too many situations") as fault:
        read(a_planning(*[long] * 16))

    assert "kleiner 'box'" in fault.value.advice


@pytest.mark.parametrize(
    ("start", "end", "period"),
    [
        ("2026-12-05T09:00:00Z", "2026-12-05T17:00:00Z", Period(TEN, local(2026, 12, 5, 18), Precision.MINUTE)),
        ("2026-12-04T23:00:00Z", "2026-12-06T23:00:00Z", Period(local(2026, 12, 5), local(2026, 12, 7), Precision.DAY)),
        ("2026-11-01T09:00:00Z", "2026-11-22T08:00:00Z", Period(EARLIER, local(2026, 11, 22, 9), Precision.MINUTE)),
        ("2026-11-01T09:00:00Z", "", Period(EARLIER, None, Precision.MINUTE)),
        ("2026-11-01T09:00:00Z", "9999-12-31T23:59:59Z", Period(EARLIER, None, Precision.MINUTE)),
        ("2026-12-05T09:00:00Z", "2026-12-04T09:00:00Z", Period(TEN, None, Precision.MINUTE)),
        ("2026-11-01T09:00:00Z", "2026-11-22T07:59:59Z", None),  # over
        ("2027-12-28T09:00:00Z", "2027-12-29T09:00:00Z", None),  # too far ahead
        ("2026-09-01T09:00:00Z", "", None),  # without end, and long ago
        ("", "2026-12-05T17:00:00Z", None),
        ("0000-01-01T00:00:00Z", "9999-12-31T23:59:59Z", None),
        ("ooit", "nooit", None),
    ],
)  # fmt: skip
def test_what_is_not_over_and_not_far_ahead_comes_in_with_its_period(
    start: str, end: str, period: Period | None
) -> None:
    found = read(a_planning(a_record(start=start, end=end)))

    assert [item.told.period for item in found] == ([period] if period else [])


def test_football_and_cancelled_events_are_told_as_such() -> None:
    match, parade = read(
        a_planning(
            a_record(more="<publicEventType>footballMatch</publicEventType>"),
            a_record(more="<management><lifeCycleManagement><cancel>true</cancel></lifeCycleManagement></management>"),
        )
    )

    assert (match.told.category, match.told.cancelled) == (Category.FOOTBALL, False)
    assert (parade.told.category, parade.told.cancelled) == (Category.EVENT, True)


@pytest.mark.parametrize(
    "header",
    [
        "<headerInformation><informationStatus>test</informationStatus></headerInformation>",
        "<headerInformation><informationStatus>technicalExercise</informationStatus></headerInformation>",
        "<headerInformation><confidentiality>restrictedToAuthorities</confidentiality></headerInformation>",
    ],
)
def test_tests_exercises_and_what_is_not_public_stay_out(header: str) -> None:
    assert read(a_planning(a_record(), header=header)) == []


def test_new_version_keeps_its_key() -> None:
    old, new = a_record(), a_record(end="2026-12-05T20:00:00+01:00").replace('version="2"', 'version="3"')

    (before,), (after,) = read(a_planning(old)), read(a_planning(new))

    assert (before.key, before.told.period != after.told.period) == (after.key, True)


def test_one_broken_situation_costs_itself_only() -> None:
    found = read(a_planning(a_record(more="<a>"), a_record(), a_record(more="\0")))

    assert [item.key for item in found] == ["r1"]


PLAIN = a_planning(a_record()).encode()


@pytest.mark.parametrize(
    "body",
    [
        PLAIN,
        b"\xef\xbb\xbf" + PLAIN,
        gzip.compress(PLAIN),
        gzip.compress(gzip.compress(PLAIN)),
        gzip.compress(PLAIN[:100]) + gzip.compress(PLAIN[100:]),
        gzip.compress(PLAIN) + b"\0" * 512,
    ],
    ids=["plain", "with a mark", "packed", "packed twice", "in two pieces", "padded"],
)
def test_body_may_be_plain_or_packed(body: bytes) -> None:
    assert [item.key for item in read(body)] == ["r1"]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html><body>Onderhoud</body></html>",
        b"<a>" * 100_000,
        b"niets",
        PLAIN[:-5],
        gzip.compress(PLAIN)[:-20],
        gzip.compress(gzip.compress(gzip.compress(PLAIN))),
        b"\x1f\x8b" + b"\0" * 100,
        b"\x1f\x8b",
        b"<!DOCTYPE a [<!ENTITY b 'c'>]>" + PLAIN,
        a_planning(f"<situationRecord>{'x' * 5_000_000}").encode(),
        a_planning().encode().replace(b"messageContainer", b"rss"),
    ],
    ids=[
        "nothing",
        "a page",
        "ever deeper",
        "a word",
        "cut off",
        "packed and cut off",
        "packed three times",
        "packed nonsense",
        "a mark of packing only",
        "with an entity of its own",
        "endless",
        "another format",
    ],
)
def test_what_is_no_planning_is_named(body: bytes) -> None:
    with pytest.raises(NotAFeed, match="no readable DATEX II"):
        read(body)


def test_planning_without_situations_gives_none() -> None:
    assert read(a_planning()) == []


def test_bomb_is_refused_while_it_unpacks() -> None:
    packed = BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb", compresslevel=1) as file:
        file.write(b"<messageContainer><situation><situationRecord>")
        for _ in range(40):
            file.write(b" " * 1_000_000)
    with pytest.raises(NotAFeed):
        read(packed.getvalue())


def test_document_type_inside_a_situation_defines_nothing() -> None:
    laughs = '<!DOCTYPE a [<!ENTITY b "ha">]>'

    assert read(a_planning(a_record(more=laughs), a_record())) == read(a_planning(a_record()))


def test_option_that_is_wrong_is_told() -> None:
    assert datex.OPTIONS["types"].check(["Public Event"]) is not None
    assert datex.OPTIONS["types"].check([]) is not None
    assert datex.OPTIONS["types"].check(["PublicEvent", "MaintenanceWorks"]) is None


def peak_of(body: bytes) -> int:
    """Bytes that reading takes at most, besides the body."""
    tracemalloc.start()
    read(body)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak


def test_memory_does_not_grow_with_the_size_of_the_feed() -> None:
    small, large = (gzip.compress("".join(a_feed(size)).encode(), 1) for size in (200, 1600))
    read(small)  # the neighbourhoods, and whatever else is made once

    first, second = peak_of(small), peak_of(large)

    assert second < first + 1_000_000
    assert second < 5_000_000


def test_fifty_thousand_records_come_in_where_one_in_ten_is_near() -> None:
    far = a_record(where="<latitude>53.2</latitude><longitude>5.1</longitude>")
    records = (far if number % 10 else a_record().replace("r1", f"r{number}") for number in range(50_000))

    found = read(gzip.compress(a_planning(*records).encode(), 1))

    assert len({item.key for item in found}) == 5_000


SCRAPS = st.sampled_from(
    [
        "<situation>",
        "</situation>",
        "<situation/>",
        "</messageContainer>",
        "<a>",
        "</a>",
        a_record(),
        HERE,
        "\0",
        "&b;",
        "<!",
    ]
)


@settings(deadline=None)
@given(
    st.one_of(st.binary(max_size=300), st.lists(SCRAPS, max_size=12).map(lambda s: "<messageContainer>" + "".join(s)))
)
def test_anything_gives_items_or_a_named_fault(body: bytes | str) -> None:
    raw = body.encode() if isinstance(body, str) else body
    for packed in (raw, gzip.compress(raw), gzip.compress(raw)[:-3]):
        try:
            items = read(packed)
        except Changed as fault:
            assert fault.advice.startswith("Bron 'bron' ")
        else:
            assert all(item.source == "bron" for item in items)


@settings(deadline=None)
@given(st.datetimes(datetime(1, 1, 1), datetime(9999, 12, 31)), st.timedeltas(timedelta(0), timedelta(days=900)))  # noqa: DTZ001 - sources write bare moments too
def test_any_moment_gives_a_period_that_is_not_over(start: datetime, length: timedelta) -> None:
    end = start + length if start < datetime.max - length else datetime.max  # noqa: DTZ901 - as above

    for item in read(a_planning(a_record(start=start.isoformat(), end=end.isoformat()))):
        period = item.told.period
        assert period is not None
        assert (period.end or NOW) >= NOW
        assert period.start <= NOW + datex.AHEAD
