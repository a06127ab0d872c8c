"""When an event takes place, told in the many ways of Dutch (R50)."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from classifiers.periods import period_of
from classifiers.reading import Period
from classifiers.vocabulary import Phase, Precision

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
WEDNESDAY = "2025-06-11 10:00"


def at(written: str) -> datetime:
    """A moment in Amsterdam: "2025-06-11 10:00"."""
    return datetime.fromisoformat(written).replace(tzinfo=AMSTERDAM)


def days(first: str, last: str | None = None, precision: Precision = Precision.DAY) -> Period:
    """From the morning of `first` to the midnight after `last`."""
    end = date.fromisoformat(last or first) + timedelta(days=1)
    return Period(at(f"{first} 00:00"), at(f"{end} 00:00"), precision)


def clock(start: str, end: str | None = None) -> Period:
    return Period(at(start), at(end) if end else None, Precision.MINUTE)


def read(text: str, published: str = WEDNESDAY, phase: Phase | None = None) -> Period | None:
    return period_of("Bericht", text, published=at(published), phase_hint=phase)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("De mars begint zaterdag 14 juni 2025 om 14.00 uur op de Grote Markt.", clock("2025-06-14 14:00")),
        ("Zaterdag 14-6 om 14:00 demonstreren we.", clock("2025-06-14 14:00")),
        ("Op 14/6/2025 is er een markt.", days("2025-06-14")),
        ("za 14 juni, 20.30 uur: concert", clock("2025-06-14 20:30")),
        ("12.06.2025 19.30 uur, concert in de kerk", clock("2025-06-12 19:30")),
        ("De optocht trekt op 2025-07-05 door het dorp.", days("2025-07-05")),
        ("De wake is op de 20e om half negen.", clock("2025-06-20 20:30")),
        ("31e vanaf 21.00 uur achter de flat", clock("2025-07-31 21:00")),
        ("za 22.30 parkeerplaats, allemaal komen", clock("2025-06-14 22:30")),
        ("Zaterdag de 21ste staat er een podium.", days("2025-06-21")),
        ("Zaterdag 21 komt de kermis naar Hoogkerk.", days("2025-06-21")),
    ],
)
def test_a_date_is_read_in_every_common_spelling(text: str, expected: Period) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Vanavond om 20.00 uur protesteren bewoners bij het stadhuis.", clock("2025-06-11 20:00")),
        ("Morgen om tien uur demonstreren studenten.", clock("2025-06-12 10:00")),
        ("Overmorgen tussen twee en vier uur is er een picket.", clock("2025-06-13 14:00", "2025-06-13 16:00")),
        ("Gisteravond is een groep jongeren slaags geraakt.", days("2025-06-10")),
        ("Eergisteren liep een feest uit de hand.", days("2025-06-09")),
        ("Zaterdag lopen we een mars door de stad.", days("2025-06-14")),
        ("Zaterdag liepen honderden mensen mee in een mars.", days("2025-06-07")),
        ("Afgelopen zaterdag werd het plein bezet.", days("2025-06-07")),
        ("Het was maandag onrustig; de politie hield vier mensen aan.", days("2025-06-09")),
        ("De actie is donderdag a.s. vanaf 8 uur.", clock("2025-06-12 08:00")),
        ("Volgende week donderdag om 9.30 uur start de actie.", clock("2025-06-19 09:30")),
        ("Zaterdag over een week is de intocht.", days("2025-06-21")),
        ("Over twee weken is er een mars.", days("2025-06-25")),
        ("Komend weekend is er een rommelmarkt.", days("2025-06-14", "2025-06-15", Precision.WEEKEND)),
        ("Volgende week wordt er gestaakt.", days("2025-06-16", "2025-06-22", Precision.WEEK)),
    ],
)
def test_relative_words_count_from_publication(text: str, expected: Period) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("De optocht is de laatste zaterdag van september.", days("2025-09-27")),
        ("In het eerste weekend van juli is de kermis.", days("2025-07-05", "2025-07-06", Precision.WEEKEND)),
        ("Met oudejaarsavond is er een feest.", days("2025-12-31")),
        ("Tijdens de jaarwisseling geldt een vuurwerkverbod.", days("2025-12-31", "2026-01-01")),
        ("Met oud en nieuw is de zone verboden gebied.", days("2025-12-31", "2026-01-01")),
        ("De burgemeester opent op nieuwjaarsdag de duik.", days("2026-01-01")),
        ("Gronings Ontzet wordt weer groots gevierd.", days("2025-08-28")),
        ("Sint-Maarten valt dit jaar droog.", days("2025-11-11")),
        ("Op Koningsdag is er een vrijmarkt.", days("2026-04-27")),
    ],
)
def test_feasts_and_counted_days_are_dates(text: str, expected: Period) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Op tweede paasdag is er een toernooi.", days("2025-04-21")),
        ("Op Hemelvaartsdag is er een braderie.", days("2025-05-29")),
        ("Op tweede pinksterdag rijden de tractoren.", days("2025-06-09")),
        ("Koningsnacht wordt gevierd op de Vismarkt.", days("2025-04-25")),
        ("Koningsdag wordt gevierd op de Vismarkt.", days("2025-04-26")),
        ("De Dodenherdenking is bij het monument.", days("2025-05-04")),
        ("Bevrijdingsdag begint met muziek.", days("2025-05-05")),
    ],
)
def test_feasts_that_move_are_counted_from_easter_or_shift_from_sunday(text: str, expected: Period) -> None:
    assert read(text, "2025-04-01 10:00") == expected


@pytest.mark.parametrize(
    ("told", "start", "end"),
    [
        ("om 14.00 uur", "14:00", None),
        ("om 14:00", "14:00", None),
        ("om 14u30", "14:30", None),
        ("aanvang 14u", "14:00", None),
        ("om half drie", "14:30", None),
        ("om kwart over vier", "16:15", None),
        ("om kwart voor één", "12:45", None),
        ("om tien voor half vier", "15:20", None),
        ("om drie uur 's middags", "15:00", None),
        ("om acht uur 's avonds", "20:00", None),
        ("om negen uur 's ochtends", "09:00", None),
        ("vanaf 20.00 uur", "20:00", None),
        ("van 13.00 tot 17.00 uur", "13:00", "17:00"),
        ("van één tot drie uur 's middags", "13:00", "15:00"),
        ("tussen 20.00 en 22.00 uur", "20:00", "22:00"),
        ("20.00-22.30 uur", "20:00", "22:30"),
        (", inloop 19.00 uur, start 20.00 uur", "20:00", None),
        (", aftrap 14.30 uur", "14:30", None),
    ],
)
def test_the_clock_is_read_in_every_common_spelling(told: str, start: str, end: str | None) -> None:
    expected = clock(f"2025-06-13 {start}", f"2025-06-13 {end}" if end else None)

    assert read(f"De bijeenkomst is vrijdag {told}.") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Het festival duurt van 14 t/m 16 juni.", days("2025-06-14", "2025-06-16")),
        ("Het festival is van vrijdag 13 tot en met zondag 15 juni.", days("2025-06-13", "2025-06-15")),
        ("Vrijdag en zaterdag is er kermis in Hoogkerk.", days("2025-06-13", "2025-06-14")),
        ("De kermis staat er 13, 14 en 15 juni.", days("2025-06-13", "2025-06-15")),
        ("Op 14 en 21 juni is er een markt.", days("2025-06-14")),
        (
            "Van zaterdag 20.00 uur tot zondag 04.00 uur is het gebied afgesloten.",
            clock("2025-06-14 20:00", "2025-06-15 04:00"),
        ),
    ],
)
def test_days_that_belong_together_are_one_period(text: str, expected: Period) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Meld je uiterlijk 12 juni aan voor de loop op zondag 22 juni, start 11.00 uur.",
        "De vergunning geldt voor zondag 22 juni, 11.00 uur. Bezwaar maken kan tot 25 juli.",
        "Vorig jaar was de loop op 8 juni. Dit jaar begint die op 22 juni om 11.00 uur.",
        "De raad besloot maandag dat de loop doorgaat: zondag 22 juni om 11.00 uur.",
    ],
)
def test_deadlines_decisions_and_earlier_years_are_not_the_event(text: str) -> None:
    assert read(text) == clock("2025-06-22 11:00")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("De rechter doet op 20 juni uitspraak over de rellen van 31 mei.", days("2025-05-31")),
        (
            "Sinds donderdag wordt er geklaagd. Afgelopen vrijdagnacht stopte het feest laat.",
            days("2025-06-06", "2025-06-07"),
        ),
        ("De burgemeester schreef maandag over de kermis van zaterdag 31 mei.", days("2025-05-31")),
    ],
)
def test_a_look_back_is_of_the_day_it_happened(text: str, expected: Period) -> None:
    assert read(text, phase=Phase.OVER) == expected


@pytest.mark.parametrize(
    "text",
    [
        "In september komt er een festival.",
        "Er is nog niets bekend.",
        "Iedere zaterdag is er markt.",
        "'s Morgens is het druk. Goede morgen allemaal!",
        "De uitslag was 2-1 en later 3-0.",
        "Een melding duurt 24 uur en kost 14.50 euro.",
        "Bel 050 123 45 67 of kijk in artikel 2.3.",
        "Op 31 juni gebeurt er niets.",
        "",
    ],
)
def test_without_a_named_time_there_is_no_period(text: str) -> None:
    assert read(text) is None


def test_dates_around_new_year_fall_in_the_year_that_is_near() -> None:
    coming = read("De nieuwjaarsduik is op 1 januari om 14.00 uur.", "2025-12-20 12:00")
    gone = read("Op 31 december werden vier mensen aangehouden.", "2026-01-05 12:00")
    night = read("Vannacht is een auto in brand gestoken.", "2026-01-01 09:00")

    assert coming == clock("2026-01-01 14:00")
    assert gone == days("2025-12-31")
    assert night == days("2025-12-31", "2026-01-01")


def test_a_weekday_beside_a_date_settles_the_year() -> None:
    """16 May was a Friday in 2025, a Saturday in 2026."""
    assert read("Op zaterdag 16 mei is er een braderie.") == days("2026-05-16")
    assert read("Op vrijdag 16 mei was er een braderie.") == days("2025-05-16")


def test_a_clock_past_midnight_is_the_next_day_where_the_words_say_night() -> None:
    small = read("Zaterdagnacht om twee uur begint een rave.", "2025-06-12 10:00")
    rave = read("Zaterdagnacht van 23.00 tot 05.00 uur is er een rave.")
    bonfire = read("Oudejaarsavond om half een 's nachts gaat het vuur aan.", "2025-12-28 10:00")

    assert small == clock("2025-06-15 02:00")
    assert rave == clock("2025-06-14 23:00", "2025-06-15 05:00")
    assert bonfire == clock("2026-01-01 00:30")


def test_the_night_of_publication_is_the_one_behind_or_ahead() -> None:
    assert read("Vannacht zijn zes mensen aangehouden.", "2025-06-15 09:00") == days("2025-06-14", "2025-06-15")
    assert read("Vannacht gaan er feesten beginnen.", "2025-06-14 20:00") == days("2025-06-14", "2025-06-15")


def test_both_sides_of_a_clock_change_keep_local_time() -> None:
    """In 2025 the clock went forward on 30 March at 02:00 and back on 26 October at 03:00."""
    spring = read("Zondag 30 maart om 13.00 uur begint de loop.", "2025-03-28 12:00")
    autumn = read("Zaterdag 25 oktober is er een feest van 23.00 tot 05.00 uur.", "2025-10-24 12:00")
    skipped = read("Vannacht om 02.30 uur begint de race.", "2025-03-29 20:00")

    assert spring is not None
    assert spring.start.astimezone(UTC) == datetime(2025, 3, 30, 11, tzinfo=UTC)
    assert autumn is not None
    assert autumn.end is not None
    assert (autumn.start.astimezone(UTC), autumn.end.astimezone(UTC)) == (
        datetime(2025, 10, 25, 21, tzinfo=UTC),
        datetime(2025, 10, 26, 4, tzinfo=UTC),
    )
    assert skipped == clock("2025-03-30 03:30")


def test_the_day_of_a_clock_change_is_whole() -> None:
    assert read("Zondag 26 oktober is er een markt.", "2025-10-24 12:00") == days("2025-10-26")


def test_published_in_another_zone_counts_by_amsterdam() -> None:
    """Half past eleven at night in London is the next day here."""
    published = datetime(2025, 6, 10, 22, 30, tzinfo=UTC)

    assert period_of("", "Vandaag om 12.00 uur is er een wake.", published=published) == clock("2025-06-10 12:00")
    assert period_of("", "Vandaag is er een wake.", published=published.replace(hour=5)) == days("2025-06-10")


def test_the_small_hours_still_belong_to_last_night() -> None:
    posted = read("Nu feest in het park, honderd man.", "2025-06-15 02:00", Phase.UNDER_WAY)
    told = read("Gisteravond begon het feest in het park.", "2025-06-15 02:00", Phase.OVER)

    assert posted == days("2025-06-14", "2025-06-15")
    assert told == days("2025-06-14")


def test_a_post_from_the_spot_without_a_date_is_of_today_when_it_is_under_way() -> None:
    text = "honderd man op de vismarkt, politie komt eraan"

    assert read(text, phase=Phase.UNDER_WAY) == days("2025-06-11")
    assert read(text, phase=Phase.ANNOUNCED) is None


def test_the_phase_settles_which_way_a_weekday_looks() -> None:
    text = "Zaterdag mars door de binnenstad."

    assert read(text, phase=Phase.ANNOUNCED) == days("2025-06-14")
    assert read(text, phase=Phase.OVER) == days("2025-06-07")


def test_a_look_back_tells_the_day_and_not_the_minute() -> None:
    assert read("Dinsdag om half negen zette de politie de ME in.", phase=Phase.OVER) == days("2025-06-10")


def test_no_concrete_event_has_no_period() -> None:
    assert read("Meld een demonstratie 48 uur van tevoren, uiterlijk vrijdag.", phase=Phase.OTHER) is None


def test_the_day_of_publication_is_today_in_running_news() -> None:
    assert read("Zaterdag is er een demonstratie op de Vismarkt.", "2025-06-14 09:00") == days("2025-06-14")


def test_a_weekend_in_the_title_does_not_swallow_the_first_day_of_the_text() -> None:
    text = "Van vrijdag 13 juni 17.00 uur tot zondag 15 juni 02.00 uur geldt een noodverordening in de binnenstad."

    period = period_of("Noodverordening dit weekend", text, published=at(WEDNESDAY), phase_hint=Phase.ANNOUNCED)

    assert period == clock("2025-06-13 17:00", "2025-06-15 02:00")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Op zaterdag 14 juni is de Herestraat van 12.00 tot 18.00 uur gesloten voor verkeer. De optocht vertrekt om"
            " 14.00 uur.",
            "2025-06-14 14:00",
        ),
        (
            "Zaterdag 14 juni mag u van 08.00 tot 18.00 uur niet parkeren op de Ossenmarkt. De tocht begint om"
            " 12.00 uur.",
            "2025-06-14 12:00",
        ),
        (
            "Zondag 15 juni spelen we om 14.30 uur in Zwolle. De bussen vertrekken om 11.15 uur vanaf het stadion.",
            "2025-06-15 14:30",
        ),
    ],
)
def test_the_hour_of_a_closed_road_or_a_bus_is_not_that_of_the_event_beside_it(text: str, expected: str) -> None:
    period = read(text, phase=Phase.ANNOUNCED)

    assert period is not None
    assert period.start == at(expected)


def test_half_past_eleven_on_new_years_eve_is_shortly_before_midnight() -> None:
    period = read("oudjaar half 12 bij de molen, iedereen neemt hout mee", "2025-12-29 12:00", Phase.ANNOUNCED)

    assert period == clock("2025-12-31 23:30")


def test_a_date_in_the_title_counts() -> None:
    found = period_of("Kermis op zaterdag 21 juni", "Iedereen is welkom.", published=at(WEDNESDAY))

    assert found == days("2025-06-21")
