"""signal_of(fields): what somebody filled in, on page, Slack or command line -> a Signal; and its choices in words."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from classifiers import Category
from monitor.clock import AMSTERDAM
from monitor.domain import Handling, ProvidedBy
from monitor.errors import InvalidInput

POLICE_BASES = ("wpg_16", "wpg_18", "wpg_19", "wpg_20")
"""Grounds on which police data may be given to the municipality."""
BASES = (*POLICE_BASES, "geen_politiegegevens")

BASIS_WORDS = {
    "wpg_16": "Wpg artikel 16: gezag en openbare orde",
    "wpg_18": "Wpg artikel 18: in het besluit genoemd doel",
    "wpg_19": "Wpg artikel 19: incidenteel, zwaarwegend belang",
    "wpg_20": "Wpg artikel 20: samenwerkingsverband",
    "geen_politiegegevens": "Geen politiegegevens",
}
HANDLING_WORDS = {
    Handling.CONFIDENTIAL: "Vertrouwelijk: alleen adviseurs en politieliaison",
    Handling.INTERNAL: "Intern: het team openbare orde",
}
PROVIDER_WORDS = {
    ProvidedBy.LIAISON: "Politieliaison",
    ProvidedBy.BASE_TEAM: "Basisteam van de politie",
    ProvidedBy.INFORMATION: "Informatieorganisatie van de politie",
    ProvidedBy.PROSECUTION: "Openbaar Ministerie",
    ProvidedBy.SAFETY_REGION: "Veiligheidsregio",
    ProvidedBy.MUNICIPALITY: "Gemeente",
}


@dataclass(frozen=True, slots=True)
class Signal:
    """A manual signal as the form gives it; moments aware, texts hidden from repr until they are known to be clean."""

    title: str
    text: str
    category: Category
    starts: datetime | None
    ends: datetime | None
    place: str
    codes: tuple[str, ...]
    """Indicators that the liaison ticked."""
    provision_basis: str
    """One of BASES (R30)."""
    provided_by: ProvidedBy | None
    """None when the form did not tell; then it is refused."""
    handling: Handling
    expires: datetime

    def __repr__(self) -> str:
        return f"Signal({self.category.value})"


def written_moment(text: str) -> datetime:
    """`2026-11-28T14:00` as clocks here show it. Raises ValueError."""
    return datetime.fromisoformat(text).replace(tzinfo=AMSTERDAM)


def signal_of(
    fields: Mapping[str, Sequence[str]], *, now: datetime, moment: Callable[[str], datetime] = written_moment
) -> Signal:
    """What was filled in, by the name of its field; what is missing, the act refuses by name.

    `moment` reads `starts` and `ends`, and raises ValueError for what is none. Raises InvalidInput when a day, a
    moment or the handling cannot be read.
    """
    problems: dict[str, str] = {}

    def one(name: str) -> str:
        return "".join(fields.get(name, ())[:1]).strip()

    def when(name: str) -> datetime | None:
        try:
            return moment(one(name)) if one(name) else None
        except (ValueError, OverflowError, OSError):
            problems[name] = "Schrijf dag en tijd als 2026-11-28T14:00."
            return None

    def day(name: str) -> date | None:
        try:
            return date.fromisoformat(one(name)) if one(name) else None
        except ValueError:
            problems[name] = "Schrijf de dag als 2026-11-28."
            return None

    category, provider, handling, last = one("category"), one("provided_by"), one("handling"), day("expires")
    if handling not in HANDLING_WORDS:
        problems["handling"] = "Kies hoe vertrouwelijk het signaal is."
    signal = Signal(
        title=one("title"),
        text=one("text"),
        category=Category(category) if category in list(Category) else Category.NONE,
        starts=when("starts"),
        ends=when("ends"),
        place=one("place"),
        codes=tuple(fields.get("codes", ())),
        provision_basis=one("provision_basis"),
        provided_by=ProvidedBy(provider) if provider in PROVIDER_WORDS else None,
        handling=Handling(handling) if handling in HANDLING_WORDS else Handling.CONFIDENTIAL,
        # The last second of the day; without a day this moment, which the act refuses.
        expires=datetime.combine(last, time(23, 59, 59), AMSTERDAM) if last else now,
    )
    if problems:
        raise InvalidInput(problems)
    return signal
