"""sources.toml: what may stand in it, and what every fault says."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from classifiers import Voice
from monitor.collect.sources import read_sources
from monitor.domain import Handling, LegalBasis, PersonalDataRisk, Source
from monitor.errors import ConfigError
from tests.monitor.collect.rows import LEGAL, a_row, fault_in, sources_in

SHIPPED = Path(__file__).parents[3] / "sources.toml"
TODAY = date(2026, 11, 22)


def test_row_becomes_a_source(tmp_path: Path) -> None:
    (source,) = sources_in(a_row(), tmp_path)

    assert source == Source(
        id="stadsblad",
        name="Stadsblad",
        publisher="Stadsblad BV",
        kind="feed",
        url="https://www.stadsblad.example/feed",
        voice=Voice.NEWS,
        every=timedelta(minutes=15),
        hosts=("www.stadsblad.example",),
        enabled=True,
        legal=LegalBasis(
            "Burgemeester",
            "Openbare orde",
            "Gemeentewet art. 172",
            "DPIA 1",
            PersonalDataRisk.MEDIUM,
            30,
            "privacyfunctionaris",
            date(2027, 11, 1),
        ),
        missing=(),
        handling=Handling.OPEN,
        options={},
    )
    assert source.hindrance(TODAY, ()) is None


# The legal gate (R1, R9)


@pytest.mark.parametrize("key", list(LEGAL))
@pytest.mark.parametrize("empty", [True, False])
def test_source_that_lacks_part_of_its_legal_record_does_not_start(key: str, empty: bool, tmp_path: Path) -> None:
    nothing = '""' if empty and LEGAL[key].startswith('"') else None

    (source,) = sources_in(a_row(legal={key: nothing}), tmp_path)

    assert source.missing == (key,)
    lacks = f"Bron 'stadsblad' mist {key}. Vul dit aan onder [source.legal] in sources.toml."
    waits = (
        "Bron 'stadsblad' wacht op goedkeuring. Keur haar goed op de pagina Bronnen of met 'torenwacht sources approve "
        "stadsblad', of noem bij 'approved_by_role' in sources.toml wie dat deed."
    )
    assert source.hindrance(TODAY, ()) == (waits if key == "approved_by_role" else lacks)


def test_source_without_any_legal_record_lacks_all_of_it(tmp_path: Path) -> None:
    (source,) = sources_in(a_row().partition("[source.legal]")[0], tmp_path)

    assert (source.legal, source.missing) == (None, tuple(LEGAL))


def test_source_past_its_review_does_not_start(tmp_path: Path) -> None:
    (source,) = sources_in(a_row(legal={"review_date": "2026-11-21"}), tmp_path)

    assert "opnieuw zijn beoordeeld" in str(source.hindrance(TODAY, ()))


@pytest.mark.parametrize("roles", ['""', '"beheerder"', '"beheerder, privacyfunctionaris"'])
def test_source_of_high_risk_never_starts_on_paper(roles: str, tmp_path: Path) -> None:
    legal: dict[str, str | None] = {"personal_data_risk": '"hoog"', "approved_by_role": roles}

    (source,) = sources_in(a_row({"ends_at": "2026-12-31"}, legal), tmp_path)

    assert source.hindrance(TODAY, ()) == (
        "Bron 'stadsblad' heeft een hoog risico. Twee personen in twee rollen moeten haar goedkeuren, van wie één de "
        "privacyfunctionaris is."
    )


# Faults


@pytest.mark.parametrize(
    ("row", "key", "advice"),
    [
        ({"id": None}, "'?'.id", "'id' ontbreekt. Vul 'id' in."),
        ({"id": '"Stad blad"'}, "'Stad blad'.id", "mag alleen kleine letters"),
        ({"name": None}, "'stadsblad'.name", "'name' ontbreekt"),
        ({"name": "3"}, "'stadsblad'.name", "moet een tekst tussen aanhalingstekens zijn"),
        ({"kind": '"rss"'}, "'stadsblad'.kind", "'kind' is 'rss'. Kies uit: feed, ics, page, json, sru, datex, cap."),
        ({"voice": '"krant"'}, "'stadsblad'.voice", "Kies uit: nieuws, politie, gemeente"),
        ({"handling": '"politie"'}, "'stadsblad'.handling", "Kies uit: openbaar, intern, vertrouwelijk."),
        ({"every": '"elk uur"'}, "'stadsblad'.every", "Schrijf bijvoorbeeld 15m, 2h of 1d."),
        ({"every": '"4m"'}, "'stadsblad'.every", "Kies 5m of langer"),
        ({"enabled": '"ja"'}, "'stadsblad'.enabled", "moet true of false zijn"),
        ({"interval": '"5m"'}, "'stadsblad'.interval", "'interval' bestaat niet. Kies uit: id, name"),
        ({"url": '"stadsblad.example"'}, "'stadsblad'.url", "is geen webadres"),
        ({"url": '"https://[oops"'}, "'stadsblad'.url", "is geen webadres"),
        ({"url": '"http://www.stadsblad.example/feed"'}, "'stadsblad'.url", "Gebruik https://"),
        ({"url": '"https://jan:geheim@stadsblad.example/"'}, "'stadsblad'.url", "logt nergens in"),
        ({"hosts": '"stadsblad.example"'}, "'stadsblad'.hosts", "moet een lijst van namen zijn"),
        ({"hosts": '["elders.example"]'}, "'stadsblad'.hosts", "Voeg 'www.stadsblad.example' toe"),
        ({"hosts": '["https://www.stadsblad.example"]'}, "'stadsblad'.hosts", "Schrijf alleen de naam"),
        ({"options": "3"}, "'stadsblad'.options", "moet een tabel zijn"),
        ({"options": '{ list = "li" }'}, "'stadsblad'.options.list", "hoort niet bij soort 'feed'"),
        (
            {"kind": '"page"', "options": '{ list = "li" }'},
            "'stadsblad'.options.title",
            "'title' ontbreekt. Selector van",
        ),
        (
            {"kind": '"page"', "options": '{ list = "li[", title = "b" }'},
            "'stadsblad'.options.list",
            "is geen CSS-selector",
        ),
        (
            {"kind": '"page"', "options": '{ list = "li", title = "b", date_format = "dag" }'},
            "'stadsblad'.options.date_format",
            "noemt geen dag en maand",
        ),
        (
            {"kind": '"json"', "options": '{ list = "[", id = "id", title = "t" }'},
            "'stadsblad'.options.list",
            "is geen pad",
        ),
        (
            {"kind": '"json"', "options": '{ list = "[]", id = "id", title = "{t" }'},
            "'stadsblad'.options.title",
            "accolade te veel of te weinig",
        ),
        (
            {"kind": '"json"', "options": '{ list = "[]", id = "id", title = "t", category = "rel" }'},
            "'stadsblad'.options.category",
            "kies uit: demonstratie, voetbal",
        ),
        (
            {"kind": '"json"', "options": '{ list = "[]", id = "id", title = "t", headers = { X-Key = "geheim" } }'},
            "'stadsblad'.options.headers",
            "moet bij 'X-Key' naar de omgeving verwijzen",
        ),
        (
            {
                "kind": '"json"',
                "options": '{ list = "[]", id = "i", title = "t", headers = { Cookie = "env:TORENWACHT_A_KEY" } }',
            },
            "'stadsblad'.options.headers",
            "mag de kop 'Cookie' niet zetten",
        ),
        (
            {"kind": '"sru"', "options": '{ creator = "x", days = 0 }'},
            "'stadsblad'.options.days",
            "heel getal zijn van 1",
        ),
    ],
)
def test_every_fault_names_row_key_and_way_out(
    row: dict[str, str | None], key: str, advice: str, tmp_path: Path
) -> None:
    fault = fault_in(a_row(row), tmp_path)

    assert (fault.file, fault.key) == ("sources.toml", f"source[1] {key}")
    assert advice in fault.advice


@pytest.mark.parametrize(
    ("legal", "key", "advice"),
    [
        ({"grounds": '"x"'}, "grounds", "Kies uit: controller, purpose"),
        ({"controller": "1"}, "controller", "moet een tekst"),
        ({"personal_data_risk": '"gemiddeld"'}, "personal_data_risk", "Kies uit: laag, midden, hoog."),
        ({"retention_days": '"30"'}, "retention_days", "moet een heel getal zijn"),
        ({"retention_days": "0"}, "retention_days", "van 1 tot en met 3650"),
        ({"review_date": '"2027-11-01"'}, "review_date", "zonder aanhalingstekens, zoals 2027-11-01"),
        ({"review_date": "2027-11-01T10:00:00Z"}, "review_date", "moet een datum zijn"),
    ],
)
def test_legal_record_of_the_wrong_type_is_a_fault(
    legal: dict[str, str | None], key: str, advice: str, tmp_path: Path
) -> None:
    fault = fault_in(a_row(legal=legal), tmp_path)

    assert fault.key == f"source[1] 'stadsblad'.legal.{key}"
    assert advice in fault.advice


@pytest.mark.parametrize(
    ("text", "key", "advice"),
    [
        (a_row() + a_row(), "source[2] 'stadsblad'.id", "komt twee keer voor"),
        ('[[source]]\nid = "a\n', "regel 2", "geen geldige TOML bij regel 2"),
        ('[source]\nid = "a"\n', "sources.toml.source", "dubbele haken"),
        ('[[bron]]\nid = "a"\n', "sources.toml.bron", "Kies uit: source."),
    ],
)
def test_fault_in_the_file_itself_names_its_place(text: str, key: str, advice: str, tmp_path: Path) -> None:
    fault = fault_in(text, tmp_path)

    assert fault.key == key
    assert advice in fault.advice


def test_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as raised:
        read_sources(tmp_path / "bronnen.toml")

    assert raised.value.advice.startswith("bronnen.toml is niet te lezen.")


def test_loopback_may_be_plain_and_quick(tmp_path: Path) -> None:
    """For the demo and for measuring."""
    (source,) = sources_in(a_row({"url": '"http://127.0.0.1:8800/feed"', "every": '"10s"'}), tmp_path)

    assert source.every == timedelta(seconds=10)


# Never a person (R7, R8, R19)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("source = [1, 2]", "[[source]]"),
        ("a = " + "[" * 5000 + "]" * 5000, "haken"),
        ("", "noemt geen bron"),
        (a_row({"id": '"signaal"'}), "met de hand"),
    ],
)
def test_catalogue_that_cannot_be_used_says_why(text: str, says: str, tmp_path: Path) -> None:
    assert says in fault_in(text, tmp_path).advice
