"""The words in which a text is judged: the annotation guideline (docs/guideline.md) in code.

Stored codes are Dutch, spelled here and nowhere else. Nothing in this vocabulary names a cause, an opinion,
a religion, an origin or a person (R17, R20).
"""

from enum import StrEnum


class Voice(StrEnum):
    """Who speaks in a text, and so in which register. The guideline calls this `source_kind`."""

    NEWS = "nieuws"
    POLICE = "politie"
    MUNICIPALITY = "gemeente"
    GAZETTE = "bekendmaking"
    AGENDA = "agenda"
    SOCIAL = "sociaal"
    CLUB = "club"
    ORGANISATION = "organisatie"


class Category(StrEnum):
    """What kind of happening a text is about."""

    DEMONSTRATION = "demonstratie"
    FOOTBALL = "voetbal"
    NEW_YEAR = "jaarwisseling"
    EVENT = "evenement"
    UNREST = "onrust"
    NONE = "geen"


class Scope(StrEnum):
    """Where it happens, seen from the municipality (R51)."""

    MUNICIPALITY = "gemeente"
    REGION = "regio"
    NATIONAL = "landelijk"
    ELSEWHERE = "elders"


class Phase(StrEnum):
    """Whether it is still to come, under way or over at the moment of publication."""

    ANNOUNCED = "aankondiging"
    UNDER_WAY = "lopend"
    OVER = "terugblik"
    OTHER = "overig"
    """No concrete event."""


class Level(StrEnum):
    """What the event needs, never what it is for: regulier, aandacht, risicovol. Ordered A < B < C."""

    A = "A"
    B = "B"
    C = "C"

    @property
    def label(self) -> str:
        """The Dutch word that always stands beside the letter."""
        return {"A": "regulier", "B": "aandacht", "C": "risicovol"}[self.value]


class Weight(StrEnum):
    """What one indicator does to the level."""

    LIGHT = "light"
    HEAVY = "heavy"
    VIOLENCE = "violence"
    EMERGENCY = "emergency"
    LOWERS = "lowers"

    @property
    def label(self) -> str:
        """The Dutch word readers see."""
        return {
            "light": "licht",
            "heavy": "zwaar",
            "violence": "doorslaggevend",
            "emergency": "doorslaggevend",
            "lowers": "verlagend",
        }[self.value]


class Precision(StrEnum):
    """How exactly a text tells its moment."""

    MINUTE = "minuut"
    DAY = "dag"
    WEEKEND = "weekend"
    WEEK = "week"


class PersonalKind(StrEnum):
    """What singles out a living private person (R14)."""

    PERSON = "PERSOON"
    PHONE = "TELEFOON"
    EMAIL = "EMAIL"
    HANDLE = "HANDLE"
    ADDRESS = "ADRES"
    PLATE = "KENTEKEN"
    BSN = "BSN"
    IBAN = "IBAN"
    BIRTH_DATE = "GEBOORTEDATUM"

    @property
    def placeholder(self) -> str:
        """What stands in the text where the personal data stood."""
        return {
            "PERSOON": "[naam]",
            "TELEFOON": "[telefoonnummer]",
            "EMAIL": "[e-mailadres]",
            "HANDLE": "[account]",
            "ADRES": "[adres]",
            "KENTEKEN": "[kenteken]",
            "BSN": "[burgerservicenummer]",
            "IBAN": "[rekeningnummer]",
            "GEBOORTEDATUM": "[geboortedatum]",
        }[self.value]
