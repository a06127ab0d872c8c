"""The weekly briefing: what it must say on its face, and what it must never say."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from monitor.render import article_of, to_html, with_approval
from tests.build import NOON
from tests.monitor.render.build import CANARY, INDICATORS, a_digest


def _words(html: str, selector: str = "body") -> str:
    found = LexborHTMLParser(html).css(selector)
    return " ".join(" ".join(node.text(separator=" ").split()) for node in found)


def test_the_front_names_period_audience_handling_expiry_and_status() -> None:
    html = to_html(a_digest(), indicators=INDICATORS)

    assert _words(html, ".tw-briefing__front") == (
        "Torenwacht Weekbriefing openbare orde zondag 22 november t/m zaterdag 5 december 2026 "
        "Opgesteld zo 22 nov 2026 12.00 uur Voor Team openbare orde Omgang intern Vervalt za 5 dec 2026 "
        "Status concept, nog niet goedgekeurd"
    )


def test_every_section_of_the_weekly_briefing_is_there_in_order() -> None:
    html = to_html(a_digest(), indicators=INDICATORS)

    assert [" ".join(node.text().split()) for node in LexborHTMLParser(html).css("h2")] == [
        "In één minuut", "Agenda van 14 dagen", "Kaart", "Demonstraties", "Wat er veranderde", "Terugblik",
        "Bronnen en blinde vlekken", "Verantwoording",
    ]  # fmt: skip


def test_observation_and_judgement_stand_apart() -> None:
    card = _words(to_html(a_digest(), indicators=INDICATORS), ".tw-briefing__event--b")

    assert "Waarneming: aangekondigd door 1 bron." in card
    assert "Beoordeling: niveau B – aandacht (nog niet beoordeeld)." in card
    assert "Blokkade (zwaar) Ga na: Welke omwegen zijn er?" in card


def test_an_unreviewed_c_is_a_signal_here_too() -> None:
    card = _words(to_html(a_digest(), indicators=INDICATORS), ".tw-briefing__event--c")

    assert "niveau C – risicovol (signaal, nog niet beoordeeld)" in card


def test_days_with_more_than_one_event_are_marked_and_quiet_days_are_named() -> None:
    html = to_html(a_digest(), indicators=INDICATORS)

    assert _words(html, ".tw-briefing__overlap") == "2 op één dag"
    assert "Geen gebeurtenissen bekend op: zo 22 nov, ma 23 nov, wo 25 nov" in _words(html)


def test_the_agenda_adds_up_each_day_and_says_how_much_of_it_is_known() -> None:
    html = to_html(a_digest(), indicators=INDICATORS)

    assert _words(html, ".tw-briefing__loads tbody") == (
        "di 24 nov 1 × C, 1 × B minstens 300 mensen (hoogstens 500 bij wat bekend is), "
        "van 1 van de 2 is de omvang bekend 14.00–15.00 uur: 2 tegelijk"
    )
    assert _words(to_html(a_digest(loads=()), indicators=INDICATORS), ".tw-briefing__loads") == ""


def test_the_open_edition_holds_no_trace_of_a_confidential_event_but_its_number() -> None:
    html = to_html(a_digest(), indicators=INDICATORS)

    assert CANARY not in html
    assert "Daarnaast 1 vertrouwelijke gebeurtenis: alleen in de vertrouwelijke editie." in _words(html)


def test_the_confidential_edition_shows_them_and_says_so_on_its_face() -> None:
    html = to_html(a_digest(confidential=True), indicators=INDICATORS)

    assert CANARY in html
    assert "Voor Adviseurs openbare orde, politieliaison Omgang vertrouwelijk" in _words(html, ".tw-briefing__front")


def test_only_the_confidential_edition_quotes_for_a_police_report_may_have_joined_an_open_event() -> None:
    open_edition, closed_edition = (
        _words(to_html(a_digest(confidential=confidential), indicators=INDICATORS)) for confidential in (False, True)
    )

    assert "rijden stapvoets de ring over" not in open_edition
    assert "Blokkade (zwaar): ‘rijden stapvoets de ring over’" in closed_edition


def test_blind_spots_are_told_first_and_in_full() -> None:
    html = to_html(a_digest(), indicators=INDICATORS)

    assert "1 bron ziet nu niets (Krant). Er kan iets ontbreken." in _words(html, ".tw-briefing__warn")
    assert "Krant stil (ziet nu niets)" in _words(html, "table")
    assert "Krant : stil, sinds vr 20 nov 2026 09.00 uur. Controleer of de pagina nog bestaat." in _words(html, "li")


def test_the_account_gives_the_numbers() -> None:
    assert _words(to_html(a_digest(), indicators=INDICATORS), ".tw-briefing__figures dd") == "1.212 30 340"


def test_the_document_holds_everything_it_needs() -> None:
    page = LexborHTMLParser(to_html(a_digest(), indicators=INDICATORS))

    sources = {(node.attributes["src"] or "").split(",")[0] for node in page.css("img")}
    style = page.css_first("style")
    assert sources == {"data:image/svg+xml;base64"}
    assert page.css("link, script") == []
    assert style is not None
    assert style.text().count("url(") == style.text().count("url(data:font/woff2;base64,") == 1


def test_every_picture_has_words_and_every_heading_cell_a_scope() -> None:
    page = LexborHTMLParser(to_html(a_digest(), indicators=INDICATORS))

    assert [node.html for node in page.css("img") if not node.attributes.get("alt")] == []
    assert [node.html for node in page.css("th") if not node.attributes.get("scope")] == []


def test_approval_changes_the_face_and_nothing_else() -> None:
    html = to_html(a_digest(), indicators=INDICATORS)

    approved = with_approval(html, by="<anna>", at=NOON)

    assert _words(approved, ".tw-briefing__status") == "Goedgekeurd door <anna>, zo 22 nov 2026 12.00 uur"
    assert approved.split("<!-- /status -->")[1] == html.split("<!-- /status -->")[1]
    assert with_approval(html, by="", at=None) == html


def test_inside_a_page_only_the_article_is_shown() -> None:
    article = article_of(to_html(a_digest(), indicators=INDICATORS))

    assert (article.lstrip()[:8], "<style" in article, "<html" in article) == ("<article", False, False)


@pytest.mark.parametrize("field", ["in_short", "organisation"])
def test_what_others_wrote_stays_text(field: str) -> None:
    value: object = "<b>vet</b>" if field == "organisation" else ("<b>vet</b>",)

    html = to_html(a_digest(**{field: value}), indicators=INDICATORS)

    assert "<b>vet</b>" not in html
