"""Term: how long the rows of each table may exist, and since when that counts (R37, R38). The one policy."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import SQLModel

from monitor.clock import midnight
from monitor.config import Retention


@dataclass(frozen=True, slots=True)
class Term:
    """The rule of one table."""

    table: str
    name: str
    """What a purge counts its rows under, and its proof calls the rule."""
    label: str
    """Dutch, plural: what people call the rows."""
    setting: str
    """The field of Retention with the number of days; empty: none, the base itself is the end."""
    why: str
    """For docs/settings.md, which has the same words."""
    base: tuple[str, ...] = ()
    """Columns with the moments that the days are counted from, the last of them; empty: when it was written last."""
    with_event: bool = False
    """A row that belongs to an event (column `event`) stays as long as that, and goes with it."""
    by_act: bool = False
    """The act that writes a row says when it goes, by `rules.retain`: other rows decide it too."""
    chained: bool = False
    """Rows hang on those before, so they go by the day, the oldest first: `store.people.delete_audit`."""


_EVENT = "as long as the event that it belongs to"

TERMS: dict[str, Term] = {
    term.table: term
    for term in (
        Term(
            "item", "items", "berichten", "matched_days",
            "after its event ended; without an event `unmatched_days` after it was taken in; see below for police "
            "data and New Year", by_act=True,
        ),
        Term("seen", "seen", "vingerafdrukken", "seen_days", "keeps an old entry from coming in again", by_act=True),
        Term("event", "events", "gebeurtenissen", "event_days", "after it ended, to look back on a year", by_act=True),
        Term("sighting", "sightings", "verwijzingen van berichten", "event_days", _EVENT, ("at",), with_event=True),
        Term("override", "overrides", "besluiten over niveaus", "event_days", _EVENT, ("at",), with_event=True),
        Term("acknowledgement", "acknowledgements", "leesmarkeringen", "event_days", _EVENT, ("at",), with_event=True),
        Term("revision", "revisions", "wijzigingen van gebeurtenissen", "event_days", _EVENT, ("at",), with_event=True),
        Term(
            "fact", "facts", "regels uit het journaal", "audit_days",
            "account of what the house did; of an event: as long as that", ("at",), with_event=True,
        ),
        Term(
            "delivery", "deliveries", "bezorgingen", "audit_days",
            "with its fact; its text is emptied after `message_days`", ("created_at",), with_event=True,
        ),
        Term("job", "jobs", "opdrachten", "job_days", "after it was due; one that was given up, to see why", ("due",)),
        Term("tick", "ticks", "oude afspraken", "tick_days", "keeps two nodes from one promise", ("at",)),
        Term("switch", "switches", "standen van de noodstop", "state_days", "renewed every night: it must not lapse"),
        Term(
            "source_state", "states", "bronnen die niet meer in sources.toml staan", "state_days",
            "after its last poll; renewed every night while the source is in the catalogue",
        ),
        Term("host", "hosts", "sites die wij niet meer bezoeken", "host_days", "after we last asked there"),
        Term("staff", "staff", "gebruikers", "staff_days", "after their last login or change"),
        Term(
            "approval", "approvals", "besluiten over bronnen", "audit_days",
            "account of who let a source start; a withdrawal is renewed every night while it holds",
        ),
        Term("chat_ask", "asks", "vragen uit Slack", "", "some minutes, to know a repeat", ("expires_at",)),
        Term("login", "logins", "oude aanmeldingen", "", "when it is no longer good", ("expires_at",)),
        Term("invitation", "invitations", "links", "tick_days", "so long it says why it ended", ("expires_at",)),
        Term("subscription", "subscriptions", "abonnementen", "", "when the key works no more", ("expires_at",)),
        Term("absence", "absences", "afwezigheden", "", "when it is over", ("ends",)),
        Term("sign_in", "sign_ins", "halve aanmeldingen", "", "of who did not come back", ("expires_at",)),
        Term(
            "audit_entry", "audit", "regels uit het logboek", "audit_days", "account of who saw and did what", ("at",),
            chained=True,
        ),
        Term(
            "anchor", "anchors", "dagafsluitingen van het logboek", "figure_days",
            "after its entries: it proves what went, and names nobody; the newest stays", ("kept_until",), chained=True,
        ),
        Term(
            "deletion", "deletions", "regels uit het bewijs van verwijdering", "figure_days",
            "counts without content: proof that rows went", ("at",), chained=True,
        ),
        Term("hold", "holds", "bewaarplichten", "audit_days", "account of what was kept longer, and why", ("until",)),
        Term("briefing", "briefings", "briefings", "audit_days", "a record: export it for the archive", ("made_at",)),
        Term("block", "blocks", "blokkades", "", "when it blocks no more", ("until",)),
        Term("kpi", "figures", "maandcijfers", "figure_days", "counts without personal data", ("month",)),
    )
}  # fmt: skip
"""Every table of the house. A new table gets its column from `columns.last_day`, and a row here."""


def last_day_of(row: SQLModel, retention: Retention, now: datetime) -> datetime:
    """When a row that is written `now` goes, by the rule of its table alone; its event may give it longer."""
    term = TERMS[str(row.__tablename__)]
    told = [value for column in term.base if (value := getattr(row, column)) is not None]
    moments = [value if isinstance(value, datetime) else midnight(value) for value in told]
    return max(moments, default=now) + term_of(term, retention)


def term_of(term: Term, retention: Retention) -> timedelta:
    """How long that is."""
    return timedelta(days=getattr(retention, term.setting) if term.setting else 0)
