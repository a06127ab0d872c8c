"""What a search for someone's data came to -> the answer to that person, in plain Dutch, as text and as a page."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from monitor.config import Retention
from monitor.domain import Source
from monitor.domain.term import TERMS
from monitor.render.dutch import count, day


@dataclass(frozen=True, slots=True)
class Section:
    """One part of an answer: a heading, sentences, and a list."""

    heading: str
    sentences: tuple[str, ...]
    points: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What a citizen reads. It never quotes what was sought, or what was found."""

    title: str
    organisation: str
    case: str
    date: str
    sections: tuple[Section, ...]


LABELS = {"alembic_version": "versie van de database", "bestand": "bestanden met logboekregels"} | {
    term.table: term.label for term in TERMS.values()
}
"""Table -> what people call its rows; of the queue on PostgreSQL all tables are one."""


def label_of(table: str) -> str:
    """What people call the rows of a table."""
    return "opdrachten" if table.startswith("procrastinate_") else LABELS.get(table, table)


def answer(
    *,
    organisation: str,
    contact: str,
    case: str,
    moment: datetime,
    looked_in: Collection[str],
    found: Mapping[str, int],
    sources: Sequence[Source],
    retention: Retention,
) -> Answer:
    """The answer to a request for access (art. 15 AVG). `found`: table -> how many rows hold what was sought."""
    return Answer(
        title="Antwoord op uw verzoek om inzage",
        organisation=organisation,
        case=case,
        date=day(moment, year=True),
        sections=(
            _what_it_is(organisation),
            Section(
                "Waar wij zochten",
                ("Wij zochten naar de tekst die u opgaf. Wij keken in alles wat Torenwacht bewaart:",),
                tuple(sorted({label_of(table) for table in looked_in} | {LABELS["bestand"]})),
            ),
            _outcome(found),
            _sources(sources),
            _periods(retention),
            _rights(contact),
        ),
    )


def as_text(answer: Answer) -> str:
    """The answer as plain text."""
    lines = [answer.title, f"{answer.organisation}, {answer.date}, zaak {answer.case}"]
    for section in answer.sections:
        lines += ["", section.heading, *section.sentences, *(f"- {point}" for point in section.points)]
    return "\n".join(lines) + "\n"


def _what_it_is(organisation: str) -> Section:
    return Section(
        "Wat Torenwacht doet",
        (
            f"{organisation} gebruikt Torenwacht om te weten wat er in de openbare ruimte gebeurt of gaat gebeuren. "
            "Torenwacht leest openbare bronnen, zoals nieuws en agenda's. Het volgt gebeurtenissen, geen mensen.",
            "Voordat een bericht wordt bewaard, haalt de computer namen, telefoonnummers, adressen en accounts eruit. "
            "Daarna bewaren wij een kort stuk tekst en een verwijzing naar de bron.",
        ),
    )


def _outcome(found: Mapping[str, int]) -> Section:
    if not found:
        return Section(
            "Wat wij vonden",
            (
                "Wij vonden uw tekst nergens.",
                "Dat kan betekenen dat er nooit iets over u in een bericht stond. Het kan ook zijn dat uw naam eruit "
                "is gehaald voordat het bericht werd bewaard. Dan kunnen wij niet meer weten over wie het ging.",
                "Wij gaan niet na wie iemand is, alleen om uw vraag te beantwoorden. Dat hoeft niet volgens artikel 11 "
                "van de AVG. Hebt u een verwijzing naar een bericht, stuur die dan mee: dan kijken wij dat bericht na.",
            ),
        )
    return Section(
        "Wat wij vonden",
        (
            "Wij vonden uw tekst. De computer haalde hem er niet uit, terwijl dat wel de bedoeling was. Hij staat in:",
            *(() if "briefing" not in found else (_BRIEFING,)),
        ),
        tuple(f"{label_of(table)}: {number}" for table, number in sorted(found.items())),
    )


_BRIEFING = (
    "Een goedgekeurde weekbriefing is een archiefstuk, dat niet zomaar mag wijzigen. De archivaris beslist erover."
)


def _sources(sources: Sequence[Source]) -> Section:
    return Section(
        "Uit welke bronnen wij lezen, en waarvoor",
        ("Berichten komen uit deze openbare bronnen. Bij elke bron staat waarvoor wij haar lezen.",)
        if sources
        else ("Er zijn nu geen bronnen aangesloten.",),
        tuple(
            f"{source.name}: {source.legal.purpose} ({source.legal.lawful_basis})" if source.legal else source.name
            for source in sources
        ),
    )


def _periods(retention: Retention) -> Section:
    return Section(
        "Hoe lang wij bewaren",
        ("Daarna verwijdert de computer het vanzelf.",),
        (
            f"een bericht zonder gebeurtenis: {_days(retention.unmatched_days)}",
            f"een bericht bij een gebeurtenis: {_days(retention.matched_days)} na de gebeurtenis",
            f"een gebeurtenis: {_days(retention.event_days)} na afloop",
            f"de tekst van een melding: {_days(retention.message_days)}",
            f"weekbriefings en logboek: {_days(retention.audit_days)}",
        ),
    )


def _days(number: int) -> str:
    return count(number, "dag", "dagen")


def _rights(contact: str) -> Section:
    return Section(
        "Wat u kunt vragen",
        ("U mag ons vragen om:",),
        (
            "een fout te verbeteren",
            "gegevens over u te verwijderen",
            "een bericht een tijd niet te gebruiken",
            "een bericht over u niet meer te verzamelen (bezwaar)",
            f"uitleg: stuur een bericht naar {contact}",
            "Bent u het niet eens met ons antwoord? Dan kunt u bezwaar maken bij de gemeente, of een klacht sturen aan "
            "de Autoriteit Persoonsgegevens.",
            "Over gegevens van de politie gaat een andere wet. Vraag daarvoor inzage bij de politie.",
        ),
    )
