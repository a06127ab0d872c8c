"""What is found by its shape, what stays, and what a text looks like after. All personal data here are invented."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifiers.identifiers import bsn_checks, iban_checks
from classifiers.personal import PersonalData, redact
from classifiers.reading import Finding, Redacted
from classifiers.vocabulary import PersonalKind, Voice

DATA = PersonalData({"Groningen", "Grote Markt", "Vismarkt", "Stadspark", "Haren"})


def found(text: str, kind: PersonalKind, voice: Voice = Voice.NEWS) -> list[str]:
    return [text[f.start : f.end] for f in DATA.find(text, voice=voice) if f.kind is kind]


@pytest.mark.parametrize(
    "number",
    [
        "06-12345678", "06 12 34 56 78", "0612345678", "06-1234 5678", "06.12.34.56.78", "06 - 12 34 56 78",
        "+31612345678",
        "+31 6 12345678", "+31 (0)6 12 34 56 78", "0031 6 1234 5678", "0031612345678", "(050) 123 45 67", "050-1234567",
        "050 - 123 45 67", "0598-123 456", "0598 12 34 56", "+31 50 123 4567", "+31-50-1234567", "+49 421 1234567",
        "050/1234567",
    ],
)  # fmt: skip
def test_phone_number_goes_in_every_spelling(number: str) -> None:
    assert found(f"Meld je aan via {number}, dan hoor je meer.", PersonalKind.PHONE) == [number]


@pytest.mark.parametrize(
    ("kind", "text", "hidden"),
    [
        (PersonalKind.PHONE, "Info: 06\u201112345678", "06\u201112345678"),
        (PersonalKind.PHONE, "Info: 06\u221212345678", "06\u221212345678"),
        (PersonalKind.PHONE, "Info: 06-\n12345678", "06-\n12345678"),
        (PersonalKind.PHONE, "Info: 06\n1234\n5678", "06\n1234\n5678"),
        (PersonalKind.PHONE, "Info: 06_12345678", "06_12345678"),
        (PersonalKind.PHONE, "Info: 06-**1234**-5678", "06-**1234**-5678"),
        (PersonalKind.PHONE, "Info: 06|12345678", "06|12345678"),
        (PersonalKind.PHONE, "Info: 0612345678,5 jaar", "0612345678"),
        (PersonalKind.PHONE, "https://wa.me/31612345678", "wa.me/31612345678"),
        (PersonalKind.EMAIL, "Schrijf tineke.w at gmail.com", "tineke.w at gmail.com"),
        (PersonalKind.EMAIL, "Schrijf tineke.w @ gmail.com", "tineke.w @ gmail.com"),
        (PersonalKind.EMAIL, "Mail naar tineke at voorbeeld.nl", "tineke at voorbeeld.nl"),
        (PersonalKind.EMAIL, "Schrijf tineke{at}voorbeeld.nl", "tineke{at}voorbeeld.nl"),
        (PersonalKind.EMAIL, "Schrijf tineke <at> voorbeeld.nl", "tineke <at> voorbeeld.nl"),
        (PersonalKind.EMAIL, "Schrijf tineke@\nvoorbeeld.nl", "tineke@\nvoorbeeld.nl"),
        (PersonalKind.EMAIL, "Schrijf tineke\uff20voorbeeld.nl", "tineke\uff20voorbeeld.nl"),
        (PersonalKind.HANDLE, "Volg .@tineke88 nu", "@tineke88"),
        (PersonalKind.HANDLE, "Volg /@tineke88 nu", "@tineke88"),
        (PersonalKind.HANDLE, "Volg \uff20tineke88 nu", "\uff20tineke88"),
        (PersonalKind.HANDLE, "Volg u/tineke88 nu", "u/tineke88"),
        (PersonalKind.PLATE, "Auto GB\u2011001\u2011X gezien", "GB\u2011001\u2011X"),
        (PersonalKind.PLATE, "Auto gb001x gezien", "gb001x"),
        (PersonalKind.PLATE, "Het kenteken is gb 001 x", "gb 001 x"),
        (PersonalKind.ADDRESS, "Hij woont Sluiskade\n17", "Sluiskade\n17"),
        (PersonalKind.ADDRESS, "ADRES SLUISKADE 17", "ADRES SLUISKADE 17"),
        (PersonalKind.BSN, "Zijn bsn:\n999990018", "999990018"),
    ],
)
def test_odd_spelling_hides_nothing(kind: PersonalKind, text: str, hidden: str) -> None:
    assert found(text, kind) == [hidden]


def test_number_that_runs_over_the_border_of_title_and_text_goes_from_both() -> None:
    redacted = redact("Bel 06-1234", "5678 en kom", DATA.find("Bel 06-1234\n5678 en kom", voice=Voice.NEWS))

    assert (redacted.title, redacted.text) == ("Bel [telefoonnummer]", " en kom")


@pytest.mark.parametrize(
    "text",
    [
        "Feest @ voorbeeld.nl", "Op de Hereweg\n3 agenten kwamen", "Neem u/uw partner mee",
        "De auto is op 2 mei 24 gezien", "Open 09.00, 10.00, 11.00 uur", "Lijn 05, 06, 07, 08, 09",
        "ROTTERDAM 2 AJAX 1",
    ],
)  # fmt: skip
def test_what_only_looks_like_an_odd_spelling_stays(text: str) -> None:
    assert DATA.find(text, voice=Voice.NEWS) == ()


def test_local_number_goes_after_a_word_that_asks_to_call() -> None:
    assert found("Vragen? Bel 312 45 67 na zessen.", PersonalKind.PHONE) == ["312 45 67"]


@pytest.mark.parametrize(
    "text",
    [
        "Spoed? Bel 112.", "Bel 0900-8844 of 0800-7000.", "Bel de gemeente op 14 050.", "Bel 088-1234567.",
        "Op 01-02-2024 12.00 uur.",
        "Er waren 100.000 bezoekers.", "Van 2019 tot 2024.", "Zaak 2024-001234.", "De opbrengst was 1.234.567,89 euro.",
        "Van 08.00 - 12.00 uur en 13.00 - 17.00 uur.", "Open 0900 - 1700 uur.", "Op 2024-11-03 09:30.",
    ],
)  # fmt: skip
def test_public_numbers_dates_and_amounts_are_no_phone_numbers(text: str) -> None:
    assert found(text, PersonalKind.PHONE) == []


@pytest.mark.parametrize(
    "address",
    [
        "jan.dehaan@voorbeeld.nl", "t.vos-smit@mail.voorbeeld.com", "femke88@gmail.com", "info@hotmail.com",
        "prins@voorbeeld.nl",
        "femke [at] voorbeeld.nl", "femke(at)voorbeeld(punt)nl", "FEMKE@VOORBEELD.NL", "persson@voorbeeld.nl",
    ],
)  # fmt: skip
def test_mail_address_of_a_person_goes(address: str) -> None:
    assert found(f"Mail naar {address}.", PersonalKind.EMAIL) == [address]


@pytest.mark.parametrize(
    "local", ["info", "redactie", "pers", "evenementen", "no-reply", "vrijwilligers", "info.noord"]
)
def test_role_mailbox_of_an_organisation_stays(local: str) -> None:
    assert found(f"Mail naar {local}@voorbeeld.nl.", PersonalKind.EMAIL) == []


@pytest.mark.parametrize(
    ("text", "handle"),
    [
        ("@stadsmus_tineke\nWat een drukte.", "@stadsmus_tineke"),
        ("Meer bij @tineke@mastodon.nl vandaag", "@tineke@mastodon.nl"),
        ("foto: @tineke.v.", "@tineke.v"),
        ("zie https://www.instagram.com/tineke_v/ voor foto's", "https://www.instagram.com/tineke_v"),
        ("zie tiktok.com/@tineke_v", "tiktok.com/@tineke_v"),
        ("insta: tinekefietst", "tinekefietst"),
        ("mijn telegram tineke_050 staat open", "tineke_050"),
        ("snap = tineke.x", "tineke.x"),
    ],
)
def test_account_of_a_person_goes(text: str, handle: str) -> None:
    assert found(text, PersonalKind.HANDLE, Voice.SOCIAL) == [handle]


@pytest.mark.parametrize(
    "text", ["#gronings #ontzet", "Om 12 uur @ Forum.", "op Twitter gaat een filmpje rond", "mail info@voorbeeld.nl"]
)
def test_hashtags_and_platforms_are_no_accounts(text: str) -> None:
    assert found(text, PersonalKind.HANDLE, Voice.SOCIAL) == []


@pytest.mark.parametrize(
    "plate",
    [
        "AB-12-34", "12-34-AB", "12-AB-34", "AB-12-CD", "AB-CD-12", "12-AB-CD", "12-ABC-3", "1-ABC-23", "AB-123-C",
        "A-123-BC",
        "ABC-12-D", "A-12-BCD", "1-AB-234", "123-AB-4", "x-123-yz", "AB123C", "1ABC23", "XY12ZZ",
    ],
)  # fmt: skip
def test_plate_of_every_series_goes(plate: str) -> None:
    assert found(f"De auto met {plate} reed door.", PersonalKind.PLATE) == [plate]


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("Een grijze auto, kenteken eindigend op 34-X.", "34-X"),
        ("Het kenteken begint met GX.", "GX"),
        ("Kenteken: 12AB34", "12AB34"),
        ("een Duits kenteken LER-AB 12", "LER-AB 12"),
    ],
)
def test_part_of_a_plate_goes_when_the_text_calls_it_one(text: str, part: str) -> None:
    assert found(text, PersonalKind.PLATE) == [part]


@pytest.mark.parametrize(
    "text",
    ["De A7 en de N360.", "Postcode 9712 AB.", "Op 03-04-2024.", "FC-20-jarigen", "een 4-2-3-1-opstelling", "covid-19"],
)
def test_roads_postcodes_and_dates_are_no_plates(text: str) -> None:
    assert found(text, PersonalKind.PLATE) == []


@pytest.mark.parametrize("number", ["111222333", "111 222 333", "1112.22.333"])
def test_nine_digits_that_pass_the_eleven_test_are_a_bsn(number: str) -> None:
    assert found(f"Op het papier stond {number} te lezen.", PersonalKind.BSN) == [number]


@pytest.mark.parametrize(
    "text", ["Zijn bsn 123456789 lag op straat.", "burgerservicenummer: 123456789", "BSN-nummer 123456789"]
)
def test_number_that_the_text_calls_a_bsn_goes_though_it_fails_the_test(text: str) -> None:
    assert found(text, PersonalKind.BSN) == ["123456789"]


def test_other_nine_digits_are_no_bsn() -> None:
    assert not bsn_checks("111222334")
    assert found("Dossier 111222334 en 123.456.789 euro.", PersonalKind.BSN) == []


@pytest.mark.parametrize(
    "iban",
    [
        "NL91ABNA0417164300",
        "NL91 ABNA 0417 1643 00",
        "nl91abna0417164300",
        "NL00ABNA0417164300",
        "DE89370400440532013000",
        "BE68 5390 0754 7034",
    ],
)
def test_iban_goes_spaced_or_not(iban: str) -> None:
    assert found(f"Doneren kan op {iban} t.n.v. de kas.", PersonalKind.IBAN) == [iban]


def test_iban_with_wrong_check_digits_goes_when_the_text_calls_it_one() -> None:
    assert not iban_checks("DE00370400440532013000")
    assert found("IBAN: DE00370400440532013000.", PersonalKind.IBAN) == ["DE00370400440532013000"]
    assert found("Artikel DE00370400440532013000.", PersonalKind.IBAN) == []


@pytest.mark.parametrize(
    "address",
    [
        "Kerkstraat 12", "Oude Kijk in 't Jatstraat 5a", "Van Heemskerckstraat 41-b", "Jan van Galenlaan 7, 9712 AB",
        "kerkstraat 12",
        "Hoofdweg 112 A", "Nieuwe Boteringestraat 8-3", "Noorderhaven 63", "Hereweg nr. 14", "Bieskemaar 14",
    ],
)  # fmt: skip
def test_street_with_house_number_goes(address: str) -> None:
    assert found(f"De man woont aan de {address} in de stad.", PersonalKind.ADDRESS) == [address]


@pytest.mark.parametrize(
    "text",
    [
        "De mars gaat om 4 uur van de Hereweg naar de 4 Mijl.", "Op de Vismarkt 12 april kermis.",
        "Sportlaan 19.00 uur", "Hoofdweg 14:30 afgezet",
        "Het stadhuis, Grote Markt 1, is dicht.", "Buurthuis De Horst, Kerkstraat 3", "Kerkstraat 2024",
        "Over de Hereweg 300 demonstranten",
        "De A7 en ringweg 2x dicht", "In het Stadspark 5000 mensen",
        "Sparta Rotterdam 2, Ajax 1",
    ],
)  # fmt: skip
def test_public_building_time_and_count_are_no_address(text: str) -> None:
    assert found(text, PersonalKind.ADDRESS) == []


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Zij is geboren op 3 maart 1988 in Assen.", "3 maart 1988"),
        ("geb. 03-03-1988", "03-03-1988"),
        ("Geboortedatum: 3-3-88.", "3-3-88"),
        ("geboren te Haren, 12/05/1971", "12/05/1971"),
        ("De zaak van J. Bakkerhof (12-05-1971) gaat door.", "12-05-1971"),
    ],
)
def test_date_of_birth_goes(text: str, date: str) -> None:
    assert found(text, PersonalKind.BIRTH_DATE) == [date]


@pytest.mark.parametrize(
    "text", ["De mars is op 3 maart 1988.", "Koningsdag (27-04-2010) was druk.", "Sinds 12-05-1971 bestaat de club."]
)
def test_other_dates_stay(text: str) -> None:
    assert found(text, PersonalKind.BIRTH_DATE) == []


def test_redacted_text_keeps_the_rest_and_says_what_stood_there() -> None:
    title, text = "Oproep van Tineke Wolthof", "Bel 06-12345678 of mail tineke@voorbeeld.nl."

    redacted = redact(title, text, DATA.find(f"{title}\n{text}", voice=Voice.NEWS))

    assert redacted.title == "Oproep van [naam]"
    assert redacted.text == "Bel [telefoonnummer] of mail [e-mailadres]."


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (0, 3, ("[naam]", "def")), (3, 5, ("abc", "[naam]ef")), (2, 6, ("ab[naam]", "f")), (0, 7, ("[naam]", "")),
        (4, 7, ("abc", "[naam]")), (3, 4, ("abc", "def")),
    ],
)  # fmt: skip
def test_finding_at_the_border_of_title_and_text_is_taken_from_both(
    start: int, end: int, expected: tuple[str, str]
) -> None:
    finding = Finding(start, end, PersonalKind.PERSON)

    assert redact("abc", "def", [finding]) == Redacted(*expected, (finding,))


PIECES: list[str] = [
    "06-12345678", "tineke@voorbeeld.nl", "@tineke_v", "NL91ABNA0417164300", "bsn 123456789", "AB-123-C",
    "Tineke Wolthof", "de heer Van Dam", "geboren op 3 maart 1988", "Kerkstraat 12", "op de Grote Markt",
    "om 14.00 uur", "de politie", ".", ",", "\n", "😀", "'", "(", "zegt", "Ö", "ǅ",
]  # fmt: skip
texts = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=12))).map(" ".join)


@given(texts, texts, st.sampled_from(Voice))
def test_findings_are_in_order_in_range_and_apart_and_the_rest_is_unchanged(
    title: str, text: str, voice: Voice
) -> None:
    whole = f"{title}\n{text}"

    findings = DATA.find(whole, voice=voice)
    redacted = redact(title, text, findings)

    ends = [0] + [f.end for f in findings]
    assert all(end <= f.start < f.end <= len(whole) for end, f in zip(ends, findings, strict=False))
    assert redacted.findings == findings
    assert letters(redacted) == letters(Redacted(title, text, ())) - sum(map(visible(whole), findings))


def letters(redacted: Redacted) -> int:
    """How many characters of the original are left."""
    placeholders = sum(len(f.kind.placeholder) for f in redacted.findings)
    return len(redacted.title) + len(redacted.text) - placeholders


def visible(whole: str) -> Callable[[Finding], int]:
    """How many characters a finding takes away; the line end between title and text belongs to neither."""
    border = whole.index("\n") if "\n" in whole else -1
    return lambda f: f.end - f.start - (f.start <= border < f.end)


@given(
    st.lists(st.sampled_from(PIECES[:10]), min_size=1, max_size=6),
    st.sampled_from(["gisteren", "en toen", "de politie zag dat"]),
)
def test_no_planted_string_is_left(planted: list[str], filler: str) -> None:
    text = ". ".join(f"{filler} {piece}" for piece in planted) + "."

    redacted = redact("Bericht", text, DATA.find(f"Bericht\n{text}", voice=Voice.NEWS))

    for piece in planted:
        secret = piece.removeprefix("bsn ").removeprefix("de heer ").removeprefix("geboren op ")
        assert secret not in redacted.text


@pytest.mark.parametrize(
    ("kind", "text", "hidden"),
    [
        (
            PersonalKind.ADDRESS,
            "Bewoners van de bestaande boerderij, Zuidwending 3, behouden hun adres.",
            "Zuidwending 3",
        ),
        (PersonalKind.ADDRESS, "Haal het op bij Fatiha van nummer 22 (Kajuit 22).", "Kajuit 22"),
        (PersonalKind.ADDRESS, "Hij is wonende aan de Laan Corpus den Hoorn 302.", "Laan Corpus den Hoorn 302"),
        (PersonalKind.ADDRESS, "Ingediend door O. Snarf, Lage der A 97b.", "Lage der A 97b"),
        (PersonalKind.ADDRESS, "Melder woont Dorpsweg 63 B. Bezwaar kan nog.", "Dorpsweg 63 B"),
        (PersonalKind.BIRTH_DATE, "Zijn geboortedatum, 14-08-1995, klopt niet.", "14-08-1995"),
        (PersonalKind.BIRTH_DATE, "De man, op 3 mei 1990 in Winsum geboren, zit vast.", "3 mei 1990"),
        (PersonalKind.BIRTH_DATE, "Verdachte geb. 12-3-'71.", "12-3-'71"),
        (PersonalKind.BIRTH_DATE, "Tineke Snarf (12 maart 1988) tekende.", "12 maart 1988"),
        (PersonalKind.HANDLE, "Volg @frouk_maakt_foto's voor meer.", "@frouk_maakt_foto's"),
        (PersonalKind.HANDLE, "Bericht van u/tineke88 hierover.", "u/tineke88"),
        (PersonalKind.PLATE, "Van het kenteken is een deel bekend: K-5..-NB.", "K-5..-NB"),
        (PersonalKind.EMAIL, "Meld je via dans@rosanne-in-stad.nl.", "dans@rosanne-in-stad.nl"),
        (PersonalKind.EMAIL, "Meld je via roos@voorbeeld.nl.", "roos@voorbeeld.nl"),
        (PersonalKind.EMAIL, "Mail voorzitter.tineke@voorbeeld.nl.", "voorzitter.tineke@voorbeeld.nl"),
        (PersonalKind.ADDRESS, "Opgeven bij L. Snarfstra, Eemland 42.", "Eemland 42"),
        (PersonalKind.ADDRESS, "Parkeren kan bij Tineke Snarfstra (Eemland 42).", "Eemland 42"),
        (PersonalKind.ADDRESS, "Melder is R.J. Snarfstra, Hoge der A 8-2.", "Hoge der A 8-2"),
        (PersonalKind.ADDRESS, "hij ligt bij mij, Ra 214, kom maar", "Ra 214"),
        (PersonalKind.ADDRESS, "Spullen naar de Laan v.d. Vrede 61 graag.", "Laan v.d. Vrede 61"),
        (PersonalKind.ADDRESS, "Hy wennet oan de Stasjonstrjitte 12 en sliept.", "Stasjonstrjitte 12"),
        (PersonalKind.ADDRESS, "Kaartsjes op Skippersbuorren 16.", "Skippersbuorren 16"),
        (PersonalKind.PLATE, "A grey van with Polish plate PO 4KS71 left.", "PO 4KS71"),
        (PersonalKind.BIRTH_DATE, "Bring a list, e.g. Tineke Snarf, 17 February 2001.", "17 February 2001"),
        (PersonalKind.PHONE, "Vragen aan Tineke Snarf, 088-5550 123.", "088-5550 123"),
    ],
)
def test_what_unseen_texts_taught_goes(kind: PersonalKind, text: str, hidden: str) -> None:
    assert found(text, kind) == [hidden]


@pytest.mark.parametrize(
    "text",
    [
        "Vragen: burgerzaken@voorbeeld.nl, kaarten@voorbeeld.nl of gebiedsteam@voorbeeld.nl.",
        "Politie stond in de Wezenstraat, 4 wagens.",
        "De A7 is 25 min. dicht geweest.",
        "Het stuk ligt bij de publieksbalie aan de Kreupelstraat 1.",
        "De vereniging viert haar verjaardag op zondag 29 mei.",
        "Kom naar ESNS24 in de stad.",
        "Meld het kenteken voor 24 december.",
        "Thuis won Veendam van Achilles 1894.",
        "Vragen aan de servicelijn, 088-5550 123.",
        "Mail voorzitter.jeugd@voorbeeld.nl of info2@voorbeeld.nl.",
        "Tineke Snarf (Groep 7) las voor.",
    ],
)
def test_what_unseen_texts_taught_stays(text: str) -> None:
    assert [f.kind for f in DATA.find(text, voice=Voice.NEWS) if f.kind is not PersonalKind.PERSON] == []
