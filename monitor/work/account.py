"""account_of: what the running configuration tells of itself, asked of every part of the house (R45)."""

from collections.abc import Sequence
from ipaddress import ip_address
from urllib.parse import urlsplit

import monitor
from classifiers import PersonalKind, Voice
from monitor.app import App
from monitor.clock import today
from monitor.config import Settings
from monitor.domain import MANUAL, Approval, Source
from monitor.domain.account import Account, Outlet
from monitor.rules import model_card
from monitor.rules.active import active
from monitor.rules.balance import balance
from monitor.rules.door import IN_DUTCH
from monitor.rules.figures import figures_of
from monitor.store import facts, items, sources

_EXAMPLE = ".example"
_INSIDE = ("localhost", ".local", ".lan", ".internal", ".intern", ".home.arpa")


def account_of(app: App) -> Account:
    """At this moment, without a name of staff, a secret or a word of an item."""
    now, settings = app.clock(), app.settings
    with app.store.read() as session:
        figures, decided = figures_of(facts.counts(session, today(now))), sources.approvals(session)
        kept = items.counts(session)
    catalogue = sorted(app.sources.values(), key=lambda source: source.name.casefold())
    running = active(catalogue, decided, today(now))
    return Account(
        made_at=now,
        version=monitor.__version__,
        organisation=settings.organisation,
        contact=_mailbox(app),
        site=_public(settings),
        sources=tuple(catalogue),
        running=tuple(running),
        approved={s.id: roles for s in catalogue if (roles := _approved_by(s, decided.get(s.id, ())))},
        shares=balance(catalogue, running, kept),
        by_hand=kept.get(MANUAL, 0),
        outlets=tuple(
            Outlet(line.kind, tuple(sorted(line.topics)), line.confidential) for line in app.switchboard.lines
        ),
        retention=settings.retention,
        indicators=tuple(app.reader.indicators),
        reader=app.reader.version,
        measured=model_card.shipped(),
        database="PostgreSQL" if settings.database.startswith("postgres") else "SQLite",
        tls=settings.secure_cookies,
        figures=figures,
        dropped_for={IN_DUTCH.get(reason, reason): n for reason, n in figures.dropped.items()},
        taken_out={PersonalKind(kind).placeholder.strip("[]"): n for kind, n in figures.redactions.items()},
    )


def _mailbox(app: App) -> str:
    """The address for questions; empty while it is the example, or when the reader takes it for somebody's own."""
    contact = app.settings.contact
    own = app.reader.redact("", contact, voice=Voice.MUNICIPALITY).findings
    return "" if own or contact.endswith(_EXAMPLE) else contact


def _public(settings: Settings) -> str:
    """The address of the pages; empty while it lies inside the walls, or is the example: that is nobody's business."""
    host = urlsplit(settings.public_url).hostname or ""
    try:
        ip_address(host)
    except ValueError:
        inside = "." not in host or host.endswith((*_INSIDE, _EXAMPLE))
        return "" if inside else settings.link_base
    return ""


def _approved_by(source: Source, decided: Sequence[Approval]) -> str:
    """The roles that approved it, never the people."""
    standing = source.standing(decided)
    if standing.withdrawn:
        return ""
    if standing.pairs:
        first, second = standing.pairs[-1]
        return f"{first.role.label} en {second.role.label}"
    if standing.approved:
        return standing.approved.role.label
    return source.legal.approved_by_role if source.legal else ""
