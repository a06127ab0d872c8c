"""An entry of the audit trail in plain Dutch: what was done, and to what."""

ACTS = {
    "absence_ended": "haalde een afwezigheid weg",
    "absence_set": "legde een afwezigheid vast, met vervanger",
    "accounts_linked": "koppelde een Slack-account",
    "audit_viewed": "bekeek het logboek",
    "briefing_approved": "keurde een briefing goed",
    "briefing_exported": "haalde een briefing op als bestand",
    "briefing_viewed": "bekeek een briefing",
    "collection_resumed": "hervatte het verzamelen",
    "collection_stopped": "stopte het verzamelen",
    "corrections_exported": "schreef de verbeteringen weg",
    "decision_undone": "draaide een beslissing terug",
    "event_acknowledged": "markeerde een gebeurtenis als gezien",
    "event_corrected": "verbeterde een gebeurtenis",
    "event_restored": "zette een gebeurtenis terug",
    "event_split": "splitste een gebeurtenis",
    "event_doubted": "meldde dat een gebeurtenis niet klopt",
    "slack_linked": "koppelde iemand aan Slack",
    "slack_unlinked": "haalde een koppeling met Slack weg",
    "event_viewed": "bekeek een gebeurtenis",
    "event_withdrawn": "trok een gebeurtenis in",
    "events_merged": "voegde gebeurtenissen samen",
    "events_parted": "draaide een samenvoeging terug",
    "hold_added": "stelde een bewaarplicht in",
    "hold_ended": "hief een bewaarplicht op",
    "invitation_used": "koos een wachtwoord met een link",
    "level_set": "stelde een niveau vast",
    "logbook_exported": "schreef het logboek van verwerkingen weg",
    "logged_in": "logde in",
    "logins_ended": "logde iemand overal uit",
    "lookback_viewed": "bekeek de terugblik",
    "notification_linked": "koppelde een kennisgeving of vergunning",
    "rights_access": "zocht gegevens op voor een verzoek om inzage",
    "rights_erase": "verwijderde gegevens op verzoek",
    "rights_lift": "hief een beperking op",
    "rights_object": "voerde een bezwaar uit",
    "rights_rectify": "verbeterde gegevens op verzoek",
    "rights_restrict": "beperkte het gebruik van gegevens op verzoek",
    "rights_unblock": "hief een blokkade op",
    "records_exported": "haalde briefings op voor het archief",
    "role_changed": "wijzigde een rol",
    "searched": "zocht",
    "signal_added": "voegde een signaal toe",
    "source_approved": "keurde een bron goed",
    "source_paused": "pauzeerde een bron",
    "source_resumed": "hervatte een bron",
    "source_reviewed": "beoordeelde een bron opnieuw",
    "source_seconded": "keurde een bron als tweede goed",
    "source_withdrawn": "trok de goedkeuring van een bron in",
    "subscription_made": "maakte een abonnement",
    "subscription_read": "liet een programma een abonnement ophalen, voor het eerst op die dag",
    "subscription_withdrawn": "trok een abonnement in",
    "user_invited": "nodigde een gebruiker uit",
    "user_saved": "wijzigde een gebruiker",
    "users_viewed": "bekeek de gebruikers",
    "week_viewed": "bekeek het weekbeeld",
}
"""Code of an act -> what somebody did, after their name."""

THINGS = {
    "audit": "het logboek",
    "briefing": "briefing",
    "case": "zaak",
    "corrections": "verbeteringen",
    "event": "gebeurtenis",
    "hold": "bewaarplicht",
    "house": "alle bronnen",
    "item": "bericht",
    "logbook": "logboek van verwerkingen",
    "records": "briefings",
    "source": "bron",
    "subscription": "abonnement",
    "user": "gebruiker",
    "users": "de gebruikers",
    "week": "week",
    "weeks": "weken",
}
"""Kind of thing in an entry -> its name."""

_SHOWN = 12
"""Characters of a fingerprint that tell two apart."""


def act_words(act: str) -> str:
    """What somebody did; the code itself for an act that this version does not know."""
    return ACTS.get(act, act)


def thing_words(what: str) -> str:
    """`event:12` -> `gebeurtenis 12`; of a search the week and how much was found."""
    kind, _, rest = what.partition(":")
    name = THINGS.get(kind, kind)
    match kind:
        case "week" if ":" in rest:
            week, _, found = rest.partition(":")
            return f"{name} {week}, {found} gevonden"
        case "weeks" | "corrections" | "records":
            return f"{rest} {name}"
        case "item":
            return f"{name} {rest[:_SHOWN]}"
    return f"{name} {rest.replace(':', ', ')}".strip()
