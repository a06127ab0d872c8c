"""No source asks for a person: search words and addresses pass the reader that finds personal data (R8)."""

from collections.abc import Mapping

import pytest

from classifiers import PersonalKind, Reader, Voice
from monitor.collect.questions import no_person_asked_for, questions
from monitor.collect.sources import read_sources
from monitor.errors import ConfigError
from tests.monitor.collect.build import a_source
from tests.monitor.collect.test_shipped import SHIPPED

PERSONAL: Mapping[PersonalKind, str] = {
    PersonalKind.PERSON: "Anneke Terpstra",
    PersonalKind.PHONE: "06-12345678",
    PersonalKind.EMAIL: "anneke@postbak.nl",
    PersonalKind.HANDLE: "@anneke88",
    PersonalKind.ADDRESS: "Sluiskade 17",
    PersonalKind.PLATE: "GB-001-X",
    PersonalKind.BSN: "111222333",
    PersonalKind.IBAN: "NL91ABNA0417164300",
    PersonalKind.BIRTH_DATE: "geboren 12-03-1985",
}
"""One of each kind, invented."""


def refusal(reader: Reader, **source: object) -> str:
    """Which key is refused, and why."""
    with pytest.raises(ConfigError) as raised:
        no_person_asked_for("sources.toml", a_source(**source), reader)  # type: ignore[arg-type]  # fields of a_source
    return f"{raised.value.key}: {raised.value.advice}"


def test_every_kind_of_personal_data_is_tried_here() -> None:
    assert set(PERSONAL) == set(PersonalKind)


@pytest.mark.parametrize("kind", PERSONAL)
@pytest.mark.parametrize("key", ["terms", "creator", "organisation", "tags"])
def test_search_word_with_personal_data_is_refused(key: str, kind: PersonalKind, reader: Reader) -> None:
    word = PERSONAL[kind]
    value = [word, "evenement"] if key in ("terms", "tags") else word

    told = refusal(reader, kind="sru", options={key: value})

    assert told == (
        f"source 'bron'.options.{key}: 'options.{key}' bevat een persoonsgegeven: {kind.placeholder}. "
        "Zoek nooit naar personen, alleen naar verschijnselen."
    )


@pytest.mark.parametrize("kind", PERSONAL)
def test_address_with_personal_data_in_its_query_is_refused(kind: PersonalKind, reader: Reader) -> None:
    query = PERSONAL[kind].replace(" ", "%20").replace("@", "%40")

    assert kind.placeholder in refusal(reader, url=f"https://nieuws.example/zoek?q={query}&taal=nl")


@pytest.mark.parametrize(
    "url",
    [
        "https://nieuws.example/tag/anneke-terpstra/feed",
        "https://nieuws.example/tag/anneke_terpstra/feed",
        "https://nieuws.example/zoek?q=anneke+terpstra",
    ],
)
def test_name_without_capitals_in_an_address_is_refused(url: str, reader: Reader) -> None:
    assert "'url' bevat een persoonsgegeven: [naam]." in refusal(reader, url=url)


@pytest.mark.parametrize(
    "url",
    [
        "https://nieuws.example/tag/demonstraties/feed",
        "https://nieuws.example/oost-groningen/hoogezand-sappemeer/rss",
        "https://nieuws.example/?datum=2026-11-22&radius=10.0",
        "https://nieuws.example/agenda.ics?kalender=stadsagenda",
    ],
)
def test_address_of_a_phenomenon_or_a_place_is_fine(url: str, reader: Reader) -> None:
    no_person_asked_for("sources.toml", a_source(url=url), reader)


def test_every_word_that_goes_out_is_looked_at() -> None:
    source = a_source(
        "json", url="https://nieuws.example/tag/grote-markt?q=vuur+werk&vanaf=2026-11-22", voice=Voice.SOCIAL,
        options={"tags": ["grotemarkt", "euroborg"], "title": "naam"},
    )  # fmt: skip

    assert [words for _, words in questions(source) if words] == [
        "tag", "grote markt", "vuur werk", "2026-11-22", "grotemarkt", "euroborg",
    ]  # fmt: skip


def test_shipped_sources_ask_for_nobody(reader: Reader) -> None:
    for source in read_sources(SHIPPED):
        no_person_asked_for("sources.toml", source, reader)
