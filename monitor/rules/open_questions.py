"""An account -> what no configuration can tell, and who of the municipality decides it: "nog in te vullen"."""

from collections.abc import Iterator

from monitor.domain.account import Account, Question

REGISTER = "algoritmeregister.html"
PROCESSING = "verwerkingsregister.html"
ASSESSMENT = "dpia-bijlage.html"
EXPLANATION = "uitleg.html"
ACCESSIBILITY = "toegankelijkheidsverklaring.html"

_OWNER = "opdrachtgever (team openbare orde)"
_LAWYER = "jurist, met advies van de FG"
_FG = "functionaris gegevensbescherming (FG)"
_PRIVACY = "privacyfunctionaris"
_ADMIN = "beheerder van Torenwacht"
_EDITOR = "redacteur van het Algoritmeregister"
_ARCHIVE = "archivaris"
_BUYER = "inkoop en contractbeheer"
_CISO = "CISO"
_WEB = "webteam, voor toegankelijkheid"


def questions(account: Account) -> tuple[Question, ...]:
    """In the order of the papers."""
    return (
        *_of_settings(account),
        *_of_register(account),
        *_of_processing(account),
        *_of_assessment(account),
        *_of_accessibility(),
    )


def _of_settings(account: Account) -> Iterator[Question]:
    """What a setting would tell, if it had been given."""
    if not account.contact:
        asks = (
            "Welk algemeen mailadres is voor vragen? Zet het in TORENWACHT_CONTACT. Het mag niet van één persoon zijn."
        )
        yield Question(REGISTER, "Contact (contact_email)", asks, _ADMIN)
        yield Question(EXPLANATION, "Contact", "Welk algemeen mailadres is voor vragen en verzoeken?", _ADMIN)
    if not account.site:
        asks = "Op welk openbaar adres staat de uitleg? Zet het in TORENWACHT_PUBLIC_URL."
        yield Question(REGISTER, "Website (website, url)", asks, _ADMIN)
    if not account.tls:
        asks = "Staat Torenwacht achter een beveiligde verbinding? Zet TORENWACHT_SECURE_COOKIES dan op ja."
        yield Question(PROCESSING, "Beveiliging", asks, _ADMIN)


def _of_register(account: Account) -> Iterator[Question]:
    rows = [
        ("Categorie (publication_category)", "Klopt 'Impactvolle algoritmes'? Dat is een voorstel.", _LAWYER),
        ("Begindatum (begin_date)", "Sinds welke maand gebruikt de gemeente Torenwacht?", _OWNER),
        ("Einddatum (end_date)", "Is er al een maand waarin het gebruik stopt? Anders blijft dit leeg.", _OWNER),
        ("Register (process_index_url)", "Op welk adres staat het verwerkingsregister van de gemeente?", _PRIVACY),
        ("DPIA (impacttoetsen)", "Is de DPIA vastgesteld, en op welk adres staat zij?", _FG),
        ("IAMA (impacttoetsen)", "Is er een IAMA gedaan, en op welk adres staat het verslag?", _OWNER),
        ("Leverancier (provider)", "Wie levert en beheert de software voor de gemeente?", _BUYER),
        ("Broncode (publiccode)", "Op welk adres staat de broncode die de gemeente gebruikt?", _ADMIN),
        ("Nummer (lars)", "Welk nummer gaf het Algoritmeregister aan deze inschrijving?", _EDITOR),
        ("Publicatie (publication_dt)", "Wanneer is deze inschrijving gepubliceerd?", _EDITOR),
    ]
    if not account.grounds:
        rows.append(("Grondslag (lawful_basis)", "Welke grondslag heeft het lezen van bronnen?", _LAWYER))
    for about, asks, who in rows:
        yield Question(REGISTER, about, asks, who)


def _of_processing(account: Account) -> Iterator[Question]:
    rows = [
        ("Verantwoordelijke", "Wat zijn het adres en telefoonnummer van de verantwoordelijke?", _PRIVACY),
        ("FG", "Hoe kan iemand de functionaris gegevensbescherming bereiken?", _FG),
        ("Samen verantwoordelijk", "Is de politie samen met de gemeente verantwoordelijk voor haar signalen?", _LAWYER),
        ("Grondslag voor medewerkers", "Welke grondslag heeft het gebruik van inlognamen en het logboek?", _LAWYER),
        ("Bewaren", "Kloppen de termijnen met de selectielijst voor gemeenten?", _ARCHIVE),
        ("Hosting", "Waar staan de database en de kopieën, en is er een overeenkomst met wie dat beheert?", _CISO),
        ("Kopieën", "Na hoeveel dagen is wat verwijderd is ook uit de reservekopieën weg?", _CISO),
    ]
    if len(account.controllers) > 1:
        rows.append(("Verantwoordelijke", "De bronnen noemen er meer dan één. Wie is het?", _LAWYER))
    if account.has_outlet("slack"):
        rows.append(("Slack", "Is er een verwerkersovereenkomst, en is de doorgifte naar de VS getoetst?", _LAWYER))
    if account.has_outlet("teams"):
        rows.append(("Microsoft Teams", "Is er een verwerkersovereenkomst, en blijven de gegevens in de EU?", _LAWYER))
    if account.has_outlet("apprise"):
        rows.append(("Apprise", "Welke dienst staat erachter, en is er een verwerkersovereenkomst?", _LAWYER))
    if account.has_outlet("mail"):
        rows.append(("Mail", "Staat de mailserver in de Europese Economische Ruimte?", _CISO))
    if account.has_outlet("webhook"):
        rows.append(("Eigen systeem", "Welk systeem ontvangt de meldingen, en van wie is het?", _ADMIN))
    for about, asks, who in rows:
        yield Question(PROCESSING, about, asks, who)


def _of_assessment(account: Account) -> Iterator[Question]:
    rows = [
        ("Advies", "Wat adviseerde de FG, en wat deed de gemeente daarmee?", _FG),
        ("Betrokkenen", "Hoe zijn inwoners en organisatoren naar hun mening gevraagd?", _OWNER),
        ("Noodzaak", "Kan het doel ook met minder bronnen worden bereikt?", _OWNER),
        ("Overgebleven risico", "Wie aanvaardt het risico dat na de maatregelen overblijft?", _OWNER),
    ]
    if account.dominant:
        asks = "Eén soort uitgever overheerst. Is dat gewenst, of moeten er andere bronnen bij?"
        rows.append(("Balans van de bronnen", asks, _OWNER))
    for about, asks, who in rows:
        yield Question(ASSESSMENT, about, asks, who)


def _of_accessibility() -> Iterator[Question]:
    for about, asks, who in (
        ("Status", "Welke status past: A, B, C, D of E? Dat volgt uit een onderzoek door mensen.", _WEB),
        ("Onderzoek", "Wie onderzocht de website, wanneer, en waar staat het rapport?", _WEB),
        ("Maatregelen", "Welke punten worden nog verbeterd, en wanneer?", _WEB),
        ("Ondertekening", "Welke functie stelt de verklaring vast, en op welke dag?", _OWNER),
        ("Klachten", "Waar kan iemand terecht die met een antwoord niet tevreden is?", _WEB),
    ):
        yield Question(ACCESSIBILITY, about, asks, who)
