"""rules try: what the send rules would have had told, before a municipality lets them."""

import argparse
import re
from collections import Counter
from datetime import timedelta

from monitor.app import open_app
from monitor.config import Settings
from monitor.errors import ConfigError
from monitor.render.dutch import count, moment
from monitor.rules.send_table import names_channels, read_rules
from monitor.rules.sending import SendRules
from monitor.work.replay import Replay, Retold, replay

_SINCE = re.compile(r"([1-9]\d{0,3})d")


async def rules(settings: Settings, args: argparse.Namespace) -> int:
    """Replays the stored facts, and tells per rule and per message what would have been sent."""
    back = _SINCE.fullmatch(args.since)
    if back is None:
        advice = f"'{args.since}' is geen aantal dagen. Schrijf bijvoorbeeld 30d."
        raise ConfigError("opdracht", "--since", advice=advice)
    file = args.rules or settings.rules
    table = read_rules(file)
    async with open_app(settings, works=False) as app:
        names_channels(file.name, table, app.switchboard.known)
        found = replay(app, table, app.clock() - timedelta(days=int(back[1])))
    print("\n".join(in_dutch(table, found, days=int(back[1]))))
    return 0


def in_dutch(table: SendRules, found: Replay, *, days: int) -> list[str]:
    """The replay as lines for a terminal: numbers, words of the table and ids; no text of any event."""
    heard = Counter(channel for told in found.told for channel in told.channels)
    lines = [
        f"{count(found.acts, 'verandering', 'veranderingen')} in {count(days, 'dag', 'dagen')}. "
        f"Met deze regels: {count(len(found.told), 'bericht', 'berichten')}; de rest staat op de pagina en in de "
        "briefing.",
        *(f"Kanaal {name}: {count(n, 'bericht', 'berichten')}" for name, n in sorted(heard.items())),
        *(_line(told) for told in found.told),
        *shadows(table),
    ]
    covered = {name for name, _ in table.shadowed()}
    lines += [
        f"Regel '{rule.name}' paste in deze tijd nooit."
        for rule in table.rules
        if not found.matched[rule.name] and rule.name not in covered
    ]
    return lines


def _line(told: Retold) -> str:
    changes = ", ".join(change.replace("_", " ") for change in told.changes)
    channels = ", ".join(told.channels) or "geen kanaal wil dit"
    secret = "" if told.public else ", vertrouwelijk"
    return (
        f"- {moment(told.at)} · gebeurtenis {told.event}{secret} · {told.level} · {changes} · "
        f"regel {', '.join(told.sending.rules)} · urgentie {told.sending.urgency} → {channels}"
    )


def shadows(table: SendRules) -> list[str]:
    """Which rules never count, and why."""
    return [
        f"Regel '{name}' telt nooit mee: {' en '.join(repr(other) for other in before)} "
        f"{'staat' if len(before) == 1 else 'staan'} ervoor en {'past' if len(before) == 1 else 'passen'} altijd al. "
        "Zet de regel hoger, of haal hem weg."
        for name, before in table.shadowed()
    ]
