"""One event: what its page tells, what people do there, and what is written down."""

import pytest

from classifiers import Level
from monitor.app import App
from monitor.domain import Role
from monitor.store import events, people
from monitor.work.trail import verify
from tests.monitor.web.conftest import Seats
from tests.monitor.web.desk import words
from tests.monitor.web.invented import SECRET_WORDS, Week


def test_the_page_tells_when_where_how_many_and_how_sure(desk: Seats, week: Week) -> None:
    answer = desk(Role.ADVISOR).get(f"/gebeurtenissen/{week.blockade}")

    assert words(answer, ".tw-facts") == (
        "Wanneer di 24 nov 07.30–09.30 uur (over 2 dagen) Waar Julianaplein, Grunobuurt Omvang 40–80 mensen, "
        "zegt Krant Bronnen 2 bronnen, 2 berichten Kennisgeving niet bekend; uiterste moment verstreken "
        "(vr 20 nov 07.30 uur)"
    )
    assert words(answer, ".tw-event__head .nl-data-badge") == "nog niet beoordeeld aangekondigd"


def test_the_page_tells_why_with_weight_words_source_and_check(app: App, desk: Seats, week: Week) -> None:
    row = next(r for r in app.reader.indicators if r.code == "blokkade")

    answer = desk(Role.ADVISOR).get(f"/gebeurtenissen/{week.blockade}")

    assert words(answer, ".tw-part .nl-paragraph") == "Eén zware indicator maakt hier niveau B van."
    assert words(answer, ".tw-ind__item:first-child") == (
        f"●●○ zwaar {row.label} rijden stapvoets de ring over Krant, zo 22 nov 07.00 uur · bekijk bron "
        f"Ga na: {row.check}"
    )


def test_each_report_but_the_first_tells_why_it_belongs_here(desk: Seats, week: Week) -> None:
    answer = desk(Role.ADVISOR).get(f"/gebeurtenissen/{week.blockade}")

    assert words(answer, ".tw-reports li:nth-child(2) .tw-src") == "Hoort hierbij: dezelfde dag, dezelfde plaats."
    assert answer.text.count("Hoort hierbij") == 1


def test_an_unreviewed_c_is_called_a_signal(desk: Seats, week: Week) -> None:
    answer = desk(Role.ADVISOR).get(f"/gebeurtenissen/{week.clash}")

    assert "signaal, nog niet beoordeeld" in words(answer, ".tw-event__head")


def test_what_nobody_knows_is_said(desk: Seats, week: Week) -> None:
    answer = desk(Role.ADVISOR).get(f"/gebeurtenissen/{week.undated}")

    assert words(answer, ".tw-unknowns") == "de dag hoeveel mensen er komen of een tweede bron het bevestigt"


def test_htmx_gets_the_drawer_and_others_the_page(desk: Seats, week: Week) -> None:
    advisor = desk(Role.ADVISOR)

    part, page = advisor.part(f"/gebeurtenissen/{week.vigil}"), advisor.get(f"/gebeurtenissen/{week.vigil}")

    assert ("<html" in part.text, "<html" in page.text) == (False, True)
    assert words(part, "#detail-titel") == words(page, "#detail-titel") == "Demonstratie, Vismarkt, wo 25 nov"


@pytest.mark.parametrize("role", [Role.PROJECT, Role.EDITOR])
def test_a_confidential_event_does_not_exist_for_who_may_not_know_it(role: Role, desk: Seats, week: Week) -> None:
    someone = desk(role)

    looked = someone.get(f"/gebeurtenissen/{week.secret}")
    touched = someone.post(f"/gebeurtenissen/{week.secret}/gezien")

    assert (looked.status_code, touched.status_code) == (404, 404)
    assert SECRET_WORDS not in looked.text


def test_police_words_in_an_open_event_are_for_the_few_and_nobody_else_sees_that_there_are_any(
    app: App, desk: Seats, week: Week
) -> None:
    with app.store.begin() as session:
        events.get(session, week.secret).public = True

    open_page = desk(Role.PROJECT).get(f"/gebeurtenissen/{week.secret}")
    closed_page = desk(Role.ADVISOR).get(f"/gebeurtenissen/{week.secret}")

    assert SECRET_WORDS in closed_page.text
    assert SECRET_WORDS not in open_page.text
    assert "vertrouwelijk" not in words(open_page)


def test_every_look_is_written_down_with_its_purpose(app: App, desk: Seats, week: Week) -> None:
    desk(Role.PROJECT).get(f"/gebeurtenissen/{week.vigil}")

    with app.store.read() as session:
        [entry] = people.audit(session, 1)
    assert (entry.who, entry.role, entry.act, entry.what, entry.purpose) == (
        "projectteam", "projectteam", "event_viewed", f"event:{week.vigil}", "beeld openbare orde",
    )  # fmt: skip
    assert verify(app.store, app.clock()).whole


def test_an_advisor_sets_the_level_with_a_reason(app: App, desk: Seats, week: Week) -> None:
    advisor = desk(Role.ADVISOR)

    answer = advisor.post(f"/gebeurtenissen/{week.blockade}/niveau", level="A", reason="Met de organisatie besproken.")

    page = advisor.get(answer.headers["location"])
    assert "adviseur stelde niveau A – regulier vast" in words(page, ".tw-decision")
    assert "Met de organisatie besproken." in words(page, ".tw-decision")
    with app.store.read() as session:
        event = events.get(session, week.blockade)
    assert (event.level, event.machine_level, event.reviewed) == (Level.A, Level.B, True)


def test_in_the_drawer_the_answer_is_the_drawer_again(desk: Seats, week: Week) -> None:
    answer = desk(Role.ADVISOR).post_part(
        f"/gebeurtenissen/{week.blockade}/niveau", level="C", reason="Er komen meer mensen dan gedacht."
    )

    assert (answer.status_code, "<html" in answer.text) == (200, False)
    assert words(answer, ".tw-event__head .tw-risk__label") == "Risicovol"


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"level": "A", "reason": " "}, "Geef een reden"),
        ({"level": "D", "reason": "Omdat het kan."}, "Kies een niveau."),
        ({"level": "A", "reason": "Gebeld met Pieter Jansen, 06-12345678."}, "In de reden staan persoonsgegevens."),
    ],
)
def test_a_level_without_a_good_reason_is_not_kept(
    fields: dict[str, str], problem: str, app: App, desk: Seats, week: Week
) -> None:
    answer = desk(Role.ADVISOR).post(f"/gebeurtenissen/{week.blockade}/niveau", **fields)

    assert answer.status_code == 400
    assert problem in words(answer, "[role=alert]")
    with app.store.read() as session:
        assert events.overrides_of(session, week.blockade) == []


def test_a_reason_with_a_name_comes_back_without_it(desk: Seats, week: Week) -> None:
    answer = desk(Role.ADVISOR).post(
        f"/gebeurtenissen/{week.blockade}/niveau", level="A", reason="Gebeld, nummer 06-12345678."
    )

    assert "06-12345678" not in answer.text
    assert "[telefoonnummer]" in words(answer, "#niveau-reason")


def test_the_machine_gets_its_word_back(app: App, desk: Seats, week: Week) -> None:
    advisor = desk(Role.ADVISOR)
    advisor.post(f"/gebeurtenissen/{week.blockade}/niveau", level="A", reason="Besproken.")

    advisor.post(f"/gebeurtenissen/{week.blockade}/niveau", level="machine", reason="Toch niet.")

    with app.store.read() as session:
        event = events.get(session, week.blockade)
    assert (event.level, event.reviewed) == (Level.B, False)


def test_marking_as_seen_shows_on_the_page(desk: Seats, week: Week) -> None:
    project = desk(Role.PROJECT)

    answer = project.post_part(f"/gebeurtenissen/{week.vigil}/gezien")

    assert words(answer, ".tw-ack [role=status]") == "U heeft dit gezien"
    assert "Gezien door projectteam" in words(project.get(f"/gebeurtenissen/{week.vigil}"))


def test_a_withdrawn_event_leaves_the_week_and_keeps_its_page(desk: Seats, week: Week) -> None:
    advisor = desk(Role.ADVISOR)

    advisor.post(f"/gebeurtenissen/{week.vigil}/intrekken", reason="Was een misverstand.")

    page = advisor.get(f"/gebeurtenissen/{week.vigil}")
    assert "ingetrokken" in words(page, ".tw-event__head")
    assert "Niveau vaststellen" not in words(page)
    assert "Vismarkt" not in words(advisor.get("/?week=2026-W48"), ".tw-list")


def test_what_changed_meanwhile_is_a_conflict_with_advice(desk: Seats, week: Week) -> None:
    advisor = desk(Role.ADVISOR)
    advisor.post(f"/gebeurtenissen/{week.vigil}/intrekken", reason="Was een misverstand.")

    answer = advisor.post(f"/gebeurtenissen/{week.vigil}/niveau", level="B", reason="Te laat.")

    assert answer.status_code == 409
    assert "Bekijk de nieuwe stand" in words(answer, "main")


def test_two_events_become_one_and_one_becomes_two(desk: Seats, week: Week) -> None:
    advisor = desk(Role.ADVISOR)

    merged = advisor.post(f"/gebeurtenissen/{week.blockade}/samenvoegen", gone=str(week.vigil), reason="Zelfde actie.")
    assert merged.headers["location"] == f"/gebeurtenissen/{week.blockade}"
    page = advisor.get(merged.headers["location"])
    assert "3 berichten" in words(page, ".tw-facts")

    item = page.text.split('id="item"', 1)[1].split('<option value="', 1)[1].split('"', 1)[0]
    split = advisor.post(f"/gebeurtenissen/{week.blockade}/splitsen", item=item, reason="Toch iets anders.")

    assert split.headers["location"] != f"/gebeurtenissen/{week.blockade}"
    assert "1 bericht" in words(advisor.get(split.headers["location"]), ".tw-facts")


def test_who_may_not_decide_gets_no_form(desk: Seats, week: Week) -> None:
    assert "Beoordelen" not in words(desk(Role.PROJECT).get(f"/gebeurtenissen/{week.blockade}"))


@pytest.mark.parametrize("path", ["/gebeurtenissen/999999", "/gebeurtenissen/abc", "/bestaat-niet"])
def test_what_is_not_there_gets_a_dutch_page(path: str, desk: Seats) -> None:
    answer = desk(Role.ADVISOR).get(path)

    assert (answer.status_code, words(answer, "h1")) == (404, "Niet gevonden")
