"""Activity: one processing of the register of AVG art. 30, under the id that records of processing carry (R43, R45)."""

from dataclasses import dataclass

from monitor.domain.audit import Purpose


@dataclass(frozen=True, slots=True)
class Activity:
    """One processing activity: what it is for, whose data it may touch, and which tables hold its rows. In Dutch."""

    id: str
    """Never renamed: the log of processing and the published register name it. Lower case and hyphens."""
    name: str
    purpose: Purpose
    """Of the closed list (R48)."""
    goal: str
    """That purpose for this activity, as the public reads it."""
    subjects: tuple[str, ...]
    """Categories of people (c); empty where it touches no personal data."""
    data: tuple[str, ...]
    """Categories of personal data (c)."""
    tables: tuple[str, ...] = ()
    """Where its rows are; empty where it keeps none. The periods of these tables are its periods (f)."""

    @property
    def path(self) -> str:
        """Where the public page tells of it."""
        return f"/privacy#verwerking-{self.id}"

    def uri(self, base: str) -> str:
        """`dpl.core.processing_activity_id`: its address on the public page; `base` is `Settings.link_base`."""
        return base.rstrip("/") + self.path


_NAMED = "mensen die in een open bericht worden genoemd"
_STAFF = "medewerkers van gemeente en politie die inloggen"
_SCREENED = "persoonsgegevens in een bericht: alleen in het werkgeheugen, en weg voordat iets wordt bewaard"

ACTIVITIES: dict[str, Activity] = {
    activity.id: activity
    for activity in (
        Activity(
            "openbare-orde", "Beeld van de openbare orde", Purpose.PUBLIC_ORDER,
            "Weten wat er in de openbare ruimte gebeurt of gaat gebeuren. Zo kan de gemeente zich voorbereiden.",
            (_NAMED,), (_SCREENED, "een kort stuk tekst zonder persoonsgegevens, met de verwijzing naar de bron"),
            ("item", "seen", "event", "sighting"),
        ),
        Activity(
            "politiesignaal", "Signalen van de politie", Purpose.SIGNAL,
            "Een signaal van de politie over een gebeurtenis vastleggen. De grondslag voor het delen staat erbij.",
            (_STAFF,), ("inlognaam en rol van wie het signaal toevoegde", "een tekst zonder persoonsgegevens"),
            ("item", "event"),
        ),
        Activity(
            "beoordeling", "Beoordelen van een gebeurtenis", Purpose.ASSESSMENT,
            "Een mens stelt vast wat een gebeurtenis betekent, en verbetert wat de machine verkeerd zag.",
            (_STAFF,), ("inlognaam", "het besluit en de reden"),
            ("override", "acknowledgement", "revision"),
        ),
        Activity(
            "waarschuwing", "Waarschuwen van adviseurs", Purpose.PUBLIC_ORDER,
            "Adviseurs op tijd vertellen dat er iets aankomt of verandert.",
            (_STAFF,), ("het kanaal en het moment van bezorgen", "de tekst van de melding, zonder persoonsgegevens"),
            ("fact", "delivery"),
        ),
        Activity(
            "abonnementen", "Abonnementen op agenda, nieuws en kaart", Purpose.PUBLIC_ORDER,
            "Medewerkers zien open gebeurtenissen in hun eigen agenda, nieuwslezer of kaart.",
            (_STAFF,), ("inlognaam van wie het abonnement maakte", "wanneer en hoe vaak het is opgehaald"),
            ("subscription",),
        ),
        Activity(
            "weekbriefing", "Weekbriefing", Purpose.BRIEFING,
            "Elke week een overzicht maken, laten goedkeuren en delen.",
            (_STAFF,), ("inlognaam van wie de briefing goedkeurde",), ("briefing",),
        ),
        Activity(
            "bronbeheer", "Beheer van bronnen", Purpose.SOURCES,
            "Bronnen goedkeuren, bevragen, pauzeren en stoppen.",
            (_STAFF,), ("inlognaam en rol van wie dat deed",), ("approval", "source_state", "switch", "host"),
        ),
        Activity(
            "nakijken", "Nakijken hoe goed de machine leest", Purpose.QUALITY,
            "Meten hoe vaak de machine zich vergist, en mensen dat laten nakijken.",
            (), (),
        ),
        Activity(
            "toegang", "Inloggen", Purpose.ACCESS,
            "Regelen wie mag inloggen, en wat iemand daarna mag.",
            (_STAFF,), ("inlognaam en rol", "een versleuteld wachtwoord", "de tijd van inloggen", "afwezigheid"),
            ("staff", "login", "invitation", "sign_in", "chat_ask", "absence"),
        ),
        Activity(
            "toezicht", "Toezicht op het gebruik", Purpose.OVERSIGHT,
            "Kunnen nagaan wie wat bekeek of wijzigde, en waarvoor.",
            (_STAFF,), ("inlognaam en rol", "wat iemand bekeek of wijzigde, wanneer en waarvoor"),
            ("audit_entry", "anchor"),
        ),
        Activity(
            "bewaartermijn", "Opruimen", Purpose.RETENTION,
            "Elke nacht verwijderen wat zijn bewaartermijn voorbij is, en bewijzen dat dat gebeurde.",
            (_STAFF,), ("inlognaam en rol van wie een bewaarplicht instelt, en de reden",), ("deletion", "hold"),
        ),
        Activity(
            "rechten", "Verzoeken over persoonsgegevens", Purpose.RIGHTS,
            "Antwoord geven op een verzoek om inzage, verbetering, verwijdering of beperking, en op een bezwaar.",
            (_NAMED,), ("wat iemand opgeeft om op te zoeken: alleen in het werkgeheugen", "een versleuteld kenmerk"),
            ("block",),
        ),
        Activity(
            "openbaarheid", "Openbare cijfers en uitleg", Purpose.OPENNESS,
            "Aan iedereen laten zien wat het systeem doet.",
            (), (), ("kpi",),
        ),
        Activity(
            "beheer", "Techniek", Purpose.OPERATION,
            "Het systeem laten draaien, en zien of het werkt.",
            (), (), ("job", "tick"),
        ),
    )
}  # fmt: skip
"""Every processing activity of the house, by its id; a test holds that each table has one."""
