"""The figures, checked against values worked out by hand on a small invented set."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from classifiers import (
    Category,
    Evidence,
    Finding,
    Level,
    Period,
    PersonalKind,
    Phase,
    Place,
    Precision,
    Reading,
    Redacted,
    Scope,
    Size,
)
from classifiers.training.evaluate import Attendance, Gold, Prediction, Span, When, as_prediction, evaluate

LOCAL = ZoneInfo("Europe/Amsterdam")


def gold(number: int, **fields: object) -> Gold:
    item: dict[str, object] = {
        "id": f"t-{number}", "title": "Titel", "text": "Anna Blok was er.", "category": "demonstratie",
        "relevant": True, "risk": "A", "indicators": [], "when": None, "where": [], "size": None, "pii": [],
        "event_key": None,
    }  # fmt: skip
    return item | fields  # type: ignore[return-value]  # built from parts: the checker cannot see that all keys are there


PERFECT = Prediction(category="demonstratie", relevant=True, risk="A", indicators=[])


def figures_of(*pairs: tuple[Gold, Prediction]) -> dict[str, float | int]:
    return evaluate([item for item, _ in pairs], {item["id"]: prediction for item, prediction in pairs})


def test_category_is_the_mean_f1_of_the_classes_that_occur() -> None:
    figures = figures_of(
        (gold(1), {"category": "demonstratie"}),
        (gold(2), {"category": "evenement"}),
        (gold(3, category="evenement"), {"category": "evenement"}),
        (gold(4, category="geen", risk=None), {}),
    )

    # demonstratie 2/3, evenement 2/3, geen 0; the other three do not occur
    assert figures["category_macro_f1"] == pytest.approx((2 / 3 + 2 / 3 + 0) / 3)
    assert figures["category_accuracy"] == pytest.approx(2 / 4)
    assert figures["items"] == 4


def test_relevance_counts_finds_false_alarms_and_misses() -> None:
    figures = figures_of(
        (gold(1), {"relevant": True}),
        (gold(2), {"relevant": False}),
        (gold(3, relevant=False), {"relevant": True}),
        (gold(4), {"relevant": True}),
    )

    assert figures["relevant_precision"] == pytest.approx(2 / 3)
    assert figures["relevant_recall"] == pytest.approx(2 / 3)
    assert figures["relevant_f1"] == pytest.approx(2 / 3)


def test_risk_is_judged_where_the_gold_set_has_a_level() -> None:
    figures = figures_of(
        (gold(1, risk="A"), {"risk": "A"}),
        (gold(2, risk="B"), {"risk": "C"}),
        (gold(3, risk="C"), {"risk": "C", "relevant": True}),
        (gold(4, risk="C"), {"risk": None, "relevant": True}),
        (gold(5, risk=None), {"risk": "C"}),
    )

    # A: 1 right; B: 1 missed; C: 1 right, 1 wrong, 1 missed
    assert figures["risk_macro_f1"] == pytest.approx((1 + 0 + 1 / 2) / 3)
    # squared steps apart: 0, 1, 0, 4 of 4 items; by chance (1·0+1·1+2·4 for A) twice and (1·4+1·1+0) twice of 16
    assert figures["risk_kappa"] == pytest.approx(1 - (5 / 4) / ((2 * (0 + 1 + 2 * 4) + 2 * (4 + 1 + 0)) / 16))
    assert [figures[f"risk_{level}_recall"] for level in "ABC"] == [1.0, 0.0, 0.5]
    assert [figures[f"risk_{level}_precision"] for level in "ABC"] == [1.0, 0.0, 0.5]
    assert figures["grave_missed"] == pytest.approx(1 / 2)


def test_indicators_are_counted_over_all_items_together() -> None:
    figures = figures_of(
        (gold(1, indicators=["a", "b"]), {"indicators": ["a", "c"]}),
        (gold(2, indicators=["a"]), {"indicators": ["a"]}),
        (gold(3, indicators=["a"]), {}),
    )

    assert figures["indicator_precision"] == pytest.approx(2 / 3)
    assert figures["indicator_recall"] == pytest.approx(2 / 4)
    assert figures["indicator_micro_f1"] == pytest.approx(4 / 7)


def when(start: str, precision: str = "dag") -> When:
    return When(start=start, end=None, precision=precision)


def test_moment_is_judged_by_day_and_where_known_by_minute() -> None:
    figures = figures_of(
        (gold(1, when=when("2031-05-12T14:00", "minuut")), {"when": when("2031-05-12T14:00", "minuut")}),
        (gold(2, when=when("2031-05-12T14:00", "minuut")), {"when": when("2031-05-12")}),
        (gold(3, when=when("2031-05-12")), {}),
        (gold(4), {"when": when("2031-05-12")}),
        (gold(5), {}),
        (gold(6, category="geen", risk=None), {"when": when("2031-05-12")}),
    )

    assert figures["when_day"] == pytest.approx(2 / 3)
    assert figures["when_minute"] == pytest.approx(1 / 2)
    assert figures["when_false"] == pytest.approx(1 / 2)


def test_places_match_by_name_or_part_of_it() -> None:
    figures = figures_of(
        (gold(1, where=["Grote Markt", "Groningen"]), {"where": ["de grote-markt", "Haren"]}),
        (gold(2, where=["Ee"]), {"where": ["Eelde"]}),
        (gold(3, where=[]), {"where": []}),
    )

    assert figures["where_first"] == pytest.approx(1 / 2)
    assert figures["where_precision"] == pytest.approx(1 / 3)
    assert figures["where_recall"] == pytest.approx(1 / 3)
    assert figures["where_f1"] == pytest.approx(1 / 3)


@pytest.mark.parametrize(
    ("low", "high", "right"),
    [
        (100, 100, 1.0),
        (120, 120, 1.0),
        (60, 130, 1.0),
        (40, 100, 0.0),
        (100, 201, 0.0),
        (126, 126, 0.0),
        (None, 100, 1.0),
    ],
)
def test_size_is_right_within_a_fifth_and_a_factor_of_two(low: int | None, high: int | None, right: float) -> None:
    figures = figures_of(
        (gold(1, size=Attendance(min=100, max=100)), {"size": Attendance(min=low, max=high)}),
        (gold(2), {"size": Attendance(min=1, max=1)}),
    )

    assert (figures["size_right"], figures["size_false"]) == (right, 1.0)


def test_personal_data_is_judged_by_span_and_by_what_still_stands() -> None:
    full = "Titel\nAnna Blok was er."
    name = Span(start=6, end=15, type="PERSOON")
    figures = figures_of(
        (gold(1, pii=[name]), {"pii": [name], "redacted": "Titel\n[naam] was er."}),
        (
            gold(2, pii=[name]),
            {"pii": [Span(start=6, end=10, type="PERSOON")], "redacted": "Titel\n[naam] Blok was er."},
        ),
        (gold(3, pii=[name]), {}),
        (gold(4), {"pii": [Span(start=0, end=5, type="PERSOON")], "redacted": full}),
    )

    assert figures["pii_PERSOON_recall"] == figures["pii_recall"] == pytest.approx(1 / 3)
    assert figures["pii_char_precision"] == pytest.approx(13 / 18)
    assert figures["pii_overredaction_false"] == pytest.approx(5 / (4 * len(full) - 3 * 9))
    assert figures["pii_string_leak"] == figures["pii_item_leak"] == pytest.approx(1 / 3)


def test_name_of_a_street_may_stay_where_the_person_went() -> None:
    item = gold(
        1, title="Blokstraat", text="Blok woont in de Blokstraat.", pii=[Span(start=11, end=15, type="PERSOON")]
    )
    figures = figures_of(
        (
            item,
            {"pii": [Span(start=11, end=15, type="PERSOON")], "redacted": "Blokstraat\n[naam] woont in de Blokstraat."},
        )
    )

    assert figures["pii_string_leak"] == 0


def test_clusters_are_judged_by_the_company_each_item_keeps() -> None:
    figures = figures_of(
        (gold(1, event_key="x"), {"cluster": "1"}),
        (gold(2, event_key="x"), {"cluster": "1"}),
        (gold(3, event_key="x"), {}),
        (gold(4, event_key="y"), {"cluster": "1"}),
        (gold(5), {"cluster": "1"}),
    )

    precision, recall = (2 / 3 + 2 / 3 + 1 + 1 / 3) / 4, (2 / 3 + 2 / 3 + 1 / 3 + 1) / 4
    assert figures["cluster_precision"] == pytest.approx(precision)
    assert figures["cluster_recall"] == pytest.approx(recall)
    assert figures["cluster_b3_f1"] == pytest.approx(2 * precision * recall / (precision + recall))


def test_set_without_events_has_no_figure_for_clusters() -> None:
    assert "cluster_b3_f1" not in figures_of((gold(1), PERFECT))


def test_item_without_a_prediction_is_an_error() -> None:
    with pytest.raises(KeyError, match="t-1"):
        evaluate([gold(1)], {})
    with pytest.raises(ValueError, match="no gold items"):
        evaluate([], {})


def reading(period: Period | None) -> Reading:
    return Reading(
        category=Category.EVENT, confidence=0.8, scores=((Category.EVENT, 0.8),), scope=Scope.MUNICIPALITY,
        phase=Phase.ANNOUNCED, relevant=True, level=Level.A, evidence=(Evidence("verplaatsing", words="een optocht"),),
        period=period, places=(Place("Grote Markt", "plein", "Groningen", None, None),), size=Size(100, 200), model="m",
    )  # fmt: skip


REDACTED = Redacted("Titel", "[naam] was er.", (Finding(6, 15, PersonalKind.PERSON),))


def test_reading_becomes_a_prediction_in_the_fields_of_the_gold_set() -> None:
    period = Period(datetime(2031, 5, 12, 12, 0, tzinfo=UTC), None, Precision.MINUTE)

    assert as_prediction(reading(period), REDACTED) == Prediction(
        category="evenement",
        relevant=True,
        risk="A",
        indicators=["verplaatsing"],
        when=When(start="2031-05-12T14:00", end=None, precision="minuut"),
        where=["Grote Markt"],
        size=Attendance(min=100, max=200),
        pii=[Span(start=6, end=15, type="PERSOON")],
        redacted="Titel\n[naam] was er.",
    )


@pytest.mark.parametrize(("last", "end"), [(13, None), (15, "2031-05-14")])
def test_bare_dates_are_written_as_dates_with_an_inclusive_end(last: int, end: str | None) -> None:
    period = Period(datetime(2031, 5, 12, tzinfo=LOCAL), datetime(2031, 5, last, tzinfo=LOCAL), Precision.DAY)

    assert as_prediction(reading(period), REDACTED)["when"] == When(start="2031-05-12", end=end, precision="dag")
    assert as_prediction(reading(None), REDACTED)["when"] is None
