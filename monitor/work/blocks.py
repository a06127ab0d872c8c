"""The list of what may not come in again: asked at the door, added to by `work.withhold`, lifted by number (R42)."""

from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlmodel import Session

from monitor.app import App
from monitor.config import FINGERPRINT_KEY
from monitor.domain import Block
from monitor.errors import ConfigError
from monitor.rules.blocked import keyed
from monitor.rules.sought import Sought
from monitor.store import blocks


@dataclass(frozen=True, slots=True)
class Blocks:
    """What blocks now, and the key to know it by."""

    forms: Mapping[str, bool] = field(default_factory=dict)
    """Keyed form -> whether it keeps the whole report out."""
    key: str = field(default="", repr=False)


def key_of(app: App) -> str:
    """The key of this installation. Raises ConfigError where it has none."""
    if not app.settings.fingerprint_key:
        advice = (
            f"Zet eerst {FINGERPRINT_KEY}, een geheim van 32 tekens of meer. Zonder die sleutel kunnen wij niet "
            "onthouden wat buiten moet blijven. Er is niets gewijzigd."
        )
        raise ConfigError("omgeving", FINGERPRINT_KEY, advice=advice)
    return app.settings.fingerprint_key


def blocks_now(app: App, session: Session | None = None) -> Blocks:
    """The list as it holds now. Raises ConfigError for a list without a key to read it by: then nothing comes in.

    `session` None: it opens one.
    """
    with nullcontext(session) if session else app.store.read() as asked:
        forms = blocks.active(asked, app.clock())
    return Blocks(forms, key_of(app)) if forms else Blocks()


def block(app: App, session: Session, sought: Sought, *, drops: bool, until: datetime | None = None) -> list[Block]:
    """Keeps these forms out until a moment; None: as long as the policy says."""
    now, key = app.clock(), key_of(app)
    last = until or now + timedelta(days=app.settings.retention.block_days)
    return blocks.add(session, {keyed(form, key) for form in sought.forms}, drops=drops, now=now, until=last)
