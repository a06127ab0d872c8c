"""Signals, briefings, sources, and the pages for everyone."""

from datetime import timedelta

import httpx
import pytest
from selectolax.lexbor import LexborHTMLParser

from monitor.app import App
from monitor.domain import Outcome, Role, SourceState
from monitor.render.dutch import moment
from monitor.store import events, items, sources
from monitor.work.ingest import take_in
from tests.build import NOON, a_raw, at
from tests.fakes import FixedClock
from tests.intruders import intruder
from tests.monitor.web.conftest import Seats
from tests.monitor.web.desk import Desk, words
from tests.monitor.web.invented import Week

SIGNAL: dict[str, object] = {
    "title": "Blokkade van het Julianaplein aangekondigd",
    "text": "Ongeveer 50 mensen willen het plein blokkeren.",
    "category": "demonstratie",
    "place": "Julianaplein",
    "starts": "2026-11-28T14:00",
    "ends": "2026-11-28T16:00",
    "codes": ["blokkade", "geen_kennisgeving"],
    "provision_basis": "wpg_16",
    "provided_by": "basisteam",
    "handling": "vertrouwelijk",
    "expires": "2026-12-05",
}


def test_a_signal_opens_a_confidential_event_with_what_was_ticked(app: App, desk: Seats) -> None:
    liaison = desk(Role.LIAISON)

    answer = liaison.post("/signalen/nieuw", **SIGNAL)

    page = liaison.get(answer.headers["location"])
    assert "za 28 nov 14.00–16.00 uur" in words(page, ".tw-facts")
    assert "vertrouwelijk" in words(page, ".tw-event__head")
    assert "aangevinkt door een mens" in words(page, ".tw-ind")
    with app.store.read() as session:
        event = events.get(session, int(answer.headers["location"].rsplit("/", 1)[1]))
    assert not event.public


@pytest.mark.parametrize(
    ("change", "field", "problem"),
    [
        ({"title": ""}, "title", "Vul een korte omschrijving in."),
        ({"category": ""}, "category", "Kies een soort gebeurtenis."),
        ({"provided_by": ""}, "provided_by", "Kies van wie dit signaal komt"),
        ({"provision_basis": ""}, "provision_basis", "Kies de grondslag waarop u dit signaal deelt."),
        ({"handling": ""}, "handling", "Kies hoe vertrouwelijk het signaal is."),
        ({"expires": ""}, "expires", "Kies een einddatum"),
        ({"starts": "morgen"}, "starts", "Schrijf dag en tijd als"),
        ({"ends": "2026-11-28T13:00"}, "ends", "Het einde moet na het begin liggen."),
    ],
)
def test_a_signal_with_a_problem_comes_back_with_the_problem_twice(
    change: dict[str, object], field: str, problem: str, desk: Seats
) -> None:
    answer = desk(Role.LIAISON).post("/signalen/nieuw", **SIGNAL | change)

    assert answer.status_code == 400
    assert problem in words(answer, f"[role=alert] a[href='#{field}']")
    assert problem in words(answer, f"#{field}-fout")
    kept = LexborHTMLParser(answer.text).css_first("#place")
    assert kept is not None
    assert kept.attributes["value"] == "Julianaplein"


def test_a_signal_with_a_name_is_refused_with_the_words_marked_and_nothing_is_kept(app: App, desk: Seats) -> None:
    """R32: the form holds the text without them; what was typed stands beside it, marked."""
    answer = desk(Role.LIAISON).post("/signalen/nieuw", **SIGNAL | {"text": "Vraag naar Pieter Jansen, 06-12345678."})

    assert answer.status_code == 400
    assert "Er is niets bewaard" in words(answer, "[role=alert]")
    assert words(answer, "#text") == "Vraag naar [naam], [telefoonnummer]."
    assert marks(answer) == ["Pieter Jansen (een naam)", "06-12345678 (een telefoonnummer)"]
    assert answer.text.count("06-12345678") == 1
    with app.store.read() as session:
        assert items.count(session) == 0


def marks(answer: httpx.Response) -> list[str]:
    """The words that the page marks, each with what they are."""
    return [node.text() for node in LexborHTMLParser(answer.text).css("#vooraf mark")]


def test_the_form_offers_every_indicator_of_the_table(app: App, desk: Seats) -> None:
    answer = desk(Role.LIAISON).get("/signalen/nieuw")

    boxes = LexborHTMLParser(answer.text).css("input[name=codes]")
    assert {box.attributes["value"] for box in boxes} == {row.code for row in app.reader.indicators}


def test_a_briefing_is_a_draft_until_someone_approves_it(desk: Seats, week: Week) -> None:
    editor = desk(Role.EDITOR)
    made = editor.post("/briefings", edition="open").headers["location"]
    draft = editor.get(made)

    editor.post(f"{made}/goedkeuren", sha256=text_of(draft))

    approved = editor.get(made)
    assert "concept, nog niet goedgekeurd" in words(draft, ".tw-briefing__status")
    assert words(approved, ".tw-briefing__status") == "Goedgekeurd door redacteur, zo 22 nov 2026 12.00 uur"
    assert "Keur goed" not in words(approved)
    assert editor.post(f"{made}/goedkeuren", sha256=text_of(draft)).status_code == 409


def text_of(page: httpx.Response) -> str:
    """Which text of a draft its button approves."""
    [field] = LexborHTMLParser(page.text).css("form[action$='/goedkeuren'] input[name=sha256]")
    return field.attributes["value"] or ""


def test_a_briefing_that_was_made_anew_since_the_page_was_opened_is_not_approved(
    app: App, desk: Seats, week: Week
) -> None:
    """R35: nobody approves a text that they did not see."""
    advisor, editor = desk(Role.ADVISOR), desk(Role.EDITOR)
    made = advisor.post("/briefings", edition="open").headers["location"]
    opened = advisor.get(made)
    take_in(app, [a_raw("Kerstmarkt op de Vismarkt", "Zondag 29 november is er een kerstmarkt op de Vismarkt.")])
    editor.post("/briefings", edition="open")

    late = advisor.post(f"{made}/goedkeuren", sha256=text_of(opened))
    without = advisor.post(f"{made}/goedkeuren")

    renewed = advisor.get(made)
    assert (late.status_code, without.status_code) == (409, 409)
    assert (
        "De tekst van deze briefing is vernieuwd nadat u de pagina opende. Lees eerst de nieuwe tekst. "
        "Bekijk de nieuwe stand en probeer het opnieuw."
    ) in words(late)
    assert "Concept, nog niet goedgekeurd" in words(renewed)
    assert advisor.post(f"{made}/goedkeuren", sha256=text_of(renewed)).status_code == 303


def test_the_confidential_edition_is_for_the_few(desk: Seats, week: Week) -> None:
    advisor, editor = desk(Role.ADVISOR), desk(Role.EDITOR)
    made = advisor.post("/briefings", edition="vertrouwelijk").headers["location"]

    assert "Hoogkerk" in words(advisor.get(made), ".tw-briefing")
    assert editor.get(made).status_code == 404
    assert editor.post("/briefings", edition="vertrouwelijk").status_code == 403
    assert made not in editor.get("/briefings").text


def test_the_file_of_a_briefing_holds_everything_it_needs(desk: Seats, week: Week) -> None:
    advisor = desk(Role.ADVISOR)
    made = advisor.post("/briefings", edition="open").headers["location"]

    answer = advisor.get(f"{made}.html")

    assert answer.headers["content-disposition"] == 'attachment; filename="weekbriefing-2026-w47.html"'
    assert not [n for n in LexborHTMLParser(answer.text).css("link, script, img") if "data:" not in (n.html or "")]


def test_a_pdf_comes_as_a_file(desk: Seats, week: Week) -> None:
    advisor = desk(Role.ADVISOR)
    made = advisor.post("/briefings", edition="open").headers["location"]

    answer = advisor.get(f"{made}.pdf")

    assert (answer.headers["content-type"], answer.content[:5]) == ("application/pdf", b"%PDF-")


def test_the_page_of_sources_tells_ground_health_and_advice(desk: Seats, week: Week) -> None:
    answer = desk(Role.ADVISOR).get("/bronnen")

    row = words(answer, "tr#krant")
    assert "werkt" in row
    assert "Gemeentewet art. 172" in row
    assert "1 bron werkt" in words(answer, ".tw-sub")


def test_the_page_of_sources_says_since_when_what_to_do_and_when_it_is_asked_again(
    app: App, desk: Seats, week: Week
) -> None:
    silent = SourceState(
        source="krant", outcome=Outcome.NOT_MODIFIED, polled_at=NOON, due_at=NOON + timedelta(minutes=20),
        news_at=at(18, 9), news_days=["2026-11-16", "2026-11-17", "2026-11-18"],
    )  # fmt: skip
    with app.store.begin() as session:
        sources.save(session, silent)

    row = words(desk(Role.ADVISOR).get("/bronnen"), "tr#krant td")

    assert row.startswith(
        "stil sinds wo 18 nov 09.00 uur De bron gaf meestal elke dag nieuws. "
        "Het laatste bericht is van wo 18 nov 2026. Controleer of de pagina nog bestaat. "
        "wo 18 nov 09.00 uur meestal elke dag nieuws zo 22 nov 12.00 uur weer vanaf zo 22 nov 12.20 uur "
    )


def test_a_source_is_paused_and_taken_up_again(desk: Seats, week: Week) -> None:
    officer = desk(Role.PRIVACY)

    refused = officer.post("/bronnen/krant/pauze", paused="true", pause_reason=" ")
    officer.post("/bronnen/krant/pauze", paused="true", pause_reason="De uitgever verhuist.")
    paused = words(officer.get("/bronnen"), "tr#krant .tw-state")
    officer.post("/bronnen/krant/pauze", paused="false", pause_reason="De uitgever is verhuisd.")

    assert (refused.status_code, words(refused, "#pause_reason-fout")) == (400, "Geef een reden.")
    assert (paused, words(officer.get("/bronnen"), "tr#krant .tw-state")) == ("gepauzeerd", "werkt")


def test_the_kill_switch_wants_a_reason_and_says_who_pulled_it(desk: Seats) -> None:
    advisor = desk(Role.ADVISOR)

    refused = advisor.post("/bronnen/stop", reason=" ")
    advisor.post("/bronnen/stop", reason="Een bron lekt namen.")

    assert (refused.status_code, "Geef een reden" in words(refused, "#reason-fout")) == (400, True)
    assert "gestopt door adviseur" in words(advisor.get("/"), ".tw-band--stop")
    advisor.post("/bronnen/hervat", reason="Opgelost.")
    assert "Het verzamelen staat stil" not in words(advisor.get("/"))


def test_the_trail_shows_what_was_done_and_that_its_chain_is_whole(desk: Seats, week: Week) -> None:
    desk(Role.PROJECT).get(f"/gebeurtenissen/{week.vigil}")

    answer = desk(Role.PRIVACY).get("/logboek")

    assert "De keten klopt" in words(answer, ".tw-alert")
    assert f"bekeek een gebeurtenis gebeurtenis {week.vigil}" in words(answer, "table")


def test_a_changed_line_of_the_trail_is_noticed(app: App, desk: Seats, week: Week) -> None:
    desk(Role.PROJECT).get(f"/gebeurtenissen/{week.vigil}")
    with intruder(app.store.url) as them:
        them.sql("UPDATE audit_entry SET who = 'iemand anders' WHERE id = 1")

    told = words(desk(Role.PRIVACY).get("/logboek"), "[role=alert]")

    assert "De keten klopt niet" in told
    assert "Regel 1 is gewijzigd." in told


def test_a_page_of_the_trail_tells_a_change_within_a_quarter_of_an_hour_and_when_it_was_proven(
    app: App, desk: Seats, week: Week, clock: FixedClock
) -> None:
    officer = desk(Role.PRIVACY)
    proven = words(officer.get("/logboek"), ".tw-alert--ok")
    with intruder(app.store.url) as them:
        them.sql("UPDATE audit_entry SET who = 'iemand anders' WHERE id = 1")

    clock.forward(minutes=14)
    soon = words(officer.get("/logboek"), ".tw-alert--ok")
    clock.forward(minutes=1)
    later = words(officer.get("/logboek"), "[role=alert]")

    assert f"Nagekeken op {moment(clock() - timedelta(minutes=15))}." in proven
    assert (soon, "Regel 1 is gewijzigd." in later) == (proven, True)


def test_administrators_see_who_may_log_in(desk: Seats) -> None:
    desk(Role.ADVISOR)

    assert "adviseur Adviseur openbare orde" in words(desk(Role.ADMIN).get("/gebruikers"), "table")


def test_everyone_may_read_what_is_done_with_data(guest: Desk, app: App, week: Week) -> None:
    answer = guest.get("/privacy")

    assert answer.status_code == 200
    text = words(answer, "main")
    assert "Wij volgen geen personen" in text
    assert "Krant" in text
    assert f"Alle {len(app.reader.indicators)} indicatoren" in text


def test_the_signs_of_life_need_no_login(guest: Desk, app: App) -> None:
    assert (guest.get("/gezond").text, guest.get("/gereed").text) == ("gezond", f"gereed, lezer {app.reader.version}")


def test_a_leak_can_be_reported(guest: Desk, clock: FixedClock) -> None:
    answer = guest.get("/.well-known/security.txt")

    assert answer.headers["content-type"].startswith("text/plain")
    assert answer.text.splitlines()[:2] == [
        "Contact: mailto:beheer@torenwacht.example",
        "Expires: 2027-05-21T00:00:00Z",
    ]


def test_every_page_carries_the_safety_headers(guest: Desk, web: object) -> None:
    answer = guest.get("/inloggen")

    policy = answer.headers["content-security-policy"]
    assert "unsafe" not in policy
    assert {"default-src 'self'", "frame-ancestors 'none'", "base-uri 'none'"} <= set(policy.split("; "))
    assert [answer.headers[name] for name in ("referrer-policy", "x-content-type-options", "cache-control")] == [
        "same-origin", "nosniff", "no-store",
    ]  # fmt: skip


def test_static_files_may_be_kept_for_their_address_holds_a_hash(guest: Desk) -> None:
    sheet = next(
        node.attributes["href"] or ""
        for node in LexborHTMLParser(guest.get("/inloggen").text).css("link[rel=stylesheet]")
    )

    answer = guest.get(sheet)

    assert (answer.status_code, answer.headers["cache-control"]) == (200, "public, max-age=31536000, immutable")
    assert guest.get(sheet.replace("tokens", "nergens")).headers["cache-control"] == "no-store"


def test_no_page_has_style_or_script_inside(desk: Seats, week: Week) -> None:
    advisor = desk(Role.ADVISOR)

    for path in ("/", f"/gebeurtenissen/{week.clash}", "/bronnen", "/briefings", "/privacy"):
        page = LexborHTMLParser(advisor.get(path).text)
        assert page.css("[style], style, script:not([src]), [onclick]") == [], path


def test_a_request_that_is_too_large_is_refused(guest: Desk) -> None:
    answer = guest.post("/inloggen", token="", naam="a" * 70_000)

    assert answer.status_code == 413
