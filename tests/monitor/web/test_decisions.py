"""What advisors set, correct, link and take back on the page of an event."""

import pytest

from classifiers import Category, Level
from monitor.app import App
from monitor.domain import Event, Override, Role
from monitor.store import events
from tests.build import NOON
from tests.monitor.web.conftest import Seats
from tests.monitor.web.desk import words
from tests.monitor.web.invented import Week

WHY = "Besproken met de organisatie."


def event_of(app: App, id: int) -> Event:
    with app.store.read() as session:
        return events.get(session, id)


def test_a_correction_shows_what_was_added_and_what_was_taken_away(app: App, desk: Seats, week: Week) -> None:
    advisor = desk(Role.ADVISOR)

    answer = advisor.post(
        f"/gebeurtenissen/{week.blockade}/verbeteren",
        category="evenement",
        added=["nachtelijk", "verplaatsing"],
        struck=["blokkade"],
        reason=WHY,
    )

    page = advisor.get(answer.headers["location"])
    told = words(page, ".tw-decision")
    assert "stelde de soort vast: Evenement. De machine leest: Demonstratie." in told
    label = {row.code: row.label for row in app.reader.indicators}
    added = {f"{label['nachtelijk']}, {label['verplaatsing']}", f"{label['verplaatsing']}, {label['nachtelijk']}"}
    assert any(f"Toegevoegd door een adviseur: {both}." in told for both in added)
    assert f"Weggehaald door een adviseur: {label['blokkade']}." in told
    assert WHY in told
    event = event_of(app, week.blockade)
    assert (event.category, event.level, event.machine_level) == (Category.EVENT, Level.B, Level.B)
    assert {e.code for e in event.evidence} == {"geen_kennisgeving", "nachtelijk", "verplaatsing"}


def test_the_form_remembers_what_was_corrected(desk: Seats, week: Week) -> None:
    advisor = desk(Role.ADVISOR)
    advisor.post(f"/gebeurtenissen/{week.blockade}/verbeteren", added=["nachtelijk"], struck=["blokkade"], reason=WHY)

    page = advisor.get(f"/gebeurtenissen/{week.blockade}").text

    assert 'name="struck" value="blokkade" checked' in page
    assert 'name="added" value="nachtelijk" checked' in page


def test_a_level_can_hold_until_a_day(desk: Seats, week: Week) -> None:
    advisor = desk(Role.ADVISOR)

    answer = advisor.post(f"/gebeurtenissen/{week.blockade}/niveau", level="A", until="2026-11-24", reason=WHY)

    assert "het geldt tot wo 25 nov 00.00 uur" in words(advisor.get(answer.headers["location"]), ".tw-decision")


@pytest.mark.parametrize(
    ("form", "fields", "problem"),
    [
        ("niveau", {"level": "A", "until": "morgen", "reason": WHY}, "Schrijf de einddatum als 2026-11-28"),
        ("niveau", {"level": "A", "until": "2026-01-01", "reason": WHY}, "Kies een einddatum van vandaag"),
        ("verbeteren", {"category": "iets", "reason": WHY}, "Kies een soort gebeurtenis."),
        ("verbeteren", {"added": ["iets"], "reason": WHY}, "Onbekende indicator: iets."),
        ("verbeteren", {"added": ["blokkade"]}, "Geef een reden."),
        ("koppelen", {"notification": "06-12345678"}, "Dit lijkt op een persoonsgegeven"),
    ],
)
def test_a_form_that_cannot_be_taken_comes_back_with_why(
    *, form: str, fields: dict[str, object], problem: str, app: App, desk: Seats, week: Week
) -> None:
    answer = desk(Role.ADVISOR).post(f"/gebeurtenissen/{week.blockade}/{form}", **fields)

    assert answer.status_code == 400
    assert problem in words(answer, "[role=alert], .tw-wrong")
    with app.store.read() as session:
        assert events.overrides_of(session, week.blockade) == []


def test_a_decision_is_taken_back(app: App, desk: Seats, week: Week) -> None:
    advisor = desk(Role.ADVISOR)
    assert "terugdraaien" not in words(advisor.get(f"/gebeurtenissen/{week.blockade}"), "summary")
    advisor.post(f"/gebeurtenissen/{week.blockade}/niveau", level="C", reason=WHY)
    assert "Laatste beslissing terugdraaien" in words(advisor.get(f"/gebeurtenissen/{week.blockade}"), "summary")

    advisor.post(f"/gebeurtenissen/{week.blockade}/terugdraaien", reason="Verkeerde gebeurtenis.")

    event = event_of(app, week.blockade)
    assert (event.level, event.reviewed) == (Level.B, False)


def test_a_linked_number_stands_among_the_facts(desk: Seats, week: Week) -> None:
    advisor = desk(Role.ADVISOR)

    advisor.post(f"/gebeurtenissen/{week.vigil}/koppelen", notification="2026-D-118", permit="V-77/2026")

    told = words(advisor.get(f"/gebeurtenissen/{week.vigil}"), ".tw-facts")
    assert "Kennisgeving gemeld, nummer 2026-D-118" in told
    assert "Vergunning nummer V-77/2026" in told


def test_what_was_withdrawn_or_merged_can_be_put_back(app: App, desk: Seats, week: Week) -> None:
    advisor = desk(Role.ADVISOR)
    advisor.post(f"/gebeurtenissen/{week.vigil}/intrekken", reason="Was een misverstand.")
    advisor.post(f"/gebeurtenissen/{week.blockade}/samenvoegen", gone=str(week.fireworks), reason="Zelfde groep.")
    assert "Zet terug op het weekbeeld" in words(advisor.get(f"/gebeurtenissen/{week.vigil}"))
    assert f"De berichten staan bij gebeurtenis {week.blockade}" in words(
        advisor.get(f"/gebeurtenissen/{week.fireworks}")
    )

    for id in (week.vigil, week.fireworks):
        advisor.post(f"/gebeurtenissen/{id}/terugzetten", reason="Toch niet.")

    states = {event_of(app, id).state.value for id in (week.vigil, week.blockade, week.fireworks)}
    assert states == {"open"}


def test_a_reason_given_in_the_compartment_is_not_shown_in_the_open(app: App, desk: Seats, week: Week) -> None:
    secret = Override(
        event=week.blockade, level=Level.C, reason="De liaison weet meer.", public=False, by="adviseur",
        role="adviseur", at=NOON,
    )  # fmt: skip
    with app.store.begin() as session:
        events.add_override(session, secret)

    for role in (Role.PROJECT, Role.ADVISOR):
        assert "De liaison weet meer" not in desk(role).get(f"/gebeurtenissen/{week.blockade}").text
