"""Kind "ics": zones, nights, folded lines, and the shapes in which calendars are published. All content is invented."""

import pytest

from classifiers import Period, Precision
from monitor.collect.formats.ics import parse
from monitor.domain import Fetched, RawItem, Told
from monitor.errors import NotAFeed
from tests.monitor.collect.build import a_fetched, a_source, local

CALENDAR = a_source("ics", url="https://club.example/agenda.ics", hosts=("club.example",))


def answer(event: str, *, head: str = "", end: str = "\r\n") -> Fetched:
    text = f"BEGIN:VCALENDAR\nVERSION:2.0\n{head}BEGIN:VEVENT\n{event.strip()}\nEND:VEVENT\nEND:VCALENDAR\n"
    return a_fetched(text.replace("\n", end))


def one(event: str, *, head: str = "") -> RawItem:
    (item,) = parse(answer(event, head=head), CALENDAR)
    return item


def span(event: str, *, head: str = "") -> tuple[str, str]:
    period = one(event, head=head).told.period
    assert period is not None
    return f"{period.start:%m-%d %H:%M%z}", f"{period.end:%m-%d %H:%M%z}" if period.end else ""


@pytest.mark.parametrize(
    "start",
    [
        "DTSTART:20261227T190000Z",
        "DTSTART:20261227T200000",
        "DTSTART;TZID=Europe/Amsterdam:20261227T200000",
        'DTSTART;TZID="Europe/Amsterdam":20261227T200000',
        "DTSTART;TZID=W. Europe Standard Time:20261227T200000",
        "DTSTART;TZID=/citadel.org/20070227_1/Europe/Amsterdam:20261227T200000",
        "DTSTART;TZID=Nergens/Hier:20261227T200000",
        "dtstart;tzid=Europe/London:20261227T190000",
        "DTSTART;VALUE=DATE-TIME:20261227T200000",
    ],
)
def test_moment_is_the_same_in_every_spelling_of_its_zone(start: str) -> None:
    assert span(start) == ("12-27 20:00+0100", "")


@pytest.mark.parametrize("zone", ["America/New_York", "Eastern Standard Time"])
def test_moment_without_a_zone_counts_in_the_zone_of_the_calendar(zone: str) -> None:
    assert span("DTSTART:20261227T140000", head=f"X-WR-TIMEZONE:{zone}\n") == ("12-27 20:00+0100", "")


@pytest.mark.parametrize("zone", ["Nergens", "Europe", "/etc/passwd", "../../etc/passwd", ""])
def test_zone_that_does_not_exist_leaves_local_time(zone: str) -> None:
    assert span("DTSTART:20261227T200000", head=f"X-WR-TIMEZONE:{zone}\n") == ("12-27 20:00+0100", "")


def own_zone(offset: str, rule: str = "") -> str:
    return (
        "BEGIN:VTIMEZONE\nTZID:Customized Time Zone\nBEGIN:STANDARD\nDTSTART:16010101T000000\n"
        f"TZOFFSETFROM:{offset}\nTZOFFSETTO:{offset}\n{rule}END:STANDARD\nEND:VTIMEZONE\n"
    )


def test_zone_that_a_calendar_describes_itself_counts_in_that_calendar_only() -> None:
    event = "DTSTART;TZID=Customized Time Zone:20261227T200000"

    assert span(event, head=own_zone("+0500")) == ("12-27 16:00+0100", "")
    assert span(event, head=own_zone("-0500")) == ("12-28 02:00+0100", "")
    assert span(event) == ("12-27 20:00+0100", "")


def test_known_zone_cannot_be_described_anew() -> None:
    head = own_zone("+0500").replace("Customized Time Zone", "Europe/Amsterdam")

    assert span("DTSTART;TZID=Europe/Amsterdam:20261227T200000", head=head) == ("12-27 20:00+0100", "")


def test_zone_that_changes_every_second_is_not_read() -> None:
    head = own_zone("+0500", "RRULE:FREQ=SECONDLY\n")

    assert span("DTSTART;TZID=Customized Time Zone:20261227T200000", head=head) == ("12-27 20:00+0100", "")


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        ("DTSTART;TZID=Europe/Amsterdam:20270327T230000\nDURATION:PT6H", ("03-27 23:00+0100", "03-28 06:00+0200")),
        ("DTSTART;TZID=Europe/Amsterdam:20270327T230000\nDURATION:P1D", ("03-27 23:00+0100", "03-28 23:00+0200")),
        ("DTSTART:20270328T023000\nDTEND:20270328T031500", ("03-28 03:30+0200", "")),
        ("DTSTART:20271031T003000Z\nDTEND:20271031T011500Z", ("10-31 02:30+0200", "10-31 02:15+0100")),
        ("DTSTART;TZID=Europe/Amsterdam:20271030T230000\nDURATION:PT6H", ("10-30 23:00+0200", "10-31 04:00+0100")),
    ],
)
def test_night_in_which_the_clock_is_changed(event: str, expected: tuple[str, str]) -> None:
    assert span(event) == expected


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        ("DTSTART:20261227T200000\nDTEND:20261227T010000", ("12-27 20:00+0100", "")),
        ("DTSTART:20261227T200000\nDTEND:20261227T200000", ("12-27 20:00+0100", "")),
        ("DTSTART:20261227T200000\nDURATION:-PT2H", ("12-27 20:00+0100", "")),
        ("DTSTART:20261227T200000\nDTEND:20261228T010000\nDURATION:PT1H", ("12-27 20:00+0100", "12-28 01:00+0100")),
        ("DTSTART;VALUE=DATE:20261227\nDURATION:P2D", ("12-27 00:00+0100", "12-29 00:00+0100")),
        ("DTSTART;VALUE=DATE:20261227\nDTEND;VALUE=DATE:20261227", ("12-27 00:00+0100", "12-28 00:00+0100")),
        ("DTSTART;VALUE=DATE:20261227\nDTEND;VALUE=DATE:20270103", ("12-27 00:00+0100", "01-03 00:00+0100")),
    ],
)
def test_end_of_an_event(event: str, expected: tuple[str, str]) -> None:
    assert span(event) == expected


def test_folded_and_escaped_text_is_whole_again() -> None:
    item = one(
        "UID:a\nDTSTART:20261227T200000\nSUMMARY:Winterfeest\\, dag 1\\; met een heel lange\n"
        "  titel\nDESCRIPTION:Eerste regel.\\nTweede\n\t regel\\\\.\nLOCATION:Grote Markt\\n Groningen"
    )

    assert item.title == "Winterfeest, dag 1; met een heel lange titel"
    assert (item.text, item.told.place) == ("Eerste regel.\nTweede regel\\.", "Grote Markt Groningen")


def test_fold_in_the_midst_of_a_letter_is_mended() -> None:
    body = answer("UID:a\nDTSTART:20261227T200000\nSUMMARY:Café").body.replace("é".encode(), b"\xc3\r\n \xa9")

    (item,) = parse(a_fetched(body), CALENDAR)

    assert item.title == "Café"


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n", "\r\r\n", "\n\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_ends_of_lines_and_character_sets_of_all_sorts(end: str, encoding: str) -> None:
    text = answer("UID:a\nDTSTART:20261227T200000\nSUMMARY:Café", end=end).body.decode()

    (item,) = parse(a_fetched(text.encode(encoding)), CALENDAR)

    assert item.title == "Café"


def test_text_that_was_not_folded_costs_its_second_line_only() -> None:
    item = one("UID:a\nDTSTART:20261227T200000\nDESCRIPTION:Eerste regel\nen een tweede\nSUMMARY:Feest")

    assert (item.title, item.text) == ("Feest", "Eerste regel")


def test_guests_and_organisers_are_not_read_however_they_are_written() -> None:
    item = one(
        "UID:a\nDTSTART:20261227T200000\nSUMMARY:Feest\nORGANIZER;CN=Wobke Verzonnen:mailto:w@stadsblad.example\n"
        "attendee;CN=Wobke Verzonnen:mailto:w@stadsblad.example\nX-ALT-DESC:Wobke Verzonnen\nTRANSP:OPAQUE\n"
        "CONTACT:Wobke Verzonnen\nCOMMENT:Wobke Verzonnen\nBEGIN:VALARM\nSUMMARY:Wobke Verzonnen\n"
        "DESCRIPTION:Wobke Verzonnen\nTRIGGER:-PT15M\nATTENDEE:mailto:w@stadsblad.example\nEND:VALARM"
    )

    assert "Wobke" not in repr((item.key, item.title, item.text, item.url, item.told))


def test_calendar_that_was_cut_off_is_refused_and_not_read_in_part() -> None:
    """What it no longer lists would otherwise count as withdrawn."""
    whole = answer("UID:a\nDTSTART:20261227T200000\nSUMMARY:Feest").body

    with pytest.raises(NotAFeed, match="no readable calendar"):
        parse(a_fetched(whole[: -len("END:VCALENDAR\r\n")]), CALENDAR)


GOOGLE = """BEGIN:VCALENDAR
PRODID:-//Google Inc//Google Calendar 70.9054//EN
METHOD:PUBLISH
X-WR-CALNAME:Buurthuis De Voorbeeld
X-WR-TIMEZONE:Europe/Amsterdam
BEGIN:VEVENT
DTSTART;TZID=Europe/Amsterdam:20261203T193000
DTEND;TZID=Europe/Amsterdam:20261203T210000
RRULE:FREQ=WEEKLY;WKST=MO;UNTIL=20261217T225959Z;BYDAY=TH
EXDATE;TZID=Europe/Amsterdam:20261210T193000
DTSTAMP:20261122T070000Z
UID:abc123@google.com
CREATED:20260901T090000Z
LAST-MODIFIED:20261015T090000Z
SEQUENCE:2
STATUS:CONFIRMED
SUMMARY:Taalcafé
TRANSP:OPAQUE
END:VEVENT
END:VCALENDAR
"""

OUTLOOK = """BEGIN:VCALENDAR
PRODID:-//Microsoft Corporation//Outlook 16.0 MIMEDIR//EN
BEGIN:VTIMEZONE
TZID:W. Europe Standard Time
BEGIN:STANDARD
DTSTART:16011028T030000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010325T020000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
END:VTIMEZONE
BEGIN:VEVENT
CLASS:PUBLIC
DTSTART;TZID="W. Europe Standard Time":20270415T130000
DTEND;TZID="W. Europe Standard Time":20270415T160000
LOCATION:Stadhuis
SUMMARY;LANGUAGE=nl:Geannuleerd: Open dag
UID:040000008200E00074C5B7101A82E008
X-MICROSOFT-CDO-BUSYSTATUS:FREE
END:VEVENT
END:VCALENDAR
"""

PLATFORM = """BEGIN:VCALENDAR
PRODID:-//Platform//NONSGML Platform Events V1.0//EN
X-ORIGINAL-URL:https://platform.example/evenementen
BEGIN:VEVENT
DTSTAMP:20261122T070000Z
LAST-MODIFIED:20261120T070000Z
DTSTART:20261205T130000Z
DTEND:20261205T160000Z
UID:e998877@platform.example
SUMMARY:Optocht door de binnenstad
LOCATION:Vismarkt\\, Groningen
URL:https://platform.example/e/998877/
CLASS:PUBLIC
STATUS:CONFIRMED
PARTSTAT:NEEDS-ACTION
END:VEVENT
END:VCALENDAR
"""

WORDPRESS = """BEGIN:VCALENDAR
PRODID:-//Stadsagenda - ECPv6.0.0//NONSGML v1.0//EN
X-PUBLISHED-TTL:PT1H
BEGIN:VTIMEZONE
TZID:Europe/Amsterdam
BEGIN:DAYLIGHT
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
DTSTART:20260329T010000
END:DAYLIGHT
END:VTIMEZONE
BEGIN:VEVENT
DTSTART;VALUE=DATE:20270508
DTEND;VALUE=DATE:20270510
DTSTAMP:20261122T070000
CREATED:20261001T080000Z
LAST-MODIFIED:20261002T080000Z
UID:4711-1809648000-1809820799@stadsagenda.example
SUMMARY:Festival &#8211; voorbeeld
URL:https://stadsagenda.example/evenement/festival/
ATTACH;FMTTYPE=image/jpeg:https://stadsagenda.example/festival.jpg
ORGANIZER;CN="Wobke%20Verzonnen":MAILTO:wobke@stadsblad.example
GEO:53.2;6.5
END:VEVENT
END:VCALENDAR
"""

CLUB = """BEGIN:VCALENDAR
PRODID:-//Club//Wedstrijden//NL
X-WR-TIMEZONE:Europe/Amsterdam
BEGIN:VEVENT
UID:wedstrijd-17
SEQUENCE:0
DTSTART:20261213T133000Z
DTEND:20261213T152000Z
SUMMARY:FC Voorbeeld - FC Bezoek
END:VEVENT
BEGIN:VEVENT
UID:wedstrijd-17
SEQUENCE:1
DTSTART:20261212T190000Z
DTEND:20261212T205000Z
SUMMARY:FC Voorbeeld - FC Bezoek
LOCATION:Stadion
END:VEVENT
END:VCALENDAR
"""


@pytest.mark.parametrize(
    ("calendar", "expected"),
    [
        (
            GOOGLE,
            [
                (
                    "abc123@google.com@2026-12-03T19:30:00",
                    "Taalcafé",
                    (2026, 12, 3, 19, 30),
                    (2026, 12, 3, 21),
                    "",
                    False,
                ),
                (
                    "abc123@google.com@2026-12-17T19:30:00",
                    "Taalcafé",
                    (2026, 12, 17, 19, 30),
                    (2026, 12, 17, 21),
                    "",
                    False,
                ),
            ],
        ),
        (
            OUTLOOK,
            [
                (
                    "040000008200E00074C5B7101A82E008",
                    "Geannuleerd: Open dag",
                    (2027, 4, 15, 13),
                    (2027, 4, 15, 16),
                    "Stadhuis",
                    True,
                )
            ],
        ),
        (
            PLATFORM,
            [
                (
                    "e998877@platform.example",
                    "Optocht door de binnenstad",
                    (2026, 12, 5, 14),
                    (2026, 12, 5, 17),
                    "Vismarkt, Groningen",
                    False,
                )
            ],
        ),
        (
            WORDPRESS,
            [
                (
                    "4711-1809648000-1809820799@stadsagenda.example",
                    "Festival &#8211; voorbeeld",
                    (2027, 5, 8),
                    (2027, 5, 10),
                    "",
                    False,
                )
            ],
        ),
        (
            CLUB,
            [
                (
                    "wedstrijd-17",
                    "FC Voorbeeld - FC Bezoek",
                    (2026, 12, 12, 20),
                    (2026, 12, 12, 21, 50),
                    "Stadion",
                    False,
                )
            ],
        ),
    ],
    ids=["google", "outlook", "platform", "wordpress", "club"],
)
def test_calendars_as_they_are_published(
    calendar: str, expected: list[tuple[str, str, tuple[int, ...], tuple[int, ...], str, bool]]
) -> None:
    items = parse(a_fetched(calendar.replace("\n", "\r\n")), CALENDAR)

    def told(start: tuple[int, ...], end: tuple[int, ...], place: str, off: bool) -> Told:
        precision = Precision.DAY if len(start) == 3 else Precision.MINUTE
        return Told(Period(local(*start), local(*end), precision), place, cancelled=off)

    assert [(item.key, item.title, item.told) for item in items] == [
        (key, title, told(start, end, place, off)) for key, title, start, end, place, off in expected
    ]
